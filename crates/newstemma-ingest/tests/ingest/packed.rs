//! Packed files of every format, and such as pretend to be small.

use crate::folder::{Folder, references, text};
use crate::warc_writer::{gzip, zstd};
use newstemma_ingest::ReadOptions;

fn check(name: &str, bytes: Vec<u8>, pages: &[&str], warnings: &[&str]) {
    let folder = Folder::new("packed").with(name, bytes);
    let (found, told) = folder.read(&[name], ReadOptions::default());
    assert_eq!(references(&found), pages);
    assert_eq!(told, warnings);
}

#[test]
fn packing_is_told_by_content() {
    let page = "<!DOCTYPE html><p>Port jest znów otwarty.</p>";
    check("a.html.gz", gzip(page), &["a.html.gz"], &[]);
    check("a", zstd(page), &["a"], &[]);
    check("a.gz", page.into(), &["a.gz"], &[]);
    check("a.gz", gzip(zstd(page)), &["a.gz"], &[]);
    let thrice = gzip(gzip(gzip(gzip(page))));
    check("a.gz", thrice, &[], &["a.gz: packed more than 3 times"]);
}

#[test]
fn the_name_under_the_packing_counts() {
    let folder = Folder::new("under").with("a.md.gz", gzip("# Nadpis\n\nText."));
    let (pages, _) = folder.read(&["."], ReadOptions::default());
    assert!(matches!(pages[0].content, newstemma_model::Content::Markdown(_)));
}

#[test]
fn members_flow_together() {
    let lines = ["{\"text\": \"Prv", "ní.\"}\n{\"text\"", ": \"Druhý.\"}\n"];
    for mut bytes in [lines.map(gzip).concat(), lines.map(zstd).concat()] {
        bytes.extend([0; 512]);
        let folder = Folder::new("members").with("a.jsonl", bytes);
        let (pages, warnings) = folder.read(&["a.jsonl"], ReadOptions::default());
        assert_eq!(pages.iter().map(text).collect::<Vec<_>>(), ["První.", "Druhý."]);
        assert_eq!(warnings, [""; 0]);
    }
}

#[test]
fn a_packed_file_that_is_cut_off_is_read_as_far_as_it_goes() {
    let lines: String = (0..9000).map(|n| format!("{{\"text\": \"Nr. {n}.\"}}\n")).collect();
    let packed = gzip(lines);
    let folder = Folder::new("cut").with("a.jsonl", &packed[..packed.len() / 2]);
    let (pages, warnings) = folder.read(&["a.jsonl"], ReadOptions::default());
    assert!(pages.len() > 1000, "{}", pages.len());
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].ends_with("can't be read from here on: cut off"), "{warnings:?}");
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let small = "a".repeat(80 << 20);
    check(
        "a.txt",
        gzip(&small),
        &[],
        &["a.txt: can't be read: unpacks to more than 200 times its size"],
    );
    check(
        "a.jsonl",
        zstd_bomb("{\"text\": \""),
        &[],
        &["a.jsonl:1: can't be read from here on: unpacks to more than 200 times its size"],
    );
}

/// A frame of four bytes for each 128 KiB.
fn zstd_bomb(begin: &str) -> Vec<u8> {
    let block = |kind: u32, size: usize| (kind << 1 | (size as u32) << 3).to_le_bytes();
    let (raw, repeated) = (block(0, begin.len()), block(1, 128 << 10));
    let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x38];
    bytes.extend([&raw[..3], begin.as_bytes()].concat());
    bytes.extend([&repeated[..3], b"a"].concat().repeat(1000));
    bytes
}
