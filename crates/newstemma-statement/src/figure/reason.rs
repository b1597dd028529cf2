//! Whether a number is worth a figure, or is part of a name, a year, a label, an age.

use super::{After, Bound, Reader};
use crate::lexicon::List;
use crate::numeral::{Form, Numeral, numeral};
use crate::token::{Kind, is_hangul};
use newstemma_model::FigureKind;

impl Reader<'_, '_> {
    /// Whether the number is worth a figure.
    pub(super) fn is_figure(
        &self,
        bound: Bound,
        at: usize,
        number: &Numeral,
        range: bool,
        kind: FigureKind,
        after: &After,
    ) -> bool {
        if after.list == Some(List::Clock) {
            return false;
        }
        let bounded = bound != Bound::None && bound != Bound::Between;
        let measured = !matches!(kind, FigureKind::Count | FigureKind::Ordinal);
        match number.form {
            Form::Approximate | Form::Crowd | Form::Fraction | Form::Grouped => true,
            Form::Ordinal => number.digits > 0 || after.unit.is_some(),
            Form::Words => {
                let one = number.value <= 1.0;
                let signs = self.tokens.kind(at) == Some(Kind::Sign);
                let counted = after.list.is_some();
                (bounded || !one)
                    && (!signs || counted && !self.continues_word(at) && self.ends_word(number.end))
            }
            Form::Plain => {
                let label = self.has_label(at);
                if label || self.opens_paragraph_list(at, number) {
                    return false;
                }
                let year = is_yearlike(number) && !bounded && !range && !measured;
                // A number that could be a year counts something only beside a unit or classifier.
                if year && after.list.is_none() {
                    return false;
                }
                if bounded || measured {
                    return true;
                }
                // A number after a capitalised word names that word's thing, unless a noun follows.
                after.unit.is_some() && (!self.follows_name(at) || after.list.is_some())
                    || self.is_subject(number.end) && !self.follows_name(at)
            }
        }
    }

    /// "Orla, 27, and": the age of whoever is named before.
    pub(super) fn is_age(&self, at: usize, number: &Numeral, after: &After) -> bool {
        number.form == Form::Plain
            && after.unit.is_none()
            && after.list.is_none()
            && at >= 2
            && self.tokens.str(at - 1) == ","
            && self.tokens.get(at - 2).is_some_and(|t| t.capital)
    }

    /// "944 have been injured": the number is all there is of the subject.
    pub(super) fn is_subject(&self, end: usize) -> bool {
        self.tokens.kind(end) == Some(Kind::Word)
            && !self.tokens.is_glued(end)
            && self.lexicon.is(List::Stop, self.tokens, end)
            && !self.lexicon.is(List::OfLink, self.tokens, end)
            && !self.lexicon.is(List::To, self.tokens, end)
    }

    /// Digits that are a part of a name, a version, a score, a telephone number.
    pub(super) fn is_name_part(&self, at: usize, number: &Numeral) -> bool {
        if self.tokens.kind(at) != Some(Kind::Digits) {
            return self.joins_letters(at, number.end);
        }
        let glued_letter = |index: usize| {
            self.tokens.is_glued(index)
                && self.tokens.kind(index) == Some(Kind::Word)
                && !self.unit_at(index)
        };
        let before = at.checked_sub(1);
        let letter_before = self.tokens.is_glued(at)
            && before.is_some_and(|b| self.tokens.kind(b) == Some(Kind::Word))
            && !before.is_some_and(|b| self.lexicon.is(List::Currency, self.tokens, b));
        let mark_before = before.map_or("", |b| self.tokens.str(b));
        let hyphen_word = self.tokens.is_glued(at)
            && matches!(
                mark_before,
                "-" | "–" | "_" | "/" | "." | "#" | "№" | "+" | ":" | "@" | "="
            )
            && (matches!(mark_before, "#" | "№" | "+" | "_" | "@" | "=")
                || self.tokens.is_glued(at - 1));
        let apart = number.form != Form::Ordinal && glued_letter(number.end);
        let dash_after = self.tokens.is_glued(number.end)
            && self.tokens.is_glued(number.end + 1)
            && matches!(self.tokens.str(number.end), "-" | "–" | "/" | ":" | "_" | "@")
            && self.tokens.kind(number.end + 1) == Some(Kind::Digits)
            && !self.makes_range(number);
        letter_before || hyphen_word || apart || dash_after
    }

