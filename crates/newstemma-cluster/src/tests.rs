//! Grouping, on vectors made by hand: the encoder has tests of its own.

use crate::linkage::average_linkage;
use crate::{ClusterConfig, Pair, cluster, dot};
use newstemma_model::{
    Document, Language, Report, ReportId, Role, Sentence, SentenceVectors, Span,
};

/// A document whose sentences have the given directions in a space of 64 axes.
fn document(name: &str, language: &str, sentences: &[(&str, usize)]) -> Document {
    let mut text = String::new();
    let mut found = Vec::new();
    let mut rows = Vec::new();
    for (number, &(sentence, axis)) in (0u32..).zip(sentences) {
        let start = text.len();
        text.push_str(sentence);
        let span = Span::new(start, text.len());
        let language = Language::parse(language).unwrap();
        found.push(Sentence { span, paragraph: number, role: Role::Body, language });
        text.push('\n');
        let mut row = vec![0.0f32; 64];
        row[axis] = 1.0;
        rows.extend(row);
    }
    let mut document = Document::new(Report {
        id: ReportId::of(&[name.as_bytes()]),
        reference: name.to_owned(),
        url: None,
        outlet: None,
        language: Language::parse(language).unwrap(),
        title: None,
        authors: Vec::new(),
        published: None,
        updated: None,
        credits: Vec::new(),
        text,
        roles: Vec::new(),
        sha256: [0; 32],
    });
    document.sentences = found;
    document.vectors = SentenceVectors::new(64, rows).unwrap();
    document
}

fn flood() -> Document {
    document(
        "flood",
        "pl",
        &[
            ("Rzeka zalała dolne miasto w nocy z soboty na niedzielę, podały służby.", 0),
            ("Ewakuowano trzystu mieszkańców nabrzeża i domu opieki przy moście.", 1),
            ("Woda opadnie najwcześniej we wtorek, zapowiedział wojewoda regionu.", 2),
        ],
    )
}

fn flood_translated() -> Document {
    document(
        "flood-uk",
        "uk",
        &[
            ("Річка затопила нижнє місто в ніч із суботи на неділю, повідомили служби.", 0),
            ("Евакуювали триста мешканців набережної та будинку догляду біля мосту.", 1),
            ("Вода спаде щонайраніше у вівторок, пообіцяв воєвода регіону.", 2),
        ],
    )
}

fn concert() -> Document {
    document(
        "concert",
        "pl",
        &[
            ("Orkiestra kameralna zagra w niedzielę na rynku dla mieszkańców.", 10),
            ("Wstęp na koncert jest wolny, a miejsc przygotowano pięćset.", 11),
        ],
    )
}

#[test]
fn a_translation_joins_its_original_and_another_event_does_not() {
    let documents = [flood(), concert(), flood_translated()];
    let groups = cluster(&documents, ClusterConfig::default());
    assert_eq!(groups, [vec![0, 2], vec![1]]);
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let names = |documents: &[Document]| -> Vec<Vec<String>> {
        let mut groups: Vec<Vec<String>> = cluster(documents, ClusterConfig::default())
            .into_iter()
            .map(|g| {
                let mut g: Vec<_> =
                    g.into_iter().map(|i| documents[i].report.reference.clone()).collect();
                g.sort();
                g
            })
            .collect();
        groups.sort();
        groups
    };
    let forth = names(&[flood(), concert(), flood_translated()]);
    let back = names(&[flood_translated(), concert(), flood()]);
    assert_eq!(forth, back);
}

#[test]
fn a_short_cut_from_the_middle_of_a_long_report_joins_it() {
    let sentence =
        |n: usize| format!("Sentence number {n} of a long report about the strike in the port.");
    let texts: Vec<String> = (0..40).map(sentence).collect();
    let long: Vec<(&str, usize)> = texts.iter().map(String::as_str).zip(0..40).collect();
    let mut cut = long[30..34].to_vec();
    cut.push(("The editors of the paper added a sentence of their own to it.", 50));
    let documents = [document("long", "en", &long), document("cut", "en", &cut)];
    // Their mean vectors are far apart; what was carried over is not.
    assert_eq!(cluster(&documents, ClusterConfig::default()).len(), 1);
}

#[test]
fn no_documents_no_stories_and_one_without_text_stands_alone() {
    assert!(cluster(&[], ClusterConfig::default()).is_empty());
    let documents = [document("empty", "en", &[]), document("void", "en", &[])];
    assert_eq!(cluster(&documents, ClusterConfig::default()).len(), 2);
}

/// Average linkage as one would write it first: look at all pairs, join the best, begin again.
fn obvious_linkage(n: usize, pairs: &[Pair], config: &ClusterConfig) -> Vec<Vec<usize>> {
    let similarity = |a: usize, b: usize| {
        let found = pairs.iter().find(|p| (p.a, p.b) == (a.min(b), a.max(b)));
        f64::from(found.map_or(config.unseen, |p| p.similarity))
    };
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let sum: f64 = groups[a]
                    .iter()
                    .flat_map(|&x| groups[b].iter().map(move |&y| similarity(x, y)))
                    .sum();
                let average = sum / (groups[a].len() * groups[b].len()) as f64;
                if best.is_none_or(|(most, _, _)| average > most) {
                    best = Some((average, a, b));
                }
            }
        }
        match best {
            Some((average, a, b)) if average >= f64::from(config.threshold) => {
                let moved = groups.remove(b);
                groups[a].extend(moved);
            }
            _ => return groups,
        }
    }
}

/// Catches lost or doubled sums when neighbour lists are poured together, and stale heap entries
/// that are taken for current ones.
#[test]
fn linkage_agrees_with_the_obvious_method_on_random_graphs() {
    let config = ClusterConfig::default();
    let mut state = 7u64;
    let mut random = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f32 / (1u64 << 31) as f32
    };
    for round in 0..60 {
        let n = 3 + round % 14;
        let mut pairs = Vec::new();
        for a in 0..n {
            for b in a + 1..n {
                if random() < 0.6 {
                    pairs.push(Pair { a, b, similarity: 0.2 + 0.8 * random(), copied: false });
                }
            }
        }
        let tidy = |mut groups: Vec<Vec<usize>>| {
            groups.iter_mut().for_each(|g| g.sort_unstable());
            groups.sort();
            groups
        };
        let fast = tidy(average_linkage(n, &pairs, &config));
        assert_eq!(fast, tidy(obvious_linkage(n, &pairs, &config)), "round {round}");
    }
}

#[test]
fn the_inner_product_takes_any_length() {
    for n in [0, 1, 15, 16, 17, 64, 100] {
        let ones = vec![1.0f32; n];
        assert_eq!(dot(&ones, &ones), n as f32);
    }
}
