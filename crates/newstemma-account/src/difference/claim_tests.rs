//! What counts as a difference between statements of one claim and what does not.

use super::differences;
use crate::Material;
use crate::context::Context;
use crate::likeness::Likeness;
use SourceKind::Body;
use newstemma_model::{
    Act, Claim, ClaimId, Derivation, Difference, Direction, Document, Located, Quantity, Relation,
    SourceKind, Span, Stemma,
};
use newstemma_testkit::stemma::{edge, node, story};
use newstemma_testkit::{mark, report, statement, statement_by, vectors};

/// The differences of one claim that two reports make, each with its language, its one sentence
/// and who is named for it, if anybody; the second derives from the first.
fn told_of_one_claim(
    a: (&str, &str, &str),
    b: (&str, &str, &str),
    relation: Relation,
) -> Vec<Difference> {
    done_of_one_claim(a, b, relation, Act::Say, &|_| {})
}

/// The same, where what the second does in telling it is another act than saying; what is told is
/// then all behind its first four words, of which the last is the verb. `mark` marks both reports.
fn done_of_one_claim(
    a: (&str, &str, &str),
    b: (&str, &str, &str),
    relation: Relation,
    act: Act,
    mark: &dyn Fn(&mut Document),
) -> Vec<Difference> {
    let (mut first, mut second) = (report("a", a.0, &[a.1]), report("b", b.0, &[b.1]));
    mark(&mut first);
    mark(&mut second);
    let mut told = [(&first, a), (&second, b)].map(|(document, (_, words, source))| match source {
        "" => statement(document, words),
        name => statement_by(document, words, name, Body),
    });
    if act != Act::Say {
        let words: Vec<(usize, &str)> = b.1.match_indices(' ').take(4).collect();
        let start = told[1].span.start();
        told[1].act = act;
        told[1].cue = Some(Span::new(start + words[2].0 + 1, start + words[3].0));
        told[1].content = Some(Span::new(start + words[3].0 + 1, told[1].span.end()));
    }
    let claim = Claim {
        id: ClaimId::of(&[b"claim"]),
        text: String::new(),
        text_at: Located { report: first.report.id, span: told[0].span },
        language: first.report.language,
        statements: told.iter().map(|s| s.id).collect(),
        origins: Vec::new(),
        independent: 1,
        unknown_lineage: 0,
    };
    let derivation = edge(node(&second), node(&first), Direction::Decided);
    let stemma =
        Stemma { derivations: vec![Derivation { relation, ..derivation }], ..Stemma::default() };
    let vectors = vectors(&["same", "same"]);
    let documents = [&first, &second];
    let context = Context::new(Material {
        story: story(),
        documents: &documents,
        stemma: &stemma,
        statements: &told,
        vectors: &vectors,
        entities: &[],
    });
    differences(&context, &Likeness::of(&context), std::slice::from_ref(&claim))
}

#[test]
fn who_keeps_a_distance_and_who_rewrites_it_away() {
    let a = ("en", "The army claimed that it had taken the town.", "The army");
    let b = ("cs", "Armáda oznámila, že dobyla město.", "Armáda");
    let check = |relation: Relation, arose: bool| {
        let found = told_of_one_claim(a, b, relation);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].kind.name(), "certainty");
        assert_eq!(found[0].arose.is_some(), arose);
        assert!(found[0].variants.iter().any(|v| v.value == "claimed"));
    };
    check(Relation::Rewrite, true);
    check(Relation::Translation, false);
}

