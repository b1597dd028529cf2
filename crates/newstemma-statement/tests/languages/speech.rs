//! Whether every word of `speech.toml` is found, where it stands in a text, as what it is listed as.

use newstemma_language::Pack;
use newstemma_language::speech::{Class, Entry, Form, SpeechRules, fold, pieces};
use newstemma_model::Language;
use std::borrow::Cow;

/// The keys of a verb that list its forms.
const FORMS: [(&str, Form); 4] = [
    ("finite", Form::Finite),
    ("participle", Form::Participle),
    ("gerund", Form::Gerund),
    ("infinitive", Form::Infinitive),
];

/// Entries that are never found, or found as something else.
pub(crate) fn faults(tag: &str, file: &toml::Table) -> Vec<String> {
    let rules = &Pack::of(Language::parse(tag).unwrap()).speech;
    let mut found = Vec::new();
    let table = |key: &str| file.get(key).and_then(toml::Value::as_table).cloned();
    for (name, words) in table("words").unwrap_or_default() {
        let class = Class::named(&name).unwrap();
        for word in words.as_str().unwrap_or_default().split_whitespace() {
            if !look_up(rules, word).is_some_and(|entry| entry.classes.has(class)) {
                found.push(format!("words.{name}: {word:?} is never found"));
            }
        }
    }
    let endings = table("endings").unwrap_or_default();
    let verbs = file.get("verbs").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    for verb in verbs.iter().filter_map(toml::Value::as_table) {
        let text = |key: &str| verb.get(key).and_then(toml::Value::as_str);
        let act = text("act").unwrap_or_default();
        for (word, form) in forms(verb, &endings) {
            let entry = look_up(rules, &word);
            let Some(entry) = entry.filter(|entry| entry.forms.has(form)) else {
                found.push(format!("verbs of {act}: {word:?} is never found"));
                continue;
            };
            // Of verbs that share a form, those with a part apart are told by it.
            let parted = rules.lexicon.parted(&fold(&word)).iter().copied();
            let known: Vec<&str> = entry
                .verb
                .into_iter()
                .chain(parted)
                .filter_map(|id| Some(rules.lexicon.verb(id)?.act.name()))
                .collect();
            let is = known.join(" or ");
            if !known.contains(&act) {
                found.push(format!("verbs of {act}: {word:?} is found as one of {is}"));
            }
        }
    }
    found
}

/// The forms that a list of verbs has.
fn forms(verb: &toml::Table, endings: &toml::Table) -> Vec<(String, Form)> {
    let words = |table: &toml::Table, key: &str| -> Vec<String> {
        let text = table.get(key).and_then(toml::Value::as_str).unwrap_or_default();
        text.split_whitespace().map(str::to_owned).collect()
    };
    let mut out = Vec::new();
    for (key, form) in FORMS {
        out.extend(words(verb, key).into_iter().map(|word| (word, form)));
        let regular = verb.get("regular").and_then(toml::Value::as_table);
        for (name, _) in regular.into_iter().flatten() {
            let own = endings.get(name).and_then(toml::Value::as_table).unwrap();
            for stem in words(regular.unwrap(), name) {
                let ending = words(own, key).into_iter();
                out.extend(ending.map(|e| (format!("{stem}{}", e.trim_matches('-')), form)));
            }
        }
    }
    out
}

/// What a listed word is found as when it stands in a text. A star stands for any ending, beginning or
/// middle, `_` for the space in a phrase, and an elided word stands before another.
fn look_up(rules: &SpeechRules, word: &str) -> Option<Entry> {
    let word = fold(word).replace('_', " ");
    let word = word.trim_end_matches('*');
    if word.contains('*') {
        return Some(rules.lexicon.word(&word.replace('*', "xyz")));
    }
    if rules.splits.spaceless {
        return rules
            .lexicon
            .longest_prefix(word)
            .filter(|(_, end)| *end == word.len())
            .map(|f| f.0);
    }
    let behind = if word.ends_with('\'') { "x" } else { "" };
    let before = if word.starts_with('\'') { "x" } else { "" };
    let text = format!("{before}{word}{behind}");
    let pieces = pieces(&text, &rules.splits);
    let skipped = usize::from(!before.is_empty() && pieces.len() > 1);
    let count = pieces.len() - skipped - usize::from(!behind.is_empty() && pieces.len() > 1);
    let piece = |i: usize| pieces.get(i + skipped).map(|&(s, e)| Cow::from(fold(&text[s..e])));
    rules.lexicon.longest(piece).filter(|(_, length)| *length == count).map(|(entry, _)| entry)
}
