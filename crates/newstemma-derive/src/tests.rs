//! What counts as derivation and what does not, on texts written for these tests.
//!
//! There is no encoder here: the vector of a sentence is the normalised sum of random vectors of
//! its words, where a small dictionary maps words of another language to the same vectors. So a
//! translation is near its original, and shared facts are somewhat near each other, as with a real
//! encoder.

use crate::{Background, align, derive};
use newstemma_model::{
    AlignmentRelation, Credit, CreditKind, Day, Direction, Document, Node, Published, Relation,
    Role, SentenceVectors, Span, Stemma, StoryId, TimeOfDay, digest,
};
use newstemma_testkit::Draft;

mod large;
mod laws;
mod tradition;

const DIM: usize = 64;

/// What words of an invented second language end in.
const FOREIGN_ENDING: &str = "esk";

/// German words of the tests' texts and the English ones that mean the same.
const DICTIONARY: [(&str, &str); 44] = [
    ("der", "the"),
    ("die", "the"),
    ("das", "the"),
    ("den", "the"),
    ("am", "on"),
    ("im", "in"),
    ("brücke", "bridge"),
    ("fluss", "river"),
    ("stürzte", "collapsed"),
    ("ein", "in"),
    ("montag", "monday"),
    ("über", "over"),
    ("bürgermeisterin", "mayor"),
    ("sagte", "said"),
    ("dass", "that"),
    ("niemand", "nobody"),
    ("verletzt", "injured"),
    ("wurde", "was"),
    ("ingenieure", "engineers"),
    ("hatten", "had"),
    ("vor", "before"),
    ("rissen", "cracks"),
    ("gewarnt", "warned"),
    ("in", "in"),
    ("pfeilern", "pillars"),
    ("stadt", "town"),
    ("will", "wants"),
    ("neue", "new"),
    ("bauen", "build"),
    ("bis", "until"),
    ("frühling", "spring"),
    ("fähren", "ferries"),
    ("bringen", "carry"),
    ("schüler", "pupils"),
    ("nun", "now"),
    ("ans", "to"),
    ("andere", "other"),
    ("ufer", "bank"),
    ("kosten", "costs"),
    ("schätzt", "estimates"),
    ("rat", "council"),
    ("auf", "at"),
    ("millionen", "million"),
    ("und", "and"),
];

fn word_vector(word: &str) -> Vec<f32> {
    let word = word.strip_suffix(FOREIGN_ENDING).unwrap_or(word);
    let meaning = DICTIONARY.iter().find(|(german, _)| *german == word).map_or(word, |d| d.1);
    let mut state = digest(&[meaning.as_bytes()]);
    (0..DIM)
        .map(|_| {
            state =
                state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
            ((state >> 40) as f32) / ((1u64 << 23) as f32) - 1.0
        })
        .collect()
}

fn sentence_vector(text: &str) -> Vec<f32> {
    let mut sum = vec![0.0f32; DIM];
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1) {
        sum.iter_mut().zip(word_vector(word)).for_each(|(s, v)| *s += v);
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
    sum.iter().map(|x| x / length).collect()
}

/// A document of one sentence a line; a line that begins with `#` is a headline.
fn document(name: &str, language: &str, text: &str) -> Document {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let draft = lines.fold(Draft::new(name, language), |draft, line| {
        draft.part(if line.starts_with('#') { Role::Title } else { Role::Body }, line)
    });
    draft.embedded(sentence_vector).document()
}

fn at_hour(mut document: Document, hour: u32) -> Document {
    let time = TimeOfDay { second: hour * 3600, offset_minutes: Some(0) };
    document.report.published =
        Some(Published { day: Day::from_ymd(2031, 3, 4).unwrap(), time: Some(time) });
    document
}

fn credited(mut document: Document, agency: &str) -> Document {
    let credit = Credit { agency: agency.into(), span: Span::new(0, 0), kind: CreditKind::Text };
    document.report.credits.push(credit);
    document
}

const BRIDGE: [&str; 8] = [
    "The old bridge over the river Lenn collapsed on Monday morning shortly after seven.",
    "The mayor of Oxwick, Ilse Brandt, said that nobody was injured when the roadway gave way.",
    "Engineers had warned of deep cracks in the eastern pillars long before the winter floods.",
    "The town wants to build a new crossing until next spring and asks the province for help.",
    "Ferries now carry four hundred pupils to the other bank twice a day under police escort.",
    "The council estimates the costs at 14 million crowns and rising with every week of delay.",
    "Fishermen reported a low rumble and a cloud of dust that drifted towards the tannery.",
    "A barge that was loaded with gravel lies aground below the second pillar since the night.",
];

