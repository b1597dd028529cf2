//! What counts as a difference between aligned passages and what does not.

use super::differences;
use crate::Material;
use crate::context::Context;
use crate::likeness::Likeness;
use newstemma_model::{
    DateExpression, Difference, Direction, Document, EntityKind, Node, Quantity, Stemma, Tense,
    Weekday,
};
use newstemma_testkit::stemma::{align, edge, node, story};
use newstemma_testkit::{Draft, mark, report, vectors};

/// What stands in the reports beside their words.
enum Mention<'a> {
    Figure(&'a str, f64),
    /// With the word for what is counted.
    Counted(&'a str, f64, &'a str),
    Weekday(&'a str, Weekday),
    Name(&'a str),
    Year(&'a str, i32),
}
use Mention::{Counted, Figure as Number, Name, Weekday as Day};

/// Reports of sentences between bars; the first sentences are aligned with that of the first
/// report, of which the others are copies.
fn found(told: &[(&str, &str, &str)], mentions: &[Mention<'_>]) -> Vec<Difference> {
    // All sentences mean the same: what differs in them is a detail.
    let mut documents: Vec<Document> = told
        .iter()
        .map(|t| t.2.split('|').fold(Draft::new(t.0, t.1), |draft, s| draft.body(s)))
        .map(|draft| draft.embedded(|_| vec![1.0]).document())
        .collect();
    documents.iter_mut().for_each(|d| mentions.iter().for_each(|m| put(d, m)));
    let derivations = documents[1..]
        .iter()
        .map(|d| edge(node(d), node(&documents[0]), Direction::Decided))
        .collect();
    let alignments = documents[1..]
        .iter()
        .zip(&told[1..])
        .map(|(d, t)| align(&documents[0], told[0].2, d, t.2.split('|').next().unwrap()))
        .collect();
    let stemma = Stemma { exemplars: Vec::new(), derivations, alignments };
    let documents: Vec<&Document> = documents.iter().collect();
    let none = vectors(&[]);
    let context = Context::new(Material {
        story: story(),
        documents: &documents,
        stemma: &stemma,
        statements: &[],
        vectors: &none,
        entities: &[],
    });
    differences(&context, &Likeness::of(&context), &[])
}

fn put(document: &mut Document, mention: &Mention<'_>) {
    match *mention {
        Number(words, value) => mark::count(document, words, Quantity::exact(value)),
        Counted(words, value, unit) => {
            mark::count(document, words, Quantity::exact(value));
            let figures = document.figures.iter_mut();
            figures
                .filter(|f| f.span.of(&document.report.text) == words)
                .for_each(|f| f.unit = Some(unit.into()));
        }
        Day(words, weekday) => {
            let expression = DateExpression::Weekday { weekday, tense: Tense::Past };
            mark::date(document, words, expression);
        }
        Mention::Year(words, year) => mark::date(document, words, DateExpression::Year(year)),
        Name(words) => mark::name(document, words, EntityKind::Person),
    }
}

/// Expected: kind, value in the first report, value in the one that changed it, and that one.
fn check(
    told: &[(&str, &str, &str)],
    mentions: &[Mention<'_>],
    expected: &[(&str, &str, &str, &str)],
) {
    let parent = node(&report(told[0].0, told[0].1, &[told[0].2]));
    let found: Vec<_> = found(told, mentions)
        .into_iter()
        .map(|d| {
            assert_eq!(d.arose.unwrap().parent, parent);
            let Node::Report(child) = d.arose.unwrap().child else { panic!("lost") };
            let (new, old): (Vec<_>, Vec<_>) =
                d.variants.iter().partition(|v| v.reports.contains(&child));
            (d.kind.name().to_owned(), old[0].value.clone(), new[0].value.clone(), child)
        })
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|&(kind, old, new, child)| {
            let Node::Report(child) = node(&report(child, "en", &[])) else { panic!() };
            (kind.to_owned(), old.to_owned(), new.to_owned(), child)
        })
        .collect();
    assert_eq!(found, expected, "{told:?}");
}

#[test]
fn figures_that_contradict_each_other() {
    let numbers = [Number("480", 480.0), Number("430", 430.0), Number("un millar", 1000.0)];
    let a = ("a", "es", "La riada dejó 480 casas vacías en el valle.");
    check(
        &[a, ("b", "es", "La riada dejó 430 casas vacías en el valle.")],
        &numbers,
        &[("figure", "480", "430", "b")],
    );
    check(
        &[a, ("b", "en", "The flood left 430 homes empty.")],
        &numbers,
        &[("figure", "480", "430", "b")],
    );
    check(&[a, ("b", "en", "The flood left 480 homes empty.")], &numbers, &[]);
    check(&[a, ("b", "en", "The flood left homes empty.")], &numbers, &[]);
    check(
        &[
            a,
            ("b", "en", "The flood left 430 homes empty."),
            ("c", "en", "The flood left 480 homes empty."),
        ],
        &numbers,
        &[("figure", "480", "430", "b")],
    );
    // Digits that nobody read as a figure are still seen to differ.
    check(
        &[("a", "ru", "Рейс 917 отменён утром."), ("b", "ru", "Рейс 971 отменён утром.")],
        &[],
        &[("figure", "917", "971", "b")],
    );
}

#[test]
fn days_that_contradict_each_other() {
    let days = [
        Day("Dienstag", Weekday::Tuesday),
        Day("Freitag", Weekday::Friday),
        Day("Tuesday", Weekday::Tuesday),
        Day("金曜日", Weekday::Friday),
    ];
    let a = ("a", "de", "Das Werk brannte am Dienstag ab.");
    check(
        &[a, ("b", "de", "Das Werk brannte am Freitag ab.")],
        &days,
        &[("date", "Dienstag", "Freitag", "b")],
    );
    check(&[a, ("b", "en", "The plant burnt down on Tuesday.")], &days, &[]);
    check(
        &[a, ("b", "ja", "工場は金曜日に全焼した。")],
        &days,
        &[("date", "Dienstag", "金曜日", "b")],
    );
}

#[test]
fn slips_of_names() {
    let a = ("a", "en", "The minister, Anna Harwell, left the talks in the evening.");
    check(
        &[a, ("b", "en", "The minister, Anna Hawrell, left the talks in the evening.")],
        &[],
        &[("name", "Harwell", "Hawrell", "b")],
    );
    check(
        &[a, ("b", "en", "The minister, Anna Harwell, left those talks in the evening.")],
        &[],
        &[],
    );
    let names = [Name("Harwell"), Name("Hawrell")];
    let german = "Ministerin Anna Hawrell ging abends.|Niemand sprach mit Harwell.";
    check(&[a, ("b", "de", german)], &names, &[("name", "Harwell", "Hawrell", "b")]);
}

#[test]
fn words_of_quotations() {
    let a = ("a", "it", "Il sindaco ha detto: “Tutti devono lasciare subito le case del centro”.");
    let b = ("b", "it", "Il sindaco ha detto: “Pochi devono lasciare subito le case del centro”.");
    check(&[a, b], &[], &[("quotation", "Tutti", "Pochi", "b")]);
    let plain = ("a", "it", "Il sindaco ha detto che tutti devono lasciare subito le case.");
    let other = ("b", "it", "Il sindaco ha detto che molti devono lasciare subito le case.");
    check(&[plain, other], &[], &[]);
}

#[test]
fn denials() {
    let check_pair = |tag: &str, a: &str, b: &str, old: &str, new: &str| {
        check(&[("a", tag, a), ("b", tag, b)], &[], &[("negation", old, new, "b")]);
    };
    check_pair(
        "en",
        "The bridge is safe for lorries.",
        "The bridge is not safe for lorries.",
        "is",
        "is not",
    );
    check_pair(
        "en",
        "Drivers on the old road often have to wait, the mayor said.",
        "The mayor said that drivers on the old road often have not to wait long.",
        "have",
        "have not",
    );
    check_pair("ru", "Мост закрыт для машин.", "Мост не закрыт для машин.", "Мост", "Мост не");
    check_pair("zh", "大桥对卡车是安全的。", "大桥对卡车不是安全的。", "车", "车不");
    check(
        &[
            ("a", "en", "The bridge is no longer safe for lorries today."),
            ("b", "en", "The bridge is not safe for lorries today."),
        ],
        &[],
        &[],
    );
}

#[test]
fn one_digit_is_a_slip_whatever_a_language_counts_in() {
    let numbers = [Number("62", 62.0), Number("82", 82.0), Number("95", 95.0)];
    let a = ("a", "et", "Järvest leiti 62 kala.");
    check(
        &[a, ("b", "eu", "82 arrain aurkitu zituzten.")],
        &numbers,
        &[("figure", "62", "82", "b")],
    );
    check(
        &[("a", "et", "Järvest leiti neid 62."), ("b", "eu", "Laku hartan 82 aurkitu zituzten.")],
        &[],
        &[("figure", "62", "82", "b")],
    );
    // A number that is none of anything in one version, since a date was seen in it.
    let year = [Mention::Year("1980", 1980)];
    let a = ("a", "id", "Kapal itu membawa 1930 orang ke pulau.");
    check(
        &[a, ("b", "id", "Kapal itu membawa 1980 orang ke pulau.")],
        &year,
        &[("figure", "1930", "1980", "b")],
    );
}

#[test]
fn letters_exchanged_show_a_slip_in_any_language() {
    let names = [Name("Harwell"), Name("Hawrell"), Name("Alexander"), Name("Alexandre")];
    let a = ("a", "en", "Minister Alexander Harwell left.");
    check(
        &[a, ("b", "fr", "Le ministre Alexandre Hawrell est parti.")],
        &names,
        &[("name", "Harwell", "Hawrell", "b")],
    );
}

#[test]
fn a_day_left_out_by_who_rewrites() {
    let days = [Day("Tuesday", Weekday::Tuesday)];
    let a = ("a", "en", "The dam broke on Tuesday, the mayor said.");
    let found = found(&[a, ("b", "pt", "A barragem cedeu, disse a prefeita.")], &days);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind.name(), "date");
    assert_eq!(found[0].variants[0].value, "Tuesday");
    assert!(found[0].arose.is_some());
}

#[test]
fn a_day_that_was_not_read_is_not_left_out() {
    let days = [Day("Tuesday", Weekday::Tuesday)];
    let a = ("a", "en", "The dam broke on Tuesday, the mayor said.");
    for b in [
        ("b", "pt", "A barragem cedeu de terça, disse a prefeita."),
        ("b", "zh", "市长说，大坝周二决堤。"),
    ] {
        assert_eq!(found(&[a, b], &days), []);
    }
}

#[test]
fn a_number_in_words_that_alone_is_left_over() {
    let numbers = [
        Number("90", 90.0),
        Counted("seven", 7.0, "boat"),
        Counted("siebzehn", 17.0, "boot"),
        Counted("one", 1.0, "boat"),
        Counted("zwei", 2.0, "boot"),
    ];
    let a = ("a", "en", "The region lent 90 buses and seven boats.");
    check(
        &[a, ("b", "de", "Die Region lieh 90 Busse und siebzehn Boote.")],
        &numbers,
        &[("figure", "seven", "siebzehn", "b")],
    );
    check(&[a, ("b", "de", "Das Land lieh 90 Busse und Boote.")], &numbers, &[]);
    let one = ("a", "en", "The region lent 90 buses and one boat.");
    check(&[one, ("b", "de", "Die Region lieh 90 Busse und zwei Boote.")], &numbers, &[]);
}

#[test]
fn a_clause_that_denies_something_else_is_no_denial() {
    let a = ("a", "en", "The mayor read a short statement to the press on the bridge.");
    let b = "The mayor read a short statement, they said no, to the press on the bridge.";
    check(&[a, ("b", "en", b)], &[], &[]);
}
