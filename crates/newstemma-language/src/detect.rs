//! Which language a text is in.
//!
//! The script comes first, by the number of its letters: many scripts are of one language, as far
//! as the press goes. Where several languages share it, profiles decide ([`crate::profile`]).
//! Chinese and Japanese differ by kana, the two ways to write Chinese by characters that only one
//! of them has.
//!
//! Cost: at most [`SAMPLE_BYTES_MAX`] of a text are read, in pieces spread over it.

use crate::han;
use crate::profile::{Profiles, ROWS};
use crate::script::Script;
use newstemma_model::Language;
use std::sync::OnceLock;

/// A language and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detection {
    /// The language; [`Language::UNKNOWN`] where the text has too little to go by.
    pub language: Language,
    /// 0 to 1.
    pub confidence: f32,
}

impl Detection {
    const NONE: Detection = Detection { language: Language::UNKNOWN, confidence: 0.0 };
}

/// Bytes of a text that are read; more do not make the answer better.
const SAMPLE_BYTES_MAX: usize = 2048;

/// Pieces in which a longer text is read.
const SAMPLE_PIECES: usize = 8;

/// Bytes of a part of a text that are looked at before the whole of it.
const HEAD_BYTES: usize = 64;

/// How sure these bytes must be.
const HEAD_CONFIDENCE_MIN: f32 = 0.9;

/// Letters that a text needs before it is ascribed to any language.
const LETTERS_MIN: usize = 3;

/// Share of kana among Han and kana from which on a text is Japanese.
const KANA_SHARE_MIN: f32 = 0.05;

/// Runs of letters overlap, so that their evidence is not independent; confidence is computed
/// from this part of it. Fitted by `cargo xtask fit-language-detector` on sentences left out.
const EVIDENCE_SHARE: f32 = 0.35;

/// Finds the language of a text.
///
/// ```
/// use newstemma_language::detect;
/// let found = detect("Der Hafenmeister sagte, die Fähre sei am Montag auf Grund gelaufen.");
/// assert_eq!(found.language.to_string(), "de");
/// assert_eq!(detect("12:30").language.to_string(), "und");
/// ```
pub fn detect(text: &str) -> Detection {
    detect_in(&sample(text), Language::UNKNOWN)
}

/// Finds the languages of the parts of a text that is in one language on the whole: another one is
/// found only if the part leaves little doubt.
///
/// Most parts are in the language of the whole, and most of them show it in their first words.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartDetector {
    language: Language,
}

impl PartDetector {
    /// For the parts of a text that is in `language` on the whole.
    pub fn new(language: Language) -> PartDetector {
        PartDetector { language }
    }

    /// The language of a part.
    pub fn detect(self, text: &str) -> Detection {
        let head = [&text[..boundary(text, HEAD_BYTES.min(text.len()))]];
        let head = detect_in(&head, Language::UNKNOWN);
        if head.language == self.language && head.confidence >= HEAD_CONFIDENCE_MIN {
            return head;
        }
        detect_in(&sample(text), self.language)
    }
}

fn detect_in(sample: &[&str], expected: Language) -> Detection {
    let letters = letters(sample);
    let total: usize = letters.iter().map(|(_, count)| count).sum();
    // Scripts of more letters first; the order of scripts breaks ties.
    let most = letters.iter().max_by_key(|(script, count)| (*count, std::cmp::Reverse(*script)));
    let Some(&(script, count)) = most else { return Detection::NONE };
    if total < LETTERS_MIN {
        return Detection::NONE;
    }
    let share = count as f32 / total as f32;
    let found = match script {
        Script::Han | Script::Kana | Script::Bopomofo => east_asian(sample, &letters),
        _ => match only_language(script) {
            Some(tag) => Detection { language: known(tag), confidence: sure_after(count) },
            None => by_profile(sample, script, expected),
        },
    };
    Detection { confidence: found.confidence * share.sqrt(), ..found }
}

