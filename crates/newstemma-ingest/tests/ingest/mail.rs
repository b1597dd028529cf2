//! Newsletters, and pages that were saved as mail.

use crate::folder::{Folder, references, text};
use newstemma_ingest::ReadOptions;
use newstemma_model::{Content, Page};

fn read(bytes: impl AsRef<[u8]>) -> (Vec<Page>, Vec<String>) {
    Folder::new("mail").with("a.eml", bytes).read(&["a.eml"], ReadOptions::default())
}

const NEWSLETTER: &str = "Received: from mail.example.org by mx.example.net;\r\n\
    \tTue, 4 Mar 2031 06:00:01 +0100\r\n\
    From: =?utf-8?B?UsOtb3MgeSBtYXJlcw==?= <boletin@example.org>\r\n\
    Subject: =?utf-8?Q?El_puente_reabri=C3=B3?= =?utf-8?Q?_ayer?=\r\n\
    Date: Tue, 4 Mar 2031 06:00:00 +0100 (CET)\r\n\
    MIME-Version: 1.0\r\n\
    Content-Type: multipart/mixed; boundary=\"aussen\"\r\n\r\n\
    --aussen\r\nContent-Type: multipart/alternative; boundary=\"aussen-innen\"\r\n\r\n\
    --aussen-innen\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nEl puente.\r\n\
    --aussen-innen\r\nContent-Type: text/html; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\n\
    <p>El puente reabri=F3 ayer =\r\npor la ma=F1ana.</p>\r\n\
    --aussen-innen--\r\n\
    --aussen\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=a.html\r\n\r\n\
    <p>Otra cosa.</p>\r\n--aussen--\r\n";

#[test]
fn a_newsletter_is_a_report_of_its_sender() {
    let (pages, warnings) = read(NEWSLETTER);
    assert_eq!(references(&pages), ["a.eml"]);
    let html = "<p>El puente reabrió ayer por la mañana.</p>";
    assert_eq!(pages[0].content, Content::Html(format!("{html}\r\n")));
    let given = &pages[0].given;
    assert_eq!(given.outlet.as_deref(), Some("Ríos y mares"));
    assert_eq!(given.title.as_deref(), Some("El puente reabrió ayer"));
    assert_eq!(given.published.as_deref(), Some("Tue, 4 Mar 2031 06:00:00 +0100 (CET)"));
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn a_plain_message_is_a_report_too() {
    let message = "Message-ID: <1@example.org>\nFrom: presse@example.org\nSubject: Hafen\n\
        Content-Type: text/plain; charset=gb18030\nContent-Transfer-Encoding: base64\n\nuNu/2s/W0tG/qrfF\n";
    let (pages, warnings) = read(message);
    assert_eq!(pages[0].content, Content::Text("港口现已开放".to_owned()));
    assert_eq!(pages[0].given.outlet.as_deref(), Some("presse@example.org"));
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn a_saved_page_speaks_for_itself() {
    let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\n\
        Subject: Saved\r\nDate: Tue, 4 Mar 2031 06:00:00 -0000\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
        --b\r\nContent-Type: text/css\r\n\r\np {}\r\n\
        --b\r\nContent-Type: text/html\r\nContent-ID: <frame>\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://example.org/a\r\n\r\n\
        <html><meta charset=3Dutf-8><p>=E6=A9=8B=E3=81=AF=E9=96=8B=E3=81=84=E3=81=9F</p></html>\r\n--b--\r\n";
    let (pages, warnings) = read(page);
    assert!(text(&pages[0]).contains("橋は開いた"));
    let given = &pages[0].given;
    assert_eq!(given.url.as_deref(), Some("https://example.org/a"));
    assert_eq!((&given.title, &given.published, &given.outlet), (&None, &None, &None));
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn a_message_without_a_text_says_so() {
    let message = "MIME-Version: 1.0\nContent-Type: image/png\n\nabc";
    assert_eq!(read(message).1, ["a.eml: a message without a text"]);
    let deep: String =
        (0..5000).map(|_| "Content-Type: multipart/mixed; boundary=b\n\n--b\n").collect();
    let message = format!("MIME-Version: 1.0\n{deep}");
    assert_eq!(read(message).1, ["a.eml: a message without a text"]);
}

#[test]
fn messages_one_behind_the_other() {
    let message = |n: usize| {
        format!(
            "From a@example.org Tue Mar  4 06:00:00 2031\nMessage-ID: <{n}@example.org>\n\
             From: A <a@example.org>\nSubject: Nr. {n}\n\n\
             Tekst numer {n}.\nFrom here on\n\n>From the harbour.\n\n"
        )
    };
    let file: String = (1..=3).map(message).collect();
    let (pages, warnings) = read(&file);
    assert_eq!(references(&pages), ["a.eml#1", "a.eml#2", "a.eml#3"]);
    assert_eq!(text(&pages[1]), "Tekst numer 2.\nFrom here on\n\nFrom the harbour.\n\n");
    assert_eq!(pages[2].given.title.as_deref(), Some("Nr. 3"));
    assert_eq!(warnings, [""; 0]);
}
