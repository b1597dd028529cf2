//! A story described: its title, languages and span of time.

use crate::vector::add;
use newstemma_model::dot;
use newstemma_model::{Day, Document, Language, Role, SentenceVectors, Story, StoryId};
use std::collections::BTreeSet;

/// Describes a story. `days` are the documents' days of publication, given or inferred.
///
/// The title is that of the report that is most like all the others, by the mean of the vectors
/// of what it tells; among equals the earliest. A headline is preferred to a first sentence,
/// whatever its language.
pub fn story(id: StoryId, documents: &[&Document], days: &[Option<Day>]) -> Story {
    let day = |i: usize| days.get(i).copied().flatten();
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|&i| {
        let report = &documents[i].report;
        let instant = report.published.map(|p| p.instant_seconds());
        (day(i).is_none(), day(i), instant.is_none(), instant, report.id)
    });
    let languages: BTreeSet<Language> =
        documents.iter().map(|d| d.report.language).filter(Language::is_known).collect();
    let known = || (0..documents.len()).filter_map(day);
    Story {
        id,
        title: title(documents, &order),
        reports: order.iter().map(|&i| documents[i].report.id).collect(),
        languages: languages.into_iter().collect(),
        first: known().min(),
        last: known().max(),
    }
}

fn title(documents: &[&Document], order: &[usize]) -> String {
    let means: Vec<Vec<f32>> = documents.iter().map(|d| mean_of_told(d)).collect();
    let mut whole: Vec<f32> = Vec::new();
    for mean in &means {
        add(&mut whole, mean);
    }
    let mut best: Option<(bool, f32, String)> = None;
    for &i in order {
        let headline = headline(documents[i]);
        let has_headline = headline.is_some();
        let Some(text) = headline.or_else(|| first_sentence(documents[i])) else { continue };
        let central = dot(&means[i], &whole);
        let better = best.as_ref().is_none_or(|(had, score, _)| {
            (has_headline, central) > (*had, *score) && (has_headline != *had || central > *score)
        });
        if better {
            best = Some((has_headline, central, text));
        }
    }
    best.map(|(_, _, text)| text).unwrap_or_default()
}

/// The mean of the vectors of the sentences that a report itself tells, of unit length.
fn mean_of_told(document: &Document) -> Vec<f32> {
    let mut sum: Vec<f32> = Vec::new();
    let vectors: &SentenceVectors = &document.vectors;
    for (i, sentence) in document.sentences.iter().enumerate() {
        if sentence.role.is_told() {
            add(&mut sum, vectors.row(i));
        }
    }
    let length = dot(&sum, &sum).sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|x| *x /= length);
    }
    sum
}

fn headline(document: &Document) -> Option<String> {
    let report = &document.report;
    let given = report.title.as_deref().map(str::trim).filter(|t| !t.is_empty());
    let set = || {
        let title = report.roles.iter().find(|r| r.role == Role::Title)?;
        Some(title.span.of(&report.text).trim()).filter(|t| !t.is_empty())
    };
    given.or_else(set).map(one_line)
}

fn first_sentence(document: &Document) -> Option<String> {
    let told = document.sentences.iter().position(|s| s.role.is_told());
    let first = told.or((!document.sentences.is_empty()).then_some(0))?;
    Some(one_line(document.sentence_text(first))).filter(|t| !t.is_empty())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::story;
    use newstemma_model::{Day, StoryId};
    use newstemma_testkit::report;

    #[test]
    fn a_headline_goes_before_a_first_sentence_and_the_central_report_before_others() {
        let a = report("a", "fr", &["Le barrage a cédé.", "Trois villages sont évacués."]);
        let mut b = report("b", "uk", &["Гребля не витримала.", "Три села евакуювали."]);
        b.report.title = Some("Гребля  прорвалася\nвночі".into());
        let c = report("c", "en", &["A football match was played."]);
        let day = |d| Day::from_ymd(2031, 5, d);
        let told = story(StoryId::of(&[b"s"]), &[&a, &b, &c], &[day(4), day(3), None]);
        assert_eq!(told.title, "Гребля прорвалася вночі");
        assert_eq!(told.reports, [b.report.id, a.report.id, c.report.id]);
        assert_eq!((told.first, told.last), (day(3), day(4)));
        let tags: Vec<String> = told.languages.iter().map(|l| l.to_string()).collect();
        assert_eq!(tags, ["en", "fr", "uk"]);
        let plain = story(StoryId::of(&[b"s"]), &[&a], &[None]);
        assert_eq!(plain.title, "Le barrage a cédé.");
    }

    #[test]
    fn no_reports_make_an_empty_story() {
        let none = story(StoryId::of(&[b"s"]), &[], &[]);
        assert!(none.title.is_empty() && none.reports.is_empty());
    }
}
