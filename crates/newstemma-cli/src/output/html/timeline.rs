//! The timeline: what was published when, and what is said to have happened when.

use super::text::{dir, lang};
use crate::output::counted;
use crate::output::view::{Chapter, Dated, Said, edtf_in_words, timeline};
use maud::{Markup, html};
use newstemma_model::ReportId;

/// Claims of one date that are shown; the rest is folded.
const SHOWN_MAX: usize = 6;

/// Whether anything in the story has a date.
pub(super) fn has_any(chapter: &Chapter) -> bool {
    !timeline(chapter).is_empty()
}

/// The section of a story's timeline.
pub(super) fn section(chapter: &Chapter) -> Markup {
    let entries = timeline(chapter);
    if entries.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby={ "timeline-" (chapter.number) } {
            h3 id={ "timeline-" (chapter.number) } { "Timeline" }
            ol.timeline {
                @for (date, entry) in &entries {
                    li {
                        p.date { (self::date(date)) }
                        ul {
                            @if !entry.published.is_empty() { (published(chapter, &entry.published)) }
                            @for item in entry.said.iter().take(SHOWN_MAX) { (said(chapter, item)) }
                            @if entry.said.len() > SHOWN_MAX {
                                li {
                                    details {
                                        summary { (counted(entry.said.len() - SHOWN_MAX, "claim more", "claims more")) }
                                        ul { @for item in &entry.said[SHOWN_MAX..] { (said(chapter, item)) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn published(chapter: &Chapter, reports: &[(ReportId, Dated)]) -> Markup {
    html! {
        li.published {
            "Published: "
            @for (index, (report, dated)) in reports.iter().enumerate() {
                @if index > 0 { ", " }
                (chapter.book.report_link(*report))
                @if *dated == Dated::Inferred { span.soft { " (day inferred)" } }
            }
        }
    }
}

fn said(chapter: &Chapter, said: &Said) -> Markup {
    let text = &said.claim.text;
    html! {
        li {
            span lang=[lang(said.claim.language)] dir=(dir(text)) { (text) } " "
            (chapter.book.cites(said.at.iter().copied()))
        }
    }
}

fn date(date: &str) -> Markup {
    html! { time datetime=[(!date.contains('/')).then_some(date)] { (edtf_in_words(date)) } }
}
