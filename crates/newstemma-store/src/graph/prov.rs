//! PROV-O (<https://www.w3.org/TR/prov-o/>) as JSON-LD, with evidence as selectors of the Web
//! Annotation model (<https://www.w3.org/TR/annotation-model/>).
//!
//! Every edge that has a direction is a `prov:wasDerivedFrom`. Besides, a verbatim part is a
//! `prov:wasQuotedFrom`, the whole in other words of the same language a `prov:wasRevisionOf`, and
//! a lost text that an agency is credited with a `prov:hadPrimarySource`, if nothing stands above it.
//! An edge without direction is a `dcterms:relation`.

use super::{Tree, id, lost_label};
use crate::json::v1;
use newstemma_model::{Derivation, Direction, Document, Extent, Located, Node, Relation};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

pub(super) fn begin(out: &mut dyn Write) -> io::Result<()> {
    let context = json!({
        "prov": "http://www.w3.org/ns/prov#",
        "dcterms": "http://purl.org/dc/terms/",
        "schema": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "newstemma": "urn:newstemma:",
    });
    writeln!(out, "{{\"@context\":{context},\"@graph\":[")
}

pub(super) fn write(out: &mut dyn Write, tree: &Tree<'_>, written: &mut usize) -> io::Result<()> {
    let reports = tree.documents.iter().map(|d| (Node::Report(d.report.id), report(d)));
    let lost = tree.stemma.exemplars.iter().map(|x| {
        let own = json!({ "@type": ["prov:Entity"], "dcterms:title": lost_label(x) });
        (Node::Exemplar(x.id), own)
    });
    for (node, mut own) in reports.chain(lost) {
        if let Value::Object(fields) = &mut own {
            fields.insert("@id".into(), iri(node).into());
            tree.stemma.parents(node).for_each(|edge| derived(tree, edge, fields));
        }
        let comma = if *written == 0 { "" } else { "," };
        writeln!(out, "{comma}{own}")?;
        *written += 1;
    }
    Ok(())
}

pub(super) fn end(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "]}}")
}

fn report(document: &Document) -> Value {
    let report = &document.report;
    let mut fields = json!({
        "@type": ["prov:Entity", "schema:NewsArticle"],
        "dcterms:identifier": report.reference,
        "schema:inLanguage": report.language.to_string(),
    });
    let others = [
        ("schema:publisher", report.outlet.clone()),
        ("schema:url", report.url.clone()),
        ("schema:headline", report.title.clone()),
        ("schema:datePublished", report.published.map(|p| p.to_string())),
    ];
    for (name, value) in others {
        if let Some(value) = value {
            fields[name] = value.into();
        }
    }
    fields
}

/// An edge, as fields of the text that was made.
fn derived(tree: &Tree<'_>, edge: &Derivation, fields: &mut Map<String, Value>) {
    let source = json!({ "@id": iri(edge.parent) });
    if edge.direction == Direction::Undecided {
        return push(fields, "dcterms:relation", source);
    }
    push(fields, "prov:wasDerivedFrom", source.clone());
    match (edge.relation, edge.extent) {
        (Relation::Verbatim, Extent::Part) => push(fields, "prov:wasQuotedFrom", source.clone()),
        (Relation::Verbatim | Relation::Rewrite, Extent::Whole) => {
            push(fields, "prov:wasRevisionOf", source.clone());
        }
        (Relation::Translation, _) => push(fields, "schema:translationOfWork", source.clone()),
        _ => {}
    }
    if is_agency_text(tree, edge.parent) {
        push(fields, "prov:hadPrimarySource", source.clone());
    }
    let record = v1::Derivation::new(tree.story.id, edge);
    let spans = edge.evidence.iter().flat_map(|e| &e.spans);
    let qualified = json!({
        "@type": "prov:Derivation",
        "prov:entity": source,
        "newstemma:confidence": record.confidence,
        "newstemma:coverage": record.coverage,
        "newstemma:evidence": spans.filter_map(|at| passage(tree, at)).collect::<Vec<Value>>(),
    });
    push(fields, "prov:qualifiedDerivation", qualified);
}

/// Whether a node is the lost text of an agency, made from nothing that is known.
fn is_agency_text(tree: &Tree<'_>, node: Node) -> bool {
    let credited = |id| tree.stemma.exemplars.iter().any(|x| x.id == id && x.credited_to.is_some());
    match node {
        Node::Exemplar(id) => credited(id) && tree.stemma.parents(node).next().is_none(),
        Node::Report(_) => false,
    }
}

/// A passage of a report. Web Annotation counts characters where a span counts bytes.
fn passage(tree: &Tree<'_>, at: &Located) -> Option<Value> {
    let text = &tree.document(at.report)?.report.text;
    let exact = at.span.of(text);
    let start = text.get(..at.span.start())?.chars().count();
    Some(json!({
        "@type": "oa:SpecificResource",
        "oa:hasSource": { "@id": iri(Node::Report(at.report)) },
        "oa:hasSelector": [
            { "@type": "oa:TextQuoteSelector", "oa:exact": exact },
            {
                "@type": "oa:TextPositionSelector",
                "oa:start": start,
                "oa:end": start + exact.chars().count(),
            },
        ],
    }))
}

fn push(fields: &mut Map<String, Value>, name: &str, value: Value) {
    let list = fields.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = list {
        list.push(value);
    }
}

fn iri(node: Node) -> String {
    format!("urn:newstemma:{}", id(node))
}
