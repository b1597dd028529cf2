//! Tables, as people and programs write them.

use crate::folder::{Folder, references, text};
use newstemma_ingest::{FieldMap, ReadOptions};
use newstemma_model::Page;

fn read(name: &str, bytes: impl AsRef<[u8]>, map: &str) -> (Vec<Page>, Vec<String>) {
    let folder = Folder::new("table").with(name, bytes);
    folder.read(&[name], ReadOptions { fields: FieldMap::parse(map).unwrap() })
}

#[test]
fn rows_are_reports() {
    let table = "\u{feff}ID,Title,text,published,authors\r\n\
        7,\"Most, nowy\",\"Pierwszy akapit.\r\n\r\nDrugi \"\"akapit\"\".\",2031-03-04,Ewa Mała\r\n\
        \r\n\
        ,,Bez numeru.,,\r\n";
    let (pages, warnings) = read("a.csv", table, "");
    assert_eq!(references(&pages), ["7", "a.csv#2"]);
    assert_eq!(text(&pages[0]), "Pierwszy akapit.\r\n\r\nDrugi \"akapit\".");
    assert_eq!(pages[0].given.title.as_deref(), Some("Most, nowy"));
    assert_eq!(pages[0].given.authors, ["Ewa Mała"]);
    assert_eq!(pages[1].given.title, None);
    assert_eq!(warnings, [""; 0]);
}

#[test]
fn columns_go_by_other_names_and_separators_are_told() {
    for separator in [";", "\t", "|"] {
        let table = ["Nr;Artikel", "1;Die Brücke, neu gebaut.", "2;Der Fluss."].join("\n");
        let table = table.replace(';', separator);
        let (pages, warnings) = read("a.txt", table, "id=Nr,text=Artikel");
        assert_eq!(references(&pages), ["1", "2"]);
        assert_eq!(text(&pages[0]), "Die Brücke, neu gebaut.");
        assert_eq!(warnings, [""; 0]);
    }
}

#[test]
fn a_bad_row_costs_itself() {
    let (pages, warnings) = read("a.tsv", "text\tlang\nEen\tnl\nTwee\tnl\tx\n\tnl\nDrie\n", "");
    assert_eq!(pages.iter().map(text).collect::<Vec<_>>(), ["Een", "Drie"]);
    assert_eq!(warnings, ["a.tsv:3: 3 cells in 2 columns", "a.tsv:4: neither `text` nor `html`"]);
    let (pages, warnings) = read("a.csv", "id,text\n1,Uno\n2,\"Dos\n3,Tres\n", "");
    assert_eq!(references(&pages), ["1"]);
    assert_eq!(warnings, ["a.csv:3: can't be read from here on: a quote is not closed"]);
}

#[test]
fn a_table_without_a_text_names_its_columns() {
    let (pages, warnings) = read("a.csv", "nr;body\n1;x\n", "");
    assert!(pages.is_empty());
    assert_eq!(warnings, ["a.csv:1: no column `text` or `html`; the columns are nr, body"]);
}

#[test]
fn tables_in_other_encodings_are_transcoded() {
    let table = "id;text\n1;Příliš žluťoučký kůň úpěl ďábelské ódy, řekl starosta města.\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(table);
    let (pages, warnings) = read("a.csv", bytes, "");
    assert_eq!(text(&pages[0]), "Příliš žluťoučký kůň úpěl ďábelské ódy, řekl starosta města.");
    assert_eq!(warnings, ["a.csv: not UTF-8, taken for windows-1250"]);
    let wide: Vec<u8> =
        "\u{feff}id\ttext\n1\t橋は再開した。\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (pages, warnings) = read("a.txt", wide, "");
    assert_eq!(text(&pages[0]), "橋は再開した。");
    assert_eq!(warnings, [""; 0]);
}
