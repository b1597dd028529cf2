//! A story in ten lines: what an editor would read first.
//!
//! Every line is a sentence of the reports, or the readings of a difference, under a fixed label,
//! with where it stands and what it rests on. Nothing is composed. The order is that of support:
//! what several origins say, what one origin says, what one text says that nobody knows the origin of,
//! where versions part, what copies alone have, what nobody would confirm.

use super::book::Chapter;
use newstemma_language::DigestPhrases;
use newstemma_model::{
    Act, Claim, Difference, DifferenceKind, Direction, Language, Located, Node, OriginKind,
    ReportId, Role, Statement,
};
use std::collections::{BTreeMap, BTreeSet};

/// One line.
#[derive(Debug)]
pub(crate) struct Line {
    /// What kind of line it is, in the reader's language.
    pub(crate) label: &'static str,
    /// The words of a report, and their language; of a difference its readings.
    pub(crate) words: Vec<(String, Language, Vec<Located>)>,
    /// What it rests on: labels with values, in the reader's language.
    pub(crate) notes: Vec<String>,
}

/// Most lines of each kind: ten in all.
const REPORTED_MAX: usize = 3;
const ONE_ORIGIN_MAX: usize = 2;
const DISPUTED_MAX: usize = 3;
const COPIES_MAX: usize = 1;
const UNKNOWN_MAX: usize = 1;

/// Names of speakers in one line.
const SPEAKERS_MAX: usize = 3;

/// Letters of a name in a line.
const NAME_LETTERS_MAX: usize = 60;

/// Readings of a difference in one line.
const READINGS_MAX: usize = 4;

/// Fewer letters than these are no sentence to show by itself.
const WORDS_LETTERS_MIN: usize = 16;

/// The lines of a story, told to a reader of a language.
pub(crate) fn digest(
    chapter: &Chapter,
    phrases: &'static DigestPhrases,
    reader: Language,
) -> Vec<Line> {
    let account = &chapter.told.account;
    let shared = || account.claims.iter().filter(|claim| reports_of(chapter, claim).len() > 1);
    let line = |label, claim| claim_line(chapter, phrases, reader, label, claim);
    let mut lines = Vec::new();
    let stands_on = |claim: &Claim| claim.independent + claim.unknown_lineage;
    let several = shared().filter(|claim| stands_on(claim) > 1).take(REPORTED_MAX);
    let several: Vec<Line> = several.map(|claim| line(&phrases.reported, claim)).collect();
    let room = REPORTED_MAX - several.len();
    lines.extend(several);
    let single = shared().filter(|claim| stands_on(claim) == 1 && claim.independent == 1);
    lines.extend(single.take(ONE_ORIGIN_MAX).map(|claim| line(&phrases.one_origin, claim)));
    let obscure = shared().filter(|claim| stands_on(claim) <= 1 && claim.independent == 0);
    lines.extend(obscure.take(room).map(|claim| line(&phrases.reported, claim)));
    // The same readings may differ in several sentences, and have arisen on several edges.
    let mut known = BTreeSet::new();
    let disputed =
        account.differences.iter().filter(|d| is_of_fact(d.kind) && known.insert(readings(d)));
    lines.extend(disputed.take(DISPUTED_MAX).map(|d| difference_line(chapter, phrases, d)));
    let exemplars = exemplars(chapter);
    let copied = account.claims.iter().filter_map(|claim| {
        let parents = only_in_copies(chapter, claim, &exemplars)?;
        let mut line = line(&phrases.only_copies, claim);
        line.notes.push(format!("{}: {}", phrases.made_from, numbers(chapter, &parents)));
        Some(line)
    });
    lines.extend(copied.take(COPIES_MAX));
    let unknown = account.claims.iter().filter(|claim| is_unconfirmed(chapter, claim));
    lines.extend(unknown.take(UNKNOWN_MAX).map(|claim| line(&phrases.unknown, claim)));
    lines
}

fn reports_of(chapter: &Chapter, claim: &Claim) -> BTreeSet<ReportId> {
    chapter.statements(&claim.statements).iter().map(|s| s.report).collect()
}

fn claim_line(
    chapter: &Chapter,
    phrases: &'static DigestPhrases,
    reader: Language,
    label: &'static str,
    claim: &Claim,
) -> Line {
    let statements = chapter.statements(&claim.statements);
    let places = statements.iter().map(|s| Located { report: s.report, span: s.said() }).collect();
    let (words, language) = wording(chapter, claim, &statements, reader)
        .unwrap_or_else(|| (claim.text.clone(), claim.language));
    let counted = [
        (&phrases.independent, claim.independent as usize),
        (&phrases.unknown_lineage, claim.unknown_lineage as usize),
        (&phrases.reports, reports_of(chapter, claim).len()),
    ];
    let counted = counted.into_iter().filter(|&(_, count)| count > 0);
    let notes = std::iter::once(speakers(phrases, claim))
        .chain(counted.map(|(what, count)| format!("{what}: {count}")))
        .collect();
    Line { label, words: vec![(words, language, places)], notes }
}

