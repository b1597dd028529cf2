//! What every part of the page needs: who has which number, and where one can point to.
//!
//! Reports are numbered through the page in order of the input, and their sentences through each
//! report: a citation reads `2.5` and leads to the fifth sentence of the second report. Lost
//! texts go by Greek letters, as lost manuscripts do.

use maud::{Markup, html};
use newstemma_model::{
    Day, Document, ExemplarId, Language, Located, Node, ReportId, Statement, StatementId,
};
use newstemma_pipeline::{Collection, StoryAccount, lines_of_text};
use std::collections::BTreeMap;

/// The whole page's view of a collection.
#[derive(Debug)]
pub(super) struct Book<'a> {
    /// All that is shown.
    pub(super) collection: &'a Collection,
    index: BTreeMap<ReportId, usize>,
}

impl<'a> Book<'a> {
    /// Numbers the reports of a collection.
    pub(super) fn new(collection: &'a Collection) -> Book<'a> {
        let documents = collection.documents.iter().enumerate();
        Book { collection, index: documents.map(|(i, d)| (d.report.id, i)).collect() }
    }

    /// The document of a report. Ids that no document has are answered by `None`: what the page
    /// can't show, it leaves out.
    pub(super) fn document(&self, id: ReportId) -> Option<&'a Document> {
        self.index.get(&id).map(|&i| &self.collection.documents[i])
    }

    /// The number of a report, from 1.
    pub(super) fn number(&self, id: ReportId) -> usize {
        self.index.get(&id).map_or(0, |i| i + 1)
    }

    /// What to call a report: its outlet, else the host it came from, else its reference.
    pub(super) fn label(&self, id: ReportId) -> &'a str {
        let Some(document) = self.document(id) else { return "" };
        let report = &document.report;
        let host = report.url.as_deref().and_then(host_of);
        report.outlet.as_deref().or(host).unwrap_or(&report.reference)
    }

    /// The anchor of the sentence in which something stands, and its number there.
    fn place(&self, at: Located) -> (String, Option<usize>) {
        let number = self.number(at.report);
        let sentence = self.document(at.report).and_then(|d| d.sentence_at(at.span.start()));
        match sentence {
            Some(index) => (format!("r{number}s{}", index + 1), Some(index + 1)),
            None => (format!("r{number}"), None),
        }
    }

    /// A citation: report and sentence, with a link to it.
    pub(super) fn cite(&self, at: Located) -> Markup {
        let (anchor, sentence) = self.place(at);
        let (number, label) = (self.number(at.report), self.label(at.report));
        html! {
            a.cite href={ "#" (anchor) } title={ (label) @if let Some(s) = sentence { ", sentence " (s) } } {
                (number) @if let Some(s) = sentence { "." (s) }
            }
        }
    }

    /// Citations of several places, each sentence once.
    pub(super) fn cites(&self, places: impl IntoIterator<Item = Located>) -> Markup {
        let mut once: BTreeMap<(usize, Option<usize>), Located> = BTreeMap::new();
        for at in places {
            once.entry((self.number(at.report), self.place(at).1)).or_insert(at);
        }
        html! { span.cites { @for at in once.into_values() { (self.cite(at)) " " } } }
    }

    /// A report by its number and name, with a link to it.
    pub(super) fn report_link(&self, id: ReportId) -> Markup {
        let number = self.number(id);
        html! {
            a.witness href={ "#r" (number) } { b { (number) } " " bdi { (self.label(id)) } }
        }
    }

    /// Reports by their numbers alone.
    pub(super) fn report_numbers(&self, ids: &[ReportId]) -> Markup {
        html! {
            span.cites {
                @for &id in ids {
                    a.cite href={ "#r" (self.number(id)) } title=(self.label(id)) { (self.number(id)) } " "
                }
            }
        }
    }
}

/// One story's part of the page.
#[derive(Debug)]
pub(super) struct Chapter<'a> {
    /// The page it is a part of.
    pub(super) book: &'a Book<'a>,
    /// The story.
    pub(super) told: &'a StoryAccount,
    /// Its number on the page, from 1.
    pub(super) number: usize,
    /// Its reports by common descent.
    pub(super) lines: Vec<Vec<ReportId>>,
    letters: BTreeMap<ExemplarId, String>,
    statements: BTreeMap<StatementId, &'a Statement>,
    members: BTreeMap<ReportId, usize>,
}

impl<'a> Chapter<'a> {
    /// The chapter of a story.
    pub(super) fn new(book: &'a Book<'a>, told: &'a StoryAccount, number: usize) -> Chapter<'a> {
        let exemplars = told.stemma.exemplars.iter().enumerate();
        let members = told.members.iter().enumerate();
        Chapter {
            book,
            told,
            number,
            lines: lines_of_text(told),
            letters: exemplars.map(|(i, exemplar)| (exemplar.id, letter(i))).collect(),
            statements: told.statements.iter().map(|s| (s.id, s)).collect(),
            members: members
                .map(|(member, &index)| (book.collection.documents[index].report.id, member))
                .collect(),
        }
    }

    /// A statement of the story.
    pub(super) fn statement(&self, id: StatementId) -> Option<&'a Statement> {
        self.statements.get(&id).copied()
    }

