//! What a report says of its own day, and how odd that would be on a given day.

use crate::dating::single_day;
use crate::lexicon::{Lexicon, List};
use crate::token::Tokens;
use newstemma_model::{DateExpression, DateMention, Day, Document, Tense, Weekday};

/// What a report says of its own day.
#[derive(Debug, Default)]
pub(super) struct Clues<'d> {
    /// Weekdays named as past or open.
    pub(super) weekdays: Vec<(&'d DateMention, Weekday)>,
    /// "This Wednesday", "ce mercredi": today's weekday.
    pub(super) own_weekdays: Vec<(&'d DateMention, Weekday)>,
    /// Days with their year.
    pub(super) days: Vec<(&'d DateMention, Day)>,
    /// Days without year: month, day, and the weekday if it is said.
    pub(super) yearless: Vec<(&'d DateMention, u32, u32, Option<Weekday>)>,
    /// Days of a month that is not said.
    pub(super) of_month: Vec<(&'d DateMention, u32, Option<Weekday>)>,
    /// Years.
    pub(super) years: Vec<i32>,
}

impl<'d> Clues<'d> {
    pub(super) fn of(document: &'d Document) -> Clues<'d> {
        let mut clues = Clues::default();
        let lexicon = Lexicon::of(document.report.language);
        for mention in &document.dates {
            match mention.expression {
                DateExpression::Weekday { tense: Tense::Ahead | Tense::Future, .. } => {}
                DateExpression::Weekday { weekday, tense } => {
                    let own = tense == Tense::Open && says_this(lexicon, document, mention);
                    let list = if own { &mut clues.own_weekdays } else { &mut clues.weekdays };
                    list.push((mention, weekday));
                }
                DateExpression::Day { year: Some(year), month, day, .. } => {
                    clues.days.extend(Day::from_ymd(year, month, day).map(|d| (mention, d)));
                }
                DateExpression::Day { year: None, month, day, weekday } => {
                    clues.yearless.push((mention, month, day, weekday));
                }
                DateExpression::DayOfMonth { day, weekday } => {
                    clues.of_month.push((mention, day, weekday));
                }
                DateExpression::Year(year) => clues.years.push(year),
                DateExpression::Since(ref inner) => {
                    if let DateExpression::Year(year) = **inner {
                        clues.years.push(year);
                    }
                }
                DateExpression::Month { year: Some(year), .. } => clues.years.push(year),
                _ => {}
            }
        }
        clues
    }

    /// How odd the mentions would be on a day.
    pub(super) fn cost(&self, day: Day) -> f32 {
        let weekdays: f32 = self.weekdays.iter().map(|&(_, w)| back_cost(day, w)).sum();
        let own = self.own_weekdays.iter().filter(|&&(_, w)| w != day.weekday()).count();
        let days: f32 = self.days.iter().map(|&(_, d)| date_cost(day, d)).sum();
        let yearless: f32 = self
            .yearless
            .iter()
            .filter_map(|&(m, ..)| single_day(&m.expression, day))
            .map(|d| date_cost(day, d))
            .sum();
        let of_month: f32 = self
            .of_month
            .iter()
            .map(|&(m, ..)| single_day(&m.expression, day).map_or(2.0, |d| date_cost(day, d)))
            .sum();
        weekdays + 3.0 * own as f32 + days + yearless + of_month
    }

    /// Whether it says anything that tells one day of the week from the next.
    pub(super) fn is_silent(&self) -> bool {
        self.weekdays.is_empty() && self.own_weekdays.is_empty() && self.yearless.is_empty()
    }
}

/// How odd it is to name a weekday so many days after: on the day itself it is the custom.
fn back_cost(day: Day, named: Weekday) -> f32 {
    const COSTS: [f32; 7] = [0.0, 0.3, 0.6, 0.9, 1.2, 1.6, 2.0];
    COSTS[(day.weekday() as usize + 7 - named as usize) % 7]
}

/// How odd it is to name a date: the youngest lies near, old ones say nothing.
fn date_cost(today: Day, date: Day) -> f32 {
    match today.since(date) {
        ..=-1 => 1.0,
        back @ 0..=10 => 0.1 * back as f32,
        _ => 1.0,
    }
}

fn says_this(lexicon: &Lexicon, document: &Document, mention: &DateMention) -> bool {
    let tokens = Tokens::of(&document.report.text, mention.span, lexicon);
    (0..tokens.len().min(3)).any(|at| lexicon.is(List::This, &tokens, at))
}
