//! When two texts are one report in two versions.
//!
//! A report is known by its address; without one, by what the user calls it. A reference that only
//! says where in a file the record stood (`feed.jsonl#12`) names no report: tomorrow another stands
//! there. Then the text itself is what it is known by.

use newstemma_model::Report;

/// What a report is known by, whatever its text.
pub(crate) fn identity(report: &Report) -> String {
    match &report.url {
        Some(url) => url.clone(),
        None if is_position(&report.reference) => format!("{} {}", report.reference, report.id),
        None => report.reference.clone(),
    }
}

fn is_position(reference: &str) -> bool {
    reference.rsplit_once('#').is_some_and(|(_, digits)| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether a text that comes now is older than the one that is there, as far as both say.
pub(crate) fn is_older(report: &Report, other: &Report) -> bool {
    let stamp = |r: &Report| r.updated.or(r.published).map(|p| p.instant_seconds());
    matches!((stamp(report), stamp(other)), (Some(own), Some(there)) if own < there)
}

#[cfg(test)]
mod tests {
    use super::identity;
    use newstemma_model::{Language, Report, ReportId};

    #[test]
    fn a_place_in_a_file_is_no_identity_but_an_address_and_a_name_are() {
        let report = |reference: &str, text: &str, url: Option<&str>| {
            let id = ReportId::of(&[reference.as_bytes(), text.as_bytes()]);
            let mut report = Report::bare(id, reference, Language::UNKNOWN, text);
            report.url = url.map(str::to_owned);
            identity(&report)
        };
        assert_ne!(report("feed.jsonl#12", "a", None), report("feed.jsonl#12", "б", None));
        assert_eq!(report("бюлетень-7", "a", None), report("бюлетень-7", "б", None));
        let url = Some("https://a.example/1");
        assert_eq!(report("-#1", "a", url), report("-#9", "б", url));
    }
}
