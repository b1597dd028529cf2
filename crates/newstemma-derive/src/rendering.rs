//! How one text renders another: in the same words, in other words, in another language; whole or
//! in part.

use crate::align::Match;
use crate::exemplar::Lost;
use crate::kin::Kin;
use newstemma_model::{AlignmentRelation, Extent, Relation};

/// From which share of its sentences on the whole text comes from one parent.
pub(crate) const WHOLE: f32 = 0.8;
/// How well a sentence is explained that counts as carried.
const CARRIED: f32 = 0.2;
/// From which share of the words in common on the texts are one thing and not a mixture.
const MOST: f32 = 0.6;
/// From which share of words in common order on a text is in the same words.
const SAME_WORDS: f32 = 0.7;

/// How `child` renders `parent`.
///
/// Within a language it is words that count, not sentences: a text of which every third sentence
/// was touched up is still in the same words.
pub(crate) fn relation(kin: &Kin<'_>, child: usize, parent: usize) -> Relation {
    let Some(pair) = kin.pair(child, parent) else { return Relation::Mixed };
    let words =
        |m: &Match| -> f32 { kin.texts[pair.a].lines[m.a.clone()].iter().map(|l| l.weight).sum() };
    let (mut translated, mut told, mut kept) = (0.0, 0.0, 0.0);
    for m in &pair.matches {
        match m.relation {
            AlignmentRelation::Translation => translated += words(m),
            _ => (told, kept) = (told + words(m), kept + words(m) * m.verbatim),
        }
    }
    let most = MOST * (translated + told);
    if translated >= most {
        Relation::Translation
    } else if told < most {
        Relation::Mixed
    } else if kept >= SAME_WORDS * told {
        Relation::Verbatim
    } else {
        Relation::Rewrite
    }
}

/// How a child renders a lost text: in its own language as the other children of that language do.
/// If it is the only one, nothing shows its wording to be that of the lost text.
pub(crate) fn relation_to_lost(kin: &Kin<'_>, lost: &Lost, child: usize) -> Relation {
    let language = |text: usize| kin.texts[text].document.report.language;
    if lost.language(kin) != Some(language(child)) {
        return Relation::Translation;
    }
    let mut others = lost.children.iter().filter(|&&c| c != child);
    let sibling = others.find(|&&c| language(c) == language(child) && kin.pair(c, child).is_some());
    sibling.map_or(Relation::Rewrite, |&s| relation(kin, child, s))
}

/// Whether all of `child` comes from `parent`.
pub(crate) fn extent(kin: &Kin<'_>, child: usize, parent: usize) -> Extent {
    let explained = kin.explained(child, parent);
    let lines = &kin.texts[child].lines;
    let told = || explained.iter().zip(lines).filter(|(_, line)| !line.title);
    let carried = told().filter(|(explained, _)| **explained >= CARRIED).count();
    if carried as f32 >= WHOLE * told().count().max(1) as f32 {
        Extent::Whole
    } else {
        Extent::Part
    }
}
