//! Days: by weekday, by number and month, by number alone.

use super::{Before, Read, Reader, is_day, weekday};
use crate::lexicon::List;
use crate::numeral::digits_value;
use crate::token::Kind;
use newstemma_model::{DateExpression, Tense, Weekday};

/// Most tokens of the name of a day: "terça-feira".
const DAY_TOKENS_MAX: usize = 3;

impl Reader<'_, '_> {
    /// "Wednesday", "mercredi 20 novembre", "vendredi dernier".
    pub(super) fn weekday(&self, at: usize, before: Before) -> Read {
        let hit = self.find(List::Weekday, at)?;
        let day = weekday(hit.value)?;
        let mut end = at + hit.length;
        let comma = usize::from(matches!(self.tokens.str(end), "," | "."));
        let linked = [List::OnDay, List::On]
            .into_iter()
            .filter_map(|list| self.find(list, end + comma))
            .map(|h| h.length)
            .max()
            .unwrap_or(0);
        for skip in [comma, comma + linked] {
            if let Some(read) = self.day_month(end + skip, Some(day)) {
                return Some(read);
            }
            if let Some(read) = self.month_day(end + skip, Some(day)) {
                return Some(read);
            }
        }
        if let Some((number, after)) = self.day_number(end + linked).filter(|(_, after)| {
            (self.is_free(*after) || linked > 0) && self.tokens.kind(end) != Some(Kind::Sign)
        }) {
            return Some((DateExpression::DayOfMonth { day: number, weekday: Some(day) }, after));
        }
        // "terça" is a third as well, "terça-feira" always a day.
        let is_ambiguous = self.find(List::Ambiguous, at).is_some_and(|a| a.length >= hit.length);
        let told = before.on || before.toward || before.bound || before.step.is_some();
        if is_ambiguous && !told {
            return None;
        }
        let step = self.step_after(&mut end).or(before.step);
        let tense = match step {
            Some(-1) => Tense::Past,
            Some(1) => Tense::Future,
            Some(_) => Tense::Open,
            None if before.toward && !self.is_genitive(end) => Tense::Ahead,
            None => match self.tense(at, end, before) {
                Tense::Future => Tense::Future,
                // Of the days of one name the last is meant, today's included.
                Tense::Past | Tense::Behind | Tense::Open | Tense::Ahead => Tense::Open,
            },
        };
        Some((DateExpression::Weekday { weekday: day, tense }, end))
    }

    /// Whether the name of a day ends at a token: in "from Monday to Tuesday" nothing is meant for
    /// Tuesday, whatever word says "to".
    pub(super) fn follows_weekday(&self, at: usize) -> bool {
        let ends_there =
            |from: usize| self.find(List::Weekday, from).is_some_and(|hit| from + hit.length == at);
        (at.saturating_sub(DAY_TOKENS_MAX)..at).any(ends_there)
    }

    /// Whether a day only tells which thing is meant: "for Friday's storm", "for Friday night's
    /// storm". A preposition before it belongs to the thing.
    fn is_genitive(&self, end: usize) -> bool {
        let is_mark = |at: usize| {
            self.tokens.is_glued(at) && matches!(self.tokens.str(at), "'" | "’" | "'s" | "’s")
        };
        (end..end + 2).any(is_mark)
    }

    /// A weekday in brackets or right behind a day: "20日（水）", "11月20日星期三".
    pub(super) fn weekday_after(&self, end: usize) -> (Option<Weekday>, usize) {
        let open = usize::from(matches!(self.tokens.str(end), "(" | "（" | "，" | ","));
        match self.find(List::Weekday, end + open) {
            Some(hit) => {
                let close = end + open + hit.length;
                let closed = usize::from(matches!(self.tokens.str(close), ")" | "）"));
                (weekday(hit.value), close + closed)
            }
            None => (None, end),
        }
    }

    /// "20 novembre 2024", "20. November", "the 20th of November", with a range of days too.
    pub(super) fn day_month(&self, at: usize, said: Option<Weekday>) -> Read {
        let (day, mut end) = self.day_number(at)?;
        let mut last = None;
        let link = match self.tokens.str(end) {
            "-" | "–" | "/" => 1,
            _ => [List::DateTo, List::Joiner]
                .iter()
                .find_map(|&l| self.find(l, end))
                .map_or(0, |h| h.length),
        };
        if link > 0
            && let Some((second, after)) = self.day_number(end + link)
        {
            (last, end) = (Some(second), after);
        }
        let of = self.find(List::DateOf, end).map_or(0, |h| h.length);
        let hit = self.find(List::Month, end + of)?;
        let month = hit.value as u32 + 1;
        end += of + hit.length;
        let (year, end) = self.year_after(end);
        if !is_day(year, month, day) {
            return None;
        }
        let at_day = |day, weekday| DateExpression::Day { year, month, day, weekday };
        match last.filter(|&l| l > day && is_day(year, month, l)) {
            Some(l) => {
                let both = DateExpression::Interval(
                    Box::new(at_day(day, said)),
                    Box::new(at_day(l, None)),
                );
                Some((both, end))
            }
            None => Some((at_day(day, said), end)),
        }
    }

