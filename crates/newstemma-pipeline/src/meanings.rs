//! What names and dates of a report mean before there are stories: what it is grouped by.

use crate::pipeline::dates_alone;
use newstemma_cluster::{Material, Profile};
use newstemma_embed::Encoder;
use newstemma_model::{Document, EntityKind, Language, NameMention, Report, ReportId, Span};
use newstemma_statement::name_keys;
use std::collections::BTreeSet;

/// What a report is grouped by. Made from it alone: names by keys that other spellings have too,
/// dates as seen from the day of publication that it gives itself.
pub fn profile(document: &Document, encoder: &Encoder) -> Profile {
    let surprise = |word: &str| encoder.surprise(word);
    let names: Vec<Vec<(u64, f32)>> = name_keys(document)
        .into_iter()
        .map(|keys| keys.into_iter().map(|k| (k.key, surprise(&k.spelling))).collect())
        .collect();
    let dates = dates_alone(document);
    Profile::of(&Material { document, names: &names, dates: &dates, surprise: &surprise })
}

/// The keys of a name by itself, whatever it names: by which the reports that name it are found.
pub fn keys_of_name(name: &str) -> BTreeSet<u64> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut document = Document::new(Report::bare(ReportId::of(&[]), "", Language::UNKNOWN, &name));
    let mention = |kind| NameMention {
        span: Span::new(0, name.len()),
        kind,
        normal: name.to_lowercase(),
        entity: None,
    };
    let kinds = [EntityKind::Person, EntityKind::Organisation];
    let keys = kinds.into_iter().flat_map(|kind| {
        document.names = vec![mention(kind)];
        name_keys(&document).into_iter().flatten().map(|found| found.key).collect::<Vec<_>>()
    });
    keys.collect()
}
