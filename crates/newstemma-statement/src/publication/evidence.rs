//! Where a reader can see on what day a report was published.

use super::clues::Clues;
use crate::dating::single_day;
use newstemma_model::{DateMention, Day, Document, Evidence, EvidenceKind, Located};

/// Where a reader can see it.
pub(super) fn evidence(
    day: Day,
    document: &Document,
    own: &Clues,
    documents: &[&Document],
    clues: &[Clues],
    days: &[Day],
) -> Vec<Evidence> {
    const SPANS_MAX: usize = 5;
    let weekday = format!("{:?}", day.weekday());
    let mut found = Vec::new();
    let mut add = |note: String, spans: Vec<Located>| {
        if !spans.is_empty() {
            found.push(Evidence { kind: EvidenceKind::Date, note, spans });
        }
    };
    let named = own.own_weekdays.iter().chain(&own.weekdays);
    let spans = named.filter(|&&(_, w)| w == day.weekday()).map(|(m, _)| located(document, m));
    add(format!("names {weekday} as its day"), spans.take(SPANS_MAX).collect());
    let earlier = own.weekdays.iter().filter(|&&(_, w)| w == day.plus(-1).weekday());
    let spans = earlier.map(|(m, _)| located(document, m));
    add("names the day before".to_owned(), spans.take(SPANS_MAX).collect());
    let spans = dates_on(day, document, own);
    add(format!("gives the date {day}"), spans.into_iter().take(SPANS_MAX).collect());
    let others = documents.iter().zip(clues).zip(days);
    let spans = others
        .filter(|((d, _), other)| {
            d.report.id != document.report.id && day.since(**other).abs() <= 1
        })
        .flat_map(|((d, c), other)| dates_on(*other, d, c));
    add(
        format!("a report of the same story gives the date {day}"),
        spans.take(SPANS_MAX).collect(),
    );
    found
}

/// The dates of a document that fall on a day.
fn dates_on(day: Day, document: &Document, clues: &Clues) -> Vec<Located> {
    let full = clues.days.iter().filter(|&&(_, d)| d == day).map(|(m, _)| *m);
    let yearless = clues.yearless.iter().map(|(m, ..)| *m);
    let partly = yearless.filter(|m| single_day(&m.expression, day) == Some(day));
    full.chain(partly).map(|m| located(document, m)).collect()
}

fn located(document: &Document, mention: &DateMention) -> Located {
    Located { report: document.report.id, span: mention.span }
}
