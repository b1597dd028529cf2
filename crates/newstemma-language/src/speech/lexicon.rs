//! Words and phrases, by what they do in a sentence that ascribes.

use super::Splits;
use super::split::{fold, pieces};
use newstemma_model::Act;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

macro_rules! classes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a word does in a sentence that ascribes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Class {
            $($(#[$doc])* $variant,)*
        }

        impl Class {
            /// The class of a name in a file.
            pub fn named(name: &str) -> Option<Class> {
                match name {
                    $($name => Some(Class::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// Begins a content clause: "that", "que", "что".
    That = "that",
    /// Asks or wonders: "whether", "si"; content that is not said to be so.
    Whether = "whether",
    /// Helps a verb: "has", "will", "a", "hat".
    Auxiliary = "auxiliary",
    /// Makes a passive with a participle: "was", "wurde", "est".
    Be = "be",
    /// Something of one's own in one word, where the owner is an ending of the noun: "فرزه", his count.
    Own = "own",
    /// "not", "ne", "nicht", "не".
    Negation = "negation",
    /// Stands within a verb group or beside it: "also", "hat *auch* gesagt".
    Adverb = "adverb",
    /// An object pronoun or reflexive that leans on the verb: "s'", "l'", "se", "сь".
    Clitic = "clitic",
    /// A personal pronoun as subject that means a person: "he", "elle".
    PersonPronoun = "person-pronoun",
    /// Another subject pronoun: "it", "they", "on", "we".
    Pronoun = "pronoun",
    /// An article or demonstrative.
    Determiner = "determiner",
    /// Shows that what follows was named before: "the", "ce", "этот".
    Definite = "definite",
    /// "his", "their", "sa".
    Possessive = "possessive",
    /// A preposition.
    Preposition = "preposition",
    /// A day, month or other word of time: "Tuesday", "yesterday".
    Time = "time",
    /// Begins a clause about somebody saying the rest: "as", "comme", "wie".
    As = "as",
    /// Begins a subordinate clause: "because", "while", "after".
    Subordinator = "subordinator",
    /// "who", "which", "qui", "der".
    Relative = "relative",
    /// "and", "but", "or".
    Coordinator = "coordinator",
    /// "but": what follows is set against what was said.
    Contrast = "contrast",
    /// Before the doer in a passive: "by", "par".
    By = "by",
    /// Before the hearer: "to", "à", "gegenüber".
    To = "to",
    /// A newsroom spoken to, by the form of the word alone: "журналистам", "dziennikarzom".
    Hearer = "hearer",
    /// Before the speaker: "according to", "selon".
    According = "according",
    /// After the speaker: "zufolge", "göre", "によると".
    Postposition = "postposition",
    /// Says that the clause is hearsay: "reportedly", "angeblich".
    Hearsay = "hearsay",
    /// Says so together with what ends its clause: "soll … gewesen sein".
    HearsayOpening = "hearsay-opening",
    /// Ends a clause that such a word opened: "sein", "haben".
    HearsayClosing = "hearsay-closing",
    /// An unnamed speaker by role: "official", "spokesman", "source".
    Official = "official",
    /// A title or office before a name: "president", "minister".
    Title = "title",
    /// A body: "ministry", "police", "army".
    Body = "body",
    /// A document: "report", "law", "letter".
    Document = "document",
    /// A newsroom: "newspaper", "agency", and names of agencies and papers.
    Outlet = "outlet",
    /// A noun of saying that takes a content clause: "claim", "statement", "warning".
    SayingNoun = "saying-noun",
    /// Before an infinitive: "to", "zu", "de".
    Infinitive = "infinitive",
    /// Begins a circumstance of speaking: "in a statement", "lors", "on the sidelines".
    Setting = "setting",
    /// Marks what goes before as topic or subject: "は", "은".
    Topic = "topic",
    /// Ends the content before a final verb: "と", "라고", "diye".
    Quotative = "quotative",
    /// A quoting marker that follows its quotation: "so", "aldus" ("…", so der Minister).
    Thus = "thus",
    /// A verb in the mood of reported speech: "sei", "habe".
    Reported = "reported",
    /// Compounds of which no part is a cue: "so-called", "小说".
    Other = "other",
}

/// A set of classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes(u64);

impl Classes {
    /// Whether a class is in it.
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u64) != 0
    }

    /// Whether one of several is in it.
    pub fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|&c| self.has(c))
    }

    /// Whether nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u64;
    }
}

/// The form of a verb, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// May have a subject of its own.
    Finite,
    /// A past participle: active after "has", else passive.
    Participle,
    /// Hangs on the subject of another verb: "saying", "précisant", "заявив".
    Gerund,
    /// "to say".
    Infinitive,
}

