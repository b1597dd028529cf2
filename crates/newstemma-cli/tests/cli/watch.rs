//! `newstemma watch` from end to end: a list of feeds, two feeds in two languages, pages, a story.

use crate::program::{command, newstemma, nowhere};
use newstemma_testkit::server::{Server, answer};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};

/// Path, language, headline, text: one event in two languages, and another one.
const PAGES: [(&str, &str, &str, &str); 3] = [
    (
        "/en/ferry",
        "en",
        "Ferry rams pier in Padol",
        "A ferry carrying 214 people rammed the pier of Padol on Monday morning. Nineteen people were \
         hurt, two of them badly, the harbour master Ilsa Maren said. The ferry Corvina had come from \
         Dornau and could not slow down, because its engine had failed. Divers are to examine the hull \
         on Tuesday. The line between Padol and Dornau stays closed until the end of the week.",
    ),
    (
        "/de/faehre",
        "de",
        "Fähre rammt Anleger in Padol",
        "Eine Fähre mit 214 Menschen an Bord hat am Montagmorgen den Anleger von Padol gerammt. Neunzehn \
         Menschen wurden verletzt, zwei von ihnen schwer, sagte die Hafenmeisterin Ilsa Maren. Die Fähre \
         Corvina war aus Dornau gekommen und konnte nicht bremsen, weil ihre Maschine ausgefallen war. \
         Taucher sollen den Rumpf am Dienstag untersuchen. Die Linie zwischen Padol und Dornau bleibt \
         bis zum Ende der Woche gesperrt.",
    ),
    (
        "/de/schule",
        "de",
        "Lehrer in Quint streiken",
        "In Quint haben die Lehrerinnen und Lehrer am Mittwoch die Arbeit niedergelegt. Ihr Sprecher \
         Tomas Velm fordert sieben Prozent mehr Lohn. Die Stadt bietet drei Prozent. Der Streik soll \
         bis Freitag dauern, elf Schulen bleiben geschlossen.",
    ),
];

const VALIDATORS: &str = "ETag: \"first\"\r\nContent-Type: text/xml";

fn press() -> Server {
    Server::start(|request, stream| {
        let feed = |pages: &[&str]| {
            let items: String =
                pages.iter().map(|page| format!("<item><link>{page}</link></item>")).collect();
            format!("<rss version='2.0'><channel>{items}</channel></rss>")
        };
        let list = match request.path.as_str() {
            "/list.opml" => Some(
                "<opml><body><outline xmlUrl='/en.xml'/><outline xmlUrl='de.xml'/></body></opml>"
                    .to_owned(),
            ),
            "/en.xml" => Some(feed(&["/en/ferry"])),
            "/de.xml" => Some(feed(&["/de/faehre", "/de/schule"])),
            _ => None,
        };
        if let Some(list) = list {
            return stream.write_all(&match request.field("if-none-match") {
                Some("\"first\"") => {
                    b"HTTP/1.1 304 Not Modified\r\nETag: \"first\"\r\n\r\n".to_vec()
                }
                _ => answer(200, VALIDATORS, list),
            });
        }
        stream.write_all(&match PAGES.iter().find(|(path, ..)| *path == request.path) {
            Some((_, lang, title, text)) => {
                let page = format!(
                    "<!DOCTYPE html><html lang='{lang}'><head><title>{title}</title>\
                     <meta property='article:published_time' content='2031-05-12T09:00:00Z'></head>\
                     <body><article><h1>{title}</h1><p>{}</p></article></body></html>",
                    text.replace(". ", ".</p><p>")
                );
                answer(200, "Content-Type: text/html; charset=utf-8", page)
            }
            None => answer(404, "", ""),
        })
    })
}

#[test]
fn from_a_list_of_feeds_to_a_story_and_again_from_the_archives() {
    let server = press();
    let store = nowhere("watch-store");
    let list = server.url("/list.opml");
    let watch = ["watch", &list, "--once", "--delay", "0", "--allow-private=127.0.0.1"];
    let watch = [&watch[..], &["--store", &store, "--contact", "mailto:desk@example.org"]].concat();

    let first = newstemma(&watch);
    let told = String::from_utf8(first.stderr).unwrap();
    assert_eq!(first.status.code(), Some(0), "{told}");
    assert_eq!(told, "3 sources asked · 3 pages fetched · 3 new, 0 revised, 0 known\n");
    let stories = newstemma(&["stories", "--store", &store, "--json", "--min", "2"]);
    let stories = String::from_utf8(stories.stdout).unwrap();
    assert_eq!(stories.lines().count(), 1, "{stories}");

    let before = server.paths().len();
    let second = newstemma(&watch);
    let told = String::from_utf8(second.stderr).unwrap();
    assert_eq!(
        told,
        "3 sources asked, 3 unchanged · 0 pages fetched · 0 new, 0 revised, 0 known\n"
    );
    let mut asked = server.paths().split_off(before);
    asked.sort();
    assert_eq!(asked, ["/de.xml", "/en.xml", "/list.opml"]);

    let again = nowhere("watch-again");
    let archives = format!("{store}/watch/*.warc.gz");
    let added = newstemma(&["add", &archives, "--store", &again]);
    let told = String::from_utf8(added.stderr).unwrap();
    assert!(told.ends_with("3 new, 0 revised, 0 known\n"), "{told}");
    let reports = reports(&store);
    assert_eq!(reports.len(), 3);
    assert_eq!(reports, self::reports(&again));
}