const MARKET: [&str; 6] = [
    "Traders at the Oxwick wool market closed their stalls early because of the blocked road.",
    "Prices for raw fleece fell by a fifth within two days as buyers stayed away.",
    "Old Hannes Peel, who has sold there for fifty years, called the week a disaster.",
    "The guild hopes that the autumn fair can be held in the meadows near the mill.",
    "Several lorries with hides are stuck on the wrong side and must take the hill road.",
    "Innkeepers complain that no guest has come from the valley since the accident.",
];

fn lines(text: &[&str], which: &[usize]) -> String {
    which.iter().map(|&i| text[i]).collect::<Vec<_>>().join("\n")
}

fn stemma(documents: &[Document]) -> Stemma {
    let references: Vec<&Document> = documents.iter().collect();
    derive(StoryId::of(&[b"story"]), &references, &Background::of(documents))
}

fn edges(documents: &[Document], stemma: &Stemma) -> Vec<(String, String)> {
    let name = |node: Node| match node {
        Node::Report(id) => documents
            .iter()
            .find(|d| d.report.id == id)
            .map_or("?".into(), |d| d.report.reference.clone()),
        Node::Exemplar(_) => "lost".to_string(),
    };
    let mut found: Vec<_> =
        stemma.derivations.iter().map(|d| (name(d.child), name(d.parent))).collect();
    found.sort();
    found
}

#[track_caller]
fn check(documents: &[Document], expected: &[(&str, &str)]) {
    let found = edges(documents, &stemma(documents));
    let found: Vec<(&str, &str)> = found.iter().map(|(c, p)| (&c[..], &p[..])).collect();
    assert_eq!(found, expected);
    // The order of the input changes nothing.
    let mut reversed = documents.to_vec();
    reversed.reverse();
    let again = edges(&reversed, &stemma(&reversed));
    assert_eq!(again.len(), expected.len());
    assert_eq!(stemma(documents), stemma(&reversed));
}

#[test]
fn a_cut_copy_derives_from_the_longer_text_without_any_date() {
    let whole = document("whole", "en", &lines(&BRIDGE, &[0, 1, 2, 3, 4, 5, 6, 7]));
    let cut = document("cut", "en", &lines(&BRIDGE, &[0, 1, 3, 5]));
    let documents = [whole, cut];
    check(&documents, &[("cut", "whole")]);
    assert_eq!(stemma(&documents).derivations[0].direction, Direction::Decided);
    assert_eq!(stemma(&documents).derivations[0].relation, Relation::Verbatim);
}

#[test]
fn equal_copies_are_related_but_their_direction_is_undecided() {
    let text = lines(&BRIDGE, &[0, 1, 2, 3]);
    let documents = [document("x", "en", &text), document("y", "en", &text)];
    let stemma = stemma(&documents);
    assert_eq!(stemma.derivations.len(), 1);
    assert_eq!(stemma.derivations[0].direction, Direction::Undecided);
}

#[test]
fn dates_decide_between_equal_copies() {
    let text = lines(&BRIDGE, &[0, 1, 2, 3]);
    let documents =
        [at_hour(document("late", "en", &text), 15), at_hour(document("early", "en", &text), 9)];
    check(&documents, &[("late", "early")]);
    assert_eq!(stemma(&documents).derivations[0].direction, Direction::Decided);
}

#[test]
fn two_texts_of_one_agency_with_something_of_their_own_have_a_lost_exemplar() {
    let one = credited(document("one", "en", &lines(&BRIDGE, &[0, 1, 2, 4, 5, 6])), "Nordpress");
    let two = credited(document("two", "en", &lines(&BRIDGE, &[0, 1, 3, 4, 5, 7])), "Nordpress");
    let documents = [one, two];
    check(&documents, &[("one", "lost"), ("two", "lost")]);
    assert_eq!(stemma(&documents).exemplars[0].credited_to.as_deref(), Some("Nordpress"));
}

#[test]
fn changes_that_two_copies_share_were_made_in_a_lost_text_between() {
    let changed = [
        BRIDGE[0],
        "The mayor of Oxwick, Ilse Bramd, said that nobody was injured when the roadway gave way.",
        "Engineers had warned of deep cracks in the western pillars long before the winter floods.",
        BRIDGE[3],
        "Ferries now carry nine hundred pupils to the other bank twice a day under police escort.",
        "The council estimates the costs at 41 million crowns and rising with every week of delay.",
        "Fishermen reported a low rumble and a cloud of smoke that drifted towards the tannery.",
        BRIDGE[7],
    ];
    let original = document("original", "en", &lines(&BRIDGE, &[0, 1, 2, 3, 4, 5, 6, 7]));
    let one = document("one", "en", &lines(&changed, &[1, 2, 3, 4, 5, 6]));
    let two = document("two", "en", &lines(&changed, &[0, 1, 2, 4, 5, 6, 7]));
    let documents = [original, one, two];
    check(&documents, &[("lost", "original"), ("one", "lost"), ("two", "lost")]);
    assert_eq!(stemma(&documents).exemplars[0].credited_to, None);
}

