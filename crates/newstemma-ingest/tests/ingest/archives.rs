//! Web archives: whole, damaged, and of every packing.

use crate::folder::{Folder, references, text};
use crate::warc_writer::{HTML, Packing, WarcWriter, gzip, target};
use newstemma_ingest::{ReadOptions, pages_of};
use newstemma_model::{Content, Page, Severity};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const PACKINGS: [Packing; 3] = [Packing::None, Packing::Gzip, Packing::Zstd];

fn page(n: usize) -> String {
    format!("<!DOCTYPE html><title>Nr. {n}</title><p>Η γέφυρα {n} άνοιξε ξανά.</p>")
}

fn url(n: usize) -> String {
    format!("https://example.org/ειδήσεις/{n}")
}

/// Three pages: records 3, 6 and 9 of the archive.
fn three_pages(packing: Packing) -> WarcWriter {
    (1..=3).fold(WarcWriter::new(packing), |a, n| a.page(&url(n), HTML, page(n)))
}

fn read(bytes: &[u8]) -> (Vec<Page>, Vec<String>) {
    let folder = Folder::new("archive").with("a.bin", bytes);
    folder.read(&["a.bin"], ReadOptions::default())
}

fn check(bytes: &[u8], pages: &[&str], warnings: &[&str]) {
    let (found, told) = read(bytes);
    assert_eq!(references(&found), pages);
    assert_eq!(told, warnings);
}

#[test]
fn pages_come_with_their_addresses() {
    for packing in PACKINGS {
        let (pages, warnings) = read(&three_pages(packing).bytes);
        assert_eq!(references(&pages), ["a.bin#3", "a.bin#6", "a.bin#9"]);
        assert_eq!(pages[1].given.url.as_deref(), Some(url(2).as_str()));
        assert!(matches!(pages[1].content, Content::Html(_)));
        assert_eq!(text(&pages[1]), page(2));
        assert_eq!(warnings, [""; 0]);
    }
}

#[test]
fn an_archive_may_be_packed_as_a_whole() {
    let whole = gzip(&three_pages(Packing::None).bytes);
    check(&whole, &["a.bin#3", "a.bin#6", "a.bin#9"], &[]);
    let twice = gzip(&three_pages(Packing::Gzip).bytes);
    check(&twice, &["a.bin#3", "a.bin#6", "a.bin#9"], &[]);
}

#[test]
fn what_is_no_page_is_counted() {
    let archive = WarcWriter::new(Packing::Gzip)
        .answer(&url(1), "200 OK", "Content-Type: image/png", b"\x89PNG")
        .answer(&url(2), "404 Not Found", HTML, page(2))
        .answer(&url(3), "301 Moved Permanently", "Location: /", "")
        .record("revisit", &target(&url(4)), "HTTP/1.1 200 OK\r\n\r\n")
        .answer(&url(5), "200 OK", "Content-Type: application/octet-stream", page(5))
        .answer(&url(6), "200 OK", "Content-Type: text/plain", "User-agent: *")
        .answer(&url(7), "200 OK", HTML, " ")
        .record("response", "Content-Type: text/dns", "example.org. 60 IN A 192.0.2.1");
    check(
        &archive.bytes,
        &["a.bin#6"],
        &[
            "a.bin: records that are no HTML: 2, the first #2",
            "a.bin: answers with a status other than 2xx: 2, the first #3",
            "a.bin: records that only refer to an earlier visit: 1, the first #5",
            "a.bin: empty pages: 1, the first #8",
            "a.bin: records that are no answer of HTTP: 1, the first #9",
        ],
    );
}

#[test]
fn only_what_should_have_been_read_is_a_loss() {
    let archive = WarcWriter::new(Packing::Gzip)
        .answer(&url(1), "200 OK", HTML, page(1))
        .answer(&url(2), "200 OK", "Content-Type: image/png", b"\x89PNG")
        .answer(&url(3), "404 Not Found", HTML, page(2))
        .record("revisit", &target(&url(4)), "HTTP/1.1 200 OK\r\n\r\n");
    let losses = |bytes: Vec<u8>| {
        let read = pages_of("a", Box::new(Cursor::new(bytes)), ReadOptions::default());
        read.filter(|item| matches!(item, Err(w) if w.severity == Severity::Loss)).count()
    };
    assert_eq!(losses(archive.bytes.clone()), 0);
    let continued = archive.record("continuation", &target(&url(5)), "and so on");
    assert_eq!(losses(continued.bytes), 1);
}

