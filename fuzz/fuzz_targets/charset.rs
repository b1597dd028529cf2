//! Texts in any encoding, declared rightly or wrongly. The first byte picks what is declared. What was
//! decoded once is UTF-8, and stays what it is when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newstemma_ingest::{ReadOptions, pages_of};
use newstemma_model::Content;
use std::io::Cursor;

const LABELS: [&str; 12] = [
    "utf-8", "windows-1251", "koi8-r", "windows-1252", "windows-1250", "gbk", "big5", "shift_jis", "euc-jp",
    "euc-kr", "utf-16le", "iso-2022-jp",
];

fn read(bytes: Vec<u8>) -> Option<String> {
    let mut pages = pages_of("a", Box::new(Cursor::new(bytes)), ReadOptions::default());
    pages.find_map(Result::ok).map(|page| match page.content {
        Content::Text(text) | Content::Html(text) | Content::Markdown(text) => text,
    })
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let label = LABELS[usize::from(*first) % LABELS.len()];
    let page = [b"<!doctype html><meta charset=", label.as_bytes(), b"><p>", rest].concat();
    let Some(text) = read(page) else { return };
    // Bytes of control may make the decoded text look like something else than a page.
    if let Some(again) = read(text.clone().into_bytes()) {
        assert_eq!(again, text.strip_prefix('\u{feff}').unwrap_or(&text));
    }
});
