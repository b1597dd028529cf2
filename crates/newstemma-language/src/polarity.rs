//! How a language denies, and how it says how sure something is.

use serde::Deserialize;
use std::collections::BTreeSet;

/// The topic `polarity`: what `data/<language>/polarity.toml` may say.
///
/// Words are single tokens in lower case and match whole tokens. Lists that end in `_inside` hold
/// strings that are found anywhere in a token: for scripts without spaces, and for languages that
/// deny or hedge by an affix.
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
    /// What a token in lower case says, if it says anything of the kind.
    ///
    /// ```
    /// use newstemma_language::{Pack, Polarity};
    /// use newstemma_model::Language;
    /// let rules = |tag| &Pack::of(Language::parse(tag).unwrap()).polarity;
    /// assert_eq!(rules("en").of("wasn't"), Some(Polarity::Negation));
    /// assert_eq!(rules("fr").of("jamais"), Some(Polarity::Negation));
    /// assert_eq!(rules("ru").of("возможно"), Some(Polarity::Hedge));
    /// assert_eq!(rules("de").of("angeblich"), Some(Polarity::Claim));
    /// assert_eq!(rules("zh").of("没有"), Some(Polarity::Negation));
    /// assert_eq!(rules("en").of("knot"), None);
    /// ```
    pub fn of(&self, token: &str) -> Option<Polarity> {
        let lists = [
            (&self.negation, &self.negation_inside, Polarity::Negation),
            (&self.hedge, &self.hedge_inside, Polarity::Hedge),
            (&self.claim, &self.claim_inside, Polarity::Claim),
            (&self.firm, &self.firm_inside, Polarity::Firm),
        ];
        lists
            .into_iter()
            .find(|(whole, inside, _)| {
                whole.contains(token) || inside.iter().any(|part| token.contains(part.as_str()))
            })
            .map(|(_, _, polarity)| polarity)
            .or_else(|| self.assertion.contains(token).then_some(Polarity::Assertion))
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
        let denies = |t: &&str| self.of(t) == Some(Polarity::Negation);
        let denied_before = || before.iter().rev().take(DENIAL_REACH).any(denies);
        let denied_behind = || after.iter().take(DENIAL_REACH).any(denies);
        self.able.contains(token) && denied_before()
            || self.able_first.contains(token) && denied_behind()
    }
}