/// How many letters of each script a text has, weighted.
fn letters(sample: &[&str]) -> Vec<(Script, usize)> {
    // A text has two or three scripts: a search among them is a comparison or two.
    let mut letters: Vec<(Script, usize)> = Vec::new();
    for c in sample.iter().flat_map(|piece| piece.chars()) {
        let script = Script::of(c);
        if script == Script::Other {
            continue;
        }
        match letters.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += weight(script),
            None => letters.push((script, weight(script))),
        }
    }
    letters
}

/// Letters that a character of a script counts for: one that writes a syllable or a word says
/// more.
fn weight(script: Script) -> usize {
    match script {
        Script::Han => 3,
        Script::Kana | Script::Hangul | Script::Ethiopic => 2,
        _ => 1,
    }
}

/// The pieces of a text that are read, cut at characters.
fn sample(text: &str) -> Vec<&str> {
    if text.len() <= SAMPLE_BYTES_MAX {
        return vec![text];
    }
    let length = SAMPLE_BYTES_MAX / SAMPLE_PIECES;
    let step = (text.len() - length) / (SAMPLE_PIECES - 1);
    (0..SAMPLE_PIECES)
        .map(|piece| &text[boundary(text, piece * step)..boundary(text, piece * step + length)])
        .collect()
}

/// The last character boundary that is not after `at`.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The language of a script that only one language of the press is written in.
fn only_language(script: Script) -> Option<&'static str> {
    Some(match script {
        Script::Greek => "el",
        Script::Armenian => "hy",
        Script::Thaana => "dv",
        Script::Bengali => "bn",
        Script::Gurmukhi => "pa",
        Script::Gujarati => "gu",
        Script::Oriya => "or",
        Script::Tamil => "ta",
        Script::Telugu => "te",
        Script::Kannada => "kn",
        Script::Malayalam => "ml",
        Script::Sinhala => "si",
        Script::Thai => "th",
        Script::Lao => "lo",
        Script::Tibetan => "bo",
        Script::Myanmar => "my",
        Script::Georgian => "ka",
        Script::Hangul => "ko",
        Script::Ethiopic => "am",
        Script::Cherokee => "chr",
        Script::Canadian => "iu",
        Script::Khmer => "km",
        Script::Mongolian => "mn",
        Script::Tifinagh => "zgh",
        Script::Yi => "ii",
        Script::OlChiki => "sat",
        Script::Meetei => "mni",
        Script::Javanese => "jv",
        Script::Nko => "nqo",
        Script::Syriac => "syr",
        _ => return None,
    })
}

fn known(tag: &str) -> Language {
    Language::parse(tag).unwrap_or_default()
}

/// How sure a script of one language is after so many letters.
fn sure_after(letters: usize) -> f32 {
    1.0 - 0.5 / (1.0 + letters as f32 / 2.0)
}

fn east_asian(sample: &[&str], letters: &[(Script, usize)]) -> Detection {
    let count = |script| {
        let found = letters.iter().find(|(known, _)| *known == script);
        found.map_or(0, |(_, count)| count / weight(script)) as f32
    };
    let (kana, han) = (count(Script::Kana), count(Script::Han));
    if kana / (kana + han).max(1.0) >= KANA_SHARE_MIN {
        return Detection { language: known("ja"), confidence: sure_after((kana + han) as usize) };
    }
    let (language, sure) = match han::writing(sample) {
        han::Writing::Traditional => ("zh-TW", 1.0),
        han::Writing::Simplified => ("zh", 1.0),
        han::Writing::Either => ("zh", 0.6),
    };
    Detection { language: known(language), confidence: sure * sure_after(han as usize) }
}

