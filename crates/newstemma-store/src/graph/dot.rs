//! Graphviz DOT (<https://graphviz.org/doc/info/lang.html>).

use super::{Tree, id, lost_label, outlet};
use std::io::{self, Write};

pub(super) fn write(out: &mut dyn Write, tree: &Tree<'_>) -> io::Result<()> {
    writeln!(out, "digraph {} {{", quoted(&tree.story.id.to_string()))?;
    writeln!(out, "  label={};", quoted(&tree.story.title))?;
    writeln!(out, "  node [shape=box];")?;
    for document in &tree.documents {
        let report = &document.report;
        let label = quoted(&format!("{} ({})", outlet(document), report.language));
        write!(out, "  {} [label={label}", quoted(&report.id.to_string()))?;
        if let Some(url) = &report.url {
            write!(out, ", URL={}", quoted(url))?;
        }
        writeln!(out, "];")?;
    }
    for lost in &tree.stemma.exemplars {
        let (own, label) = (quoted(&lost.id.to_string()), quoted(&lost_label(lost)));
        writeln!(out, "  {own} [label={label}, style=dashed];")?;
    }
    for edge in tree.edges() {
        let (parent, child) = (quoted(&id(edge.parent.0)), quoted(&id(edge.child.0)));
        let label = quoted(&format!("{}, {}", edge.relation, edge.confidence));
        let way = if edge.direction == "decided" { "" } else { ", dir=none" };
        let line = if edge.extent == "whole" { "" } else { ", style=dashed" };
        writeln!(out, "  {parent} -> {child} [label={label}{way}{line}];")?;
    }
    writeln!(out, "}}")
}

/// A quoted string: in it, a quotation mark is escaped, and so is a backslash, which would else begin
/// an escape of Graphviz's own.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " "))
}
