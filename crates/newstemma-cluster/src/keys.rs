//! The keys of a report: what it has in common with others when they have it too.
//!
//! Keys are hashes, so that a collection's words take eight bytes each and bags compare quickly. Each
//! comes with its rarity.

use crate::Material;
use crate::rarity::rarity;
use newstemma_language::{Pack, WordKind, words};
use newstemma_model::ids::digest;
use newstemma_model::{DateExpression, Document};

/// Words of a report that are counted; a report has its say within them.
const WORDS_MAX: usize = 5_000;
/// Words in a run; two texts that share one share wording, not only a subject.
const RUN_WORDS: usize = 6;
/// One run in so many is kept, chosen by its hash, so that both texts keep the same ones.
const RUN_SAMPLE: u64 = 4;
/// Runs kept of one report.
const RUNS_MAX: usize = 400;

/// The content words of title and text, each with its language; in scripts without spaces, pairs of
/// characters.
pub(crate) fn word_keys(material: &Material<'_>) -> Vec<(u64, f32)> {
    let document = material.document;
    let report = &document.report;
    let language = report.language.to_string();
    let key = |first: &str, second: &str| {
        digest(&[language.as_bytes(), first.as_bytes(), second.as_bytes()])
    };
    let rules = &Pack::of(report.language).word;
    let title = report.title.as_deref().unwrap_or("");
    let texts = std::iter::once(title).chain(told_texts(document));
    let mut keys = Vec::new();
    let mut left = WORDS_MAX;
    for text in texts {
        // The character before, if this one touches it.
        let mut before: Option<(usize, String)> = None;
        for word in words(text, report.language).take(left) {
            left -= 1;
            if word.kind == WordKind::Character {
                let form = word.form.into_owned();
                if let Some((end, first)) = before.take()
                    && end == word.span.start()
                {
                    let both = format!("{first}{form}");
                    keys.push((key(&first, &form), rarity((material.surprise)(&both))));
                }
                before = Some((word.span.end(), form));
            } else if !rules.is_common(&word.form) {
                keys.push((key(&word.form, ""), rarity((material.surprise)(&word.form))));
            }
        }
    }
    keys
}

/// Who and what is named.
pub(crate) fn name_keys(material: &Material<'_>) -> Vec<(u64, f32)> {
    let named = material.document.names.iter().zip(material.names);
    let told = named.filter(|(name, _)| is_told(material.document, name.span.start()));
    told.flat_map(|(_, keys)| keys).map(|&(key, surprise)| (key, rarity(surprise))).collect()
}

/// The numbers, whatever they count; of a range, the lower bound. A number is as rare as its digits
/// are.
pub(crate) fn figure_keys(material: &Material<'_>) -> Vec<(u64, f32)> {
    let document = material.document;
    let told = document.figures.iter().filter(|f| is_told(document, f.span.start()));
    let values = told.filter_map(|f| f.quantity.low.or(f.quantity.high));
    values.map(|v| (v.to_bits(), rarity((material.surprise)(&v.to_string())))).collect()
}

/// The dates: as they are written, for a report that does not say when it was published still says
/// "on Tuesday", and as what they mean, where that is known.
pub(crate) fn date_keys(material: &Material<'_>) -> Vec<(u64, f32)> {
    /// ln 366: a day of the year.
    const DAY_RARITY: f32 = 5.9;
    let mut keys = Vec::new();
    let dates = material.document.dates.iter().zip(material.dates);
    for (date, meaning) in dates.filter(|(d, _)| is_told(material.document, d.span.start())) {
        written(&date.expression, &mut keys);
        let value = meaning.value.iter();
        keys.extend(value.map(|value| (digest(&[value.as_str().as_bytes()]), DAY_RARITY)));
    }
    keys
}

/// What a date says by itself, as rare as there are others of its kind. "Yesterday" and "three weeks
/// ago" say nothing until it is known when "now" is.
fn written(expression: &DateExpression, keys: &mut Vec<(u64, f32)>) {
    let mut key = |kind: &str, numbers: [i32; 2], others: f32| {
        let [a, b] = numbers.map(i32::to_le_bytes);
        keys.push((digest(&[kind.as_bytes(), &a, &b]), libm::logf(others)));
    };
    match *expression {
        DateExpression::Day { month, day, .. } => key("day", [month as i32, day as i32], 366.0),
        DateExpression::DayOfMonth { day, .. } => key("day of month", [day as i32, 0], 31.0),
        DateExpression::Weekday { weekday, .. } => key("weekday", [weekday as i32, 0], 7.0),
        DateExpression::Month { month, .. } => key("month", [month as i32, 0], 12.0),
        DateExpression::Season { season, .. } => key("season", [season as i32, 0], 4.0),
        // Press reports name few years: this one, the last, the next.
        DateExpression::Year(year) => key("year", [year, 0], 12.0),
        DateExpression::Since(ref inner) | DateExpression::Until(ref inner) => written(inner, keys),
        DateExpression::Interval(ref from, ref to) => {
            written(from, keys);
            written(to, keys);
        }
        DateExpression::Relative { .. }
        | DateExpression::Distance { .. }
        | DateExpression::Unit { .. }
        | DateExpression::Absolute(_) => {}
    }
}

/// A sample of the runs of words, ascending: what a copy shares with its exemplar.
pub(crate) fn runs(document: &Document) -> Vec<u64> {
    let mut runs = Vec::new();
    for text in told_texts(document) {
        let hashes: Vec<u64> =
            words(text, document.report.language).map(|w| digest(&[w.form.as_bytes()])).collect();
        let sampled = hashes
            .windows(RUN_WORDS)
            .map(|run| run.iter().fold(0u64, |all, &word| all.rotate_left(9) ^ word))
            .filter(|hash| hash % RUN_SAMPLE == 0);
        runs.extend(sampled.take(RUNS_MAX.saturating_sub(runs.len())));
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn told_texts(document: &Document) -> impl Iterator<Item = &str> {
    let told = document.sentences.iter().filter(|s| s.role.is_told());
    told.map(|s| s.span.of(&document.report.text))
}

fn is_told(document: &Document, offset: usize) -> bool {
    let sentence = document.sentence_at(offset).and_then(|i| document.sentences.get(i));
    sentence.is_some_and(|s| s.role.is_told())
}
