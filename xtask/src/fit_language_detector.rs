//! Fits the profiles by which languages are told apart.
//!
//! Input: sentences of the Tatoeba collection (CC BY 2.0 FR), one file a language as
//! `tatoeba.deu-eng.deu`, and their English translations as `tatoeba.deu-eng.eng`. First a tenth
//! of the sentences is left out, to print how many of them are recognised; then all are used.

use anyhow::{Context, Result, ensure};
use clap::Args;
use newstemma_language::Script;
use newstemma_language::profile::{ProfileRow, Profiles, ROWS, Weights, each_run};
use newstemma_model::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Fit the profiles that tell languages apart
#[derive(Args)]
pub(crate) struct FitLanguageDetector {
    /// Folder of the unpacked Tatoeba sentences
    tatoeba: PathBuf,
    /// Where to write the profiles
    out: PathBuf,
}

/// Codes of the files, tags, and how well known a language must be to be taken for granted.
/// Left out: constructed languages but Esperanto, dead ones but Latin, and dialects, all of which
/// would only draw sentences of the press away from their relatives.
const LANGUAGES: &[(&str, &str, Press)] = &[
    ("afr", "af", Press::Some),
    ("amh", "am", Press::Much),
    ("ara", "ar", Press::Much),
    ("arz", "ar", Press::Much),
    ("arq", "ar", Press::Much),
    ("aze", "az", Press::Much),
    ("bel", "be", Press::Much),
    ("ben", "bn", Press::Much),
    ("bos", "bs", Press::Some),
    ("bre", "br", Press::Little),
    ("bul", "bg", Press::Some),
    ("cat", "ca", Press::Some),
    ("ceb", "ceb", Press::Little),
    ("ces", "cs", Press::Much),
    ("cym", "cy", Press::Little),
    ("dan", "da", Press::Much),
    ("deu", "de", Press::Much),
    ("ell", "el", Press::Much),
    ("epo", "eo", Press::Little),
    ("est", "et", Press::Much),
    ("eus", "eu", Press::Some),
    ("fao", "fo", Press::Little),
    ("fin", "fi", Press::Much),
    ("fra", "fr", Press::Much),
    ("fry", "fy", Press::Little),
    ("gla", "gd", Press::Little),
    ("gle", "ga", Press::Little),
    ("glg", "gl", Press::Little),
    ("heb", "he", Press::Much),
    ("hin", "hi", Press::Much),
    ("hrv", "hr", Press::Much),
    ("hsb", "hsb", Press::Little),
    ("hun", "hu", Press::Much),
    ("hye", "hy", Press::Much),
    ("ind", "id", Press::Much),
    ("isl", "is", Press::Some),
    ("ita", "it", Press::Much),
    ("jav", "jv", Press::Little),
    ("kab", "kab", Press::Little),
    ("kat", "ka", Press::Much),
    ("kaz", "kk", Press::Much),
    ("khm", "km", Press::Much),
    ("kur", "ku", Press::Some),
    ("lat", "la", Press::Little),
    ("lit", "lt", Press::Much),
    ("lvs", "lv", Press::Much),
    ("mal", "ml", Press::Much),
    ("mar", "mr", Press::Some),
    ("mkd", "mk", Press::Some),
    ("mon", "mn", Press::Much),
    ("nld", "nl", Press::Much),
    ("nno", "no", Press::Much),
    ("nob", "no", Press::Much),
    ("oci", "oc", Press::Little),
    ("pes", "fa", Press::Much),
    ("pol", "pl", Press::Much),
    ("por", "pt", Press::Much),
    ("ron", "ro", Press::Much),
    ("rus", "ru", Press::Much),
    ("slk", "sk", Press::Much),
    ("slv", "sl", Press::Much),
    ("spa", "es", Press::Much),
    ("sqi", "sq", Press::Much),
    ("srp", "sr", Press::Much),
    ("swe", "sv", Press::Much),
    ("swh", "sw", Press::Much),
    ("tam", "ta", Press::Much),
    ("tat", "tt", Press::Little),
    ("tel", "te", Press::Much),
    ("tgl", "tl", Press::Much),
    ("tuk", "tk", Press::Some),
    ("tur", "tr", Press::Much),
    ("uig", "ug", Press::Some),
    ("ukr", "uk", Press::Much),
    ("urd", "ur", Press::Much),
    ("uzb", "uz", Press::Some),
    ("vie", "vi", Press::Much),
    ("war", "war", Press::Little),
    ("xho", "xh", Press::Some),
    ("yid", "yi", Press::Little),
    ("zsm", "ms", Press::Some),
];

/// How much of the press is written in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Press {
    Much,
    Some,
    Little,
}

impl Press {
    /// In sixteenths of a nat of overlapping evidence; see [`ProfileRow::handicap`].
    fn handicap(self) -> u16 {
        match self {
            Press::Much => 0,
            Press::Some => 16 * 8,
            Press::Little => 16 * 24,
        }
    }
}

/// English sentences taken from each file of translations.
const ENGLISH_A_FILE: usize = 20;

/// Sentences that a language must have in a script to get a profile in it.
const SENTENCES_MIN: usize = 40;

/// Times that a run must be seen in a language to be kept.
const SEEN_MIN: u32 = 2;

/// Seeing a run a third of a time in the largest profile is the floor.
const FLOOR_TIMES: f64 = 0.3;

impl FitLanguageDetector {
    pub(crate) fn run(&self) -> Result<()> {
        let sentences = read(&self.tatoeba)?;
        let rows: BTreeSet<(Language, Script)> = sentences.keys().copied().collect();
        println!("{} profiles of {} languages", rows.len(), languages(&sentences));
        let (kept, left_out) = split(&sentences);
        report(&fit(&kept), &left_out);
        let file = fit(&sentences).to_bytes();
        fs::write(&self.out, &file).with_context(|| format!("{}", self.out.display()))?;
        println!("{}: {} bytes", self.out.display(), file.len());
        Ok(())
    }
}

