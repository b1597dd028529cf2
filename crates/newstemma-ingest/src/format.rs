//! What a file is, told by its first bytes and, where they leave it open, by its name.

use crate::feed::{XmlKind, is_json_feed, xml_kind};
use crate::fields::FieldMap;
use crate::mail::{is_mail, is_mbox};
use crate::parquet;
use crate::table::{separator, separator_by_count};
use std::path::Path;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// One JSON object a line.
    JsonLines,
    /// A JSON array, or one object over several lines.
    Json,
    /// An HTML page.
    Html,
    /// Markdown.
    Markdown,
    /// Loose text.
    Text,
    /// A web archive.
    Warc,
    /// A ZIP archive, which may hold web archives.
    Zip,
    /// A table stored column by column.
    Parquet,
    /// A feed in XML, or a list of feeds or pages.
    Xml(XmlKind),
    /// A JSON Feed.
    JsonFeed,
    /// A message: a newsletter, or a page saved as one.
    Mail,
    /// Messages one behind the other.
    Mbox,
    /// A table whose cells are separated by this.
    Table(u8),
    /// Something that is no text; with its name.
    Binary(&'static str),
}

/// Bytes that are looked at to tell formats apart.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// What the file called `name` that begins with `head` is. `head` is already free of a byte order
/// mark.
pub(crate) fn sniff(head: &[u8], name: &str, fields: &FieldMap) -> Format {
    if let Some(kind) = magic(head) {
        return Format::Binary(kind);
    }
    let extension = extension(name);
    let start = head.trim_ascii_start();
    if head.starts_with(b"PK\x03\x04") {
        return Format::Zip;
    }
    if head.starts_with(parquet::MAGIC) {
        return Format::Parquet;
    }
    if start.starts_with(b"WARC/") {
        return Format::Warc;
    }
    if let Some(kind) = xml_kind(start) {
        return Format::Xml(kind);
    }
    if is_mail(start) {
        return Format::Mail;
    }
    if is_mbox(start) {
        return Format::Mbox;
    }
    if let Some(json) = sniff_json(start, &extension) {
        return if is_json_feed(start) { Format::JsonFeed } else { json };
    }
    let html_by_name = matches!(extension.as_str(), "html" | "htm" | "xhtml");
    if begins_like_html(start) || html_by_name && has_tag(head) {
        return Format::Html;
    }
    if let Some(separator) = separator(start, fields) {
        return Format::Table(separator);
    }
    if head.contains(&0) {
        return Format::Binary("file with NUL bytes");
    }
    match extension.as_str() {
        "md" | "markdown" => Format::Markdown,
        "csv" | "tsv" => Format::Table(separator_by_count(start)),
        _ => Format::Text,
    }
}

/// The extension of a name, in lower case, that of its packing left away.
fn extension(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let unpacked = [".gz", ".zst"].iter().find_map(|packing| name.strip_suffix(packing));
    let extension = Path::new(unpacked.unwrap_or(&name)).extension();
    extension.and_then(|e| e.to_str()).unwrap_or_default().to_owned()
}

/// The kind of a file that is no text, by its mark.
pub(crate) fn magic(head: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 9] = [
        (b"%PDF-", "PDF"),
        (b"\x89PNG", "PNG image"),
        (b"\xff\xd8\xff", "JPEG image"),
        (b"GIF8", "GIF image"),
        (b"RIFF", "RIFF file"),
        (b"\xd0\xcf\x11\xe0", "office document"),
        (b"\x7fELF", "program"),
        (b"SQLite format 3\0", "SQLite database"),
        (b"\xfd7zXZ\0", "xz archive"),
    ];
    KINDS.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, name)| *name)
}

/// JSON is told by its first line: a whole object makes JSON lines. A text may begin with a
/// bracket too ("[Update] …"), so that without the name's word for it only what begins like a
/// list of objects counts.
fn sniff_json(start: &[u8], extension: &str) -> Option<Format> {
    let by_name = matches!(extension, "json" | "jsonl" | "ndjson");
    match start.first() {
        Some(b'{') => {
            let line_end = start.iter().position(|b| *b == b'\n');
            let line = &start[..line_end.unwrap_or(start.len())];
            let key_follows = line[1..].trim_ascii_start().first().is_none_or(|b| *b == b'"');
            if !by_name && !key_follows {
                return None;
            }
            // A line longer than the head can only be a record of its own.
            let whole = line_end.is_none() && start.len() >= HEAD_BYTES / 2
                || is_object(line)
                || extension == "jsonl"
                || extension == "ndjson";
            Some(if whole { Format::JsonLines } else { Format::Json })
        }
        Some(b'[') => {
            let inner = start[1..].trim_ascii_start().first();
            let objects = inner.is_some_and(|b| *b == b'{' || (by_name && *b == b']'));
            (objects || extension == "json").then_some(Format::Json)
        }
        _ if by_name => Some(Format::JsonLines),
        _ => None,
    }
}