    pub(super) fn makes_range(&self, number: &Numeral) -> bool {
        let second = numeral(self.lexicon, self.tokens, number.end + 1);
        let dash = !matches!(self.tokens.str(number.end), "/" | ":" | "_" | "@");
        second.is_some_and(|s| {
            let counted = self.after(s.end, false);
            dash && s.value > number.value && (counted.list.is_some() || counted.unit.is_some())
        })
    }

    /// A number word glued to other letters by a hyphen: "one-sided".
    pub(super) fn joins_letters(&self, at: usize, end: usize) -> bool {
        let hyphen = |index: usize| self.tokens.is_glued(index) && self.tokens.str(index) == "-";
        let after = hyphen(end) && self.tokens.is_glued(end + 1) && !self.unit_at(end + 1);
        let before = at >= 2 && hyphen(at - 1) && self.tokens.is_glued(at);
        (after || before) && self.tokens.kind(at) != Some(Kind::Sign)
    }

    /// A sign that stands inside a longer word of a script without spaces, as far as the letters
    /// show it: in Hangul, a syllable before it without a space.
    pub(super) fn continues_word(&self, at: usize) -> bool {
        self.tokens.is_glued(at)
            && at > 0
            && self.tokens.kind(at - 1) == Some(Kind::Sign)
            && self.tokens.str(at).chars().any(is_hangul)
    }

    /// Whether a number word in Hangul stands apart from what follows: "두 명", but "구조대".
    pub(super) fn ends_word(&self, end: usize) -> bool {
        let hangul = |i: usize| self.tokens.str(i).chars().any(is_hangul);
        !(self.tokens.is_glued(end) && hangul(end - 1) && hangul(end))
    }

    pub(super) fn has_label(&self, at: usize) -> bool {
        let mut before = at;
        if before > 0 && matches!(self.tokens.str(before - 1), "." | "#" | "№" | "§" | "°") {
            before -= 1;
        }
        let sign = before < at && self.tokens.str(before) != ".";
        sign || self.lexicon.find_before(List::Label, self.tokens, before).is_some()
    }

    pub(super) fn opens_paragraph_list(&self, at: usize, number: &Numeral) -> bool {
        at == 0 && matches!(self.tokens.str(number.end), "." | ")" | "、" | "：")
    }

    pub(super) fn follows_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|b| self.tokens.get(b)) else { return false };
        let nouns = self.lexicon.name().capital_nouns;
        before.kind == Kind::Word && before.capital && at > 1 && (!nouns || before.shouted)
    }
}

/// A bare number of four digits that reads as a year of our time.
fn is_yearlike(number: &Numeral) -> bool {
    number.form == Form::Plain && number.digits == 4 && (1800.0..2100.0).contains(&number.value)
}

#[cfg(test)]
mod tests {
    use crate::figure::tests::check;

    #[test]
    fn what_looks_like_a_figure_and_is_none() {
        for (language, text) in [
            ("en", "Her sons Otto, 27, and Finn, 24, were there."),
            ("en", "The G20 saw an F-16 and a T-34 over COVID-19 wards."),
            ("en", "Article 5 and Resolution 1701 of 2006 apply, page 12."),
            ("en", "At 14:30 on 3 May 2031, at 8 p.m., they met."),
            ("en", "Call +44 20 7946 0958 or see 192.168.0.1."),
            ("en", "They won 3-1 in the second half."),
            ("en", "One of them said so."),
            ("ko", "구조대원들이 왔다."),
            ("fr", "À 18h30, le 20 novembre, un homme est venu."),
            ("de", "Um 10 Uhr kam eine Frau."),
            ("ru", "Су-57 и С-400 в 2031 году"),
        ] {
            check(language, text, &[]);
        }
    }
}