    /// The statements of these ids.
    pub(super) fn statements(&self, ids: &[StatementId]) -> Vec<&'a Statement> {
        ids.iter().filter_map(|&id| self.statement(id)).collect()
    }

    /// Which member of the story a report is.
    pub(super) fn member(&self, id: ReportId) -> Option<usize> {
        self.members.get(&id).copied()
    }

    /// The day of a report, and whether the report says it itself.
    pub(super) fn day(&self, id: ReportId) -> Option<(Day, Dated)> {
        let given = self.book.document(id).and_then(|d| d.report.published);
        let inferred = || {
            let member = self.member(id)?;
            self.told.inferred.get(member)?.as_ref().map(|i| (i.day, Dated::Inferred))
        };
        given.map(|published| (published.day, Dated::Given)).or_else(inferred)
    }

    /// The letter of a lost text.
    pub(super) fn letter(&self, id: ExemplarId) -> &str {
        self.letters.get(&id).map_or("?", String::as_str)
    }

    /// What a node is called where there is little room: a number or a letter.
    pub(super) fn siglum(&self, node: Node) -> String {
        match node {
            Node::Report(id) => self.book.number(id).to_string(),
            Node::Exemplar(id) => self.letter(id).to_owned(),
        }
    }

    /// A node with a link to where the page tells more of it.
    pub(super) fn node_link(&self, node: Node) -> Markup {
        match node {
            Node::Report(id) => self.book.report_link(id),
            Node::Exemplar(id) => html! {
                a.witness href={ "#" (self.exemplar_anchor(id)) } {
                    b { (self.letter(id)) } " lost text"
                    @if let Some(credited) = self.credited_to(id) { " of " (credited) }
                }
            },
        }
    }

    /// The anchor of a lost text.
    pub(super) fn exemplar_anchor(&self, id: ExemplarId) -> String {
        format!("x{}-{}", self.number, self.letter(id))
    }

    /// Whom the reports below a lost text credit.
    pub(super) fn credited_to(&self, id: ExemplarId) -> Option<&'a str> {
        let exemplar = self.told.stemma.exemplars.iter().find(|e| e.id == id)?;
        exemplar.credited_to.as_deref()
    }
}

/// Who says when a report was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    /// The report itself.
    Given,
    /// It follows from the text and its relatives.
    Inferred,
}

/// A day in words.
pub(super) fn day(day: Day) -> Markup {
    html! { time datetime=(day) { (day_in_words(day)) } }
}

/// A day in words, without markup.
pub(super) fn day_in_words(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format!("{date} {} {year}", month_in_words(month))
}

/// The English name of a month.
pub(super) fn month_in_words(month: u32) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get(month.wrapping_sub(1) as usize).copied().unwrap_or("")
}

/// The attribute `lang` of a text: none where its language is not known.
pub(super) fn lang(language: Language) -> Option<String> {
    language.is_known().then(|| language.to_string())
}

/// The attribute `dir` of a text: right to left where most of its letters are of such a script.
///
/// `dir="auto"` would go by the first letter, and turn an Arabic report that begins with a Latin
/// name.
pub(super) fn dir(text: &str) -> &'static str {
    /// The beginning decides; a long report need not be read to its end for that.
    const LETTERS_MAX: usize = 400;
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_MAX);
    let (mut left, mut right) = (0_usize, 0_usize);
    for letter in letters {
        match u32::from(letter) {
            // Hebrew to Arabic Extended-A, their presentation forms, and the scripts of the
            // supplementary right-to-left block.
            0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff => right += 1,
            _ => left += 1,
        }
    }
    if right > left { "rtl" } else { "ltr" }
}

/// The host of an address, without `www.`.
fn host_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// α, β, γ …; after ω, α2 and so on.
fn letter(index: usize) -> String {
    const LETTERS: [char; 24] = [
        'α', 'β', 'γ', 'δ', 'ε', 'ζ', 'η', 'θ', 'ι', 'κ', 'λ', 'μ', 'ν', 'ξ', 'ο', 'π', 'ρ', 'σ',
        'τ', 'υ', 'φ', 'χ', 'ψ', 'ω',
    ];
    let letter = LETTERS[index % LETTERS.len()];
    match index / LETTERS.len() {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{dir, host_of, letter};

    #[test]
    fn direction_goes_by_most_letters_not_by_the_first() {
        assert_eq!(dir("Reuters: أعلنت السلطات إغلاق الجسر بعد الفيضان"), "rtl");
        assert_eq!(dir("Міст закрили після повені"), "ltr");
        assert_eq!(dir("הגשר נסגר"), "rtl");
        assert_eq!(dir("12:30"), "ltr");
    }

    #[test]
    fn hosts_and_letters() {
        assert_eq!(host_of("https://www.example.org/a?b"), Some("example.org"));
        assert_eq!(host_of("example.org"), None);
        assert_eq!((letter(0), letter(25)), ("α".to_owned(), "β2".to_owned()));
    }
}