fn is_object(line: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(line).is_ok_and(|v| v.is_object())
}

/// Whether a text without white space at its front begins as HTML pages do.
pub(crate) fn begins_like_html(start: &[u8]) -> bool {
    const OPENINGS: [&str; 19] = [
        "!doctype", "html", "head", "body", "meta", "title", "script", "link", "style", "div",
        "p>", "p ", "article", "section", "main", "h1", "span", "table", "?xml",
    ];
    let Some(rest) = start.strip_prefix(b"<") else { return false };
    if rest.starts_with(b"!--") {
        return true;
    }
    let lower: Vec<u8> = rest.iter().take(16).map(u8::to_ascii_lowercase).collect();
    OPENINGS.iter().any(|o| lower.starts_with(o.as_bytes()))
}

fn has_tag(head: &[u8]) -> bool {
    head.windows(2).any(|w| w[0] == b'<' && (w[1].is_ascii_alphabetic() || w[1] == b'/'))
}

#[cfg(test)]
mod tests {
    use super::{Format, sniff};
    use crate::FieldMap;
    use crate::feed::XmlKind;

    fn check(head: &str, name: &str, expected: Format) {
        let fields = FieldMap::default();
        assert_eq!(sniff(head.as_bytes(), name, &fields), expected, "{name}: {head}");
    }

    #[test]
    fn vocabularies_of_xml_are_told_apart() {
        let prolog = "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n";
        let check = |root: &str, kind| check(&format!("{prolog}{root}"), "a.xml", kind);
        check("<rss version=\"2.0\">", Format::Xml(XmlKind::Feed));
        check("<feed xmlns=\"http://www.w3.org/2005/Atom\">", Format::Xml(XmlKind::Feed));
        let rss = "<rdf:RDF xmlns:rdf=\"x\" xmlns=\"http://purl.org/rss/1.0/\">";
        check(rss, Format::Xml(XmlKind::Feed));
        check("<opml version=\"2.0\">", Format::Xml(XmlKind::Opml));
        check("<urlset>", Format::Xml(XmlKind::Sitemap));
        check("<html>", Format::Html);
    }

    #[test]
    fn a_table_is_told_by_its_first_row() {
        check("id;Text;url\n1;x;y\n", "-", Format::Table(b';'));
        check("id\ttext\n", "a.txt", Format::Table(b'\t'));
        check("The text, he said, is lost.\n", "a.txt", Format::Text);
        check("a;b,c;d\n", "a.csv", Format::Table(b';'));
    }

    #[test]
    fn a_message_is_told_by_fields_that_nobody_writes() {
        check("From: a\nReceived: by b\n\nText", "a.txt", Format::Mail);
        check("From: A <a@b.example>\nDate: 4 Mar 2031\n\nText", "a.txt", Format::Mail);
        check("From: a@b.example\nTo: the press\n\nText", "a.txt", Format::Text);
        check("From a@b Tue\nReceived: by b\n\nText", "a.txt", Format::Mbox);
        check("From here\non: it rained.\n\nText", "a.txt", Format::Text);
        check("FROM: the mayor\nTO: the press\n\nText", "a.txt", Format::Text);
    }

    #[test]
    fn content_decides_before_the_name() {
        check("{\"id\": 1, \"text\": \"x\"}\n", "a.txt", Format::JsonLines);
        check("\n<!DOCTYPE html><p>x", "a.txt", Format::Html);
        check("<article>новина", "-", Format::Html);
        check("%PDF-1.7", "a.txt", Format::Binary("PDF"));
    }

    #[test]
    fn the_name_decides_what_content_leaves_open() {
        check("# Заголовок\n", "a.md", Format::Markdown);
        check("# Заголовок\n", "a.txt", Format::Text);
        check("Text with <b>tags</b>", "a.html", Format::Html);
        check("Text without any", "a.html", Format::Text);
        check("not json at all", "a.jsonl", Format::JsonLines);
    }

    #[test]
    fn brackets_in_prose_are_no_json() {
        check("[Update] Der Hafen ist wieder offen.", "a.txt", Format::Text);
        check("{sic} it began", "a.txt", Format::Text);
        check("[\n {\"text\": \"x\"}]", "-", Format::Json);
        check("{\n  \"text\": \"x\"\n}", "-", Format::Json);
    }
}