/// The forms that a word may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms(u8);

impl Forms {
    /// Whether it may be this form.
    pub fn has(self, form: Form) -> bool {
        self.0 & (1 << form as u8) != 0
    }
}

/// What follows a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Takes {
    /// A clause or a quotation: "say", "declare".
    #[default]
    Clause,
    /// A thing or a deed, which is then the content: "condemn", "demand", "accuse".
    Thing,
    /// Somebody who hears it, then a clause or quotation: "tell", "inform".
    Hearer,
    /// A quotation and nothing else: "continue", "laugh".
    Quotation,
    /// A clause with a conjunction, or a quotation: "hold", "feel", which mean something else
    /// before a noun.
    Marked,
    /// A clause that is thought rather than said: "believe", "expect".
    Belief,
}

/// What verbs of one list have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    /// What is done by it.
    pub act: Act,
    /// What is done by not doing it: not confirming, not answering.
    pub negated: Option<Act>,
    /// What follows it.
    pub takes: Takes,
}

/// What is known of a word or phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it does.
    pub classes: Classes,
    /// The verb, if it is one.
    pub verb: Option<u16>,
    /// The verb's forms that it may be.
    pub forms: Forms,
}

impl Entry {
    /// What the name of an agency is.
    pub fn outlet() -> Entry {
        let mut entry = Entry::default();
        entry.classes.add(Class::Outlet);
        entry
    }

    fn join(&mut self, other: Entry) {
        self.classes.0 |= other.classes.0;
        self.forms.0 |= other.forms.0;
        self.verb = self.verb.or(other.verb);
    }
}

/// Words and phrases of one language.
///
/// Looked up by the first word, then by the longest phrase that goes on from there. The tables are
/// never walked through, so that their order cannot matter.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    words: HashMap<String, Entry>,
    beginnings: HashMap<String, Entry>,
    endings: Vec<(String, Entry)>,
    /// Words of a beginning and an ending.
    framed: Vec<(String, String, Entry)>,
    phrases: HashMap<String, Vec<(Vec<String>, Entry)>>,
    verbs: Vec<(Verb, Option<String>)>,
    /// Words that are verbs with a part that stands apart, with those verbs.
    parted: HashMap<String, Vec<u16>>,
    longest_bytes: usize,
}

impl Lexicon {
    /// A verb.
    pub fn verb(&self, id: u16) -> Option<Verb> {
        self.verbs.get(usize::from(id)).map(|(verb, _)| *verb)
    }

    /// The part of a verb that stands apart from it, if it has one.
    pub fn apart(&self, id: u16) -> Option<&str> {
        self.verbs.get(usize::from(id))?.1.as_deref()
    }

    /// The verbs with a part that stands apart of which a folded word is a form: "weist" of
    /// "hinweisen" and of "zurückweisen".
    pub fn parted(&self, word: &str) -> &[u16] {
        self.parted.get(word).map_or(&[], Vec::as_slice)
    }

    /// What a single folded word is. As a verb it is the first one listed that has no part that
    /// stands apart, else the first one listed.
    pub fn word(&self, word: &str) -> Entry {
        let mut entry = self.words.get(word).copied().unwrap_or_default();
        if !self.beginnings.is_empty() {
            // Words are at most some dozens of characters; longer ones have no inflection.
            for (at, _) in word.char_indices().skip(2).take(40) {
                if let Some(found) = self.beginnings.get(&word[..at]) {
                    entry.join(*found);
                }
            }
            if let Some(found) = self.beginnings.get(word) {
                entry.join(*found);
            }
        }
        if entry == Entry::default() {
            let ending =
                self.endings.iter().find(|(e, _)| word.len() > e.len() && word.ends_with(e));
            entry = ending.map_or(entry, |(_, found)| *found);
            for (beginning, ending, found) in &self.framed {
                let inside = word.strip_prefix(beginning.as_str());
                if inside.is_some_and(|rest| rest.len() > ending.len() && rest.ends_with(ending)) {
                    entry.join(*found);
                }
            }
        }
        entry
    }

