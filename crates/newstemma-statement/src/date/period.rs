//! Months, seasons and years, alone or behind a day.

use super::{Before, Read, Reader};
use crate::lexicon::List;
use crate::numeral::digits_value;
use crate::token::Kind;
use newstemma_model::{DateExpression, Season, Tense};

impl Reader<'_, '_> {
    /// The month, with a day or a year behind it, or alone where its words say that it is one.
    pub(super) fn month(&self, at: usize, before: Before) -> Read {
        if let Some(read) = self.month_day(at, None) {
            return Some(read);
        }
        let hit = self.find(List::Month, at)?;
        let month = hit.value as u32 + 1;
        let (year, mut end) = self.year_after(at + hit.length);
        let step = self.step_after(&mut end).or(before.step);
        let told = before.within || before.bound || before.part || step.is_some();
        // Short forms are given names and words as often as months ("Jan", "mar").
        let short = self.tokens.str(at).chars().count() <= 3;
        if year.is_none() && !told && (short || self.find(List::Ambiguous, at).is_some()) {
            return None;
        }
        let tense = match step {
            Some(-1) => Tense::Past,
            Some(1) => Tense::Future,
            _ => self.tense(at, end, before),
        };
        Some((DateExpression::Month { year, month, tense }, end))
    }

    /// "the summer of 2023", "cet hiver".
    pub(super) fn season(&self, at: usize, before: Before) -> Read {
        let hit = self.find(List::Season, at)?;
        let season = *[Season::Spring, Season::Summer, Season::Autumn, Season::Winter]
            .get(hit.value as usize)?;
        let (year, mut end) = self.year_after(at + hit.length);
        let step = self.step_after(&mut end).or(before.step);
        if year.is_none() && step.is_none() {
            return None;
        }
        let tense = match step {
            Some(-1) => Tense::Past,
            Some(1) => Tense::Future,
            _ => Tense::Open,
        };
        Some((DateExpression::Season { year, season, tense }, end))
    }

    /// A year that stands alone.
    pub(super) fn year_alone(&self, at: usize, before: Before) -> Read {
        let year = self.year_number(at)?;
        let mark = self.find(List::YearMark, at + 1).map_or(0, |h| h.length);
        let end = at + 1 + mark;
        let told = mark > 0 || before.within || before.bound || before.part;
        if told && (1000..2200).contains(&year) && !self.is_measured(end) {
            return Some((DateExpression::Year(year), end));
        }
        // Without a word that says so, only years of our time, where nothing else would be meant.
        let glued_before = at > 0
            && self.tokens.is_glued(at)
            && !matches!(self.tokens.str(at - 1), "(" | "“" | "\"" | "«");
        let glued_after = self.tokens.is_glued(end)
            && matches!(self.tokens.str(end), "-" | "/" | "_" | "–" | "'" | "’");
        let counted = self.tokens.kind(end) == Some(Kind::Word) && !self.is_free(end);
        let bound = at > 0
            && [
                List::AtLeast,
                List::MoreThan,
                List::AtMost,
                List::About,
                List::Label,
                List::LessThan,
            ]
            .iter()
            .any(|&l| self.lexicon.find_before(l, self.tokens, at).is_some());
        let plausible = (1900..2050).contains(&year) && year % 100 != 0;
        let alone = plausible && !glued_before && !glued_after && !counted && !bound;
        (alone && !self.is_measured(end)).then_some((DateExpression::Year(year), end))
    }

    /// A year behind a month or day: ", 2024", "de 2024", "2024 года".
    pub(super) fn year_after(&self, at: usize) -> (Option<i32>, usize) {
        let dot = usize::from(self.tokens.str(at) == "." && self.tokens.is_glued(at));
        let comma = usize::from(matches!(self.tokens.str(at + dot), "," | "،"));
        let of = self.find(List::DateOf, at + dot + comma).map_or(0, |h| h.length);
        for skip in [dot + comma, dot + comma + of] {
            if let Some(year) = self.year_number(at + skip) {
                let end = at + skip + 1;
                let mark = self.find(List::YearMark, end).map_or(0, |h| h.length);
                return (Some(year), end + mark);
            }
        }
        (None, at)
    }

    /// Four digits that can be a year, standing free.
    pub(super) fn year_number(&self, at: usize) -> Option<i32> {
        let run = self.tokens.str(at);
        if self.tokens.kind(at) != Some(Kind::Digits) || run.chars().count() != 4 {
            return None;
        }
        let next = self.tokens.str(at + 1);
        let more = self.tokens.is_glued(at + 1)
            && (matches!(self.tokens.kind(at + 1), Some(Kind::Word))
                || matches!(next, "." | "," | ":" | "%")
                    && self.tokens.is_glued(at + 2)
                    && self.tokens.kind(at + 2) == Some(Kind::Digits));
        let decade = self.tokens.is_glued(at + 1)
            && matches!(next, "'" | "’")
            && self.tokens.str(at + 2) == "s"
            && self.tokens.is_glued(at + 2);
        let more = more || decade;
        let year = digits_value(run)? as i32;
        ((1000..2200).contains(&year) && !more).then_some(year)
    }

    pub(super) fn is_measured(&self, at: usize) -> bool {
        let units = [
            List::Currency,
            List::Duration,
            List::Measure,
            List::Percent,
            List::Multiplier,
            List::Classifier,
        ];
        self.tokens.str(at) == "%" || units.iter().any(|&l| self.find(l, at).is_some())
    }
}

#[cfg(test)]
mod tests {
    use crate::date::tests::check;
    use newstemma_model::{DateExpression as E, Season, Tense};

    #[test]
    fn months_years_seasons_and_bare_days() {
        let month = |year, month| E::Month { year, month, tense: Tense::Open };
        check("en", "The bridge opens in January.", &[("in January", month(None, 1))]);
        check("fr", "ouvert en janvier 2031", &[("en janvier 2031", month(Some(2031), 1))]);
        let behind = E::Month { year: None, month: 3, tense: Tense::Behind };
        check("en", "It had passed a test in March.", &[("in March", behind.clone())]);
        check("en", "It passed a test in March.", &[("in March", behind.clone())]);
        check("fr", "Il avait réussi en mars un contrôle.", &[("en mars", behind.clone())]);
        check("ru", "Паром прошёл осмотр в марте.", &[("в марте", behind.clone())]);
        check("de", "Die Fähre wurde im März geprüft.", &[("im März", behind)]);
        let ahead = E::Month { year: None, month: 3, tense: Tense::Future };
        check("en", "It will be tested in March.", &[("in March", ahead)]);
        check("en", "It may rain in the capital.", &[]);
        check("en", "adopted in 1997, it", &[("in 1997", E::Year(1997))]);
        check(
            "en",
            "In the summer of 2023, it",
            &[(
                "In the summer of 2023",
                E::Season { year: Some(2023), season: Season::Summer, tense: Tense::Open },
            )],
        );
        check(
            "fr",
            "Ouvert le 20, il ferma.",
            &[("le 20", E::DayOfMonth { day: 20, weekday: None })],
        );
        check(
            "en",
            "on the 20th, they",
            &[("on the 20th", E::DayOfMonth { day: 20, weekday: None })],
        );
        check("ja", "20日、橋が崩れた。", &[("20日", E::DayOfMonth { day: 20, weekday: None })]);
    }
}