/// Who says it, as the reports name them, each name once; without the clause that tells more of them.
fn speakers(phrases: &'static DigestPhrases, claim: &Claim) -> String {
    let named = claim.origins.iter().filter(|origin| {
        !matches!(origin.kind, OriginKind::Unknown | OriginKind::Agency | OriginKind::Outlet)
    });
    let mut known = BTreeSet::new();
    let names = named.map(|origin| short(&origin.name));
    let names = names.filter(|name| known.insert(name.to_lowercase()));
    let names: Vec<String> = names.take(SPEAKERS_MAX).collect();
    if names.is_empty() {
        phrases.no_source.clone()
    } else {
        format!("{}: {}", phrases.said_by, names.join(", "))
    }
}

/// A name up to its first comma, and no longer than a line can bear: "an official who spoke on …".
fn short(name: &str) -> String {
    let named = name.split([',', '،', '，', '、']).next().unwrap_or(name).trim();
    if named.chars().count() <= NAME_LETTERS_MAX {
        return named.to_owned();
    }
    let end = named.char_indices().nth(NAME_LETTERS_MAX).map_or(named.len(), |(at, _)| at);
    let kept = &named[..end];
    // At the end of a word, where words have ends.
    let kept = kept.rfind(char::is_whitespace).map_or(kept, |at| &kept[..at]);
    format!("{} …", kept.trim_end())
}

/// The claim in the reader's language, where a report has it in that: of the statements that are
/// long enough the first that is ascribed to somebody, else the first, text before headlines.
fn wording(
    chapter: &Chapter,
    claim: &Claim,
    statements: &[&Statement],
    reader: Language,
) -> Option<(String, Language)> {
    if claim.language == reader {
        return None;
    }
    let in_reader = statements.iter().filter_map(|statement| {
        let document = chapter.book.document(statement.report)?;
        let said = statement.said();
        let sentence = document.sentence_at(said.start()).map(|i| document.sentences[i])?;
        let words = said.trimmed(&document.report.text).of(&document.report.text);
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        let body = document.report.role_at(said.start()) == Role::Body;
        (sentence.language == reader && letters >= WORDS_LETTERS_MIN)
            .then(|| ((!body, !statement.is_attributed()), words.to_owned()))
    });
    in_reader.min_by_key(|(rank, _)| *rank).map(|(_, words)| (words, reader))
}

/// Figures, days, names, places and denials are matters of fact; wordings are not.
fn is_of_fact(kind: DifferenceKind) -> bool {
    use DifferenceKind::{Date, Figure, Name, Negation, Place};
    matches!(kind, Date | Figure | Name | Negation | Place)
}

/// The readings between which versions differ.
fn readings(difference: &Difference) -> BTreeSet<&str> {
    difference.variants.iter().map(|variant| variant.value.as_str()).collect()
}

fn difference_line(
    chapter: &Chapter,
    phrases: &'static DigestPhrases,
    difference: &Difference,
) -> Line {
    let readings = difference.variants.iter().take(READINGS_MAX);
    let words = readings
        .map(|variant| {
            let place = variant.spans.first();
            let document = place.and_then(|at| chapter.book.document(at.report));
            let language = document.map_or(Language::UNKNOWN, |d| d.report.language);
            (variant.value.clone(), language, variant.spans.clone())
        })
        .collect();
    let arose = difference.arose.map(|edge| edge.child);
    let notes = arose.map(|node| format!("{}: {}", phrases.since, chapter.siglum(node)));
    Line { label: &phrases.disputed, words, notes: notes.into_iter().collect() }
}

/// The extant reports that each report was made from.
fn exemplars(chapter: &Chapter) -> BTreeMap<ReportId, BTreeSet<ReportId>> {
    let mut found: BTreeMap<ReportId, BTreeSet<ReportId>> = BTreeMap::new();
    for edge in &chapter.told.stemma.derivations {
        if let (Node::Report(child), Node::Report(parent), Direction::Decided) =
            (edge.child, edge.parent, edge.direction)
        {
            found.entry(child).or_default().insert(parent);
        }
    }
    found
}

