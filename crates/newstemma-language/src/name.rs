//! How names of persons, places and organisations look in a language.

use crate::forms::Forms;
use serde::Deserialize;

/// The topic `name`: what `data/<language>/name.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NameRules {
    /// Whether common nouns have capitals too.
    pub capital_nouns: bool,
    /// Whether an office may be the last part of a longer word: "Feuerwehrkommandant".
    pub compounds: bool,
    /// Words inside the names of persons and places: "de", "van", "bin".
    pub particles: Forms,
    /// Words inside the names of bodies and things: "of", "for the", "des".
    pub connectors: Forms,
    /// Words for office and address before a person's name, no part of it: "President", "Frau".
    pub titles: Forms,
    /// The same after the name: "氏", "대통령".
    pub titles_after: Forms,
    /// Given names.
    pub given: Forms,
    /// Family names of one or two characters that begin a name in scripts without capitals.
    pub families: Forms,
    /// Nouns that head the name of a body: "Ministry", "Universität", "委员会".
    pub bodies: Forms,
    /// Those among them that are written small: "ministère".
    pub small_bodies: Forms,
    /// Nouns that head, or end, the name of a place: "Region", "lac", "省".
    pub places: Forms,
    /// Nouns before the name of a place, no part of it, in every form: "rivière", "Flusses".
    pub place_nouns: Forms,
    /// Nouns that head the name of something else: "Prize", "traité".
    pub things: Forms,
    /// Prepositions after which a name is likely a place: "in", "à".
    pub locatives: Forms,
    /// Capitalised words that are no names: peoples, languages, addresses.
    pub not_names: Forms,
    /// Endings of adjectives and peoples written with capitals.
    pub adjective_endings: Forms,
    /// What may be written together before a name or number word: "و", "ال".
    pub prefixes: Forms,
    /// Endings that inflect a name, the longest first.
    pub endings: Forms,
    /// Words of any language that are spelt like a country or capital: "turkey", "male".
    pub homographs: Forms,
}
