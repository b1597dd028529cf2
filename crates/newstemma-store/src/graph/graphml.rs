//! GraphML 1.0 (<http://graphml.graphdrawing.org/specification.html>).
//!
//! All stories are in one graph, since many readers take the first graph of a file and no other.

use super::{Tree, id, lost_label, outlet};
use std::io::{self, Write};

/// What nodes and edges carry: the name, for what, and the type.
const KEYS: [(&str, &str, &str); 11] = [
    ("story", "node", "string"),
    ("kind", "node", "string"),
    ("label", "node", "string"),
    ("language", "node", "string"),
    ("url", "node", "string"),
    ("published", "node", "string"),
    ("direction", "edge", "string"),
    ("relation", "edge", "string"),
    ("extent", "edge", "string"),
    ("coverage", "edge", "double"),
    ("confidence", "edge", "double"),
];

pub(super) fn begin(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"#)?;
    for (name, of, kind) in KEYS {
        writeln!(out, r#"<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>"#)?;
    }
    writeln!(out, r#"<graph id="stemmata" edgedefault="directed">"#)
}

pub(super) fn write(out: &mut dyn Write, tree: &Tree<'_>) -> io::Result<()> {
    let story = tree.story.id.to_string();
    for document in &tree.documents {
        let report = &document.report;
        writeln!(out, r#"<node id="{}">"#, report.id)?;
        field(out, "story", &story)?;
        field(out, "kind", "report")?;
        field(out, "label", outlet(document))?;
        field(out, "language", &report.language.to_string())?;
        if let Some(url) = &report.url {
            field(out, "url", url)?;
        }
        if let Some(published) = report.published {
            field(out, "published", &published.to_string())?;
        }
        writeln!(out, "</node>")?;
    }
    for lost in &tree.stemma.exemplars {
        writeln!(out, r#"<node id="{}">"#, lost.id)?;
        field(out, "story", &story)?;
        field(out, "kind", "lost")?;
        field(out, "label", &lost_label(lost))?;
        writeln!(out, "</node>")?;
    }
    for edge in tree.edges() {
        let (parent, child) = (id(edge.parent.0), id(edge.child.0));
        let directed = edge.direction == "decided";
        writeln!(out, r#"<edge source="{parent}" target="{child}" directed="{directed}">"#)?;
        field(out, "direction", edge.direction)?;
        field(out, "relation", edge.relation)?;
        field(out, "extent", edge.extent)?;
        field(out, "coverage", &edge.coverage.to_string())?;
        field(out, "confidence", &edge.confidence.to_string())?;
        writeln!(out, "</edge>")?;
    }
    Ok(())
}

pub(super) fn end(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</graph>\n</graphml>")
}

fn field(out: &mut dyn Write, key: &str, value: &str) -> io::Result<()> {
    writeln!(out, r#"<data key="{key}">{}</data>"#, escaped(value))
}

/// Text of an element: markup escaped, and without the characters that XML 1.0 does not allow.
fn escaped(text: &str) -> String {
    let allowed = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    let text: String = text.chars().filter(allowed).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
