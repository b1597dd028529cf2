//! Reads the pages of a list and prints what an extractor finds, as the scorer wants it.

use serde_json::json;
use std::io::Write;

/// What an extractor finds in a page; empty where it finds nothing.
#[derive(Debug, Default)]
pub struct Found {
    /// The text of the article.
    pub text: String,
    /// The headline.
    pub title: String,
    /// The date of publication, as given.
    pub date: String,
    /// The authors, as given.
    pub author: String,
}

/// Calls an extractor with the markup and address of every page of the list that the program was
/// given: `path TAB address` a line. One JSON object a page is printed.
pub fn run(extract: impl Fn(&str, Option<&str>) -> Found) -> std::io::Result<()> {
    let list = std::env::args().nth(1).unwrap_or_default();
    let mut out = std::io::stdout().lock();
    for line in std::fs::read_to_string(list)?.lines() {
        let (path, address) = line.split_once('\t').unwrap_or((line, ""));
        let markup = String::from_utf8_lossy(&std::fs::read(path)?).into_owned();
        let Found { text, title, date, author } =
            extract(&markup, Some(address).filter(|a| !a.is_empty()));
        let record =
            json!({"path": path, "text": text, "title": title, "date": date, "author": author});
        writeln!(out, "{record}")?;
    }
    Ok(())
}
