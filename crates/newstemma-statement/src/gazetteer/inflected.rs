//! Names in another form than the lists have: "Киеве", "Kijowem".
//!
//! A word of the text and a word of the list are the same name if they agree once the endings of
//! the language are cut off. No table of the names without their endings is kept, for it would have
//! to be made of all names for each language; instead each ending is put behind the word's stem,
//! and the word is looked up that comes of it. Cost: one look-up an ending, some thirty, for words
//! with a capital that are no names as they stand.

use super::key::{SEED, mix};
use super::table::{self, Entry};
use super::{Known, name_tokens};
use crate::lexicon::Lexicon;
use crate::token::{Kind, Tokens, fold, hash};

/// Most words of a name that is inflected.
const WORDS_MAX: usize = 3;

/// The longest name that begins at a token, all of its words perhaps with other endings, and one
/// of them cut.
pub(super) fn inflected(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Known> {
    if lexicon.endings.is_empty()
        || !tokens.get(at).is_some_and(|t| t.capital && t.kind == Kind::Word)
    {
        return None;
    }
    let mut best = None;
    let mut begun = vec![Begun { key: SEED, cut: false }];
    for (index, _) in name_tokens(tokens, at).take(WORDS_MAX) {
        let folded = fold(tokens.str(index));
        let (next, found) = go_on(&begun, stem(&folded, &lexicon.endings), &lexicon.endings);
        best = found.map(|entry| Known::new(entry, index + 1)).or(best);
        if next.is_empty() {
            break;
        }
        begun = next;
    }
    best
}

/// The beginning of a name of the lists that agrees with the words read so far.
#[derive(Clone, Copy)]
struct Begun {
    key: u64,
    /// Whether a word of it has an ending.
    cut: bool,
}

/// Those that go on with a word of a stem, and the first name of the lists among them.
fn go_on(begun: &[Begun], of: &str, endings: &[Box<str>]) -> (Vec<Begun>, Option<Entry>) {
    let mut next = Vec::new();
    let mut found: Option<Entry> = None;
    let mut word = of.to_owned();
    for ending in std::iter::once("").chain(endings.iter().map(|ending| &**ending)) {
        word.truncate(of.len());
        word.push_str(ending);
        let hash = hash(&word);
        let known = begun.iter().filter_map(|before| {
            let key = mix(before.key, hash);
            let begun = Begun { key, cut: before.cut || !ending.is_empty() };
            Some((begun, table::get(key)?))
        });
        for (begun, entry) in known.filter(|_| stem(&word, endings) == of) {
            next.push(begun);
            let order = entry.order().filter(|_| begun.cut);
            if order.is_some_and(|own| found.and_then(Entry::order).is_none_or(|o| own < o)) {
                found = Some(entry);
            }
        }
    }
    (next, found)
}

/// A word without the longest ending that leaves three letters.
pub(crate) fn stem<'w>(folded: &'w str, endings: &[Box<str>]) -> &'w str {
    const LETTERS_MIN: usize = 3;
    endings
        .iter()
        .filter_map(|e| folded.strip_suffix(&**e))
        .find(|s| s.chars().count() >= LETTERS_MIN)
        .unwrap_or(folded)
}
