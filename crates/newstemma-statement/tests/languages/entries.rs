//! The entries of the lists of a data file, as they are written.

/// The entries of a list of phrases, written as one string with commas.
pub(crate) fn phrases(list: &str) -> Vec<&str> {
    list.split([',', '\n']).map(str::trim).filter(|phrase| !phrase.is_empty()).collect()
}

/// The strings of an array.
pub(crate) fn strings(value: &toml::Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect()
}

/// The entries that stand in a list before, each once.
pub(crate) fn repeated(entries: &[&str]) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut twice = std::collections::BTreeSet::new();
    for entry in entries {
        if !seen.insert(*entry) {
            twice.insert((*entry).to_owned());
        }
    }
    twice.into_iter().collect()
}