/// The exemplars of the reports of a claim, if all of these are copies and no exemplar has it.
fn only_in_copies(
    chapter: &Chapter,
    claim: &Claim,
    exemplars: &BTreeMap<ReportId, BTreeSet<ReportId>>,
) -> Option<BTreeSet<ReportId>> {
    let reports = reports_of(chapter, claim);
    let parents: Vec<&BTreeSet<ReportId>> =
        reports.iter().map(|report| exemplars.get(report)).collect::<Option<_>>()?;
    let parents: BTreeSet<ReportId> = parents.into_iter().flatten().copied().collect();
    (!parents.is_empty() && parents.is_disjoint(&reports)).then_some(parents)
}

fn numbers(chapter: &Chapter, reports: &BTreeSet<ReportId>) -> String {
    let numbers: BTreeSet<usize> = reports.iter().map(|&id| chapter.book.number(id)).collect();
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

/// Whether the statements of a claim are refusals to confirm or to comment.
fn is_unconfirmed(chapter: &Chapter, claim: &Claim) -> bool {
    let statements = chapter.statements(&claim.statements);
    let refusals =
        statements.iter().filter(|s| matches!(s.act, Act::DeclineToComment | Act::DoNotConfirm));
    2 * refusals.count() > statements.len()
}

#[cfg(test)]
mod tests {
    use super::{Line, digest};
    use crate::output::fixture::collection;
    use crate::output::view::{Book, Chapter};
    use newstemma_language::Pack;
    use newstemma_model::{Language, Origin, OriginKind};
    use newstemma_pipeline::Collection;

    fn told(tag: &str) -> Vec<Line> {
        told_of(&collection(), tag)
    }

    fn told_of(collection: &Collection, tag: &str) -> Vec<Line> {
        let reader = Language::parse(tag).unwrap();
        let book = Book::new(collection, reader);
        let chapter = Chapter::new(&book, &collection.stories[0], 1);
        digest(&chapter, &Pack::of(reader).digest, reader)
    }

    #[test]
    fn a_claim_is_told_in_the_readers_language_where_a_report_has_it() {
        let first = |tag| told(tag)[0].words[0].0.clone();
        assert!(first("en").starts_with("Twelve people are missing"), "{}", first("en"));
        assert!(first("uk").starts_with("Рятувальники шукають 12"), "{}", first("uk"));
        assert!(first("ja").starts_with("Twelve people are missing"), "{}", first("ja"));
        assert_eq!(told("ar")[0].label, "يُنقل");
    }

    #[test]
    fn every_line_is_cited_and_says_what_it_rests_on() {
        let lines = told("fr");
        assert!(lines.len() > 1 && lines.len() <= 10);
        for line in &lines {
            assert!(line.words.iter().all(|(_, _, places)| !places.is_empty()), "{line:?}");
        }
        let differs = lines.iter().find(|line| line.label == "Les versions divergent").unwrap();
        assert_eq!(differs.notes, ["depuis l’article: 3"]);
    }

    #[test]
    fn what_rests_on_one_origin_comes_before_what_rests_on_none_that_is_known() {
        let mut collection = collection();
        let mut rests = collection.stories[0].account.claims[0].clone();
        let mut support = |independent, unknown_lineage| {
            (rests.independent, rests.unknown_lineage) = (independent, unknown_lineage);
            rests.clone()
        };
        collection.stories[0].account.claims = vec![support(0, 1), support(1, 0), support(1, 1)];
        let lines = told_of(&collection, "nl");
        let notes: Vec<&[String]> = lines.iter().map(|line| &line.notes[1..]).collect();
        assert_eq!(notes[0][..2], ["onafhankelijke oorsprongen: 1", "van onbekende herkomst: 1"]);
        assert_eq!(lines[1].label, "Berust op één oorsprong");
        assert_eq!(notes[1][0], "onafhankelijke oorsprongen: 1");
        assert_eq!(notes[2][0], "van onbekende herkomst: 1");
    }

    #[test]
    fn speakers_are_named_once_and_shortly() {
        let mut collection = collection();
        let claim = &mut collection.stories[0].account.claims[0];
        let origin = claim.origins[0].clone();
        let named =
            |name: &str| Origin { name: name.to_owned(), kind: OriginKind::Body, ..origin.clone() };
        let long = "an official of the harbour who spoke on condition that nobody learns his name";
        let names = ["Harbour Board", "harbour board", "Coast Guard, which has two boats", long];
        claim.origins = names.map(named).into();
        let expected = "said by: Harbour Board, Coast Guard, an official of the harbour who spoke on \
                        condition that …";
        assert_eq!(told_of(&collection, "en")[0].notes[0], expected);
    }

    #[test]
    fn readings_that_part_in_two_places_are_told_once() {
        let mut collection = collection();
        let differences = &mut collection.stories[0].account.differences;
        differences.extend(differences.clone());
        assert_eq!(told_of(&collection, "fr").len(), told("fr").len());
    }
}
