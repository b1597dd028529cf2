//! Finds the agencies that a text names.
//!
//! One pass over the text: at each place where a word may begin, the spellings that begin with the
//! character there are compared, longest first. Linear in the text; the table has some 700
//! spellings in a dozen scripts, a handful for any first character.

use newstemma_language::{Script, agencies};
use newstemma_model::Span;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// An agency where it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// Which, as an index into [`agencies`]; `None` for one that no list knows, whose name is as
    /// it is written.
    pub(crate) agency: Option<usize>,
    /// Where.
    pub(crate) span: Span,
    /// Whether the form is also a word, so that it only counts where a credit stands.
    pub(crate) is_code: bool,
}

impl Named {
    /// Its canonical name.
    pub(crate) fn name(self, text: &str) -> &str {
        match self.agency.and_then(|a| agencies().get(a)) {
            Some(agency) => &agency.name,
            None => self.span.of(text),
        }
    }

    /// Whether it supplies pictures alone.
    pub(crate) fn is_of_pictures(self) -> bool {
        self.agency.and_then(|a| agencies().get(a)).is_some_and(|a| a.pictures)
    }
}

/// All agencies named in a text, in order, not overlapping.
pub(crate) fn named_in(text: &str) -> Vec<Named> {
    let table = table();
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    let mut next_at = 0;
    for (at, c) in text.char_indices() {
        let previous = before.replace(c);
        if at < next_at {
            continue;
        }
        let Some(forms) = table.beginning_with(c) else { continue };
        if previous.is_some_and(|p| joins(p, c)) {
            continue;
        }
        let rest = &text[at..];
        if let Some((form, end)) = forms.iter().find_map(|f| Some((f, f.end_in(rest)?))) {
            let span = Span::new(at, at + end);
            found.push(Named { agency: Some(form.agency), span, is_code: form.is_code });
            next_at = at + end;
        }
    }
    found
}

/// Whether two characters stand in one word, so that none begins between them. Scripts without
/// spaces have no such words, and Latin letters may follow theirs directly.
pub(crate) fn joins(before: char, after: char) -> bool {
    if before.is_ascii() && after.is_ascii() {
        return before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric();
    }
    before.is_alphanumeric()
        && after.is_alphanumeric()
        && !Script::of(before).is_unspaced()
        && !Script::of(after).is_unspaced()
        // Hangul is written on to foreign names, and foreign names on to it.
        && (is_hangul(before) == is_hangul(after))
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

#[derive(Debug)]
struct Form {
    text: &'static str,
    open: bool,
    is_code: bool,
    agency: usize,
}

impl Form {
    /// Where the form ends in a text that may begin with it.
    fn end_in(&self, rest: &str) -> Option<usize> {
        let tail = rest.strip_prefix(self.text)?;
        let last = self.text.chars().next_back()?;
        let Some(next) = tail.chars().next() else { return Some(self.text.len()) };
        // In Hangul, particles follow.
        if !joins(last, next) || is_hangul(next) {
            return Some(self.text.len());
        }
        if !self.open {
            return None;
        }
        let ending = tail.find(|c: char| !c.is_lowercase()).unwrap_or(tail.len());
        let whole = !tail[ending..].starts_with(char::is_alphanumeric);
        (whole && tail[..ending].chars().count() <= 3).then_some(self.text.len() + ending)
    }
}

/// All forms by their first character, those of one longest first.
#[derive(Debug)]
struct Table {
    by_first: BTreeMap<char, Vec<Form>>,
    /// Whether a form begins with a character, for those that most texts consist of.
    common: Vec<bool>,
}

impl Table {
    fn of(by_first: BTreeMap<char, Vec<Form>>) -> Table {
        const COMMON_END: u32 = 0x1100;
        let begins = |c| char::from_u32(c).is_some_and(|c| by_first.contains_key(&c));
        let common = (0..COMMON_END).map(begins).collect();
        Table { by_first, common }
    }

    fn beginning_with(&self, first: char) -> Option<&[Form]> {
        if self.common.get(first as usize) == Some(&false) {
            return None;
        }
        self.by_first.get(&first).map(Vec::as_slice)
    }
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut by_first: BTreeMap<char, Vec<Form>> = BTreeMap::new();
        for (agency, known) in agencies().iter().enumerate() {
            let spellings = known.spellings.iter().map(|s| (s.as_str(), false));
            let codes = known.codes.iter().map(|s| (s.as_str(), true));
            for (written, is_code) in spellings.chain(codes) {
                let text = written.trim_end_matches('*');
                let open = text.len() < written.len();
                if let Some(first) = text.chars().next() {
                    by_first.entry(first).or_default().push(Form { text, open, is_code, agency });
                }
            }
        }
        for forms in by_first.values_mut() {
            forms.sort_by(|a, b| (b.text.len(), a.text).cmp(&(a.text.len(), b.text)));
        }
        Table::of(by_first)
    })
}

#[cfg(test)]
mod tests {
    use super::named_in;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let named = named_in(text);
        let found: Vec<(&str, &str)> =
            named.iter().map(|n| (n.name(text), n.span.of(text))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn agencies_are_found_in_every_script() {
        check("dit-il à l'AFP.", &[("AFP", "AFP")]);
        check("сообщает Интерфакс-Украина", &[("Interfax-Ukraine", "Интерфакс-Украина")]);
        check("сообщили Интерфаксу", &[("Interfax", "Интерфаксу")]);
        check("据新华社报道", &[("Xinhua", "新华社")]);
        check("연합뉴스에 따르면 AFP통신은", &[("Yonhap", "연합뉴스"), ("AFP", "AFP통신")]);
        check("وقال لوكالة رويترز", &[("Reuters", "رويترز")]);
        check("【東京＝共同】", &[("Kyodo", "共同")]);
        check("dpa-Korrespondentin", &[("dpa", "dpa")]);
    }

    #[test]
    fn parts_of_words_are_no_names() {
        check("PAPER, APART, Reutersward Bridge", &[]);
        check("shapdpa", &[]);
    }

    #[test]
    fn words_that_are_codes_are_told_apart() {
        let named = named_in("Die APA und Reuters");
        assert_eq!(named.iter().map(|n| n.is_code).collect::<Vec<_>>(), [true, false]);
    }
}
