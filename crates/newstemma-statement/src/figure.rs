//! Numbers of things: how many, with what bounds, of what.
//!
//! A figure is a numeral with the bound before or behind it ("at least", "以上"), the second number
//! of a range, and a unit or the noun phrase that is counted. The bounds are read as a reader
//! would compare them:
//!
//! | words | low | high | approximate |
//! | --- | --- | --- | --- |
//! | `407` | 407 | 407 | no |
//! | `at least 10`, `more than 10`, `10 or more` | 10 | – | no |
//! | `at most 10`, `up to 10`, `fewer than 10` | – | 10 | no |
//! | `about 10`, `une dizaine` | 10 | 10 | yes |
//! | `between 5 and 10`, `5–10` | 5 | 10 | no |
//! | `dozens`, `millions` | 12, 1 000 000 (one of the unit named) | – | yes |
//!
//! "More than" is not told from "at least": the press does not either.
//!
//! Most digits of a text are no figures: days, years, times, versions, page numbers, names of
//! things. So a bare number needs a reason: a bound, a group or decimals, a unit, or a word that it
//! can count; and nothing that makes it a name ("F-16", "Article 5"). One pass, linear.

mod bound;
mod counted;
mod reason;

use bound::{Bound, quantity};
use counted::After;

use crate::lexicon::{Hit, Lexicon, List};
use crate::numeral::{Form, Numeral, numeral};
use crate::token::Tokens;
use newstemma_model::{Figure, FigureKind, Quantity};

/// The figures of a sentence. `taken` says which tokens are dates or times already.
pub(crate) fn figures(lexicon: &Lexicon, tokens: &Tokens, taken: &[bool]) -> Vec<Figure> {
    let reader = Reader { lexicon, tokens, taken };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.figure(at) {
            Step::Found(figure, next) => {
                found.push(figure);
                at = next.max(at + 1);
            }
            Step::Skip(next) => at = next.max(at + 1),
        }
    }
    found
}

/// What stands at a token.
enum Step {
    /// A figure, and the token after it.
    Found(Figure, usize),
    /// None, and where to go on.
    Skip(usize),
}

struct Reader<'a, 't> {
    lexicon: &'a Lexicon,
    tokens: &'a Tokens<'t>,
    taken: &'a [bool],
}

impl Reader<'_, '_> {
    fn figure(&self, at: usize) -> Step {
        if self.is_taken(at) || !self.lexicon.may_count(self.tokens, at) {
            return Step::Skip(at + 1);
        }
        let (bound, first) = self.bound_before(at);
        if self.is_taken(first) {
            return Step::Skip(at + 1);
        }
        let before = self.find(List::Currency, first).filter(|h| self.is_symbol(first, h));
        let number_at = first + before.map_or(0, |h| h.length);
        if self.is_taken(number_at) {
            return Step::Skip(number_at);
        }
        match numeral(self.lexicon, self.tokens, number_at) {
            Some(number) => self.measured(at, bound, before, number_at, number),
            None => self.vague(at, first, bound),
        }
    }

    /// A length of time without a number: "several days", "niespełna godzinę".
    fn vague(&self, at: usize, first: usize, bound: Bound) -> Step {
        let one = self.lexicon.number().bare_units && self.bounds_one(at, first, bound);
        let (end, quantity) = match self.find(List::Several, first) {
            Some(several) => {
                let quantity = Quantity { low: Some(2.0), high: None, approximate: true };
                (first + several.length, quantity)
            }
            None if one => (first, quantity(bound, Form::Plain, 1.0, None)),
            None => return Step::Skip(at + 1),
        };
        let Some(unit) = self.find(List::Duration, end) else { return Step::Skip(at + 1) };
        let unit_name = self.lexicon.units.get(unit.value as usize);
        let span = match bound {
            _ if end > first => self.tokens.span(first, end),
            _ => self.tokens.span(at, end + unit.length),
        };
        let figure = Figure {
            span,
            quantity,
            kind: FigureKind::Duration,
            unit: unit_name.map(|u| u.shown.to_string()),
            of: None,
        };
        Step::Found(figure, end + unit.length)
    }

