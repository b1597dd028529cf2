//! Bounds before and behind a number, ranges, and the quantity that they make of it.

use super::{After, Reader};
use crate::lexicon::List;
use crate::numeral::{Form, Numeral, digits_value, numeral};
use crate::token::Kind;
use newstemma_model::Quantity;

/// What a bound does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    None,
    Least,
    Most,
    About,
    Between,
}

impl Reader<'_, '_> {
    /// The bounds that stand before a number, and where the number may begin.
    pub(super) fn bound_before(&self, at: usize) -> (Bound, usize) {
        const LISTS: [(List, Bound); 6] = [
            (List::AtLeast, Bound::Least),
            (List::MoreThan, Bound::Least),
            (List::AtMost, Bound::Most),
            (List::LessThan, Bound::Most),
            (List::About, Bound::About),
            (List::Between, Bound::Between),
        ];
        let mut bound = Bound::None;
        let mut next = at;
        // "at least some 10,000": two bounds, of which the first says more.
        for _ in 0..3 {
            let longest = LISTS
                .iter()
                .filter_map(|&(list, b)| Some((self.find(list, next)?, b)))
                .max_by_key(|(hit, _)| hit.length);
            let Some((hit, b)) = longest else { break };
            next += hit.length;
            // "wzrosła do pięciu": where the number came to bounds nothing.
            if b == Bound::Most && self.comes_to(at) {
                continue;
            }
            // "de pelo menos três": what may open a range may mean nothing.
            let opens = bound == Bound::Between && self.opens_range(next);
            if bound == Bound::None || bound == Bound::Between && !opens {
                bound = b;
            }
        }
        (bound, next)
    }

    /// Whether the words from `at` to `first` bound the one that a unit alone stands for. Those that
    /// lead up to a number do not: "до часа" is until the hour.
    pub(super) fn bounds_one(&self, at: usize, first: usize, bound: Bound) -> bool {
        let leads = self.find(List::AtMost, at).is_some_and(|hit| at + hit.length == first);
        first > at && !leads && matches!(bound, Bound::Least | Bound::Most | Bound::About)
    }

    /// Whether a number begins at `at` behind which "and" leads to another.
    fn opens_range(&self, at: usize) -> bool {
        let first = numeral(self.lexicon, self.tokens, at);
        first.is_some_and(|first| self.find(List::BetweenAnd, first.end).is_some())
    }

    /// Whether before `at` stands a verb that a number came to by.
    fn comes_to(&self, at: usize) -> bool {
        const TOKENS_MAX: usize = 2;
        (1..=TOKENS_MAX.min(at))
            .any(|back| self.find(List::CameTo, at - back).is_some_and(|hit| hit.length == back))
    }

    /// Low, high and end of a range that the number opens.
    pub(super) fn range(
        &self,
        bound: Bound,
        at: usize,
        first: Numeral,
    ) -> Option<(f64, f64, usize)> {
        let dash = matches!(self.tokens.str(first.end), "–" | "-" | "—" | "~" | "〜" | "～");
        let list = if bound == Bound::Between { List::BetweenAnd } else { List::To };
        let link = match self.find(list, first.end) {
            Some(hit) => hit.length,
            None if dash => 1,
            None => return None,
        };
        let symbol = self.find(List::Currency, first.end + link).map_or(0, |h| h.length);
        let second_at = first.end + link + symbol;
        if self.is_taken(second_at) {
            return None;
        }
        let second = numeral(self.lexicon, self.tokens, second_at)?;
        if matches!(second.form, Form::Ordinal | Form::Fraction) {
            return None;
        }
        let mut low = first.value;
        // "5 to 10 million": the multiplier is said once.
        if first.form == Form::Plain && self.tokens.kind(at) == Some(Kind::Digits) {
            let bare = digits_value(self.tokens.str(second_at)).unwrap_or(0.0);
            let times = if bare > 0.0 { second.value / bare } else { 1.0 };
            if times >= 1000.0 && second.form == Form::Grouped && low < 1000.0 {
                low *= times;
            }
        }
        (low < second.value).then_some((low, second.value, second.end))
    }

