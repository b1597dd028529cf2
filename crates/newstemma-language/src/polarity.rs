//! How a language denies, and how it says how sure something is.

use crate::script::Script;
use serde::Deserialize;
use std::collections::BTreeSet;

/// The topic `polarity`: what `data/<language>/polarity.toml` may say.
///
/// Words are single tokens in lower case and match whole tokens. Lists that end in `_inside` hold
/// strings that are found anywhere in the text: for scripts without spaces, of which each character
/// is a token, and for languages that deny or hedge by an affix or a phrase. A space in such a
/// string parts two words, or ends one.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolarityRules {
    /// Words that deny: "not", "jamais".
    pub negation: BTreeSet<String>,
    /// Strings that deny inside a token: "n't", 不.
    pub negation_inside: Vec<String>,
    /// Words that leave it open: "may", "reportedly", "предположительно".
    pub hedge: BTreeSet<String>,
    /// Strings that leave it open inside a token.
    pub hedge_inside: Vec<String>,
    /// Words that keep a distance from the speaker: "claimed", "prétend", "angeblich".
    pub claim: BTreeSet<String>,
    /// Strings that keep a distance, inside a token.
    pub claim_inside: Vec<String>,
    /// Words that say it is sure: "confirmed", "безусловно".
    pub firm: BTreeSet<String>,
    /// Strings that say it is sure, inside a token.
    pub firm_inside: Vec<String>,
    /// Strings that hold one of the others and say nothing of the kind: 非常, 少なくとも.
    pub plain_inside: Vec<String>,
    /// Verbs that stand for "said", "claimed" and "confirmed" alike when they are translated:
    /// "asserted", "utrzymuje", "أكد". None of `firm` or `claim`.
    pub assertion: BTreeSet<String>,
    /// Those of `hedge` in which speech is reported as well, and that leave nothing open where
    /// it is: "would", "würde".
    pub reporting: BTreeSet<String>,
    /// Those of `hedge` that with a denial right before them tell what somebody is unable to do:
    /// "nobody could", "ne peut", "не може".
    pub able: BTreeSet<String>,
    /// Those that tell it with a denial right behind them: "could not".
    pub able_first: BTreeSet<String>,
}

/// What a word says about whether, and how surely, something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// That it is not so.
    Negation,
    /// That it may be so.
    Hedge,
    /// That somebody will have it so.
    Claim,
    /// That it is surely so.
    Firm,
    /// That somebody says it with stress: in another language "said" as well as "claimed".
    Assertion,
}

/// How many tokens a denial can stand from the word for "can": "ne le peut", "could also not".
const DENIAL_REACH: usize = 2;

impl PolarityRules {
    /// What each of the tokens of a text, in lower case and in their order, says of it. What runs over
    /// several stands at the first.
    ///
    /// Where strings overlap, the one that begins first is read, among those the longest.
    ///
    /// ```
    /// use newstemma_language::{Pack, Polarity};
    /// use newstemma_model::Language;
    /// let read = |tag, tokens: &[&str]| {
    ///     Pack::of(Language::parse(tag).unwrap()).polarity.read(tokens)
    /// };
    /// assert_eq!(read("en", &["wasn't"]), [Some(Polarity::Negation)]);
    /// assert_eq!(read("fr", &["jamais"]), [Some(Polarity::Negation)]);
    /// assert_eq!(read("ru", &["возможно"]), [Some(Polarity::Hedge)]);
    /// assert_eq!(read("de", &["angeblich"]), [Some(Polarity::Claim)]);
    /// assert_eq!(read("zh", &["没", "有"]), [Some(Polarity::Negation), None]);
    /// assert_eq!(read("zh", &["非", "常"]), [None, None]);
    /// assert_eq!(read("ja", &["だ", "ろ", "う"]), [Some(Polarity::Hedge), None, None]);
    /// assert_eq!(read("en", &["knot"]), [None]);
    /// ```
    pub fn read(&self, tokens: &[&str]) -> Vec<Option<Polarity>> {
        let mut found = vec![None; tokens.len()];
        let mut at = 0;
        while at < tokens.len() {
            let (polarity, count) = self.whole(tokens[at]).map_or_else(
                || self.inside(&tokens[at..]).unwrap_or((None, 1)),
                |polarity| (Some(polarity), 1),
            );
            found[at] = polarity;
            at += count;
        }
        found
    }

