//! What was published when, and what is said to have happened when.

use super::book::{Chapter, Dated, day_in_words, month_in_words};
use newstemma_model::{Claim, Day, Located, ReportId};
use std::collections::BTreeMap;

/// What there is of one date.
#[derive(Debug, Default)]
pub(crate) struct Entry<'a> {
    /// Reports of that day.
    pub(crate) published: Vec<(ReportId, Dated)>,
    /// Claims that give the date.
    pub(crate) said: Vec<Said<'a>>,
}

/// A claim that gives a date, and where it gives it.
#[derive(Debug)]
pub(crate) struct Said<'a> {
    /// The claim.
    pub(crate) claim: &'a Claim,
    /// Where.
    pub(crate) at: Vec<Located>,
}

/// What there is of each date. EDTF dates sort as text, if an open beginning comes first.
pub(crate) fn timeline<'a>(chapter: &Chapter<'a>) -> BTreeMap<String, Entry<'a>> {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for report in chapter.reports_by_number() {
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

/// A date or interval of the Extended Date/Time Format in words.
pub(crate) fn edtf_in_words(date: &str) -> String {
    let part = |part: &str| single_in_words(part).unwrap_or_else(|| part.to_owned());
    match date.split_once('/') {
        None => part(date),
        Some((from, "" | "..")) => format!("since {}", part(from)),
        Some(("" | "..", to)) => format!("until {}", part(to)),
        Some((from, to)) => format!("{} – {}", part(from), part(to)),
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
    use super::{edtf_in_words, single_in_words};

    #[test]
    fn dates_are_written_out_and_what_is_not_understood_stays() {
        assert_eq!(single_in_words("2024-11-20").as_deref(), Some("20 November 2024"));
        assert_eq!(single_in_words("2025-01").as_deref(), Some("January 2025"));
        assert_eq!(single_in_words("2024-13-01"), None);
        assert_eq!(edtf_in_words("2022/"), "since 2022");
        assert_eq!(edtf_in_words("2024-11-20/2024-12"), "20 November 2024 – December 2024");
        assert_eq!(edtf_in_words("2023-24"), "2023-24");
    }
}
