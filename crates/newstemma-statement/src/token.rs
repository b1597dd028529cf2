//! Words, numbers and marks of a text, for looking them up.
//!
//! Mentions are found by phrases ("au moins", "三天前"), so the unit must suit every script: a run
//! of letters or of digits is one token, but in scripts that do not part words (Han, Hiragana,
//! Thai) and in Hangul, where endings are glued to words, each character is. A phrase is a run of
//! tokens, whatever the script. Every token keeps its bytes in the text.

mod cut;

use crate::lexicon::{Lexicon, Word};
use newstemma_model::Span;

use cut::{Cut, cuts, fold_into};
pub(crate) use cut::{Kind, fold, hash, is_hangul, is_katakana, is_sign, joins_name};

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: Kind,
    /// Which word of the lexicon, if it is one.
    pub word: Word,
    /// A hash of its folded form.
    pub hash: u64,
    /// Whether it follows the token before it without white space.
    pub glued: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether it has two letters or more and all are capitals.
    pub shouted: bool,
    /// Whether it begins like a number that is written as one word.
    pub compound: bool,
}

/// The tokens of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'t> {
    /// The whole text that spans refer to.
    pub text: &'t str,
    /// The tokens in order.
    pub list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// The tokens of `span` of a text. Linear in its length.
    pub(crate) fn of(text: &'t str, span: Span, lexicon: &Lexicon) -> Tokens<'t> {
        let inside = span.of(text);
        let mut folded = String::new();
        let token = |cut: Cut| {
            let word = &inside[cut.range.clone()];
            folded.clear();
            fold_into(word, &mut folded);
            Token {
                span: Span::new(cut.range.start, cut.range.end).shifted(span.start()),
                kind: cut.kind,
                word: lexicon.word(&folded),
                hash: hash(&folded),
                glued: cut.glued,
                capital: word.starts_with(char::is_uppercase),
                shouted: is_shouted(word),
                compound: lexicon.begins_compound(&folded),
            }
        };
        Tokens { text, list: cuts(inside).map(token).collect() }
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// One token.
    pub(crate) fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    /// The text of one token; empty if there is none.
    pub(crate) fn str(&self, index: usize) -> &'t str {
        self.list.get(index).map_or("", |t| t.span.of(self.text))
    }

    /// The kind of one token.
    pub(crate) fn kind(&self, index: usize) -> Option<Kind> {
        self.list.get(index).map(|t| t.kind)
    }

    /// Whether a token exists and stands without white space after the one before.
    pub(crate) fn is_glued(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|t| t.glued)
    }

    /// The bytes from one token to the one before another.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start(), last.span.end()),
            _ => Span::default(),
        }
    }

    /// The white space between a token and the one before it.
    pub(crate) fn gap(&self, index: usize) -> &'t str {
        let before = index.checked_sub(1).and_then(|b| self.list.get(b));
        match (before, self.list.get(index)) {
            (Some(a), Some(b)) => self.text.get(a.span.end()..b.span.start()).unwrap_or(""),
            _ => "",
        }
    }
}

fn is_shouted(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

#[cfg(test)]
mod tests {
    use super::{Tokens, fold};
    use crate::lexicon::Lexicon;
    use newstemma_model::{Language, Span};

    fn check(text: &str, expected: &[&str]) {
        let tokens = Tokens::of(text, Span::new(0, text.len()), Lexicon::of(Language::UNKNOWN));
        let found: Vec<&str> = (0..tokens.len()).map(|i| tokens.str(i)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_script_is_cut_where_its_phrases_are() {
        check("l’an 2031, d'ici là", &["l’", "an", "2031", ",", "d'", "ici", "là"]);
        check("Orla's F-7 (U.S.)", &["Orla", "'", "s", "F", "-", "7", "(", "U.S.", ")"]);
        check("3万5千人", &["3", "万", "5", "千", "人"]);
        check("12명이", &["12", "명", "이"]);
        check("ロンドンの町", &["ロンドン", "の", "町"]);
        check("в 5-й раз", &["в", "5", "-", "й", "раз"]);
    }

    #[test]
    fn folding_joins_what_the_press_writes_in_two_ways() {
        assert_eq!(fold("ПѢТРЁ"), "пѣтре");
        assert_eq!(fold("أحمَد"), "احمد");
        assert_eq!(fold("ＡＢ"), "ab");
    }
}