    /// What a token is listed as.
    fn whole(&self, token: &str) -> Option<Polarity> {
        let lists = [
            (&self.negation, Polarity::Negation),
            (&self.hedge, Polarity::Hedge),
            (&self.claim, Polarity::Claim),
            (&self.firm, Polarity::Firm),
            (&self.assertion, Polarity::Assertion),
        ];
        lists.into_iter().find(|(list, _)| list.contains(token)).map(|(_, polarity)| polarity)
    }

    /// What a string says that begins inside the first of some tokens, and over how many it runs.
    fn inside(&self, tokens: &[&str]) -> Option<(Option<Polarity>, usize)> {
        let lists = [
            (&self.negation_inside, Some(Polarity::Negation)),
            (&self.hedge_inside, Some(Polarity::Hedge)),
            (&self.claim_inside, Some(Polarity::Claim)),
            (&self.firm_inside, Some(Polarity::Firm)),
            (&self.plain_inside, None),
        ];
        let strings =
            || lists.iter().flat_map(|(list, polarity)| list.iter().map(|s| (s, *polarity)));
        let longest = strings().map(|(string, _)| string.len()).max()?;
        let first = tokens[0].len();
        let (text, ends) = joined(tokens, first + longest);
        let begins = |string: &String| text.find(string.as_str()).filter(|&start| start < first);
        let found = strings().filter_map(|(s, polarity)| Some((begins(s)?, s.len(), polarity)));
        // Among equals, the first.
        let (start, length, polarity) =
            found.min_by_key(|&(start, length, _)| (start, std::cmp::Reverse(length)))?;
        Some((polarity, 1 + ends.partition_point(|&end| end < start + length)))
    }

    /// Whether there are words to see a denial by.
    pub fn can_deny(&self) -> bool {
        !(self.negation.is_empty() && self.negation_inside.is_empty())
    }

    /// Whether there are words to see by that something is left open.
    pub fn can_hedge(&self) -> bool {
        !(self.hedge.is_empty() && self.hedge_inside.is_empty())
    }

    /// Whether a token that is listed as leaving something open tells between its neighbours that
    /// somebody is unable to do a thing.
    ///
    /// ```
    /// use newstemma_language::Pack;
    /// use newstemma_model::Language;
    /// let unable = |tag, before: &[&str], token, after: &[&str]| {
    ///     let rules = &Pack::of(Language::parse(tag).unwrap()).polarity;
    ///     rules.is_inability(before, token, after)
    /// };
    /// assert!(unable("en", &["they"], "could", &["not", "enter"]));
    /// assert!(unable("en", &["nobody"], "could", &["enter"]));
    /// assert!(!unable("en", &["they"], "may", &["not", "enter"]));
    /// assert!(unable("uk", &["вони", "не"], "можуть", &["увійти"]));
    /// assert!(!unable("uk", &["вони"], "можуть", &["не", "увійти"]));
    /// ```
    pub fn is_inability(&self, before: &[&str], token: &str, after: &[&str]) -> bool {
        let denies = |t: &&str| self.read(&[*t]) == [Some(Polarity::Negation)];
        let denied_before = || before.iter().rev().take(DENIAL_REACH).any(denies);
        let denied_behind = || after.iter().take(DENIAL_REACH).any(denies);
        self.able.contains(token) && denied_before()
            || self.able_first.contains(token) && denied_behind()
    }
}

/// The beginning of a text of tokens, at least so many bytes of it or all, with the ends of its
/// tokens but for the last: as it was written, but for marks of punctuation.
fn joined(tokens: &[&str], bytes: usize) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut ends = Vec::new();
    for token in tokens {
        if text.len() >= bytes {
            return (text, ends);
        }
        if !text.is_empty() {
            ends.push(text.len());
        }
        let is_unspaced = |c: Option<char>| c.is_some_and(|c| Script::of(c).is_unspaced());
        let runs_on = is_unspaced(text.chars().next_back()) && is_unspaced(token.chars().next());
        if !(text.is_empty() || runs_on) {
            text.push(' ');
        }
        text.push_str(token);
    }
    text.push(' ');
    (text, ends)
}
