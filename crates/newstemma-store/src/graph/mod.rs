//! Stemmata for other programs: Graphviz DOT, GraphML, and W3C PROV-O as JSON-LD.
//!
//! An arrow of a graph goes from the exemplar to the text that was made from it; in PROV-O it is the
//! derived text that points to its source. An edge whose direction the texts do not decide has no
//! arrow, and PROV-O does not call it a derivation. The formats carry the edges and what a reader
//! needs to tell the texts apart; all else is in the JSON records ([`crate::json`]).

mod dot;
mod graphml;
mod prov;

use crate::json::v1;
use newstemma_model::{Document, Exemplar, Node, ReportId, Stemma, Story};
use std::io::{self, Write};

/// A story's stemma, with the texts that it is about.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    /// The story.
    pub story: &'a Story,
    /// Its documents.
    pub documents: Vec<&'a Document>,
    /// Who derives from whom.
    pub stemma: &'a Stemma,
}

/// A format for graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Graphviz: one `digraph` a story.
    Dot,
    /// GraphML 1.0: one graph of all stories.
    GraphMl,
    /// PROV-O, with evidence as Web Annotation selectors: one JSON-LD document.
    Prov,
}

/// Writes stemmata, one after the other, into one file.
pub struct Writer<'w> {
    out: &'w mut dyn Write,
    format: Format,
    /// Nodes of a JSON-LD document that were written.
    written: usize,
}

impl<'w> Writer<'w> {
    /// Begins the file.
    pub fn new(out: &'w mut dyn Write, format: Format) -> io::Result<Writer<'w>> {
        match format {
            Format::Dot => {}
            Format::GraphMl => graphml::begin(out)?,
            Format::Prov => prov::begin(out)?,
        }
        Ok(Writer { out, format, written: 0 })
    }

    /// Writes one stemma.
    pub fn write(&mut self, tree: &Tree<'_>) -> io::Result<()> {
        match self.format {
            Format::Dot => dot::write(self.out, tree),
            Format::GraphMl => graphml::write(self.out, tree),
            Format::Prov => prov::write(self.out, tree, &mut self.written),
        }
    }

    /// Ends the file.
    pub fn finish(self) -> io::Result<()> {
        match self.format {
            Format::Dot => Ok(()),
            Format::GraphMl => graphml::end(self.out),
            Format::Prov => prov::end(self.out),
        }
    }
}

impl<'a> Tree<'a> {
    fn edges(&self) -> impl Iterator<Item = v1::Derivation<'a>> {
        let story = self.story.id;
        self.stemma.derivations.iter().map(move |d| v1::Derivation::new(story, d))
    }

    fn document(&self, id: ReportId) -> Option<&'a Document> {
        self.documents.iter().find(|d| d.report.id == id).copied()
    }
}

fn id(node: Node) -> String {
    match node {
        Node::Report(id) => id.to_string(),
        Node::Exemplar(id) => id.to_string(),
    }
}

/// Who published it, or what the user calls it.
fn outlet(document: &Document) -> &str {
    document.report.outlet.as_deref().unwrap_or(&document.report.reference)
}

fn lost_label(exemplar: &Exemplar) -> String {
    match &exemplar.credited_to {
        Some(agency) => format!("lost: {agency}"),
        None => "lost".into(),
    }
}

#[cfg(test)]
mod tests;