#[test]
fn words_that_leave_nothing_open_and_deny_nothing_between_languages() {
    let agree =
        |a, b| assert_eq!(told_of_one_claim(a, b, Relation::Translation), [], "{a:?} {b:?}");
    let plain = ("pt", "A câmara disse que vinte casas continuam vazias.", "A câmara");
    // Reported speech, and "noch" for "still".
    agree(plain, ("de", "Zwanzig Häuser würden noch leer stehen.", ""));
    agree(plain, ("en", "Twenty houses would stand empty, the council said.", "the council"));
    // What nobody is able to do is not left open.
    let unable = ("tr", "Başkan, köprüden kimse geçemiyor dedi.", "Başkan");
    agree(unable, ("uk", "Мер сказав, що ніхто не може перейти міст.", "Мер"));
    agree(unable, ("ru", "Мэр сказал, что никто не может перейти мост.", "Мэр"));
    agree(unable, ("pl", "Burmistrz mówi, że nikt nie może przejść mostu.", "Burmistrz"));
    agree(unable, ("fr", "Le maire dit que personne ne peut passer le pont.", "Le maire"));
    agree(unable, ("es", "El alcalde dijo que nadie puede cruzar el puente.", "El alcalde"));
    agree(unable, ("en", "The mayor said that people could not cross the bridge.", "The mayor"));
    // A stress that translations put on and take off.
    let claims = ("pl", "Firma twierdzi, że most jest cały.", "Firma");
    agree(claims, ("fr", "La société a assuré que le pont est intact.", "La société"));
    agree(claims, ("ar", "أكدت الشركة أن الجسر سليم.", "الشركة"));
    assert_eq!(
        told_of_one_claim(
            claims,
            ("fr", "La société a assuré que le pont est intact.", "La société"),
            Relation::Rewrite
        )
        .len(),
        1
    );
    let asserts = ("pl", "Firma utrzymuje, że most jest cały.", "Firma");
    agree(asserts, ("fr", "La société a dit que le pont est intact.", "La société"));
    // Whose saying was not found, and whose language has no list, may say it as well.
    agree(claims, ("sv", "Bron är hel, hävdar bolaget.", ""));
    agree(
        ("no", "Ingen er savnet, sa byen.", "byen"),
        ("it", "Nessuno manca, disse la città.", "la città"),
    );
}

#[test]
fn words_that_do_leave_it_open_or_deny_it() {
    let differ = |expected: &[&str], a, b| {
        let found = told_of_one_claim(a, b, Relation::Translation);
        let kinds: Vec<&str> = found.iter().map(|d| d.kind.name()).collect();
        assert_eq!(kinds, expected, "{a:?} {b:?}");
    };
    let plain = ("pt", "A câmara disse que vinte casas continuam vazias.", "A câmara");
    differ(&["certainty"], plain, ("de", "Zwanzig Häuser könnten leer stehen.", ""));
    let denied = "Мер сказав, що двадцять будинків можуть не мати людей.";
    differ(&["negation", "certainty"], plain, ("uk", denied, "Мер"));
    differ(
        &["negation"],
        plain,
        ("de", "Die Stadt sagte, die Häuser seien nicht leer.", "Die Stadt"),
    );
}

/// Two sentences about one thing in free words: what one denies or leaves open has to be what the
/// other says, else nobody who reads both sees a contradiction.
#[test]
fn what_differs_hangs_on_what_both_say() {
    let told = |a: &str, b: &str| {
        let found = told_of_one_claim(("en", a, ""), ("en", b, ""), Relation::Rewrite);
        found.iter().map(|d| d.kind.name()).collect::<Vec<_>>()
    };
    let bridge = "The bridge was open on the night of the storm.";
    assert_eq!(told(bridge, "The bridge was not open on the night of the storm."), ["negation"]);
    assert_eq!(told(bridge, "It is not the first bridge in the valley to fall."), [""; 0]);
    assert_eq!(told(bridge, "The storm may yet turn back, so the bridge stays shut."), [""; 0]);
}

#[test]
fn who_denies_says_the_contrary_without_a_word_of_denial() {
    let army = ("en", "The army shelled the hospital at noon.", "");
    let denied = ("en", "The defence minister denied the army shelled the hospital at noon.", "");
    let does = |act: Act| {
        let found = done_of_one_claim(army, denied, Relation::Rewrite, act, &|_| {});
        found.iter().map(|d| d.variants[1].value.clone()).collect::<Vec<_>>()
    };
    assert_eq!(does(Act::Deny), ["denied"]);
    assert_eq!(does(Act::DeclineToComment), [""; 0]);
}

#[test]
fn numbers_differ_where_they_count_one_thing() {
    let boats = ("en", "The harbour lost 12 boats in the storm.", "");
    let other = ("en", "Driven ashore by the storm were 15 vessels, and the wall fell.", "");
    let told = |unit: &str| {
        let mark = |document: &mut Document| {
            mark::count_of(document, "12", Quantity::exact(12.0), "boat");
            mark::count_of(document, "15", Quantity::exact(15.0), unit);
        };
        let found = done_of_one_claim(boats, other, Relation::Rewrite, Act::Say, &mark);
        found.iter().map(|d| d.kind.name()).collect::<Vec<_>>()
    };
    assert_eq!(told("boat"), ["figure"]);
    assert_eq!(told("person"), [""; 0]);
}
