//! How a language writes dates.

use crate::forms::Forms;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The topic `date`: what `data/<language>/date.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DateRules {
    /// Whether digits and words for dates put the month before the day ("11/20/2024").
    pub month_first: bool,
    /// January to December, with every inflection, abbreviation and name in other calendars'
    /// words that the press uses for the same months.
    pub months: Vec<Forms>,
    /// Monday to Sunday, likewise.
    pub weekdays: Vec<Forms>,
    /// Spring, summer, autumn, winter.
    pub seasons: Vec<Forms>,
    /// Forms of the above that are other words as well and need a date around them: "may", "mars".
    pub ambiguous: Forms,
    /// Words for days counted from today, by the count: `"-1" = "yesterday"`.
    pub relative: BTreeMap<String, Forms>,
    /// Phrases for a whole unit counted from the present one, by count and unit:
    /// `"-1 year" = "去年"`. Units are `day`, `week`, `month`, `year`.
    pub periods: BTreeMap<String, Forms>,
    /// Words for units, with every inflection, by the four names above.
    pub units: BTreeMap<String, Forms>,
    /// Words before a weekday, month, season or unit: the one before.
    pub last: Forms,
    /// The one to come.
    pub next: Forms,
    /// The present one.
    pub this: Forms,
    /// The same words after it: "vendredi dernier".
    pub last_after: Forms,
    /// The one to come.
    pub next_after: Forms,
    /// The present one.
    pub this_after: Forms,
    /// Before a length of time that lies in the past: "il y a", "vor".
    pub ago_before: Forms,
    /// After it: "ago", "назад".
    pub ago_after: Forms,
    /// Before a length of time until then: "in", "dans", "через".
    pub ahead_before: Forms,
    /// After it: "后", "from now".
    pub ahead_after: Forms,
    /// That a length of time is to the day: "jour pour jour".
    pub exact: Forms,
    /// Before a length of time that something is to take at most: "within", "innerhalb von".
    pub deadline: Forms,
    /// From then on.
    pub since: Forms,
    /// From then on, where that is to come unless the words around it tell the past: "ab",
    /// "à partir de".
    pub onward: Forms,
    /// The same after the date: "以来".
    pub since_after: Forms,
    /// Up to then.
    pub until: Forms,
    /// The same after the date: "まで".
    pub until_after: Forms,
    /// Before the first date of an interval.
    pub from: Forms,
    /// Between its dates.
    pub to: Forms,
    /// Prepositions before a day, part of the date's words: "on", "le", "am".
    pub on: Forms,
    /// Prepositions before a day that something is meant for, which is to come: "for", "für",
    /// "на". Phrases of `on` that end in one of them ("in the night to") say no such thing.
    pub toward: Forms,
    /// Prepositions before a month, a year, a season: "in", "en".
    pub within: Forms,
    /// Words before the number of a day of this month: "on the", "le".
    pub on_day: Forms,
    /// Words between day and month, month and year: "of", "de".
    pub of: Forms,
    /// Words for a part of a month or year: "early", "fin".
    pub part: Forms,
    /// What may stand after the digits of a day: "st", "日".
    pub day_marks: Forms,
    /// Those of them that make a day of the month of a number alone: "日", "числа".
    pub day_signs: Forms,
    /// What stands after the digits of a month: "月".
    pub month_marks: Forms,
    /// What stands after the digits of a year: "年", "года".
    pub year_marks: Forms,
    /// What after a `day_sign` shows that days are counted: "間".
    pub spans_after: Forms,
    /// Words that show what is said to lie ahead: "will", "wird", "prévu".
    pub future: Forms,
    /// Words that show that it lies behind: "was", "hat".
    pub past: Forms,
    /// Endings of verbs that show the same, where no listed word tells: "-ed", "-ала".
    pub past_endings: Forms,
    /// Words for reporting: a day beside them is the day of the report or lies behind, but a
    /// bound such as "until Friday" is that of what is reported.
    pub reporting: Forms,
    /// Endings of verbs in the future: "-era", "-ront".
    pub future_endings: Forms,
    /// What stands beside the day on which a page says that it was published, parts of words in
    /// lower case: "veröffentlich", "发布". The generic list serves the languages without one.
    pub published: Forms,
    /// The same for the day of its last change: "mis à jour", "更新".
    pub updated: Forms,
}

impl DateRules {
    /// Whether days and months are written with capitals: "March", but "mars".
    pub fn has_capitals(&self) -> bool {
        let first = self.months.first().and_then(Forms::first);
        first.is_some_and(|month| month.starts_with(char::is_uppercase))
    }
}