    /// Bounds behind the number, or behind the classifier or noun that follows it.
    pub(super) fn bound_after(&self, end: usize, after: &After) -> (Bound, usize) {
        // "14 شخصا على الأقل": behind all that is counted, where words are told apart.
        let counted = after.of.filter(|_| self.tokens.kind(end) == Some(Kind::Word));
        let behind = counted.map_or(end, |of| {
            self.tokens.list.partition_point(|token| token.span.start() < of.end())
        });
        let places = [end, end + after.length, behind];
        for place in places {
            for (list, bound) in [
                (List::AtLeastAfter, Bound::Least),
                (List::AtMostAfter, Bound::Most),
                (List::AboutAfter, Bound::About),
            ] {
                if let Some(hit) = self.find(list, place) {
                    let end = if place == end { end + hit.length } else { end };
                    return (bound, end);
                }
            }
        }
        (Bound::None, end)
    }
}

pub(super) fn quantity(bound: Bound, form: Form, low: f64, high: Option<f64>) -> Quantity {
    let (low, high) = match (bound, form, high) {
        (Bound::About, _, _) => {
            return Quantity { low: Some(low), high: high.or(Some(low)), approximate: true };
        }
        (_, _, Some(high)) => (Some(low), Some(high)),
        (Bound::Most, _, None) => (None, Some(low)),
        (Bound::Least, _, None) => (Some(low), None),
        (_, Form::Crowd, None) => (Some(low), None),
        _ => (Some(low), Some(low)),
    };
    Quantity { low, high, approximate: matches!(form, Form::Approximate | Form::Crowd) }
}

#[cfg(test)]
mod tests {
    use crate::figure::figures;
    use crate::figure::tests::check;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{Language, Span};

    #[test]
    fn a_range_stays_one_whatever_stands_before_its_first_number() {
        let cases = [
            ("en", "They shot between about 500 and 700 geese."),
            ("en", "They shot between at least 500 and 700 geese."),
            ("es", "Mataron entre unas 500 y 700 ocas."),
            ("de", "Sie schossen zwischen rund 500 und 700 Gänse."),
        ];
        for (language, text) in cases {
            let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
            let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
            let found = figures(lexicon, &tokens, &[]);
            let quantities: Vec<_> =
                found.iter().map(|f| (f.quantity.low, f.quantity.high)).collect();
            assert_eq!(quantities, [(Some(500.0), Some(700.0))], "{text}");
        }
    }

    #[test]
    fn what_a_number_came_to_bounds_nothing() {
        let cases = [
            ("pl", "Liczba gęsi wzrosła do 1200 ptaków.", Some(1200.0), Some(1200.0)),
            ("pl", "Liczba gęsi zwiększyła się do 1200 ptaków.", Some(1200.0), Some(1200.0)),
            ("pl", "Zastrzelili do 1200 gęsi.", None, Some(1200.0)),
            ("ru", "Число гусей выросло до 1200 птиц.", Some(1200.0), Some(1200.0)),
            ("es", "El número subió hasta 1.200 ocas.", Some(1200.0), Some(1200.0)),
            ("es", "Caben hasta 1.200 ocas.", None, Some(1200.0)),
            ("pt", "O prejuízo ultrapassa os 1.200 gansos.", Some(1200.0), None),
            ("pt", "O balanço anterior era de pelo menos três gansos.", Some(3.0), None),
        ];
        for (language, text, low, high) in cases {
            let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
            let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
            let found = figures(lexicon, &tokens, &[]);
            let quantity = found.first().map(|f| (f.quantity.low, f.quantity.high));
            assert_eq!(quantity, Some((low, high)), "{text}");
        }
    }