#[test]
fn an_earlier_text_that_lacks_passages_is_no_source_of_a_later_one_that_has_them() {
    let late = at_hour(document("late", "en", &lines(&BRIDGE, &[0, 1, 2, 3, 4, 5, 6, 7])), 15);
    let early = at_hour(document("early", "en", &lines(&BRIDGE, &[0, 1, 3, 5])), 9);
    check(&[late, early], &[("early", "lost"), ("late", "lost")]);
}

/// An English text and its German translation, both of which name an agency.
fn told_by(agency: &str) -> [Document; 2] {
    let (english, german) = translated_pair();
    [english, german].map(|mut document| {
        let span = Span::new(0, 3);
        let kind = CreditKind::Mention;
        document.report.credits.push(Credit { agency: agency.into(), span, kind });
        document
    })
}

#[test]
fn a_dispatch_that_two_languages_heard_of_is_behind_them() {
    let documents = told_by("Nordpress");
    check(&documents, &[("de", "lost"), ("en", "lost")]);
    let stemma = stemma(&documents);
    assert_eq!(stemma.exemplars[0].credited_to.as_deref(), Some("Nordpress"));
}

#[test]
fn what_an_agency_sends_is_in_its_own_language() {
    let translations = |agency: &str| {
        let documents = told_by(agency);
        let stemma = stemma(&documents);
        let translations =
            stemma.derivations.iter().filter(|d| d.relation == Relation::Translation);
        let mut languages: Vec<String> = translations
            .filter_map(|d| documents.iter().find(|text| d.child == Node::Report(text.report.id)))
            .map(|text| text.report.language.to_string())
            .collect();
        languages.sort();
        languages
    };
    assert_eq!(translations("AP"), ["de"]);
    assert_eq!(translations("dpa"), ["en"]);
    assert_eq!(translations("Nordpress"), ["de", "en"]);
}

#[test]
fn a_block_of_another_report_is_a_second_exemplar() {
    let bridge = document("bridge", "en", &lines(&BRIDGE, &[0, 1, 2, 3, 4, 5, 6, 7]));
    let market = document("market", "en", &lines(&MARKET, &[0, 1, 2, 3, 4, 5]));
    let mixed = format!("{}\n{}", lines(&BRIDGE, &[0, 1, 2, 3, 4, 5]), lines(&MARKET, &[1, 2, 3]));
    let documents = [bridge, market, document("mixed", "en", &mixed)];
    check(&documents, &[("mixed", "bridge"), ("mixed", "market")]);
}

/// An English text and its German translation.
fn translated_pair() -> (Document, Document) {
    let english = "The bridge over the river Lenn collapsed on Monday.\n\
        The mayor said that nobody was injured in the town Oxwick.\n\
        Engineers had warned before that cracks in the pillars grow.\n\
        The town wants the new bridge until spring and ferries now carry pupils to the other bank.\n\
        The council estimates costs at 14 million.";
    let german = "Die Brücke über den Fluss Lenn stürzte am Montag ein.\n\
        Die Bürgermeisterin sagte, dass niemand im Oxwick der Stadt verletzt wurde.\n\
        Ingenieure hatten vor Rissen in den Pfeilern gewarnt.\n\
        Die Stadt will bis Frühling die neue Brücke und Fähren bringen Schüler nun ans andere Ufer.\n\
        Der Rat schätzt Kosten auf 14 Millionen.";
    (document("en", "en", english), document("de", "de", german))
}

#[test]
fn a_translation_is_related_to_its_original() {
    let (english, german) = translated_pair();
    let documents = [english, german];
    let stemma = stemma(&documents);
    assert_eq!(stemma.derivations.len(), 1);
    assert_eq!(stemma.derivations[0].relation, Relation::Translation);
    let found = align(&documents[0], &documents[1], &Background::of(&documents));
    assert!(found.len() >= 4, "{found:#?}");
    assert!(found.iter().all(|a| a.relation == AlignmentRelation::Translation));
}

#[test]
fn what_is_common_to_the_event_is_no_derivation() {
    let quotation = "\"We were told in January that the pillars would hold for another ten years, \
        and I want to know who signed that paper,\" Brandt told reporters.";
    let cases = [
        (
            "shared facts",
            lines(&BRIDGE, &[0, 1, 5]),
            "Oxwick lost its bridge this week.\n\
             Police closed the quay at dawn and sent divers down to look for cars.\n\
             Nobody seems to be missing, Ilse Brandt told the radio.\n\
             Repairs may cost 14 million crowns."
                .to_string(),
        ),
        (
            "one long quotation of a press conference",
            format!("{}\n{quotation}", lines(&BRIDGE, &[0, 2, 4, 6, 7])),
            format!("{}\n{quotation}", lines(&MARKET, &[0, 1, 2, 3, 4])),
        ),
        ("a headline", format!("# Bridge down in Oxwick\n{}", lines(&BRIDGE, &[0, 2, 6])), {
            format!("# Bridge down in Oxwick\n{}", lines(&MARKET, &[0, 1, 2]))
        }),
    ];
    for (name, a, b) in cases {
        let documents = [document("a", "en", &a), document("b", "en", &b)];
        assert_eq!(edges(&documents, &stemma(&documents)), [], "{name}");
    }
}

