//! How a language says that somebody says something.
//!
//! A file `data/<language>/speech.toml` lists words by what they do in a sentence (`[words]`) and
//! verbs by what is done with them (`[[verbs]]`). In all lists, words stand in lower case, divided
//! by white space; `_` joins the words of a phrase (`according_to`), and a final `*` stands for any
//! ending (`чиновник*`), one in front for any beginning of a word that is not listed (`*ly`), one inside
//! for any middle of such a word (`aufzu*n`). Verbs that are regular enough are given as stems, to
//! which the endings of `[endings.NAME]` are added; the ending `-` is the empty one.

mod lexicon;
mod split;

pub use lexicon::{Class, Classes, Entry, Form, Forms, Lexicon, Takes, Verb};
pub use split::{fold, is_han_like, pieces};

use newstemma_model::Act;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The topic `speech` of a language, ready for use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "SpeechFile")]
pub struct SpeechRules {
    /// Where the verb stands.
    pub order: Order,
    /// How words are told apart.
    pub splits: Splits,
    /// Pairs of quotation marks, opening and closing, the usual one first.
    pub quotes: Vec<(char, char)>,
    /// All words, by what they do.
    pub lexicon: Lexicon,
    /// Whether days and months are written with capitals, as the topic `date` has them.
    pub capital_time: bool,
    /// Whether common nouns are, as the topic `name` says.
    pub capital_nouns: bool,
}

/// Where the verb of a main clause stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Between speaker and content, or before both, or after both.
    #[default]
    Medial,
    /// At the end.
    Final,
}

/// How words are told apart, beyond white space and punctuation.
#[derive(Clone, Debug, Default)]
pub struct Splits {
    /// Whether words are not divided by spaces.
    pub spaceless: bool,
    /// Words that stand before an apostrophe ("l'", "qu'").
    pub elisions: Vec<String>,
    /// Words that hang behind a hyphen ("-il").
    pub enclitics: Vec<String>,
    /// What is cut off at an apostrophe behind a word ("'ve"), beside the possessive.
    pub tails: Vec<String>,
    /// What may be joined to the front of a word that has a meaning here (Arabic "و").
    pub beginnings: Vec<String>,
    /// What is joined to the end of any word (Korean "은"), longest first.
    pub particles: Vec<String>,
}

/// A file as written.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SpeechFile {
    order: Order,
    spaceless: bool,
    quotes: Vec<String>,
    elisions: String,
    enclitics: String,
    beginnings: String,
    particles: String,
    words: BTreeMap<String, String>,
    endings: BTreeMap<String, Endings>,
    verbs: Vec<VerbFile>,
}

/// The endings of one inflection, by form.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Endings {
    finite: String,
    participle: String,
    gerund: String,
    infinitive: String,
}

/// Verbs with which the same is done in the same way.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct VerbFile {
    /// Name of the act.
    act: String,
    /// Name of the act where the verb is negated; without it, negated verbs say nothing.
    negated: Option<String>,
    /// What follows.
    takes: Takes,
    /// A part of the verb that stands apart in main clauses ("teilte … mit").
    apart: Option<String>,
    finite: String,
    participle: String,
    gerund: String,
    infinitive: String,
    /// Stems by the name of their endings.
    regular: BTreeMap<String, String>,
}

impl TryFrom<SpeechFile> for SpeechRules {
    type Error = String;

    fn try_from(file: SpeechFile) -> Result<SpeechRules, String> {
        let list = |text: &str| -> Vec<String> { text.split_whitespace().map(fold).collect() };
        let words = file.words.values().flat_map(|words| words.split_whitespace());
        let tails = words.filter_map(|word| Some(fold(word).strip_prefix('\'')?.to_owned()));
        let mut particles = list(&file.particles);
        particles.sort_by_key(|p| std::cmp::Reverse(p.len()));
        let splits = Splits {
            spaceless: file.spaceless,
            elisions: list(&file.elisions),
            enclitics: list(&file.enclitics),
            tails: tails.collect(),
            beginnings: list(&file.beginnings),
            particles,
        };
        let quotes = file.quotes.iter().map(|pair| quote_pair(pair)).collect::<Result<_, _>>()?;
        let mut lexicon = Lexicon::default();
        for (name, words) in &file.words {
            let class = Class::named(name).ok_or_else(|| format!("words.{name}: no such class"))?;
            for word in words.split_whitespace() {
                lexicon.add_word(word, class, &splits);
            }
        }
        for verb in &file.verbs {
            add_verbs(&mut lexicon, verb, &file.endings, &splits)?;
        }
        let order = file.order;
        Ok(SpeechRules { order, splits, quotes, lexicon, ..SpeechRules::default() })
    }
}