    /// Whether a folded word is listed as such.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains_key(word) || self.phrases.contains_key(word)
    }

    /// The longest phrase or word that begins at `word(0)`, with the number of its words. Nothing
    /// if that word has no meaning here.
    pub fn longest<'a>(
        &self,
        word: impl Fn(usize) -> Option<Cow<'a, str>>,
    ) -> Option<(Entry, usize)> {
        let first = word(0)?;
        let single = self.word(&first);
        let mut best = (single != Entry::default()).then_some((single, 1));
        for (rest, entry) in self.phrases.get(first.as_ref()).into_iter().flatten() {
            let length = rest.len() + 1;
            let longer = best.is_none_or(|(_, n)| n < length);
            if longer && rest.iter().enumerate().all(|(i, w)| word(i + 1).as_deref() == Some(w)) {
                best = Some((*entry, length));
            }
        }
        best
    }

    /// The longest listed word that `text` begins with, and its length in bytes: for scripts
    /// without spaces, whose characters have one case and are all their own folded form.
    pub fn longest_prefix(&self, text: &str) -> Option<(Entry, usize)> {
        let longest = self.longest_bytes.min(text.len());
        (1..=longest).rev().filter(|&at| text.is_char_boundary(at)).find_map(|at| {
            let entry = self.words.get(&text[..at])?;
            Some((*entry, at))
        })
    }

    pub(super) fn add_word(&mut self, word: &str, class: Class, splits: &Splits) {
        let mut entry = Entry::default();
        entry.classes.add(class);
        self.add(word, entry, splits);
    }

    pub(super) fn add_verb(&mut self, verb: Verb, apart: Option<String>) -> u16 {
        self.verbs.push((verb, apart));
        u16::try_from(self.verbs.len() - 1).unwrap_or(u16::MAX)
    }

    pub(super) fn add_form(&mut self, word: &str, verb: u16, form: Form, splits: &Splits) {
        let known = self.words.get(&fold(word)).and_then(|known| known.verb);
        if self.apart(verb).is_some() {
            let verbs = self.parted.entry(fold(word)).or_default();
            if !verbs.contains(&verb) {
                verbs.push(verb);
            }
        } else if known.is_some_and(|known| self.apart(known).is_some())
            && let Some(entry) = self.words.get_mut(&fold(word))
        {
            entry.verb = None;
        }
        let entry = Entry { verb: Some(verb), forms: Forms(1 << form as u8), ..Entry::default() };
        self.add(word, entry, splits);
    }

    fn add(&mut self, word: &str, entry: Entry, splits: &Splits) {
        let folded = fold(word).replace('_', " ");
        if let Some(beginning) = folded.strip_suffix('*') {
            self.beginnings.entry(beginning.to_owned()).or_default().join(entry);
            return;
        }
        if let Some(ending) = folded.strip_prefix('*') {
            self.endings.push((ending.to_owned(), entry));
            return;
        }
        if let Some((beginning, ending)) = folded.split_once('*') {
            self.framed.push((beginning.to_owned(), ending.to_owned(), entry));
            return;
        }
        self.longest_bytes = self.longest_bytes.max(folded.len());
        if splits.spaceless {
            self.words.entry(folded).or_default().join(entry);
            return;
        }
        // An ending behind an apostrophe ("'s") is cut from its word as a whole.
        if folded.starts_with('\'') {
            self.words.entry(folded).or_default().join(entry);
            return;
        }
        // An elided word ("l'") is only one before a word, so it is cut with one behind it.
        let elided = folded.ends_with('\'');
        let whole = if elided { format!("{folded}x") } else { folded };
        let mut parts = pieces(&whole, splits);
        if elided && parts.len() > 1 {
            parts.pop();
        }
        let mut parts = parts.iter().map(|&(s, e)| whole[s..e].to_owned());
        let Some(first) = parts.next() else { return };
        let rest: Vec<String> = parts.collect();
        if rest.is_empty() {
            self.words.entry(first).or_default().join(entry);
            return;
        }
        let list = self.phrases.entry(first).or_default();
        match list.iter_mut().find(|(other, _)| *other == rest) {
            Some((_, known)) => known.join(entry),
            None => list.push((rest, entry)),
        }
    }
}
