//! Whole files and folders: what is read, in which order, and what is said of the rest.

use crate::folder::{Folder, references, text};
use newstemma_ingest::{FieldMap, ReadOptions};
use newstemma_model::Content;
use std::path::Path;

#[test]
fn a_folder_is_read_through_in_order_of_names() {
    let folder = Folder::new("folder")
        .with("b.txt", "Der Hafen ist offen.")
        .with("a/z.html", "<p>港は開いている。</p>")
        .with("c.md", "# Порт відкрито")
        .with(".hidden.txt", "x")
        .with("d.css", "p {}");
    let (pages, warnings) = folder.read(&["."], ReadOptions::default());
    assert_eq!(references(&pages), ["a/z.html", "b.txt", "c.md"]);
    assert!(matches!(pages[0].content, Content::Html(_)));
    assert!(matches!(pages[2].content, Content::Markdown(_)));
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].ends_with("passed over 1 files of other kinds, such as d.css"));
}

#[test]
fn a_broken_line_costs_that_line_alone() {
    let lines = [
        r#"{"id": "один", "text": "Перший звіт.", "published": 1700000000}"#,
        r#"{"id": "zwei", "text": "#,
        "",
        r#"{"id": "drei"}"#,
        r#"{"id": "vier", "text": " \n"}"#,
        r#"{"id": 5, "text": "Cinco.", "authors": ["Ana Pires", {"name": "Rui Lobo"}], "lang": 7}"#,
        r#"["no object"]"#,
        r#"{"text": "Без імені."}"#,
    ];
    let folder = Folder::new("lines").with("a.jsonl", lines.join("\n"));
    let (pages, warnings) = folder.read(&["a.jsonl"], ReadOptions::default());
    assert_eq!(references(&pages), ["один", "5", "a.jsonl#8"]);
    assert_eq!(pages[0].given.published.as_deref(), Some("1700000000"));
    assert_eq!(pages[1].given.authors, ["Ana Pires", "Rui Lobo"]);
    let places: Vec<&str> = warnings.iter().map(|w| w.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["a.jsonl:2", "a.jsonl:4", "a.jsonl:5", "a.jsonl:6", "a.jsonl:7"]);
    assert_eq!(warnings[1], "a.jsonl:4: neither `text` nor `html`");
    assert_eq!(warnings[2], "a.jsonl:5: `text` is empty");
    assert_eq!(warnings[4], "a.jsonl:7: a list instead of an object");
}

#[test]
fn arrays_and_single_objects_are_records_too() {
    let folder = Folder::new("array")
        .with(
            "a.json",
            "[\n{\"text\": \"Un.\"},\n{\"text\": \"Deux.\", \"id\": \"b\"},\n{\"text\": 3}]",
        )
        .with("b.json", "{\n  \"text\": \"Seul.\"\n}");
    let (pages, warnings) = folder.read(&["a.json", "b.json"], ReadOptions::default());
    assert_eq!(references(&pages), ["a.json#1", "b", "b.json"]);
    assert_eq!(warnings, ["a.json:4: `text` is a number, not a string"]);
}

#[test]
fn texts_come_byte_for_byte() {
    let record = "{\"id\": \"a\", \"text\": \" \u{feff}Zwei  Zeilen\\r\\n\\u0000ende \"}";
    let folder =
        Folder::new("bytes").with("a.jsonl", record).with("b.txt", "\u{feff} Zwei\r\nZeilen \n");
    let (pages, warnings) = folder.read(&["a.jsonl", "b.txt"], ReadOptions::default());
    assert_eq!(text(&pages[0]), " \u{feff}Zwei  Zeilen\r\n\0ende ");
    assert_eq!(text(&pages[1]), " Zwei\r\nZeilen \n");
    assert!(warnings.is_empty());
}

#[test]
fn fields_go_by_other_names() {
    let folder = Folder::new("map").with("a.jsonl", r#"{"nr": 1, "doc": {"body": "正文。"}}"#);
    let options = ReadOptions { fields: FieldMap::parse("id=nr,text=doc.body").unwrap() };
    let (pages, warnings) = folder.read(&["a.jsonl"], options);
    assert_eq!((references(&pages), text(&pages[0])), (vec!["1"], "正文。"));
    assert!(warnings.is_empty());
}

#[test]
fn what_is_no_text_is_named_and_passed_over() {
    let folder = Folder::new("binary")
        .with("a.txt", b"%PDF-1.7 \0\0")
        .with("b.txt", b"")
        .with("c.txt", " \n ")
        .with("d.txt", b"ab\0\0\0\x01\x02cdefgh")
        .with("e.txt", "Текст із помилкою: \u{442}".as_bytes().split_last().unwrap().1);
    let (pages, warnings) = folder.read(&[".", "none.txt", "*.csv"], ReadOptions::default());
    assert_eq!(references(&pages), ["e.txt"]);
    assert!(warnings.contains(&"a.txt: not text: PDF".to_owned()));
    assert!(warnings.contains(&"b.txt: empty file".to_owned()));
    assert!(warnings.contains(&"c.txt: holds no text".to_owned()));
    assert!(warnings.contains(&"d.txt: not text: file with NUL bytes".to_owned()));
    assert!(warnings.contains(&"e.txt: invalid UTF-8 was replaced".to_owned()));
    assert!(warnings.iter().any(|w| w.starts_with("none.txt: can't be read: ")));
    assert!(warnings.contains(&"*.csv: no file fits this pattern".to_owned()));
}

#[test]
fn a_file_given_twice_is_read_once() {
    let folder = Folder::new("twice").with("a.txt", "Einmal.").with("b.txt", "Andere.");
    let (pages, warnings) = folder.read(&["a.txt", "?.txt"], ReadOptions::default());
    assert_eq!(references(&pages), ["a.txt", "b.txt"]);
    assert_eq!(warnings, ["a.txt: given twice, read once"]);
}

#[test]
fn a_text_of_fifty_megabytes_passes() {
    let sentence = "Рятувальники завершили роботу о шостій ранку. ";
    let long = sentence.repeat(50_000_000 / sentence.len());
    let folder = Folder::new("long").with("a.txt", &long);
    let (pages, warnings) = folder.read(&["a.txt"], ReadOptions::default());
    assert_eq!(text(&pages[0]).len(), long.len());
    assert!(warnings.is_empty());
    assert!(Path::new(&folder.0).exists());
}