    /// "November 20, 2024", "Nov. 20-22".
    pub(super) fn month_day(&self, at: usize, said: Option<Weekday>) -> Read {
        let hit = self.find(List::Month, at)?;
        let month = hit.value as u32 + 1;
        let mut end = at + hit.length;
        end += usize::from(self.tokens.str(end) == "." && self.tokens.is_glued(end));
        let the = self.find(List::OnDay, end).map_or(0, |h| h.length);
        if !self.lexicon.date().month_first && the == 0 {
            return None;
        }
        let (day, mut end) = self.day_number(end + the)?;
        let mut last = None;
        if matches!(self.tokens.str(end), "-" | "–")
            && let Some((second, after)) = self.day_number(end + 1).filter(|(s, _)| *s > day)
        {
            (last, end) = (Some(second), after);
        }
        let (year, end) = self.year_after(end);
        if !is_day(year, month, day) {
            return None;
        }
        let at_day = |day, weekday| DateExpression::Day { year, month, day, weekday };
        let first = at_day(day, said);
        let read = match last {
            Some(l) => DateExpression::Interval(Box::new(first), Box::new(at_day(l, None))),
            None => first,
        };
        Some((read, end))
    }

    /// The number of a day with its mark: "20", "1er", "20th", "20.".
    pub(super) fn day_number(&self, at: usize) -> Option<(u32, usize)> {
        let free_before = !self.tokens.is_glued(at)
            || at == 0
            || self.tokens.kind(at - 1) == Some(Kind::Sign)
            || matches!(self.tokens.str(at - 1), "(" | "-" | "–" | "," | "/" | "’" | "'");
        if self.tokens.kind(at) != Some(Kind::Digits) || !free_before {
            return None;
        }
        let run = self.tokens.str(at);
        let day =
            digits_value(run).filter(|d| (1.0..=31.0).contains(d) && run.chars().count() <= 2)?;
        let mut end = at + 1;
        if self.tokens.is_glued(end) || self.tokens.str(end) == "-" {
            if let Some(mark) = self.find(List::DayMark, end) {
                if self.tokens.is_glued(end) {
                    end += mark.length;
                }
            } else if self.tokens.kind(end) != Some(Kind::Mark) {
                return None; // "20h", "20km"
            }
        }
        Some((day as u32, end))
    }

    /// "le 20", "on the 20th", "20日".
    pub(super) fn day_of_month(&self, at: usize, before: Before) -> Read {
        if let Some((day, end)) = self.marked(at, List::DaySign) {
            let counted = self.find(List::SpanAfter, end).is_some();
            // "三日" may be three days, "третье число" is no count.
            let named = self.tokens.kind(at) != Some(Kind::Sign);
            if (1..=31).contains(&day) && !counted && named {
                let (weekday, end) = self.weekday_after(end);
                return Some((DateExpression::DayOfMonth { day, weekday }, end));
            }
        }
        if !before.on_day {
            return None;
        }
        let (day, end) = self.day_number(at)?;
        let marked = end > at + 1;
        let ends_interval = before.bound && !before.on;
        // "am 3. begann": where nouns have capitals, what is small is counted by no ordinal.
        let small = self.lexicon.name().capital_nouns
            && self.tokens.get(end).is_some_and(|t| t.kind == Kind::Word && !t.capital);
        if !(self.is_free(end) || ends_interval || marked && small)
            || self.lexicon.date().month_first && !marked
        {
            return None;
        }
        Some((DateExpression::DayOfMonth { day, weekday: None }, end))
    }