type Sentences = BTreeMap<(Language, Script), Vec<String>>;

fn languages(sentences: &Sentences) -> usize {
    sentences.keys().map(|(language, _)| language).collect::<BTreeSet<_>>().len()
}

fn read(folder: &Path) -> Result<Sentences> {
    let mut all: BTreeMap<(Language, Script), BTreeSet<String>> = BTreeMap::new();
    let mut add = |language, lines: &mut dyn Iterator<Item = &str>| {
        for line in lines.filter(|l| !l.trim().is_empty()) {
            all.entry((language, main_script(line))).or_default().insert(line.trim().to_owned());
        }
    };
    let english = Language::parse("en").context("en")?;
    for (code, tag, _) in LANGUAGES {
        let read = |language: &str| {
            let path = folder.join(format!("tatoeba.{code}-eng.{language}"));
            fs::read_to_string(&path).with_context(|| format!("{}", path.display()))
        };
        add(Language::parse(tag).context(*tag)?, &mut read(code)?.lines());
        add(english, &mut read("eng")?.lines().take(ENGLISH_A_FILE));
    }
    let mut sentences: Sentences =
        all.into_iter().map(|(row, set)| (row, set.into_iter().collect())).collect();
    sentences.retain(|(_, script), lines| lines.len() >= SENTENCES_MIN && *script != Script::Other);
    ensure!(sentences.len() <= 255, "{} profiles, at most 255 fit", sentences.len());
    Ok(sentences)
}

fn main_script(line: &str) -> Script {
    let mut letters: BTreeMap<Script, usize> = BTreeMap::new();
    for script in line.chars().map(Script::of).filter(|s| *s != Script::Other) {
        *letters.entry(script).or_default() += 1;
    }
    letters.into_iter().max_by_key(|(_, n)| *n).map_or(Script::Other, |(script, _)| script)
}

/// Nine tenths and one tenth. Sentences are in the order of the alphabet, so that every tenth is
/// like any other.
fn split(sentences: &Sentences) -> (Sentences, Sentences) {
    let part = |keep: fn(usize) -> bool| {
        let pick = |lines: &Vec<String>| {
            lines.iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, l)| l.clone()).collect()
        };
        sentences.iter().map(|(row, lines)| (*row, pick(lines))).collect()
    };
    (part(|i| i % 10 != 0), part(|i| i % 10 == 0))
}

fn fit(sentences: &Sentences) -> Profiles {
    let counts: Vec<BTreeMap<u32, u32>> = sentences.values().map(|lines| count(lines)).collect();
    let totals: Vec<f64> =
        counts.iter().map(|c| c.values().map(|&n| f64::from(n)).sum::<f64>()).collect();
    let largest = totals.iter().copied().fold(1.0, f64::max);
    let floor = libm::log(FLOOR_TIMES / largest);
    let mut entries: BTreeMap<u32, Weights> = BTreeMap::new();
    for (row, (count, total)) in counts.iter().zip(&totals).enumerate() {
        for (&key, &times) in count.iter().filter(|(_, times)| **times >= SEEN_MIN) {
            let weight = (16.0 * (libm::log(f64::from(times) / total) - floor)).clamp(0.0, 255.0);
            entries.entry(key).or_default().push((row as u8, libm::round(weight) as u8));
        }
    }
    let press: BTreeMap<&str, Press> =
        LANGUAGES.iter().map(|(_, tag, press)| (*tag, *press)).collect();
    let rows = sentences
        .keys()
        .map(|(language, script)| ProfileRow {
            language: *language,
            script: script.number(),
            handicap: press.get(language.to_string().as_str()).map_or(0, |p| p.handicap()),
        })
        .collect();
    Profiles::new(rows, &entries.into_iter().collect::<Vec<_>>())
}

fn count(lines: &[String]) -> BTreeMap<u32, u32> {
    let mut counts = BTreeMap::new();
    for line in lines {
        each_run(line, |key| *counts.entry(key).or_default() += 1);
    }
    counts
}

/// Prints how many of the sentences left out are recognised, and the most frequent errors.
fn report(profiles: &Profiles, left_out: &Sentences) {
    let (mut right, mut all) = (0_usize, 0_usize);
    let mut wrong: BTreeMap<(Language, Language), usize> = BTreeMap::new();
    for ((language, script), lines) in left_out {
        for line in lines {
            all += 1;
            match best(profiles, *script, line) {
                Some(found) if found == *language => right += 1,
                found => *wrong.entry((*language, found.unwrap_or_default())).or_default() += 1,
            }
        }
    }
    println!("left out: {right} of {all} right ({:.4})", right as f64 / all.max(1) as f64);
    let mut wrong: Vec<_> = wrong.into_iter().collect();
    wrong.sort_by_key(|(pair, times)| (std::cmp::Reverse(*times), *pair));
    for ((language, found), times) in wrong.into_iter().take(20) {
        println!("  {language} taken for {found}: {times}");
    }
}

fn best(profiles: &Profiles, script: Script, line: &str) -> Option<Language> {
    let mut sums = [0; ROWS];
    profiles.score(line, &mut sums);
    let rows = profiles.rows().iter().zip(&sums).filter(|(row, _)| row.script == script.number());
    let score = |row: &ProfileRow, sum: u32| i64::from(sum) - i64::from(row.handicap);
    rows.max_by_key(|(row, sum)| (score(row, **sum), std::cmp::Reverse(row.language)))
        .map(|(row, _)| row.language)
}
