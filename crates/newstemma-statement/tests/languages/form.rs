//! The form of every data file: no entry twice in a list, and none that another list of the same
//! choice keeps from ever being chosen.
//!
//! Unknown topics and keys are refused when a pack is read; the tests of `newstemma-language` read all
//! of them.

use crate::entries::{phrases, repeated, strings};
use std::collections::BTreeMap;

/// Tables of which each phrase has one value, so that the first place of a phrase hides the others.
const CHOICES: &[(&str, &str)] = &[
    ("number", "cardinals"),
    ("number", "multipliers"),
    ("number", "approximates"),
    ("number", "crowds"),
    ("number", "ordinals"),
    ("number", "fractions"),
    ("number", "currencies"),
    ("number", "durations"),
    ("number", "measures"),
    ("date", "months"),
    ("date", "weekdays"),
    ("date", "seasons"),
    ("date", "relative"),
    ("date", "periods"),
    ("date", "units"),
];

/// What is wrong with the lists of a file.
pub(crate) fn faults(topic: &str, file: &toml::Table) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in file {
        for (name, list) in lists(topic, key, value) {
            let twice = repeated(&list).join(", ");
            if !twice.is_empty() {
                found.push(format!("{name}: twice in the list: {twice}"));
            }
        }
        if CHOICES.contains(&(topic, key.as_str())) {
            found.extend(hidden(key, &lists(topic, key, value)));
        }
    }
    found
}

/// The lists of a key, each with its name.
fn lists<'a>(topic: &str, key: &str, value: &'a toml::Value) -> Vec<(String, Vec<&'a str>)> {
    // Files about speech write words with white space between, and phrases of inserts hold commas.
    let cut = |text: &'a str| match topic {
        "speech" => text.split_whitespace().collect(),
        "digest" => vec![text],
        _ => phrases(text),
    };
    match value {
        toml::Value::String(text) => vec![(key.to_owned(), cut(text))],
        toml::Value::Array(items) if is_months(topic, key) => {
            let items = items.iter().filter_map(toml::Value::as_str).enumerate();
            items.map(|(index, text)| (format!("{key}[{index}]"), phrases(text))).collect()
        }
        toml::Value::Array(_) => vec![(key.to_owned(), strings(value))],
        toml::Value::Table(table) => {
            let nested = table.iter().map(|(k, v)| (format!("{key}.{k}"), v));
            nested.flat_map(|(name, v)| lists(topic, &name, v)).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether each string of an array is a list of its own.
fn is_months(topic: &str, key: &str) -> bool {
    topic == "date" && matches!(key, "months" | "weekdays" | "seasons")
}

/// Phrases that stand under two values of one choice.
fn hidden(key: &str, lists: &[(String, Vec<&str>)]) -> Vec<String> {
    let mut values: BTreeMap<&str, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (name, list) in lists {
        for phrase in list {
            let first = *values.entry(phrase).or_insert(name);
            if first != name {
                found.push(format!("{key}: {phrase:?} stands under {first} and {name}"));
            }
        }
    }
    found
}