fn by_profile(sample: &[&str], script: Script, expected: Language) -> Detection {
    let Some(profiles) = shipped() else { return Detection::NONE };
    let mut sums = [0_u32; ROWS];
    let runs: usize = sample.iter().map(|piece| profiles.score(piece, &mut sums)).sum();
    let scored = || {
        let rows = profiles.rows().iter().zip(&sums);
        let rows = rows.filter(|(row, sum)| row.script == script.number() && **sum > 0);
        rows.map(|(row, &sum)| {
            let ahead = if row.language == expected { EXPECTED_AHEAD } else { 0.0 };
            ((sum as f32 - f32::from(row.handicap)) / 16.0 + ahead, row.language)
        })
    };
    let better = |a: &(f32, Language), b: &(f32, Language)| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1));
    let Some((best, language)) = scored().max_by(better) else { return Detection::NONE };
    let others: f32 = scored()
        .filter(|(score, other)| *other != language && best - score < BEHIND_MAX)
        .map(|(score, _)| libm::expf((score - best) * EVIDENCE_SHARE))
        .sum();
    let familiar = (best.max(0.0) / runs.max(1) as f32 / FAMILIAR).clamp(0.0, 1.0);
    // A name or two may be in any language, however well their letters fit one.
    let long = 1.0 - 0.5 * libm::expf(-(runs as f32) / RUNS_FEW);
    Detection { language, confidence: familiar * familiar * long / (1.0 + others) }
}

/// Nats behind the best language from which on another one adds nothing to the doubt that a number
/// of this precision could hold.
const BEHIND_MAX: f32 = 80.0;

/// Nats by which the language of the whole is ahead in a part of it: more than close relatives
/// differ by in a sentence, less than others do in half of one.
const EXPECTED_AHEAD: f32 = 50.0;

/// Runs of letters, about a dozen letters, that leave the language open.
const RUNS_FEW: f32 = 40.0;

/// Nats a run that text of a known language reaches with ease; gibberish and unknown languages
/// stay below.
const FAMILIAR: f32 = 4.0;

fn shipped() -> Option<&'static Profiles> {
    static SHIPPED: OnceLock<Option<Profiles>> = OnceLock::new();
    SHIPPED
        .get_or_init(|| Profiles::from_bytes(include_bytes!("../models/profiles.nsl")).ok())
        .as_ref()
}

#[cfg(test)]
mod tests {
    use super::{PartDetector, detect};
    use newstemma_model::Language;

    #[test]
    fn what_has_no_language_has_none() {
        for text in ["", "   ", "12:30 – 14:45", "!!!", "★ ♥", "a", "7 km"] {
            let found = detect(text);
            assert!(!found.language.is_known() && found.confidence == 0.0, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_short_text_is_less_sure_than_a_long_one() {
        let short = detect("Fähre");
        let long = detect(
            "Die Fähre lief am Montag vor dem Hafen auf eine Sandbank, niemand kam zu Schaden.",
        );
        assert_eq!(long.language.to_string(), "de");
        assert!(short.confidence < 0.9 && long.confidence > 0.99, "{short:?} {long:?}");
    }

    #[test]
    fn the_language_of_the_whole_is_kept_in_doubt_and_left_when_clear() {
        let portuguese = Language::parse("pt").unwrap();
        let detector = PartDetector::new(portuguese);
        let check = |text: &str, expected: &str| {
            assert_eq!(detector.detect(text).language.to_string(), expected, "{text}");
        };
        check("O porto de Aurec", "pt");
        check("Ida Voss, Tarn Harbour", "pt");
        check("The ferry had left the harbour at dawn, the harbour master said.", "en");
        check("Паром вышел из гавани на рассвете.", "ru");
    }

    #[test]
    fn a_long_text_is_sampled() {
        let text = "La nave è uscita dal porto all'alba, ha detto il comandante. ".repeat(100_000);
        assert_eq!(detect(&text).language.to_string(), "it");
        let read: usize = super::sample(&text).iter().map(|piece| piece.len()).sum();
        assert!(read <= super::SAMPLE_BYTES_MAX);
        assert_eq!(detect(&"渡轮".repeat(100_000)).language.to_string(), "zh");
    }
}