    #[test]
    fn bounds_are_read_in_every_language() {
        let cases = [
            ("en", "They shot at least 1,200 wild geese.", "at least 1,200", "goose?"),
            ("fr", "Ils ont abattu au moins 1 200 oies.", "au moins 1 200", "oie"),
            ("de", "Sie schossen mindestens 1.200 Gänse.", "mindestens 1.200", "gänse"),
            ("es", "Mataron al menos 1.200 ocas.", "al menos 1.200", "oca"),
            ("it", "Uccisero almeno 1.200 oche.", "almeno 1.200", "ocha"),
            ("pt", "Mataram pelo menos 1.200 gansos.", "pelo menos 1.200", "ganso"),
            ("nl", "Ze schoten minstens 1.200 ganzen.", "minstens 1.200", "ganzen"),
            ("pl", "Zastrzelili co najmniej 1200 gęsi.", "co najmniej 1200", "gęsi"),
            ("ru", "Убили не менее 1200 гусей.", "не менее 1200", "гусей"),
            ("uk", "Вбили щонайменше 1200 гусей.", "щонайменше 1200", "гусей"),
            ("tr", "En az 1.200 kaz vuruldu.", "En az 1.200", "vuruldu?"),
            ("ar", "قتلوا ما لا يقل عن 1200 إوزة.", "ما لا يقل عن 1200", "إوزة"),
            ("zh", "至少1200只野鹅", "至少1200", "野鹅"),
            ("ja", "少なくとも1200羽", "少なくとも1200", "羽"),
            ("ko", "최소 1200마리", "최소 1200", "마리"),
        ];
        for (language, text, span, _) in cases {
            let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
            let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
            let found = figures(lexicon, &tokens, &vec![false; tokens.len()]);
            let first = found.first().map(|f| (f.span.of(text), f.quantity.low, f.quantity.high));
            assert_eq!(first, Some((span, Some(1200.0), None)), "{language}: {text}");
        }
    }

    #[test]
    fn words_for_about_so_many() {
        check(
            "fr",
            "une cinquantaine de moutons noirs",
            &[("une cinquantaine", Some(50.0), Some(50.0), true, "mouton")],
        );
        check(
            "en",
            "around fifty black sheep",
            &[("around fifty", Some(50.0), Some(50.0), true, "sheep")],
        );
        check("en", "dozens of villages", &[("dozens", Some(12.0), None, true, "village")]);
        check(
            "en",
            "tens of thousands of villagers",
            &[("tens of thousands", Some(10_000.0), None, true, "villager")],
        );
        check("ru", "около 50 овец", &[("около 50", Some(50.0), Some(50.0), true, "овец")]);
        check("de", "rund 50 Schafe", &[("rund 50", Some(50.0), Some(50.0), true, "schafe")]);
        check("ja", "約50頭", &[("約50", Some(50.0), Some(50.0), true, "頭")]);
        check("zh", "约3万5千人", &[("约3万5千", Some(35_000.0), Some(35_000.0), true, "人")]);
    }

    #[test]
    fn ranges_units_and_shares() {
        check(
            "en",
            "between five and ten sheep",
            &[("between five and ten", Some(5.0), Some(10.0), false, "sheep")],
        );
        check(
            "en",
            "5 to 10 million sheep",
            &[("5 to 10 million", Some(5e6), Some(1e7), false, "sheep")],
        );
        check("en", "It cost $5 million.", &[("$5 million", Some(5e6), Some(5e6), false, "USD")]);
        check(
            "fr",
            "Il a coûté 5,5 millions d'euros.",
            &[("5,5 millions", Some(5.5e6), Some(5.5e6), false, "EUR")],
        );
        check(
            "en",
            "about 500m from the quay",
            &[("about 500", Some(500.0), Some(500.0), true, "m")],
        );
        check("en", "at Rs 3 lakh", &[("Rs 3 lakh", Some(3e5), Some(3e5), false, "INR")]);
        let twelve = |span| [(span, Some(12.0), Some(12.0), false, "%")];
        check("es", "una caída del 12 por ciento", &twelve("12 por ciento"));
        check("pt", "uma queda de 12 por cento", &twelve("12 por cento"));
        check("it", "un calo del 12 per cento", &twelve("12 per cento"));
        check("en", "not 100% sure", &[("100%", Some(100.0), Some(100.0), false, "%")]);
        check(
            "de",
            "12,5 Prozent der Stimmen",
            &[("12,5 Prozent", Some(12.5), Some(12.5), false, "%")],
        );
        check("en", "for 24 hours", &[("24", Some(24.0), Some(24.0), false, "hour")]);
        check("ru", "в течение 24 часов", &[("24", Some(24.0), Some(24.0), false, "час")]);
        check(
            "fr",
            "le 1000ème jour de grève",
            &[("1000ème", Some(1000.0), Some(1000.0), false, "jour")],
        );
    }
}
