//! What was written in a format is read from it again: a text as a line of JSON, as a cell of a table,
//! and a page as a record of a web archive.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newstemma_ingest::{ReadOptions, pages_of};
use newstemma_model::{Content, Page};
use std::io::Cursor;

fn read(bytes: Vec<u8>) -> Vec<Page> {
    pages_of("a", Box::new(Cursor::new(bytes)), ReadOptions::default()).filter_map(Result::ok).collect()
}

fuzz_target!(|text: String| {
    if text.trim().is_empty() {
        return;
    }
    let line = serde_json::json!({"id": "1", "text": text}).to_string();
    let pages = read([line.as_bytes(), b"\n", line.as_bytes(), b"\n"].concat());
    assert_eq!(pages.len(), 2);
    assert!(pages.iter().all(|page| page.content == Content::Text(text.clone())));

    let row = format!("id,text\n1,\"{}\"\n", text.replace('"', "\"\""));
    let pages = read(row.into_bytes());
    assert!(pages.iter().all(|page| page.content == Content::Text(text.clone())));
    assert_eq!(pages.len(), 1);

    let page = format!("<!doctype html><p>{text}");
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    );
    let pages = read([record.as_bytes(), record.as_bytes()].concat());
    assert_eq!(pages.len(), 2);
    assert!(pages.iter().all(|found| found.content == Content::Html(page.clone())));
});