    /// A number with its bounds: is it a figure, and of what?
    fn measured(
        &self,
        at: usize,
        bound: Bound,
        currency: Option<Hit>,
        number_at: usize,
        number: Numeral,
    ) -> Step {
        if self.is_name_part(number_at, &number) {
            return Step::Skip(number.end);
        }
        let range = self.range(bound, number_at, number);
        let (low, end) = range.map_or((number.value, number.end), |r| (r.0, r.2));
        let high = range.map(|r| r.1);
        let after = self.after(end, number.form == Form::Ordinal);
        if range.is_none() && currency.is_none() && self.is_metres(&number, &after) {
            return self.metres(at, bound, number_at, number);
        }
        if self.is_age(number_at, &number, &after) {
            return Step::Skip(number.end);
        }
        let number_end = end;
        let (late, end) = self.bound_after(end, &after);
        let after = self.counted_behind(number_end, after);
        let said = match bound {
            Bound::None => false,
            Bound::Between => range.is_some(),
            _ => true,
        };
        let bound = if bound == Bound::Between || bound == Bound::None { late } else { bound };
        let share = self.lexicon.find_before(List::PercentBefore, self.tokens, number_at);
        let kind = match share {
            Some(_) => FigureKind::Percent,
            None => self.kind(currency, &number, &after),
        };
        if !self.is_figure(bound, number_at, &number, range.is_some(), kind, &after) {
            return Step::Skip(number.end);
        }
        let quantity = quantity(bound, number.form, low, high);
        let start = if said { at } else { number_at };
        let start = start - self.currency_before(start, currency);
        let start = share.map_or(start, |(from, _)| start.min(from));
        let unit = self.unit(currency, kind, &after);
        let percent = if after.list == Some(List::Percent) { after.length } else { 0 };
        let figure = Figure {
            span: self.tokens.span(start, end.max(number.end) + percent),
            quantity,
            kind,
            unit,
            of: after.of,
        };
        Step::Found(figure, end.max(number.end) + after.length)
    }

    /// "500m" without a currency before or a noun behind: metres, not millions.
    fn is_metres(&self, number: &Numeral, after: &After) -> bool {
        let last = number.end - 1;
        self.tokens.str(last) == "m"
            && self.tokens.is_glued(last)
            && number.value >= 1e6
            && after.unit.is_none()
            && after.list.is_none()
    }

    fn metres(&self, at: usize, bound: Bound, number_at: usize, number: Numeral) -> Step {
        let start = if matches!(bound, Bound::None | Bound::Between) { number_at } else { at };
        let figure = Figure {
            span: self.tokens.span(start, number.end - 1),
            quantity: quantity(bound, Form::Grouped, number.value / 1e6, None),
            kind: FigureKind::Measure,
            unit: Some("m".to_owned()),
            of: None,
        };
        Step::Found(figure, number.end)
    }

    fn currency_before(&self, start: usize, currency: Option<Hit>) -> usize {
        match currency {
            Some(hit) if self.find(List::Currency, start).is_none() => hit.length.min(start),
            _ => 0,
        }
    }

    fn kind(&self, currency: Option<Hit>, number: &Numeral, after: &After) -> FigureKind {
        match after.list {
            _ if number.form == Form::Ordinal => FigureKind::Ordinal,
            _ if currency.is_some() => FigureKind::Money,
            Some(List::Percent) => FigureKind::Percent,
            Some(List::Currency) => FigureKind::Money,
            Some(List::Duration) => FigureKind::Duration,
            Some(List::Measure) => FigureKind::Measure,
            _ => FigureKind::Count,
        }
    }

    fn unit(&self, currency: Option<Hit>, kind: FigureKind, after: &After) -> Option<String> {
        let named = |hit: f64| self.lexicon.units.get(hit as usize);
        match kind {
            FigureKind::Money => {
                let hit = currency.map(|h| h.value).or(after.value)?;
                named(hit).map(|u| u.key.to_string())
            }
            FigureKind::Percent => Some("%".to_owned()),
            FigureKind::Duration | FigureKind::Measure => {
                named(after.value?).map(|u| u.shown.to_string())
            }
            _ => after.unit.clone(),
        }
    }

    fn find(&self, list: List, at: usize) -> Option<Hit> {
        self.lexicon.find(list, self.tokens, at)
    }

    fn is_symbol(&self, at: usize, hit: &Hit) -> bool {
        let text = self.tokens.span(at, at + hit.length).of(self.tokens.text);
        text.chars().any(|c| !c.is_alphabetic())
            || self.tokens.get(at).is_some_and(|t| t.capital && text.len() <= 3)
    }

    fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::figures;
    use crate::date::dates;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{Language, Quantity, Span};

    /// A figure: text, low, high, approximate, unit.
    pub(super) type Expected = (&'static str, Option<f64>, Option<f64>, bool, &'static str);

    /// The figures of a sentence.
    pub(super) fn check(language: &str, text: &str, expected: &[Expected]) {
        let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let mut taken = vec![false; tokens.len()];
        for (_, used) in dates(lexicon, &tokens) {
            taken[used].fill(true);
        }
        let found = figures(lexicon, &tokens, &taken);
        let found: Vec<_> = found
            .iter()
            .map(|f| {
                let Quantity { low, high, approximate } = f.quantity;
                (f.span.of(text), low, high, approximate, f.unit.as_deref().unwrap_or(""))
            })
            .collect();
        assert_eq!(found, expected, "{language}: {text}");
    }
}
