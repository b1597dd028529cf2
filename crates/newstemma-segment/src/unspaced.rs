//! Scripts that write neither stops nor spaces between words: Thai and Lao.
//!
//! There, a space ends a phrase, a clause or a sentence, and no mark tells them apart. What is
//! wanted downstream are units as long as sentences elsewhere, cut at the same places in two copies
//! of a text. So a space ends a sentence after a closing particle, before a word that begins
//! sentences, or when enough has been said, unless a word follows that goes on.

use crate::chars::char_before;
use newstemma_language::{Script, SentenceRules};

/// Characters before a space that a sentence must have, where a starter follows.
const BEFORE_STARTER_CHARS_MIN: usize = 30;

/// Characters that a sentence must have where nothing else is known.
const ENOUGH_CHARS: usize = 90;

/// Characters after which any space will do.
const TOO_MUCH_CHARS: usize = 240;

/// Whether the white space `at..after` ends the sentence that begins at `start`.
pub(crate) fn ends_at(
    text: &str,
    start: usize,
    at: usize,
    after: usize,
    rules: &SentenceRules,
) -> bool {
    if !char_before(text, at).is_some_and(is_stopless) {
        return false;
    }
    let next = text[after..].trim_start();
    let Some(first) = next.chars().next() else { return false };
    // Figures and foreign words have spaces around them inside sentences.
    if !is_stopless(first) || matches!(first, 'ๆ' | 'ฯ' | 'ໆ') {
        return false;
    }
    let sentence = &text[start..at];
    let chars = sentence.chars().count();
    if rules.closing_particles.iter().any(|p| sentence.ends_with(p.as_str())) {
        return chars >= BEFORE_STARTER_CHARS_MIN;
    }
    let begins = |words: &std::collections::BTreeSet<String>| {
        words.iter().any(|w| next.starts_with(w.as_str()))
    };
    if chars >= TOO_MUCH_CHARS {
        return true;
    }
    if chars >= BEFORE_STARTER_CHARS_MIN && begins(&rules.starters) {
        return true;
    }
    chars >= ENOUGH_CHARS && !begins(&rules.joiners)
}

fn is_stopless(c: char) -> bool {
    matches!(Script::of(c), Script::Thai | Script::Lao)
}
