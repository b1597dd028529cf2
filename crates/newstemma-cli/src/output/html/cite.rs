//! Citations and links, as the page draws them.

use crate::output::view::{Book, Chapter, day_in_words};
use maud::{Markup, html};
use newstemma_model::{Day, Located, Node, ReportId};
use std::collections::BTreeMap;

impl Book<'_> {
    /// The anchor of the sentence in which something stands, or of its report.
    fn anchor(&self, at: Located) -> String {
        let number = self.number(at.report);
        match self.sentence_number(at) {
            Some(sentence) => format!("r{number}s{sentence}"),
            None => format!("r{number}"),
        }
    }

    /// A citation with a link to what is cited.
    pub(super) fn cite(&self, at: Located) -> Markup {
        let label = self.label(at.report);
        html! {
            a.cite href={ "#" (self.anchor(at)) }
                title={ (label) @if let Some(s) = self.sentence_number(at) { ", sentence " (s) } } {
                (self.citation(at))
            }
        }
    }

    /// Citations of several places, each sentence once.
    pub(super) fn cites(&self, places: impl IntoIterator<Item = Located>) -> Markup {
        html! { span.cites { @for at in self.distinct(places) { (self.cite(at)) " " } } }
    }

    /// Citations of the first so many places, each sentence once.
    pub(super) fn first_cites(
        &self,
        places: impl IntoIterator<Item = Located>,
        most: usize,
    ) -> Markup {
        let places = self.distinct(places);
        html! {
            span.cites {
                @for &at in places.iter().take(most) { (self.cite(at)) " " }
                @if places.len() > most { "… " }
            }
        }
    }

    /// A report by its number and name, with a link to it.
    pub(super) fn report_link(&self, id: ReportId) -> Markup {
        let number = self.number(id);
        html! {
            a.witness href={ "#r" (number) } { b { (number) } " " bdi { (self.label(id)) } }
        }
    }

    /// Reports by their numbers alone.
    pub(super) fn report_numbers(&self, ids: &[ReportId]) -> Markup {
        let numbered: BTreeMap<usize, ReportId> =
            ids.iter().map(|&id| (self.number(id), id)).collect();
        html! {
            span.cites {
                @for (number, id) in numbered {
                    a.cite href={ "#r" (number) } title=(self.label(id)) { (number) } " "
                }
            }
        }
    }
}

impl Chapter<'_> {
    /// A node with a link to where the page tells more of it.
    pub(super) fn node_link(&self, node: Node) -> Markup {
        match node {
            Node::Report(id) => self.book.report_link(id),
            Node::Exemplar(id) => html! {
                a.witness href={ "#" (self.exemplar_anchor(id)) } {
                    b { (self.letter(id)) } " lost text"
                    @if let Some(credited) = self.credited_to(id) { " of " (credited) }
                }
            },
        }
    }
}

/// A day in words.
pub(super) fn day(day: Day) -> Markup {
    html! { time datetime=(day) { (day_in_words(day)) } }
}
