//! Names, figures and dates, as one report mentions them.

use crate::{Edtf, EntityId, Span, Weekday};

/// A name at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMention {
    /// Where, without titles and particles that are no part of the name.
    pub span: Span,
    /// What it seems to name.
    pub kind: EntityKind,
    /// The form that mentions are compared by: folded case, inflection undone where known.
    pub normal: String,
    /// Which entity of the story it names, once that has been found.
    pub entity: Option<EntityId>,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// Somewhere: also as the place that speaks ("Washington said").
    Place,
    /// A body, company, agency, office.
    Organisation,
    /// Something else, or not known.
    Other,
}

impl EntityKind {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Place => "place",
            EntityKind::Organisation => "organisation",
            EntityKind::Other => "other",
        }
    }
}

/// A number of something, with its bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Where: the number with its bound ("at least 10,000"), without what is counted.
    pub span: Span,
    /// How many.
    pub quantity: Quantity,
    /// What kind of number.
    pub kind: FigureKind,
    /// The unit or the noun counted, in the report's own word and singular where that is known.
    pub unit: Option<String>,
    /// What is counted, and of whom: the noun phrase as it stands in the text.
    pub of: Option<Span>,
}

/// A quantity with bounds. `low` and `high` are equal for an exact or approximate value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// Least value, if bounded below.
    pub low: Option<f64>,
    /// Greatest value, if bounded above.
    pub high: Option<f64>,
    /// Whether it is said to be about so many.
    pub approximate: bool,
}

impl Quantity {
    /// Exactly so many.
    pub fn exact(value: f64) -> Quantity {
        Quantity { low: Some(value), high: Some(value), approximate: false }
    }

    /// The one value, if there is one.
    pub fn value(&self) -> Option<f64> {
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => Some(low),
            _ => None,
        }
    }
}

/// What kind of number a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureKind {
    /// How many.
    Count,
    /// The how-manieth.
    Ordinal,
    /// A share in per cent.
    Percent,
    /// A sum; the unit is the currency.
    Money,
    /// A length of time.
    Duration,
    /// A physical measure.
    Measure,
    /// A score or result, as of a game or a vote; the unit says which.
    Score,
}

/// A date at one place of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Where.
    pub span: Span,
    /// What it says.
    pub expression: DateExpression,
}

/// What a text says about a date, before it is known when "now" is.
///
/// Weekday names and the like point into the past of the report unless the words say otherwise;
/// `tense` carries that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateExpression {
    /// "20 November 2024", "ce mercredi 20 novembre": a day, perhaps without year, perhaps with
    /// its weekday, which then helps to find the year.
    Day {
        /// The year, if said.
        year: Option<i32>,
        /// 1–12.
        month: u32,
        /// 1–31.
        day: u32,
        /// The weekday, if said as well.
        weekday: Option<Weekday>,
    },
    /// "le 20", "on the 20th": a day of the month.
    DayOfMonth {
        /// 1–31.
        day: u32,
        /// The weekday, if said as well.
        weekday: Option<Weekday>,
    },
    /// "on Tuesday", "last Sunday", "next Friday".
    Weekday {
        /// Which.
        weekday: Weekday,
        /// Which one of them.
        tense: Tense,
    },
    /// "yesterday" is -1, "today" 0.
    Relative {
        /// Days from the day of the report.
        days: i32,
    },
    /// "three weeks ago", "in two months": a length of time from the day of the report.
    Distance {
        /// How many, negative for the past.
        count: i32,
        /// Of what.
        unit: CalendarUnit,
        /// Whether it is said to be to the day.
        exact: bool,
    },
    /// "in January", "January 2025".
    Month {
        /// The year, if said.
        year: Option<i32>,
        /// 1–12.
        month: u32,
        /// Which one of them, where no year is said.
        tense: Tense,
    },
    /// "in 1997".
    Year(i32),
    /// "the summer of 2023".
    Season {
        /// The year, if said.
        year: Option<i32>,
        /// Which.
        season: Season,
        /// Which one of them, where no year is said.
        tense: Tense,
    },
    /// "last week", "this year": the calendar unit before, of, or after the day of the report.
    Unit {
        /// Steps from the one of the report.
        steps: i32,
        /// Of what.
        unit: CalendarUnit,
    },
    /// "since 2022": from then on.
    Since(Box<DateExpression>),
    /// "until Friday": up to then.
    Until(Box<DateExpression>),
    /// "from 3 to 5 May".
    Interval(Box<DateExpression>, Box<DateExpression>),
    /// A date that needs no context, as in a byline of digits.
    Absolute(Edtf),
}

/// Which one is meant of the days, months or seasons of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// Said to be the one before: "last March".
    Past,
    /// Told of what has happened: the last one, the present one included.
    Behind,
    /// Not said: the nearest one, the past before the future.
    Open,
    /// Told of what is to come: the next one, the present one included.
    Ahead,
    /// Said to be to come.
    Future,
}

/// A unit of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum CalendarUnit {
    Day,
    Week,
    Month,
    Year,
}

/// A season of the northern half of the earth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}
