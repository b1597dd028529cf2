//! Whether the words of denial and doubt are ever met in a text.

use crate::entries::strings;
use newstemma_language::{Pack, Script};
use newstemma_model::Language;

/// The lists that say more of words of another list, and which that is.
const PARTS: &[(&str, &str)] =
    &[("reporting", "hedge"), ("able", "hedge"), ("able_first", "hedge")];

/// Entries that no text can have, or that another entry takes.
pub(crate) fn faults(tag: &str, file: &toml::Table) -> Vec<String> {
    let rules = &Pack::of(Language::parse(tag).unwrap()).polarity;
    let mut found = Vec::new();
    for (list, value) in file.iter().filter(|(list, _)| !is_part(list)) {
        let inside = list.strip_suffix("_inside");
        // "plain" entries are there to be taken for nothing.
        let name = Some(inside.unwrap_or(list)).filter(|name| *name != "plain");
        for entry in strings(value) {
            // An affix is met in a word.
            let is_affix = inside.is_some() && !begins_unspaced(entry);
            let text = if is_affix { format!("x{entry}x") } else { entry.to_owned() };
            let tokens = tokens(&text);
            let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
            let read = rules.read(&tokens).into_iter().flatten().next();
            let read = read.map(|polarity| format!("{polarity:?}").to_lowercase());
            if read.as_deref() != name || inside.is_none() && tokens.len() > 1 {
                let read = read.as_deref().unwrap_or("nothing");
                found.push(format!("{list}: {entry:?} is taken for {read} in {tokens:?}"));
            }
        }
    }
    for (part, whole) in PARTS {
        let known: Vec<&str> = file.get(*whole).map(strings).unwrap_or_default();
        for entry in file.get(*part).map(strings).unwrap_or_default() {
            if !known.contains(&entry) {
                found.push(format!("{part}: {entry:?} is not in {whole}"));
            }
        }
    }
    found
}

fn is_part(list: &str) -> bool {
    PARTS.iter().any(|(part, _)| *part == list)
}

fn begins_unspaced(text: &str) -> bool {
    text.chars().next().is_some_and(|c| Script::of(c).is_unspaced())
}

/// A text as accounts compare it: words, and single characters where there are no spaces.
fn tokens(text: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in text.chars() {
        let alone = Script::of(c).is_unspaced();
        if alone || !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')) {
            out.push(String::new());
        }
        if alone || c.is_alphanumeric() || matches!(c, '\'' | '’' | '-') {
            out.last_mut().unwrap().push(c);
        }
    }
    out.retain(|token| !token.is_empty());
    out
}
