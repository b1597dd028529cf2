//! Grouping, on meanings made by hand: the encoder has tests of its own.

use crate::linkage::average_linkage;
use crate::score::{SCORE_MAX, SCORE_MIN};
use crate::{ClusterConfig, Material, Pair, cluster};
use newstemma_model::{Document, EntityId, EntityKind};
use newstemma_testkit::{Draft, mark};

/// A document each of whose sentences points along one of 64 axes.
fn document(name: &str, language: &str, sentences: &[(&str, usize)]) -> Document {
    let along = |sentence: &str| {
        let axis = sentences.iter().find(|(text, _)| *text == sentence).map_or(0, |s| s.1);
        (0..64).map(|i| if i == axis { 1.0 } else { 0.0 }).collect()
    };
    let draft = sentences.iter().fold(Draft::new(name, language), |d, (text, _)| d.body(text));
    draft.embedded(along).document()
}

/// The groups that documents fall into; names are the same where they are spelt the same.
fn groups(documents: &[Document]) -> Vec<Vec<usize>> {
    let names: Vec<Vec<EntityId>> = documents
        .iter()
        .map(|d| d.names.iter().map(|n| EntityId::of(&[n.normal.as_bytes()])).collect())
        .collect();
    let material: Vec<Material<'_>> = documents
        .iter()
        .zip(&names)
        .map(|(document, names)| Material { document, names, dates: &[] })
        .collect();
    cluster(&material, ClusterConfig::default())
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
    assert_eq!(groups(&[flood(), concert(), flood_translated()]), [vec![0, 2], vec![1]]);
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let names = |documents: &[Document]| -> Vec<Vec<String>> {
        let name = |i: usize| documents[i].report.reference.clone();
        let mut groups: Vec<Vec<String>> = groups(documents)
            .into_iter()
            .map(|group| {
                let mut group: Vec<String> = group.into_iter().map(name).collect();
                group.sort();
                group
            })
            .collect();
        groups.sort();
        groups
    };
    let forth = names(&[flood(), concert(), flood_translated()]);
    let back = names(&[flood_translated(), concert(), flood()]);
    assert_eq!(forth, back);
}

/// A report of a fire, half of which is what every report of a fire says.
fn fire(name: &str, language: &str, sentences: &[&str], named: &[&str]) -> Document {
    let axes = [20, 21, name.len() + 30, name.len() + 31];
    let placed: Vec<(&str, usize)> = sentences.iter().copied().zip(axes).collect();
    let mut document = document(name, language, &placed);
    named.iter().for_each(|words| mark::name(&mut document, words, EntityKind::Place));
    document
}

#[test]
fn of_two_alike_events_the_names_tell_which_is_meant() {
    let english = fire(
        "fire",
        "en",
        &[
            "A warehouse burned down on the edge of Dornau in the night.",
            "Nobody was hurt, the brigade said.",
            "The hall of the Velm company held paint.",
            "The road to Lisk was closed.",
        ],
        &["Dornau", "Velm", "Lisk"],
    );
    let spanish = fire(
        "incendio",
        "es",
        &[
            "Un almacén ardió de noche en las afueras de Dornau.",
            "No hubo heridos, según los bomberos.",
            "La nave de la empresa Velm guardaba pinturas.",
            "La carretera de Lisk quedó cortada.",
        ],
        &["Dornau", "Velm", "Lisk"],
    );
    let elsewhere = fire(
        "fire elsewhere",
        "en",
        &[
            "A warehouse burned down on the edge of Hasperode in the night.",
            "Nobody was hurt, the brigade said.",
            "The hall of the Orrin company held furniture.",
            "The road to Quint was closed.",
        ],
        &["Hasperode", "Orrin", "Quint"],
    );
    assert_eq!(groups(&[english, elsewhere, spanish]), [vec![0, 2], vec![1]]);
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
    assert_eq!(groups(&documents).len(), 1);
}

#[test]
fn no_documents_no_stories_and_one_without_text_stands_alone() {
    assert!(groups(&[]).is_empty());
    let documents = [document("empty", "en", &[]), document("void", "en", &[])];
    assert_eq!(groups(&documents).len(), 2);
}

/// Average linkage as one would write it first: look at all pairs, join the best, begin again.
fn obvious_linkage(n: usize, pairs: &[Pair], threshold: f32) -> Vec<Vec<usize>> {
    let score = |a: usize, b: usize| {
        let found = pairs.iter().find(|p| (p.a, p.b) == (a.min(b), a.max(b)));
        f64::from(found.map_or(SCORE_MIN, |p| p.score))
    };
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let sum: f64 = groups[a]
                    .iter()
                    .flat_map(|&x| groups[b].iter().map(move |&y| score(x, y)))
                    .sum();
                let average = sum / (groups[a].len() * groups[b].len()) as f64;
                if best.is_none_or(|(most, _, _)| average > most) {
                    best = Some((average, a, b));
                }
            }
        }
        match best {
            Some((average, a, b)) if average >= f64::from(threshold) => {
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
                if random() < 0.8 {
                    let score = SCORE_MIN + (SCORE_MAX - SCORE_MIN) * random().sqrt();
                    pairs.push(Pair { a, b, score, copied: false });
                }
            }
        }
        let tidy = |mut groups: Vec<Vec<usize>>| {
            groups.iter_mut().for_each(|g| g.sort_unstable());
            groups.sort();
            groups
        };
        let fast = tidy(average_linkage(n, &pairs, -0.5));
        assert_eq!(fast, tidy(obvious_linkage(n, &pairs, -0.5)), "round {round}");
    }
}
