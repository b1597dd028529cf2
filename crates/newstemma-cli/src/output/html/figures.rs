//! The figures: the least, the best supported and the greatest value of each.

use crate::output::view::Chapter;
use crate::output::view::words;
use maud::{Markup, html};
use newstemma_model::{FigureKind, Quantity};
use newstemma_pipeline::{FigureRange, figure_ranges};

/// Whether the story has figures that can be compared.
pub(super) fn has_any(chapter: &Chapter) -> bool {
    !figure_ranges(chapter.told).is_empty()
}

/// The section of a story's figures.
pub(super) fn section(chapter: &Chapter) -> Markup {
    let ranges = figure_ranges(chapter.told);
    if ranges.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby={ "figures-" (chapter.number) } {
            h3 id={ "figures-" (chapter.number) } { "Figures" }
            div.scroll tabindex="0" role="region" aria-label={ "Table of figures of story " (chapter.number) } {
                table.figures {
                    thead {
                        tr {
                            th scope="col" { "What is counted" }
                            th.number scope="col" { "Low" }
                            th.number scope="col" { "Best" }
                            th.number scope="col" { "High" }
                            th scope="col" { span.unseen { "Range" } }
                            th scope="col" { "Read in" }
                        }
                    }
                    tbody { @for range in &ranges { (row(chapter, range)) } }
                }
            }
            p.soft {
                "Best is the value behind which most lines of text stand; of equals, the one that is given first. "
                "≤, ≥ and ≈ where a report says “at most”, “at least” or “about”."
            }
        }
    }
}

fn row(chapter: &Chapter, range: &FigureRange) -> Markup {
    let suffix = if range.kind == FigureKind::Percent { " %" } else { "" };
    let value = |value: f64| format!("{}{suffix}", words::number(value));
    let any = |test: fn(&Quantity) -> bool| range.readings.iter().any(|r| test(&r.figure.quantity));
    // Somebody says "at most", "at least", "about".
    let low = if any(|quantity| quantity.low.is_none()) { "≤\u{a0}" } else { "" };
    let high = if any(|quantity| quantity.high.is_none()) { "≥\u{a0}" } else { "" };
    let best = if any(|quantity| quantity.approximate) { "≈\u{a0}" } else { "" };
    html! {
        tr {
            th scope="row" { (counted(chapter, range)) }
            td.number { (low) (value(range.low)) }
            td.number { b { (best) (value(range.best)) } }
            td.number { (high) (value(range.high)) }
            td { (bar(range)) }
            td { (chapter.book.cites(range.readings.iter().map(|reading| reading.at))) }
        }
    }
}

/// What is counted, in the words of the first report that says it.
fn counted(chapter: &Chapter, range: &FigureRange) -> Markup {
    let phrase = range.readings.iter().find_map(|reading| {
        let document = chapter.book.document(reading.at.report)?;
        let words = reading.figure.of?.of(&document.report.text);
        (!words.is_empty()).then_some((words, document.report.language))
    });
    let unit = range.readings.iter().find_map(|reading| reading.figure.unit.as_deref());
    html! {
        @match (phrase, unit) {
            (Some((phrase, language)), _) => span lang=[super::text::lang(language)] { bdi { (phrase) } },
            (None, Some(unit)) => bdi { (unit) },
            (None, None) => (words::figure(range.kind)),
        }
    }
}

/// A bar from the least to the greatest value with a mark at the best one, on an axis from zero.
fn bar(range: &FigureRange) -> Markup {
    const WIDTH: f64 = 120.0;
    const INSET: f64 = 5.0;
    let (from, to) = (range.low.min(0.0), range.high.max(0.0));
    let scale = if to > from { (WIDTH - 2.0 * INSET) / (to - from) } else { 0.0 };
    let x = |value: f64| format!("{:.1}", INSET + (value - from) * scale);
    html! {
        svg.range viewBox="0 0 120 16" width="120" height="16" aria-hidden="true" focusable="false" {
            line.axis x1=(x(from)) y1="8" x2=(x(to)) y2="8" {}
            line.spread x1=(x(range.low)) y1="8" x2=(x(range.high)) y2="8" {}
            circle.best cx=(x(range.best)) cy="8" r="4" {}
        }
    }
}
