//! Families of reports whose history is known, grown from a seed.
//!
//! The hands that copy here are those of newsrooms: they take the first sentences only, put in what
//! their own reporter found out, exchange words, put two reports together, translate. Words are
//! invented, so that nothing agrees by chance of subject; the second language is the first with
//! another ending to each word.

use super::{document, word_vector};
use newstemma_model::Document;

/// Chance, the same for the same seed.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number from 0 to `below`, that excluded.
    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 33) as usize % below
    }

    /// A sentence that nobody has written before.
    fn sentence(&mut self) -> Vec<String> {
        const SYLLABLES: [&str; 12] =
            ["ba", "ko", "ri", "den", "fu", "la", "mor", "ne", "pi", "sul", "ta", "ver"];
        let word = |chance: &mut Chance| -> String {
            (0..2 + chance.below(2)).map(|_| SYLLABLES[chance.below(SYLLABLES.len())]).collect()
        };
        (0..12 + self.below(8)).map(|_| word(self)).collect()
    }

    pub(super) fn sentences(&mut self, count: usize) -> Text {
        Text { foreign: false, sentences: (0..count).map(|_| self.sentence()).collect() }
    }
}

/// What a report says.
#[derive(Clone)]
pub(super) struct Text {
    foreign: bool,
    pub(super) sentences: Vec<Vec<String>>,
}

impl Text {
    /// The first sentences only.
    pub(super) fn brief(&self, count: usize) -> Text {
        Text { sentences: self.sentences[..count.min(self.sentences.len())].to_vec(), ..*self }
    }

    /// Without the sentence at one place.
    pub(super) fn without(&self, at: usize) -> Text {
        let mut text = self.clone();
        text.sentences.remove(at % self.sentences.len());
        text
    }

    /// With sentences of its own put in at one place.
    pub(super) fn with_own(&self, at: usize, count: usize, chance: &mut Chance) -> Text {
        let mut text = self.clone();
        let own = chance.sentences(count).in_language_of(self).sentences;
        let at = at % (self.sentences.len() + 1);
        text.sentences.splice(at..at, own);
        text
    }

    /// With one word of every third sentence exchanged.
    pub(super) fn touched_up(&self, chance: &mut Chance) -> Text {
        let mut text = self.clone();
        for sentence in text.sentences.iter_mut().step_by(3) {
            let at = chance.below(sentence.len());
            sentence[at] = chance.sentences(1).in_language_of(self).sentences[0][0].clone();
        }
        text
    }

    /// With another report after it.
    pub(super) fn followed_by(&self, other: &Text) -> Text {
        let mut text = self.clone();
        text.sentences.extend(other.sentences.iter().cloned());
        text
    }

    /// In the second language.
    pub(super) fn translated(&self) -> Text {
        let foreign = Text { foreign: true, sentences: Vec::new() };
        Text { foreign: true, ..self.clone().in_language_of(&foreign) }
    }

    fn in_language_of(mut self, other: &Text) -> Text {
        if other.foreign && !self.foreign {
            self.sentences
                .iter_mut()
                .flatten()
                .for_each(|word| word.push_str(super::FOREIGN_ENDING));
            self.foreign = true;
        }
        self
    }

    pub(super) fn report(&self, name: &str) -> Document {
        let lines: Vec<String> = self.sentences.iter().map(|words| words.join(" ") + ".").collect();
        document(name, if self.foreign { "nl" } else { "en" }, &lines.join("\n"))
    }
}

/// A story: an original, reports made from it and from each other, and one of two sources.
pub(super) fn story(seed: u64) -> Vec<Document> {
    let mut chance = Chance::new(seed);
    let original = chance.sentences(9);
    let other = chance.sentences(6);
    let mut texts = vec![original.clone(), other.clone()];
    for _ in 0..2 + chance.below(4) {
        let from = texts[chance.below(texts.len())].clone();
        texts.push(match chance.below(5) {
            0 => from.brief(4 + chance.below(3)),
            1 => from.with_own(chance.below(9), 2, &mut chance),
            2 => from.touched_up(&mut chance),
            3 => original.brief(5).followed_by(&other.brief(3)),
            _ => from.translated(),
        });
    }
    let report = |(k, text): (usize, &Text)| text.report(&format!("report {seed} {k}"));
    texts.iter().enumerate().map(report).collect()
}

#[test]
fn a_translated_word_means_what_it_meant() {
    assert_eq!(word_vector("koverri"), word_vector("koverriesk"));
}
