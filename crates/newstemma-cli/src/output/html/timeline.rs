//! The timeline: what was published when, and what is said to have happened when.

use super::book::{Chapter, Dated, day_in_words, dir, lang, month_in_words};
use crate::output::summary::counted;
use maud::{Markup, html};
use newstemma_model::{Claim, Day, Located, ReportId};
use std::collections::BTreeMap;

/// Claims of one date that are shown; the rest is folded.
const SHOWN_MAX: usize = 6;

/// Whether anything in the story has a date.
pub(super) fn has_any(chapter: &Chapter) -> bool {
    !entries(chapter).is_empty()
}

/// The section of a story's timeline.
pub(super) fn section(chapter: &Chapter) -> Markup {
    let entries = entries(chapter);
    if entries.is_empty() {
        return html! {};
    }
    html! {
        section aria-labelledby={ "timeline-" (chapter.number) } {
            h3 id={ "timeline-" (chapter.number) } { "Timeline" }
            ol.timeline {
                @for (date, entry) in &entries {
                    li {
                        p.date { (in_words(date)) }
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

#[derive(Debug, Default)]
struct Entry<'a> {
    published: Vec<(ReportId, Dated)>,
    said: Vec<Said<'a>>,
}

/// A claim that gives a date, and where it gives it.
#[derive(Debug)]
struct Said<'a> {
    claim: &'a Claim,
    at: Vec<Located>,
}

/// What there is of each date. EDTF dates sort as text, if an open beginning comes first.
fn entries<'a>(chapter: &Chapter<'a>) -> BTreeMap<String, Entry<'a>> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for &report in &chapter.told.story.reports {
        if let Some((day, dated)) = chapter.day(report) {
            entries.entry(day.to_string()).or_default().published.push((report, dated));
        }
    }
    for claim in &chapter.told.account.claims {
        let mut places: BTreeMap<&str, Vec<Located>> = BTreeMap::new();
        for statement in chapter.statements(&claim.statements) {
            for date in &statement.dates {
                if let Some(value) = &date.value {
                    let at = Located { report: statement.report, span: date.span };
                    places.entry(value.as_str()).or_default().push(at);
                }
            }
        }
        for (date, at) in places {
            entries.entry(date.to_owned()).or_default().said.push(Said { claim, at });
        }
    }
    entries
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

/// A date or interval of the Extended Date/Time Format in words.
fn in_words(date: &str) -> Markup {
    let part = |part: &str| single_in_words(part).unwrap_or_else(|| part.to_owned());
    html! {
        time datetime=[(!date.contains('/')).then_some(date)] {
            @match date.split_once('/') {
                None => (part(date)),
                Some((from, "" | "..")) => { "since " (part(from)) },
                Some(("" | "..", to)) => { "until " (part(to)) },
                Some((from, to)) => { (part(from)) " – " (part(to)) },
            }
        }
    }
}

fn single_in_words(date: &str) -> Option<String> {
    let mut parts = date.split('-').map(str::parse::<u32>);
    let year = parts.next()?.ok()?;
    match (parts.next(), parts.next()) {
        (None, _) => Some(year.to_string()),
        (Some(Ok(month)), None) if (1..=12).contains(&month) => {
            Some(format!("{} {year}", month_in_words(month)))
        }
        (Some(Ok(month)), Some(Ok(day))) => {
            Day::from_ymd(i32::try_from(year).ok()?, month, day).map(day_in_words)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{in_words, single_in_words};

    #[test]
    fn dates_are_written_out_and_what_is_not_understood_stays() {
        assert_eq!(single_in_words("2024-11-20").as_deref(), Some("20 November 2024"));
        assert_eq!(single_in_words("2025-01").as_deref(), Some("January 2025"));
        assert_eq!(single_in_words("2024-13-01"), None);
        assert_eq!(in_words("2022/").into_string(), "<time>since 2022</time>");
        assert_eq!(in_words("2023-24").into_string(), r#"<time datetime="2023-24">2023-24</time>"#);
    }
}
