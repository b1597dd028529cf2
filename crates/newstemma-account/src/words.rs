//! Which words of statements are telling in their story, and how far two statements share them.
//!
//! Problem: the encoder sees what a sentence is about, and in one story all sentences are about
//! the same. What a sentence alone says is in its rarer words. So beside its meaning every
//! statement has a sparse vector of its words, each weighed by how few statements of the story
//! have it, of unit length; an inner product is the share of telling words that two have in common,
//! 0 to 1. Words of two languages are never the same.
//!
//! A share does not tell how much is shared: of two short statements half can be one common word.
//! So what words tell is summed as well ([`Told::shared`]), in nats: a word that one statement in
//! *n* has tells ln *n*.
//!
//! Source: Spärck Jones, "A statistical interpretation of term specificity" (1972), over the
//! statements of one story in place of a collection.

use crate::context::Context;
use newstemma_language::{WordKind, words};
use newstemma_model::Language;
use std::collections::{BTreeMap, BTreeSet};

/// Statements without a given word that are thought to have been seen beside the story's own, so
/// that words differ in weight where there are only two statements.
const PRIOR_STATEMENTS: f32 = 10.0;

/// Words by number, ascending, with their weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct WordVector(BTreeMap<u32, f32>);

impl WordVector {
    /// The inner product: the walk is over the shorter.
    pub(crate) fn dot(&self, other: &WordVector) -> f32 {
        let (short, long) =
            if self.0.len() <= other.0.len() { (self, other) } else { (other, self) };
        let products = short.0.iter().filter_map(|(word, x)| Some(x * long.0.get(word)?));
        products.sum()
    }

    /// Adds another.
    pub(crate) fn add(&mut self, other: &WordVector) {
        for (&word, x) in &other.0 {
            *self.0.entry(word).or_default() += x;
        }
    }
}

/// The words of one statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Told {
    /// Of unit length, unless there are none.
    pub(crate) vector: WordVector,
    /// What the vector was divided by.
    length: f32,
}

impl Told {
    fn of(weights: impl Iterator<Item = (u32, f32)>) -> Told {
        let mut vector = WordVector(weights.collect());
        let length = vector.0.values().map(|x| x * x).sum::<f32>().sqrt();
        if length > 0.0 {
            vector.0.values_mut().for_each(|x| *x /= length);
        }
        Told { vector, length }
    }

    /// What the words tell that two statements have in common, in nats.
    pub(crate) fn shared(&self, other: &Told) -> f32 {
        let (short, long) =
            if self.vector.0.len() <= other.vector.0.len() { (self, other) } else { (other, self) };
        let common = short.vector.0.iter().filter(|(word, _)| long.vector.0.contains_key(word));
        short.length * common.map(|(_, x)| x).sum::<f32>()
    }
}

/// The words of every statement of a story.
pub(crate) fn told(context: &Context<'_>) -> Vec<Told> {
    let texts: Vec<BTreeSet<(Language, String)>> =
        (0..context.material.statements.len()).map(|i| terms(context, i)).collect();
    let mut statements_with: BTreeMap<&(Language, String), f32> = BTreeMap::new();
    for term in texts.iter().flatten() {
        *statements_with.entry(term).or_default() += 1.0;
    }
    let all = texts.len() as f32 + PRIOR_STATEMENTS + 1.0;
    let weights: BTreeMap<&(Language, String), (u32, f32)> = (0..)
        .zip(&statements_with)
        .map(|(number, (&term, with))| (term, (number, libm::logf(all / (with + 0.5)))))
        .collect();
    let vector = |text: &BTreeSet<_>| {
        let known = text.iter().filter_map(|term| weights.get(term).copied());
        Told::of(known)
    };
    texts.iter().map(vector).collect()
}

/// The words that a statement says. Of a script without spaces it is pairs of neighbouring
/// characters: one alone means too much.
fn terms(context: &Context<'_>, statement: usize) -> BTreeSet<(Language, String)> {
    let Some(document) = context.home(statement) else { return BTreeSet::new() };
    let said = context.statement(statement).said();
    let language = context.language_at(document, said.start());
    let mut terms = BTreeSet::new();
    let mut before: Option<(usize, String)> = None;
    for word in words(said.of(context.text(document)), language) {
        let form = word.form.into_owned();
        if word.kind == WordKind::Character {
            if let Some((_, first)) = before.take_if(|(end, _)| *end == word.span.start()) {
                terms.insert((language, first + &form));
            }
            before = Some((word.span.end(), form));
        } else {
            terms.insert((language, form));
        }
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::told;
    use crate::Material;
    use crate::context::Context;
    use newstemma_model::{Document, Statement, Stemma};
    use newstemma_testkit::stemma::story;
    use newstemma_testkit::{report, statement, vectors};

    /// Shares of the first sentence's telling words that the others have.
    fn shares(sentences: &[(&str, &str)]) -> Vec<f32> {
        let named = |i: usize| format!("r{i}");
        let documents: Vec<Document> = sentences
            .iter()
            .enumerate()
            .map(|(i, (language, text))| report(&named(i), language, &[text]))
            .collect();
        let statements: Vec<Statement> =
            documents.iter().zip(sentences).map(|(d, (_, text))| statement(d, text)).collect();
        let (vectors, stemma) = (vectors(&vec!["one"; sentences.len()]), Stemma::default());
        let documents: Vec<&Document> = documents.iter().collect();
        let context = Context::new(Material {
            story: story(),
            documents: &documents,
            stemma: &stemma,
            statements: &statements,
            vectors: &vectors,
            entities: &[],
        });
        let words = told(&context);
        words[1..].iter().map(|other| words[0].vector.dot(&other.vector)).collect()
    }

    #[test]
    fn rare_words_tell_more_than_common_ones() {
        let found = shares(&[
            ("en", "The ferry sank off Gozo."),
            ("en", "The ferry sank at noon."),
            ("en", "The crew of the ferry left off Gozo."),
            ("en", "The ferry had no crew."),
            ("en", "The ferry had a licence."),
        ]);
        assert!(found[1] > found[0] && found[0] > found[2], "{found:?}");
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_pairs_and_languages_not_at_all() {
        let found = shares(&[
            ("zh", "渡轮在港口沉没。"),
            ("zh", "港口的渡轮没有沉没。"),
            ("zh", "船长拒绝评论。"),
            ("ja", "渡轮在港口沉没。"),
        ]);
        assert!(found[0] > 0.25 && found[1] == 0.0 && found[2] == 0.0, "{found:?}");
    }
}