fn quote_pair(pair: &str) -> Result<(char, char), String> {
    let mut chars = pair.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(open), Some(close), None) => Ok((open, close)),
        _ => Err(format!("quotes: {pair:?} is no pair of marks")),
    }
}

fn add_verbs(
    lexicon: &mut Lexicon,
    file: &VerbFile,
    endings: &BTreeMap<String, Endings>,
    splits: &Splits,
) -> Result<(), String> {
    let act = |name: &str| act_named(name).ok_or_else(|| format!("act {name:?}: no such act"));
    let negated = file.negated.as_deref().map(act).transpose()?;
    let verb = Verb { act: act(&file.act)?, negated, takes: file.takes };
    let id = lexicon.add_verb(verb, file.apart.as_deref().map(fold));
    let mut add = |words: &str, form: Form| {
        for word in words.split_whitespace() {
            lexicon.add_form(word, id, form, splits);
        }
    };
    add(&file.finite, Form::Finite);
    add(&file.participle, Form::Participle);
    add(&file.gerund, Form::Gerund);
    add(&file.infinitive, Form::Infinitive);
    for (name, stems) in &file.regular {
        let ends = endings.get(name).ok_or_else(|| format!("endings.{name} is missing"))?;
        for stem in stems.split_whitespace() {
            let by_form = [
                (&ends.finite, Form::Finite),
                (&ends.participle, Form::Participle),
                (&ends.gerund, Form::Gerund),
                (&ends.infinitive, Form::Infinitive),
            ];
            for (endings, form) in by_form {
                for ending in endings.split_whitespace() {
                    add(&format!("{stem}{}", ending.trim_matches('-')), form);
                }
            }
        }
    }
    Ok(())
}

fn act_named(name: &str) -> Option<Act> {
    use Act::{Accuse, Condemn, DeclineToComment, Deny, DoNotConfirm, Promise, Request, Say, Warn};
    [Say, Deny, DeclineToComment, DoNotConfirm, Promise, Warn, Accuse, Condemn, Request]
        .into_iter()
        .find(|act| act.name() == name)
}

#[cfg(test)]
mod tests {
    use super::{Class, Form, SpeechRules};
    use newstemma_model::Act;

    const FILE: &str = r#"
        quotes = ["“”"]
        elisions = "d qu"
        [words]
        according = "d'après selon"
        official = "чиновник*"
        [endings.er]
        finite = "e ent a"
        participle = "é ée"
        [[verbs]]
        act = "warn"
        finite = "met_en_garde"
        regular.er = "alert"
    "#;

    #[test]
    fn stems_take_the_endings_of_their_inflection_and_phrases_are_cut_into_words() {
        let rules: SpeechRules = toml::from_str(FILE).unwrap();
        let verb = |word: &str| {
            let (entry, _) = rules.lexicon.longest(|i| [word].get(i).map(|w| (*w).into()))?;
            Some((rules.lexicon.verb(entry.verb?)?.act, entry.forms.has(Form::Finite)))
        };
        assert_eq!(verb("alertent"), Some((Act::Warn, true)));
        assert_eq!(verb("alertée"), Some((Act::Warn, false)));
        assert_eq!(verb("alertons"), None);

        let phrase = |words: &[&str]| {
            let (entry, n) = rules.lexicon.longest(|i| words.get(i).map(|w| (*w).into()))?;
            Some((entry.classes.has(Class::According), entry.verb.is_some(), n))
        };
        assert_eq!(phrase(&["d'", "après", "eux"]), Some((true, false, 2)));
        assert_eq!(phrase(&["met", "en", "garde"]), Some((false, true, 3)));
        assert_eq!(phrase(&["met", "en", "place"]), None);
        assert!(rules.lexicon.word("чиновников").classes.has(Class::Official));
    }

    #[test]
    fn a_file_that_names_an_unknown_class_act_or_inflection_is_refused() {
        for wrong in [
            "[words]\nspoken = \"x\"",
            "[[verbs]]\nact = \"sing\"",
            "[[verbs]]\nact = \"say\"\nregular.ir = \"fin\"",
            "quotes = [\"“\"]",
        ] {
            assert!(toml::from_str::<SpeechRules>(wrong).is_err(), "{wrong}");
        }
    }
}