    /// Whether nothing at a token is counted by a number before it: a mark, a function word, the
    /// end, or a word that no phrase of units knows and that is no noun as far as can be told. "por"
    /// is a function word; "por ciento" is none.
    pub(super) fn is_free(&self, at: usize) -> bool {
        if self.find(List::Percent, at).is_some() {
            return false;
        }
        match self.tokens.kind(at) {
            None => true,
            Some(Kind::Mark) => {
                let is_unit = matches!(self.tokens.str(at), "%" | "°" | "€" | "$" | "£");
                let is_in_number = self.tokens.is_glued(at)
                    && self.tokens.is_glued(at + 1)
                    && self.tokens.kind(at + 1) == Some(Kind::Digits);
                !is_unit && !is_in_number
            }
            Some(Kind::Digits) => false,
            Some(_) => [List::Common, List::Stop].iter().any(|&l| self.find(l, at).is_some()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::date::tests::{check, day};
    use newstemma_model::{DateExpression as E, Tense, Weekday};

    #[test]
    fn days_with_month_and_year_in_every_order() {
        let full = || day(Some(2031), 3, 14, None);
        for (language, text, span) in [
            ("en", "It fell on March 14, 2031, they say.", "on March 14, 2031"),
            ("en", "It fell on 14 March 2031.", "on 14 March 2031"),
            ("fr", "Elle tomba le 14 mars 2031.", "le 14 mars 2031"),
            ("de", "Sie fiel am 14. März 2031.", "am 14. März 2031"),
            ("es", "Cayó el 14 de marzo de 2031.", "el 14 de marzo de 2031"),
            ("it", "Cadde il 14 marzo 2031.", "il 14 marzo 2031"),
            ("pt", "Caiu no dia 14 de março de 2031.", "no dia 14 de março de 2031"),
            ("nl", "Hij viel op 14 maart 2031.", "op 14 maart 2031"),
            ("pl", "Upadła 14 marca 2031 r.", "14 marca 2031 r"),
            ("ru", "Она упала 14 марта 2031 года.", "14 марта 2031 года"),
            ("uk", "Вона впала 14 березня 2031 року.", "14 березня 2031 року"),
            ("tr", "14 Mart 2031'de düştü.", "14 Mart 2031"),
            ("ar", "سقط يوم 14 مارس 2031.", "يوم 14 مارس 2031"),
            ("ar", "سقط في 14 آذار 2031.", "في 14 آذار 2031"),
            ("zh", "它于2031年3月14日坠落。", "2031年3月14日"),
            ("ja", "2031年3月14日に落ちた。", "2031年3月14日"),
            ("ko", "2031년 3월 14일에 떨어졌다.", "2031년 3월 14일"),
            ("de", "Stand: 14.03.2031", "14.03.2031"),
            ("en", "Updated: 2031-03-14", "2031-03-14"),
            ("en", "Updated: 3/14/2031", "3/14/2031"),
            ("fr", "Mis en ligne: 14/03/2031", "14/03/2031"),
        ] {
            check(language, text, &[(span, full())]);
        }
    }

    #[test]
    fn weekdays_with_their_day_or_alone() {
        let friday = |tense| E::Weekday { weekday: Weekday::Friday, tense };
        check(
            "fr",
            "ce vendredi 14 mars, dit-il",
            &[("ce vendredi 14 mars", day(None, 3, 14, Some(Weekday::Friday)))],
        );
        check(
            "en",
            "on Friday, March 14, he said",
            &[("on Friday, March 14", day(None, 3, 14, Some(Weekday::Friday)))],
        );
        check("fr", "Le pont a cédé vendredi.", &[("vendredi", friday(Tense::Open))]);
        check(
            "fr",
            "le pont a cédé vendredi dernier",
            &[("vendredi dernier", friday(Tense::Past))],
        );
        check("fr", "Le conseil se réunira vendredi.", &[("vendredi", friday(Tense::Future))]);
        check("en", "The council will meet on Friday.", &[("on Friday", friday(Tense::Future))]);
        check("de", "Der Rat tagte am Freitag.", &[("am Freitag", friday(Tense::Open))]);
        check("ru", "Мост рухнул в пятницу.", &[("в пятницу", friday(Tense::Open))]);
        check("uk", "Міст упав у п'ятницю.", &[("у п'ятницю", friday(Tense::Open))]);
        check("pl", "Most runął w piątek.", &[("w piątek", friday(Tense::Open))]);
        check("pt", "A ponte caiu na sexta-feira.", &[("na sexta-feira", friday(Tense::Open))]);
        check("ar", "انهار الجسر يوم الجمعة.", &[("يوم الجمعة", friday(Tense::Open))]);
        check("zh", "大桥周五倒塌。", &[("周五", friday(Tense::Open))]);
        check("ja", "橋は金曜日に崩れた。", &[("金曜日", friday(Tense::Open))]);
        check("ko", "다리는 금요일 무너졌다.", &[("금요일", friday(Tense::Open))]);
        check("tr", "Köprü cuma günü çöktü.", &[("cuma günü", friday(Tense::Open))]);
    }

    #[test]
    fn a_day_that_something_is_meant_for_is_to_come() {
        let on = |day| E::Weekday { weekday: day, tense: Tense::Open };
        let ahead = |day| E::Weekday { weekday: day, tense: Tense::Ahead };
        use Weekday::{Friday, Monday, Saturday, Thursday, Tuesday};
        for (language, text, span, day) in [
            ("en", "They called a strike for Friday.", "for Friday", Friday),
            ("en", "A vote was called for Friday morning.", "for Friday", Friday),
            ("de", "Sie riefen für Freitag zum Streik auf.", "für Freitag", Friday),
            ("de", "Die Sitzung wurde auf Freitag vertagt.", "auf Freitag", Friday),
            ("fr", "Ils ont convoqué une réunion pour vendredi.", "pour vendredi", Friday),
            ("es", "Convocaron una huelga para el viernes.", "para el viernes", Friday),
            ("pt", "Convocaram uma greve para sexta-feira.", "para sexta-feira", Friday),
            ("it", "Hanno indetto uno sciopero per venerdì.", "per venerdì", Friday),
            ("ru", "Забастовку назначили на пятницу.", "на пятницу", Friday),
            ("uk", "Страйк призначили на п'ятницю.", "на п'ятницю", Friday),
            ("pl", "Strajk ogłoszono na piątek.", "na piątek", Friday),
            ("cs", "Stávku vyhlásili na pátek.", "na pátek", Friday),
            ("hr", "Štrajk su najavili za petak.", "za petak", Friday),
            ("ro", "Au anunțat o grevă pentru vineri.", "pentru vineri", Friday),
        ] {
            check(language, text, &[(span, ahead(day))]);
        }
        // What the day belongs to may be over, and a night to a day begins before it.
        check("en", "They were fined for Monday's march.", &[("for Monday", on(Monday))]);
        check("en", "Two men were held for Monday night's fire.", &[("for Monday", on(Monday))]);
        for (language, text, span) in [
            ("ru", "В ночь на субботу горел склад.", "В ночь на субботу"),
            ("uk", "У ніч на суботу горів склад.", "У ніч на суботу"),
            ("pl", "W nocy na sobotę spłonął magazyn.", "W nocy na sobotę"),
            ("de", "In der Nacht auf Samstag brannte es.", "In der Nacht auf Samstag"),
            ("de", "In der Nacht zum Samstag brannte es.", "In der Nacht zum Samstag"),
            ("uk", "Станом на суботу врятували всіх.", "Станом на суботу"),
        ] {
            check(language, text, &[(span, on(Saturday))]);
        }
        let both = E::Interval(Box::new(on(Monday)), Box::new(on(Tuesday)));
        for (language, text, span) in [
            ("ru", "В ночь с понедельника на вторник выпал снег.", "с понедельника на вторник"),
            ("uk", "У ніч з понеділка на вівторок випав сніг.", "з понеділка на вівторок"),
            ("pl", "W nocy z poniedziałku na wtorek spadł śnieg.", "z poniedziałku na wtorek"),
            ("de", "In der Nacht von Montag auf Dienstag fiel Schnee.", "von Montag auf Dienstag"),
            ("fr", "Dans la nuit de lundi à mardi, il a neigé.", "de lundi à mardi"),
        ] {
            check(language, text, &[(span, both.clone())]);
        }
        check(
            "pt",
            "Nevou na noite de quinta-feira para sexta-feira.",
            &[("na noite de quinta-feira", on(Thursday)), ("para sexta-feira", on(Friday))],
        );
    }

    #[test]
    fn a_name_that_begins_like_another_word_is_a_day_without_an_article() {
        let friday = E::Weekday { weekday: Weekday::Friday, tense: Tense::Open };
        check(
            "pt",
            "Nevou durante a manhã de sexta-feira.",
            &[("manhã de sexta-feira", friday.clone())],
        );
        check("pt", "Nevou na noite de sexta.", &[("na noite de sexta", friday.clone())]);
        check("pt", "A jogada de sexta-feira foi adiada.", &[("de sexta-feira", friday.clone())]);
        check("it", "Nevicò nella notte di venerdì.", &[("di venerdì", friday.clone())]);
        check("fr", "Il a neigé dans la soirée de vendredi.", &[("vendredi", friday)]);
        check("pt", "É a sexta vez que neva.", &[]);
    }
}