#[test]
fn one_passage_on_a_subject_with_other_numbers_is_no_translation() {
    const SUBJECT: [&str; 3] = [
        "The yard at Oxwick delivered three ferries of the wide class with {} cabins and room for {} cars.",
        "Its rival across the bay sold {} tugs last winter and hopes to build {} barges for the canal.",
        "A ferry of the wide class costs {} million crowns and carries {} passengers on two decks.",
    ];
    let told = |numbers: [u32; 6]| {
        let mut numbers = numbers.iter();
        let fill = |part: &str| match numbers.next() {
            Some(number) if !part.is_empty() => format!("{part}{number}"),
            _ => part.to_owned(),
        };
        let text = SUBJECT.join(" ");
        let parts: Vec<&str> = text.split("{}").collect();
        let (last, parts) = parts.split_last().unwrap();
        parts.iter().copied().map(fill).collect::<String>() + last
    };
    let foreign = |text: &str| {
        let word = |word: &str| match word.trim_end_matches(['.', ',']) {
            number if number.chars().all(char::is_numeric) => word.to_owned(),
            bare => word.replacen(bare, &format!("{bare}{FOREIGN_ENDING}"), 1),
        };
        text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    };
    let own = told([120, 80, 14, 6, 93, 410]);
    let source = document("source", "en", &[&own, BRIDGE[0], BRIDGE[6], MARKET[3]].join("\n"));
    let beside = |text: &str| {
        let text = [&foreign(text), MARKET[1], MARKET[5]].join("\n");
        document("other", "pl", &text)
    };
    let related = |other: Document| !stemma(&[source.clone(), other]).derivations.is_empty();
    assert!(related(beside(&own)));
    assert!(!related(beside(&told([95, 75, 31, 2, 88, 410]))));
}

#[test]
fn what_the_whole_collection_has_is_no_derivation() {
    let archive = "Oxwick lies on both banks of the Lenn and has nine thousand inhabitants.\n\
        It was granted its charter by the dukes of Harn after the great fire.";
    let boilerplate = "Nordpress is a member of the union of independent agencies of the north.";
    let with = |own: String| format!("{own}\n{archive}\n{boilerplate}");
    let mut documents = vec![
        document("a", "en", &with(lines(&BRIDGE, &[0, 1, 2, 3, 4, 5]))),
        document("b", "en", &with(lines(&MARKET, &[0, 1, 2, 3, 4, 5]))),
    ];
    for k in 0..40 {
        let own = format!("Item {k} of the day tells about matter {k} and person number {k}.");
        documents.push(document(&format!("other{k}"), "en", &with(own)));
    }
    let background = Background::of(&documents);
    let story = [&documents[0], &documents[1]];
    assert_eq!(derive(StoryId::of(&[b"story"]), &story, &background).derivations, []);
}

#[test]
fn an_unrelated_report_changes_no_edge_and_odd_documents_do_no_harm() {
    let whole = document("whole", "en", &lines(&BRIDGE, &[0, 1, 2, 3, 4, 5, 6, 7]));
    let cut = document("cut", "en", &lines(&BRIDGE, &[0, 1, 3, 5]));
    let mut blind = document("blind", "en", "One sentence without any vector, alone in its story.");
    blind.vectors = SentenceVectors::default();
    let documents = [
        whole,
        cut,
        document("market", "en", &lines(&MARKET, &[0, 1, 2, 3, 4, 5])),
        document("empty", "en", ""),
        document("stop", "th", "…\n!"),
        blind,
    ];
    check(&documents, &[("cut", "whole")]);
    assert_eq!(stemma(&[]).derivations, []);
}

#[test]
fn merges_and_moved_passages_are_aligned() {
    let a = document("a", "en", &lines(&BRIDGE, &[0, 1, 2, 3, 4, 5]));
    let merged = format!("{} {}", BRIDGE[1], BRIDGE[2]);
    let b = document("b", "en", &[BRIDGE[4], BRIDGE[5], BRIDGE[0], &merged, BRIDGE[3]].join("\n"));
    let documents = [a, b];
    let found = align(&documents[0], &documents[1], &Background::of(&documents));
    assert_eq!(found.len(), 5, "{found:#?}");
    assert!(found.iter().all(|x| x.relation == AlignmentRelation::Verbatim));
}
