//! How a language writes numbers, units and bounds.

use crate::forms::Forms;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The topic `number`: what `data/<language>/number.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error. The keys of the
/// maps of numbers are the values, as `"0.5"` or `"1000"`. Symbols that all languages share
/// (`%`, `€`) stand in the generic pack and are read for every language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NumberRules {
    /// The sign before decimals: `.` or `,`.
    pub decimal: String,
    /// Whether groups of three digits are parted by a plain space.
    pub space_groups: bool,
    /// Whether numbers are written as one word ("fünfundzwanzig").
    pub compound: bool,
    /// Whether digits and words mix without spaces, and a word alone is a number only before a
    /// classifier or unit ("3万5千", "두 명").
    pub mixed: bool,
    /// Whether the counted noun stands before what describes it ("soldats nord-coréens").
    pub head_first: bool,
    /// Words between the parts of one number: "and", "et", "und".
    pub joiners: Forms,
    /// Numbers that add up: one to ninety-nine, and what has a word of its own.
    pub cardinals: BTreeMap<String, Forms>,
    /// Numbers that multiply what stands before them: hundred, thousand, lakh, 万.
    pub multipliers: BTreeMap<String, Forms>,
    /// Words for about so many: "cinquantaine".
    pub approximates: BTreeMap<String, Forms>,
    /// Words for an open number of so many: "dozens", "millions".
    pub crowds: BTreeMap<String, Forms>,
    /// The how-manieth.
    pub ordinals: BTreeMap<String, Forms>,
    /// What makes an ordinal of digits, after them: "th", "ème".
    pub ordinal_marks: Forms,
    /// The same before them: "第".
    pub ordinal_prefixes: Forms,
    /// Shares: "half", "un tiers".
    pub fractions: BTreeMap<String, Forms>,
    /// Bounds that stand before the number: not less.
    pub at_least: Forms,
    /// More.
    pub more_than: Forms,
    /// Not more.
    pub at_most: Forms,
    /// Less.
    pub less_than: Forms,
    /// About so many.
    pub about: Forms,
    /// Bounds that stand after the number: or more.
    pub at_least_after: Forms,
    /// Or less.
    pub at_most_after: Forms,
    /// Or so.
    pub about_after: Forms,
    /// Verbs behind which a word of [`Self::at_most`] tells where a number came to: "wzrosła (do
    /// pięciu)".
    pub came_to: Forms,
    /// Before the first number of a range.
    pub between: Forms,
    /// Between the numbers of a range that `between` opens.
    pub between_and: Forms,
    /// Between the numbers of any range.
    pub to: Forms,
    /// Words after a share in per cent.
    pub percent: Forms,
    /// The same before it: "yüzde".
    pub percent_before: Forms,
    /// Currencies by ISO code; symbols may stand before the number.
    pub currencies: BTreeMap<String, Forms>,
    /// Units of time, the singular first.
    pub durations: BTreeMap<String, Forms>,
    /// Units of measure, the singular or symbol first.
    pub measures: BTreeMap<String, Forms>,
    /// Whether a unit of time alone stands for one behind a bound: "niespełna godzinę".
    pub bare_units: bool,
    /// Words for some: "several", which make a figure before a unit of time.
    pub several: Forms,
    /// Words after which a number is a name: "page", "article", "No.".
    pub labels: Forms,
    /// Words between a number and the noun it counts: "名", "명".
    pub classifiers: Forms,
    /// Words that tie the counted noun to the number: "of", "de".
    pub of: Forms,
    /// Words that describe the counted noun and may stand before it: "other", "autres".
    pub before_noun: Forms,
    /// Endings of adjectives, which tell them from the noun they describe.
    pub adjectives: Forms,
    /// Words at which the counted noun phrase ends, beside function words: "killed", "dead".
    pub stops: Forms,
    /// What makes a time of day of a number, after it: "p.m.", "Uhr".
    pub clock: Forms,
    /// Plural endings and what the singular has instead: `["ies", "y"]`; the first that fits.
    pub plurals: Vec<[String; 2]>,
    /// Singulars that no ending gives, by their plural.
    pub irregular: BTreeMap<String, String>,
}
