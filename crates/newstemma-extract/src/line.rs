//! Lines of a text, and the signs that each bears of being something else than body.

mod form;
mod reading;
mod sign;

use crate::agency::Named;
use newstemma_model::Span;
use reading::Reading;

pub(crate) use form::ends_with_stop;
#[cfg(test)]
pub(crate) use sign::SIGNS;
pub(crate) use sign::{Sign, Signs};

/// The lines of a text that hold more than white space, without white space at their ends.
pub(crate) fn lines(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_line_end(*c)) {
        found.push(Span::new(start, at).trimmed(text));
        start = at + c.len_utf8();
    }
    found.push(Span::new(start, text.len()).trimmed(text));
    found.retain(|line| !line.is_empty());
    found
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Words from which on a line counts as a paragraph.
pub(crate) const PARAGRAPH_WORDS: f32 = 15.0;

/// Lines of more bytes are paragraphs without a look at their words: no insert is so long.
pub(crate) const LINE_BYTES_MAX: usize = 1_200;

/// A line with its signs, as far as it bears them by itself.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Where.
    pub(crate) span: Span,
    /// How many words, about.
    pub(crate) words: f32,
    /// What it bears.
    pub(crate) signs: Signs,
}

impl Line {
    /// Reads a line of `text`; `named` are the agencies in it.
    pub(crate) fn read(text: &str, span: Span, named: &[Named]) -> Line {
        let line = span.of(text);
        if line.len() > LINE_BYTES_MAX {
            let words = PARAGRAPH_WORDS * 4.0;
            return Line { span, words, signs: Signs::default() };
        }
        let reading = Reading::new(line, span, named);
        let signs = reading.signs();
        Line { span, words: reading.words, signs }
    }

    /// Whether it is long enough to be a paragraph of the body.
    pub(crate) fn is_paragraph(&self) -> bool {
        self.words >= PARAGRAPH_WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Sign, lines};
    use crate::agency::named_in;
    use newstemma_model::Span;

    fn check(line: &str, expected: &[Sign]) {
        let span = Span::new(0, line.len());
        let read = Line::read(line, span, &named_in(line));
        for sign in expected {
            assert!(read.signs.get(*sign) > 0.0, "{line}: {sign:?} is missing");
        }
    }

    #[test]
    fn lines_are_parted_at_every_kind_of_end() {
        let text = " Один\r\n\n two \u{2028}三\n";
        let found: Vec<&str> = lines(text).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["Один", "two", "三"]);
    }

    #[test]
    fn an_agency_before_a_sentence_credits_no_picture() {
        let body = "The ferry was afloat again on Wednesday evening, the coast guard said, and nobody was hurt.";
        for (lead, is_picture) in [
            ("(Reuters) — ", false),
            ("REUTERS - ", false),
            ("Reuters: ", false),
            ("REUTERS / Ana Pires - ", true),
            ("Photo: Reuters / Ana Pires. ", true),
        ] {
            let line = format!("{lead}{body}");
            let read = Line::read(&line, Span::new(0, line.len()), &named_in(&line));
            assert_eq!(read.signs.get(Sign::PhotoMarked) > 0.0, is_picture, "{line}");
        }
    }

    #[test]
    fn lines_bear_signs() {
        check("► Lesen Sie auch: Fähre wieder unterwegs", &[Sign::TeaserMarked, Sign::NoStop]);
        check("Похожие новости", &[Sign::TeaserWhole]);
        check("Реклама", &[Sign::NoticeWhole]);
        check("请点击这里订阅我们的电子报", &[Sign::ThingAndAsk]);
        check("Der Hafen von oben. Foto: Ana Pires/dpa", &[Sign::PhotoTail]);
        check("IDA VOSS / AFP", &[Sign::CreditNames]);
        check("Mit Material von Reuters und dpa", &[Sign::CreditWhole]);
        check("hafen-lokal-02", &[Sign::Code]);
        check("– Ruhige Nacht –", &[Sign::Framed]);
        check("Il porto visto dal molo (Carla BRUNI).", &[Sign::PhotographerTail]);
        check("Fähre rammt Mole in Nordhafen – Küstenbote", &[Sign::OutletSuffix]);
    }
}
