//! The differences: readings side by side, the changed words marked, and the edge where they arose.

use super::claims;
use super::passage::quoted_around;
use crate::output::counted;
use crate::output::view::Chapter;
use crate::output::view::words;
use maud::{Markup, html};
use newstemma_model::{Difference, Edge, Located, ReportId, Span, Variant};

/// Quotations of one reading that are shown in full; the rest are cited.
const QUOTED_MAX: usize = 3;

/// The section of a story's differences.
pub(super) fn section(chapter: &Chapter) -> Markup {
    let differences = &chapter.told.account.differences;
    if differences.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby={ "differences-" (chapter.number) } {
            h3 id={ "differences-" (chapter.number) } { "Differences" }
            @for (difference, number) in differences.iter().zip(1..) {
                (card(chapter, difference, number))
            }
        }
    }
}

fn card(chapter: &Chapter, difference: &Difference, number: usize) -> Markup {
    let claim = difference.claim.and_then(|id| {
        let place = chapter.told.account.claims.iter().position(|claim| claim.id == id)?;
        Some((place + 1, &chapter.told.account.claims[place]))
    });
    html! {
        article.difference id={ "d" (chapter.number) "-" (number) } {
            h4 {
                span.kind { (words::difference(difference.kind)) }
                @for (index, variant) in difference.variants.iter().enumerate() {
                    @if index > 0 { span.soft { " / " } }
                    bdi { (variant.value) }
                }
            }
            div.readings {
                @for variant in &difference.variants { (reading(chapter, variant)) }
            }
            @if let Some(edge) = difference.arose { (arose(chapter, edge)) }
            @if let Some((place, claim)) = claim {
                p.soft {
                    "In the claim "
                    a href={ "#" (claims::anchor(chapter, place)) } { bdi { (shortened(&claim.text)) } }
                }
            }
        }
    }
}

fn reading(chapter: &Chapter, variant: &Variant) -> Markup {
    let groups = by_report(variant);
    let (quoted, cited) = groups.split_at(groups.len().min(QUOTED_MAX));
    html! {
        div.reading {
            p.value { bdi { (variant.value) } }
            p.soft { (counted(variant.reports.len(), "report", "reports")) }
            ul {
                @for (report, spans) in quoted {
                    @if let Some(document) = chapter.book.document(*report) {
                        li {
                            (chapter.book.report_link(*report)) " "
                            (quoted_around(document, spans)) " "
                            (chapter.book.cite(Located { report: *report, span: spans[0] }))
                        }
                    }
                }
                @if !cited.is_empty() {
                    li {
                        "also "
                        (chapter.book.cites(cited.iter().map(|(report, spans)| Located { report: *report, span: spans[0] })))
                    }
                }
            }
        }
    }
}

/// The first place of a reading in each report, with those of the same report beside it.
fn by_report(variant: &Variant) -> Vec<(ReportId, Vec<Span>)> {
    /// Places of one report that are further apart are not quoted together.
    const NEAR: usize = 160;
    let mut groups: Vec<(ReportId, Vec<Span>)> = Vec::new();
    for at in &variant.spans {
        match groups.iter_mut().find(|(report, _)| *report == at.report) {
            Some((_, spans)) if at.span.start().abs_diff(spans[0].start()) < NEAR => {
                spans.push(at.span);
            }
            Some(_) => {}
            None => groups.push((at.report, vec![at.span])),
        }
    }
    groups
}

fn arose(chapter: &Chapter, edge: Edge) -> Markup {
    let derivations = &chapter.told.stemma.derivations;
    let drawn = derivations.iter().find(|d| d.child == edge.child && d.parent == edge.parent);
    html! {
        p.arose {
            "Arose where " (chapter.node_link(edge.child)) " was made from " (chapter.node_link(edge.parent))
            @if let Some(derivation) = drawn { " (" (words::relation(derivation)) ")" }
        }
    }
}

/// The beginning of a text.
fn shortened(text: &str) -> String {
    const CHARS_MAX: usize = 90;
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(CHARS_MAX).collect();
    if chars.next().is_some() { format!("{}…", start.trim_end()) } else { start }
}