#[test]
fn without_a_collection_archives_are_all_there_is() {
    let server = press();
    let folder = nowhere("watch-warc");
    let source = server.url("/en.xml");
    let output =
        newstemma(&["watch", &source, "--once", "--delay=0", "--warc", &folder, "--allow-private"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, "1 source asked · 1 page fetched\n");
    let added = newstemma(&["extract", &format!("{folder}/pages-*")]);
    assert!(String::from_utf8(added.stdout).unwrap().contains("Ferry rams pier"));
}

#[test]
fn what_can_not_be_is_told_with_its_exit_code() {
    let server = press();
    let (folder, source) = (nowhere("watch-refused"), server.url("/en.xml"));
    let check = |arguments: &[&str], code: i32, expected: &str| {
        let output = newstemma(arguments);
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{told}");
        assert!(told.contains(expected), "{told}");
    };
    check(&["watch", &source], 2, "--store <DIR>");
    check(&["watch", &source, "--warc", &folder, "--contact", "a b"], 2, "an address in ASCII");
    for option in ["--every", "--timeout"] {
        check(&["watch", &source, "--warc", &folder, option, "0"], 2, "at least a second");
    }
    check(&["watch", "no/list.opml", "--warc", &folder], 1, "neither an address nor a file");
    let refused = format!("{source}: 127.0.0.1 is not on the open net");
    check(&["watch", &source, "--once", "--warc", &folder], 3, &refused);
    assert!(server.paths().is_empty());
}

/// Ctrl-C in a round that waits: what was fetched is there, and nothing is left half.
#[cfg(unix)]
#[test]
fn an_interruption_ends_it_in_good_order() {
    let server = press();
    let (folder, source) = (nowhere("watch-interrupted"), server.url("/de.xml"));
    let mut watch =
        command(&["watch", &source, "--delay", "400ms", "--warc", &folder, "--allow-private"]);
    let watch = watch.stderr(Stdio::piped()).spawn().unwrap();
    while server.paths().len() < 3 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let killed = Command::new("kill").args(["-INT", &watch.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = watch.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(told.starts_with("1 source asked"), "{told}");
}

/// Killed at any moment and run again, it ends with what it would have had.
#[test]
fn what_is_killed_and_run_again_has_lost_nothing() {
    const REPORTS: usize = 12;
    let server = Server::start(|request, stream| {
        let number = request.path.strip_prefix("/page/");
        stream.write_all(&match (request.path.as_str(), number) {
            ("/feed", _) => {
                let item = |n| format!("<item><link>/page/{n}</link></item>");
                let items: String = (0..REPORTS).map(item).collect();
                answer(
                    200,
                    VALIDATORS,
                    format!("<rss version='2.0'><channel>{items}</channel></rss>"),
                )
            }
            (_, Some(number)) => {
                let text =
                    format!("<!DOCTYPE html><p>Town {number} has a bridge of {number}0 metres.");
                answer(200, "Content-Type: text/html", text)
            }
            _ => answer(404, "", ""),
        })
    });
    let (store, again) = (nowhere("watch-killed"), nowhere("watch-killed-again"));
    let feed = server.url("/feed");
    let watch = ["watch", &feed, "--once", "--delay=40ms", "--store", &store, "--allow-private"];
    for kill in 0..5 {
        let mut run = command(&watch).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(100 + 60 * kill));
        // It may have ended by itself.
        let _ = run.kill();
        run.wait().unwrap();
    }
    assert_eq!(newstemma(&watch).status.code(), Some(0));
    let expected = reports(&store);
    assert_eq!(expected.len(), REPORTS);
    newstemma(&["add", &format!("{store}/watch/pages-*"), "--store", &again]);
    // What a kill left in the archive alone is there twice, and either may be the report.
    let text = |reports: &[Value]| -> BTreeSet<String> {
        reports.iter().map(|report| report["text"].to_string()).collect()
    };
    assert_eq!(text(&reports(&again)), text(&expected));
}

/// The records of all reports of a collection, in order of their ids.
fn reports(store: &str) -> Vec<Value> {
    let exported = newstemma(&["export", "--store", store]);
    let exported = String::from_utf8(exported.stdout).unwrap();
    let records = exported.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut reports: Vec<Value> = records.filter(|record| record["type"] == "report").collect();
    reports.sort_by_key(|report| report["id"].to_string());
    reports
}
