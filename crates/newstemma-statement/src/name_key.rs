//! By what a name can be found again in other reports, in any language, without reading those.
//!
//! [`entities`](crate::entities) joins the names of reports that lie side by side. A collection that
//! grows can't do that: what one report names must not hang on which others were read. So each name
//! gets keys that are made from its own report alone, and names meet where their keys are equal:
//!
//! - what the gazetteer knows: its row, whatever the language;
//! - a person's full name: the skeletons of its words (see [`romanise`](crate::romanise)), and that
//!   of the last one, by which alone others will call the person;
//! - a single word: the skeleton of the one person in its report who bears it as last name, else its
//!   own;
//! - anything else: its words, and its initials, by which an acronym finds it.

use crate::entity::{Form, forms, initials};
use crate::gazetteer::title;
use newstemma_model::ids::digest;
use newstemma_model::{Document, EntityKind};

/// Skeletons of full names with fewer letters than this meet by chance.
const FULL_LETTERS_MIN: usize = 6;
/// The same of single words.
const WORD_LETTERS_MIN: usize = 3;
/// Letters of an acronym.
const INITIALS_MIN: usize = 3;

/// A key of a name, and the spelling in this report whose rarity it shares.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey {
    /// The key.
    pub key: u64,
    /// The name as it stands.
    pub spelling: String,
}

/// The keys of each name of a document, in order of its names.
pub fn name_keys(document: &Document) -> Vec<Vec<NameKey>> {
    let (forms, of_names) = forms(&[document]);
    let keys: Vec<Vec<NameKey>> = forms.iter().map(|form| keys_of(form, &forms)).collect();
    let of_names = of_names.into_iter().flatten();
    of_names.map(|form| keys[form].clone()).collect()
}

fn keys_of(form: &Form, forms: &[Form]) -> Vec<NameKey> {
    let spelling = form.spellings.keys().next().map_or("", String::as_str);
    let key = |kind: &str, text: &str, spelling: &str| NameKey {
        key: digest(&[kind.as_bytes(), text.as_bytes()]),
        spelling: spelling.to_owned(),
    };
    if let Some(place) = form.place {
        return vec![key("known", title(place), spelling)];
    }
    let personal = matches!(form.kind(), EntityKind::Person | EntityKind::Other);
    let last = form.bones.last().filter(|bones| bones.len() >= WORD_LETTERS_MIN);
    let last_word = spelling.split_whitespace().last().unwrap_or(spelling);
    if form.words() == 1 && personal {
        return match (bearer(form, forms), last) {
            (Some(full), _) => keys_of(full, &[]),
            (None, Some(bones)) => vec![key("word", bones, spelling)],
            (None, None) => vec![key("words", &form.normal, spelling)],
        };
    }
    let bones = form.bones.join(" ");
    if form.kind() == EntityKind::Person && bones.len() >= FULL_LETTERS_MIN {
        let mut keys = vec![key("full", &bones, spelling)];
        keys.extend(last.map(|last| key("word", last, last_word)));
        return keys;
    }
    let mut keys = vec![key("words", &form.normal, spelling)];
    if is_acronym(spelling) {
        keys.push(key("initials", &form.normal, spelling));
    } else {
        let initials = initials(spelling);
        if initials.chars().count() >= INITIALS_MIN {
            keys.push(key("initials", &initials, spelling));
        }
    }
    keys
}

/// The one person of the document whose last name this word is.
fn bearer<'f>(form: &Form, forms: &'f [Form]) -> Option<&'f Form> {
    let bears = |other: &&Form| {
        other.words() >= 2
            && other.kind() == EntityKind::Person
            && other.bones.last() == form.bones.last()
    };
    let mut bearers = forms.iter().filter(bears);
    bearers.next().filter(|_| bearers.next().is_none())
}

fn is_acronym(spelling: &str) -> bool {
    spelling.chars().count() >= INITIALS_MIN && spelling.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::name_keys;
    use newstemma_model::Document;
    use newstemma_testkit::report;
    use std::collections::BTreeSet;

    fn keys(language: &str, text: &str) -> BTreeSet<u64> {
        let mut document: Document = report("r", language, &[text]);
        document.names = crate::mentions(&document.report, &document.sentences).names;
        name_keys(&document).into_iter().flatten().map(|k| k.key).collect()
    }

    #[test]
    fn a_person_and_a_city_are_found_again_in_another_script() {
        let english = keys("en", "In Kyiv, President Sergei Malyshkin said so; Malyshkin left.");
        let russian = keys("ru", "Вчера президент Сергей Малышкин прибыл в Киев.");
        assert!(english.intersection(&russian).count() >= 3, "{english:?} {russian:?}");
    }

    #[test]
    fn a_last_name_alone_finds_the_full_name() {
        let full = keys("fr", "hier, le président Sergueï Malychkine est parti");
        let alone = keys("en", "The aide told Malyshkin.");
        assert!(!full.is_disjoint(&alone));
    }
}
