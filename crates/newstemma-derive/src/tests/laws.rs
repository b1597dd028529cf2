//! What must hold of every stemma, whatever the texts.

use super::tradition::{Chance, Text, story};
use super::{edges, stemma};
use newstemma_model::{Document, Node, Stemma};
use proptest::prelude::{ProptestConfig, proptest};
use std::collections::BTreeSet;

/// Witnesses that count: texts without exemplar.
fn origins(documents: &[Document], stemma: &Stemma) -> usize {
    let derived: BTreeSet<Node> = stemma.derivations.iter().map(|d| d.child).collect();
    let reports = documents.iter().map(|d| Node::Report(d.report.id));
    let lost = stemma.exemplars.iter().map(|x| Node::Exemplar(x.id));
    reports.chain(lost).filter(|node| !derived.contains(node)).count()
}

fn check_copy(seed: u64, which: usize) {
    let mut documents = story(seed);
    let before = stemma(&documents);
    let origins_before = origins(&documents, &before);
    let copied = &documents[which % documents.len()].report;
    let copy = super::document("a copy", &copied.language.to_string(), &copied.text);
    documents.push(copy);
    let after = stemma(&documents);
    assert_eq!(
        after.derivations.len(),
        before.derivations.len() + 1,
        "story {seed}, copy of {which}"
    );
    assert_eq!(origins(&documents, &after), origins_before, "story {seed}, copy of {which}");
}

/// Stories in which a copy that was compared like another text moved the search to another end.
#[test]
fn a_copy_does_not_lead_the_search_elsewhere() {
    [(390, 2), (1088, 1), (1088, 6), (45_929, 1)]
        .into_iter()
        .for_each(|(seed, which)| check_copy(seed, which));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn an_unrelated_report_changes_no_edge(seed in 0u64..100_000) {
        let mut documents = story(seed);
        let before = edges(&documents, &stemma(&documents));
        documents.push(Chance::new(seed + 1).sentences(7).report("a stranger"));
        assert_eq!(edges(&documents, &stemma(&documents)), before);
    }

    #[test]
    fn a_copy_adds_one_edge_and_no_origin(seed in 0u64..100_000, which in 0usize..100) {
        check_copy(seed, which);
    }

    #[test]
    fn the_order_of_the_input_changes_nothing(seed in 0u64..100_000) {
        let mut documents = story(seed);
        let before = stemma(&documents);
        let mut chance = Chance::new(seed);
        for at in (1..documents.len()).rev() {
            documents.swap(at, chance.below(at + 1));
        }
        assert_eq!(stemma(&documents), before);
    }

    #[test]
    fn a_lost_text_that_is_put_back_becomes_the_parent(seed in 0u64..100_000) {
        let mut chance = Chance::new(seed);
        let lost = chance.sentences(12);
        let children: [Text; 3] = [
            lost.without(1).without(1).without(1).touched_up(&mut chance),
            lost.brief(8),
            lost.without(5).without(5).without(5).with_own(2, 1, &mut chance),
        ];
        let name = |k: usize| format!("child {k}");
        let mut documents: Vec<Document> =
            children.iter().enumerate().map(|(k, text)| text.report(&name(k))).collect();
        let without: Vec<_> = (0..3).map(|k| (name(k), "lost".to_string())).collect();
        assert_eq!(edges(&documents, &stemma(&documents)), without);
        documents.push(lost.report("the exemplar"));
        let with: Vec<_> = (0..3).map(|k| (name(k), "the exemplar".to_string())).collect();
        assert_eq!(edges(&documents, &stemma(&documents)), with);
    }
}

#[test]
fn a_large_family_is_explained_part_by_part() {
    let mut chance = Chance::new(7);
    let original = chance.sentences(10);
    let mut documents = vec![original.report("original")];
    for k in 0..80 {
        let text = match k % 3 {
            0 => original.clone(),
            1 => original.touched_up(&mut chance),
            _ => original.brief(5 + chance.below(4)),
        };
        documents.push(text.report(&format!("copy {k:03}")));
    }
    let stemma = stemma(&documents);
    assert_eq!(origins(&documents, &stemma), 1);
    assert_eq!(stemma.exemplars, []);
    assert_eq!(stemma.derivations.len(), documents.len() - 1);
}