#[test]
fn resources_and_converted_texts_are_pages() {
    let text_type = "Content-Type: text/plain";
    let archive = WarcWriter::new(Packing::None)
        .record("resource", &format!("{}\r\n{HTML}", target(&url(1))), page(1))
        .record("conversion", &format!("{}\r\n{text_type}", target("<urn:a>")), "מזג האוויר");
    let (pages, warnings) = read(&archive.bytes);
    assert_eq!(references(&pages), ["a.bin#2", "a.bin#3"]);
    assert!(matches!(pages[1].content, Content::Text(_)));
    assert_eq!(pages[1].given.url.as_deref(), Some("urn:a"));
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn the_server_names_the_encoding() {
    let text = "<p>Переправу через ріку відкрили о шостій ранку, повідомили в порту.</p>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let archive = WarcWriter::new(Packing::Gzip)
        .page(&url(1), "Content-Type: text/html; charset=windows-1251", &bytes)
        // Declared wrongly, and not at all: the bytes tell.
        .page(&url(2), "Content-Type: text/html; charset=ISO-8859-1", &bytes)
        .page(&url(3), "Content-Type: text/html", &bytes);
    let (pages, warnings) = read(&archive.bytes);
    assert_eq!(pages.iter().map(crate::folder::text).collect::<Vec<_>>(), [text; 3]);
    let counted = "a.bin: pages whose encoding is named wrongly or not at all: 2, the first #6";
    assert_eq!(warnings, [counted]);
}

#[test]
fn a_damaged_record_costs_itself() {
    for packing in [Packing::Gzip, Packing::Zstd] {
        let mut archive = three_pages(packing);
        // In the middle of the second page, and in its check sum or that of a later block.
        let (start, end) = (archive.starts[5], archive.starts[6]);
        archive.bytes[start + 40..end - 12].fill(0x55);
        let (pages, warnings) = read(&archive.bytes);
        assert_eq!(references(&pages), ["a.bin#3", "a.bin#8"], "{warnings:?}");
        assert_eq!(text(&pages[1]), page(3));
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].starts_with(&format!("a.bin: at byte {start}: ")), "{warnings:?}");
    }
}

#[test]
fn a_wrong_checksum_is_seen_before_the_page_is_believed() {
    let mut archive = three_pages(Packing::Gzip);
    let (start, end) = (archive.starts[5], archive.starts[6]);
    archive.bytes[end - 6] ^= 1;
    let (pages, warnings) = read(&archive.bytes);
    assert_eq!(pages.len(), 2);
    assert!(warnings[0].starts_with(&format!("a.bin: at byte {start}: ")), "{warnings:?}");
}

#[test]
fn a_record_of_a_wrong_length_costs_itself() {
    let short = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n";
    let none = "WARC/1.0\r\nWARC-Type: response\r\n\r\n";
    let speaks = "<p>A line of this page:\nWARC/1.0 is a format.</p>\r\n\r\n";
    let archive = WarcWriter::new(Packing::None)
        .raw([short, speaks].concat())
        .page(&url(1), HTML, page(1))
        .raw([none, speaks].concat())
        .page(&url(2), HTML, page(2));
    let (first, second) = (archive.starts[1], archive.starts[5]);
    check(
        &archive.bytes,
        &["a.bin#4", "a.bin#7"],
        &[
            &format!("a.bin: at byte {first}: the record is longer or shorter than it says"),
            &format!("a.bin: at byte {second}: the record does not say how long it is"),
        ],
    );
}

#[test]
fn an_archive_that_is_cut_off_gives_what_it_has() {
    for packing in PACKINGS {
        let archive = three_pages(packing);
        let cut = &archive.bytes[..archive.starts[8] + 60];
        let place = archive.starts[8];
        let message = format!("a.bin: at byte {place}: the record is cut off");
        check(cut, &["a.bin#3", "a.bin#6"], &[&message]);
    }
}

