//! The stemma: drawn, and in words with the evidence for each edge.

use super::cite::day;
use super::reports::evidence;
use super::stemma_svg;
use crate::output::counted;
use crate::output::view::Chapter;
use crate::output::view::words;
use maud::{Markup, html};
use newstemma_model::{Derivation, Exemplar, Node, ReportId};

/// The section of a story's stemma.
pub(super) fn section(chapter: &Chapter) -> Markup {
    let stemma = &chapter.told.stemma;
    let number = chapter.number;
    html! {
        section aria-labelledby={ "stemma-" (number) } {
            h3 id={ "stemma-" (number) } { "Stemma" }
            figure.stemma {
                div.scroll tabindex="0" role="region" aria-label={ "Stemma of story " (number) ", drawn" } {
                    (stemma_svg::draw(chapter))
                }
                figcaption {
                    "Which report was made from which. Numbered: the reports. Dashed, with a Greek letter: "
                    "texts that are lost. Each line of text stands by itself; time runs down."
                }
            }
            @if !stemma.derivations.is_empty() {
                details {
                    summary { "The same in words, with the evidence" }
                    ul.edges {
                        @for exemplar in &stemma.exemplars { (lost(chapter, exemplar)) }
                        @for edge in &stemma.derivations { (drawn(chapter, edge)) }
                    }
                    (without_relatives(chapter))
                }
            }
        }
    }
}

fn lost(chapter: &Chapter, exemplar: &Exemplar) -> Markup {
    let below: Vec<Node> =
        chapter.told.stemma.children(Node::Exemplar(exemplar.id)).map(|edge| edge.child).collect();
    html! {
        li id=(chapter.exemplar_anchor(exemplar.id)) {
            b { (chapter.letter(exemplar.id)) } " is a lost text"
            @if let Some(credited) = &exemplar.credited_to { ", credited to " bdi { (credited) } }
            @if let Some(earliest) = exemplar.earliest { ", of " (day(earliest)) " or later" }
            ", known from "
            @for (index, &node) in below.iter().enumerate() {
                @if index > 0 { ", " }
                (chapter.node_link(node))
            }
            (evidence(chapter, &exemplar.evidence))
        }
    }
}

fn drawn(chapter: &Chapter, edge: &Derivation) -> Markup {
    html! {
        li {
            (chapter.node_link(edge.child)) " " (words::descent(edge)) " " (chapter.node_link(edge.parent)) ": "
            (words::relation(edge)) "; covers " (words::per_cent(edge.coverage.get()))
            " of its sentences; confidence " (words::per_cent(edge.confidence.get()))
            @if let Some(undecided) = words::direction(edge) { "; " (undecided) }
            (evidence(chapter, &edge.evidence))
        }
    }
}

fn without_relatives(chapter: &Chapter) -> Markup {
    let lone: Vec<ReportId> =
        chapter.lines.iter().filter(|line| line.len() == 1).map(|line| line[0]).collect();
    let related = |report: &ReportId| {
        let node = Node::Report(*report);
        chapter.told.stemma.derivations.iter().any(|d| d.child == node || d.parent == node)
    };
    let lone: Vec<ReportId> = lone.into_iter().filter(|report| !related(report)).collect();
    html! {
        @if !lone.is_empty() {
            p {
                (counted(lone.len(), "report", "reports")) " without a relative here: "
                (chapter.book.report_numbers(&lone))
            }
        }
    }
}