#[test]
fn many_damages_are_counted() {
    let bad = "WARC/1.0\r\nWARC-Type: response\r\n\r\n";
    let archive = (0..50).fold(WarcWriter::new(Packing::None), |archive, _| archive.raw(bad));
    let (pages, warnings) = read(&archive.page(&url(1), HTML, page(1)).bytes);
    assert_eq!((pages.len(), warnings.len()), (1, 21));
    assert_eq!(warnings[20], "a.bin: 30 more damaged places");
}

#[test]
fn a_record_that_is_too_long_is_stepped_over() {
    let long = vec![b' '; 33 * 1024 * 1024];
    let archive =
        WarcWriter::new(Packing::None).page(&url(1), HTML, long).page(&url(2), HTML, page(2));
    check(&archive.bytes, &["a.bin#6"], &["a.bin: records of more than 32 MiB: 1, the first #3"]);
}

fn zip(members: &[(&str, &[u8], CompressionMethod)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, method) in members {
        let options = SimpleFileOptions::default().compression_method(*method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn collections_of_archives_are_read_through() {
    let (packed, plain) = (three_pages(Packing::Gzip), three_pages(Packing::None));
    let collection = zip(&[
        ("datapackage.json", b"{}", CompressionMethod::Deflated),
        ("archive/b.warc", &plain.bytes, CompressionMethod::Deflated),
        ("archive/a.warc.gz", &packed.bytes, CompressionMethod::Stored),
        ("pages/pages.jsonl", b"{\"format\": \"json-pages-1.0\"}", CompressionMethod::Deflated),
    ]);
    let (pages, warnings) = read(&collection);
    assert_eq!(pages.len(), 6);
    assert_eq!(pages[0].reference, "a.bin/archive/a.warc.gz#3");
    assert_eq!(pages[5].reference, "a.bin/archive/b.warc#9");
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn other_zip_archives_are_not_looked_into() {
    let book = zip(&[("mimetype", b"application/epub+zip", CompressionMethod::Stored)]);
    check(&book, &[], &["a.bin: not text: ZIP archive or office document"]);
    let inside = "a.bin: a ZIP archive inside another or on standard input";
    check(&gzip(&book), &[], &[inside]);
    let (pages, warnings) = read(&book[..book.len() - 30]);
    assert!(pages.is_empty());
    assert!(warnings[0].starts_with("a.bin: damaged ZIP archive: "), "{warnings:?}");
}

#[test]
fn a_feed_that_is_served_as_html_is_no_page() {
    let feed =
        "<?xml version='1.0'?><rss version='2.0'><channel><item>Новина</item></channel></rss>";
    let archive = WarcWriter::new(Packing::Gzip).page(&url(1), HTML, feed);
    check(
        &archive.bytes,
        &[],
        &["a.bin: no page in 4 records", "a.bin: records that are no HTML: 1, the first #3"],
    );
}

#[test]
fn records_that_were_added_are_read_as_in_the_whole_archive() {
    let whole = three_pages(Packing::Gzip);
    let added = whole.bytes[whole.starts[4]..].to_vec();
    let pages = newstemma_ingest::pages_of_records("a.bin", Box::new(Cursor::new(added)), 4);
    let pages: Vec<Page> = pages.map(Result::unwrap).collect();
    assert_eq!(pages, read(&whole.bytes).0[1..]);
}

#[test]
fn the_body_of_an_answer_comes_without_its_codings() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=koi8-u\r\nContent-Encoding: gzip\r\n\r\n";
    let block = [&head[..], &gzip(b"User-agent: *")].concat();
    let body = newstemma_ingest::body_of_answer(block).unwrap();
    assert_eq!((&body.bytes[..], body.charset.as_deref()), (&b"User-agent: *"[..], Some("koi8-u")));
    assert_eq!(newstemma_ingest::body_of_answer(b"SSH-2.0-x\r\n".to_vec()), None);
}
