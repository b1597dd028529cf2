//! What every part of an account needs: who has which number, and where one can point to.
//!
//! Reports are numbered through the account in order of the input, and their sentences through each
//! report: a citation reads `2.5` and leads to the fifth sentence of the second report. Lost
//! texts go by Greek letters, as lost manuscripts do.

use newstemma_model::{
    Day, Document, ExemplarId, Language, Located, Node, ReportId, Statement, StatementId,
};
use newstemma_pipeline::{Collection, StoryAccount, lines_of_text};
use std::collections::BTreeMap;

/// The whole page's view of a collection.
#[derive(Debug)]
pub(crate) struct Book<'a> {
    /// All that is shown.
    pub(crate) collection: &'a Collection,
    /// The language it is read in, as far as there is a choice.
    pub(crate) reader: Language,
    index: BTreeMap<ReportId, usize>,
}

impl<'a> Book<'a> {
    /// Numbers the reports of a collection.
    pub(crate) fn new(collection: &'a Collection, reader: Language) -> Book<'a> {
        let documents = collection.documents.iter().enumerate();
        Book { collection, reader, index: documents.map(|(i, d)| (d.report.id, i)).collect() }
    }

    /// The document of a report. Ids that no document has are answered by `None`: what the page
    /// can't show, it leaves out.
    pub(crate) fn document(&self, id: ReportId) -> Option<&'a Document> {
        self.index.get(&id).map(|&i| &self.collection.documents[i])
    }

    /// The number of a report, from 1.
    pub(crate) fn number(&self, id: ReportId) -> usize {
        self.index.get(&id).map_or(0, |i| i + 1)
    }

    /// What to call a report: its outlet, else the host it came from, else its reference, of a
    /// path the name of the file.
    pub(crate) fn label(&self, id: ReportId) -> &'a str {
        let Some(document) = self.document(id) else { return "" };
        let report = &document.report;
        let host = report.url.as_deref().and_then(host_of);
        let file = report.reference.rsplit(['/', '\\']).find(|part| !part.is_empty());
        report.outlet.as_deref().or(host).or(file).unwrap_or(&report.reference)
    }

    /// The number of the sentence in which something stands, from 1, if it stands in any.
    pub(crate) fn sentence_number(&self, at: Located) -> Option<usize> {
        let document = self.document(at.report)?;
        document.sentence_at(at.span.start()).map(|index| index + 1)
    }

    /// Report and sentence of a place, as it is cited: `2.5`.
    pub(crate) fn citation(&self, at: Located) -> String {
        let report = self.number(at.report);
        match self.sentence_number(at) {
            Some(sentence) => format!("{report}.{sentence}"),
            None => report.to_string(),
        }
    }

    /// Places in order, each sentence once.
    pub(crate) fn distinct(&self, places: impl IntoIterator<Item = Located>) -> Vec<Located> {
        let mut once: BTreeMap<(usize, Option<usize>), Located> = BTreeMap::new();
        for at in places {
            once.entry((self.number(at.report), self.sentence_number(at))).or_insert(at);
        }
        once.into_values().collect()
    }
}

/// One story's part of the page.
#[derive(Debug)]
pub(crate) struct Chapter<'a> {
    /// The page it is a part of.
    pub(crate) book: &'a Book<'a>,
    /// The story.
    pub(crate) told: &'a StoryAccount,
    /// Its number on the page, from 1.
    pub(crate) number: usize,
    /// Its reports by common descent.
    pub(crate) lines: Vec<Vec<ReportId>>,
    letters: BTreeMap<ExemplarId, String>,
    statements: BTreeMap<StatementId, &'a Statement>,
    members: BTreeMap<ReportId, usize>,
}

impl<'a> Chapter<'a> {
    /// The chapter of a story.
    pub(crate) fn new(book: &'a Book<'a>, told: &'a StoryAccount, number: usize) -> Chapter<'a> {
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

    /// The story's reports, in order of their numbers.
    pub(crate) fn reports_by_number(&self) -> Vec<ReportId> {
        let mut reports = self.told.story.reports.clone();
        reports.sort_by_key(|&id| self.book.number(id));
        reports
    }

    /// A statement of the story.
    pub(crate) fn statement(&self, id: StatementId) -> Option<&'a Statement> {
        self.statements.get(&id).copied()
    }

    /// The statements of these ids.
    pub(crate) fn statements(&self, ids: &[StatementId]) -> Vec<&'a Statement> {
        ids.iter().filter_map(|&id| self.statement(id)).collect()
    }

    /// Which member of the story a report is.
    pub(crate) fn member(&self, id: ReportId) -> Option<usize> {
        self.members.get(&id).copied()
    }

    /// The day of a report, and whether the report says it itself.
    pub(crate) fn day(&self, id: ReportId) -> Option<(Day, Dated)> {
        let given = self.book.document(id).and_then(|d| d.report.published);
        let inferred = || {
            let member = self.member(id)?;
            self.told.inferred.get(member)?.as_ref().map(|i| (i.day, Dated::Inferred))
        };
        given.map(|published| (published.day, Dated::Given)).or_else(inferred)
    }

    /// The letter of a lost text.
    pub(crate) fn letter(&self, id: ExemplarId) -> &str {
        self.letters.get(&id).map_or("?", String::as_str)
    }

    /// What a node is called where there is little room: a number or a letter.
    pub(crate) fn siglum(&self, node: Node) -> String {
        match node {
            Node::Report(id) => self.book.number(id).to_string(),
            Node::Exemplar(id) => self.letter(id).to_owned(),
        }
    }

    /// The anchor of a lost text.
    pub(crate) fn exemplar_anchor(&self, id: ExemplarId) -> String {
        format!("x{}-{}", self.number, self.letter(id))
    }

    /// Whom the reports below a lost text credit.
    pub(crate) fn credited_to(&self, id: ExemplarId) -> Option<&'a str> {
        let exemplar = self.told.stemma.exemplars.iter().find(|e| e.id == id)?;
        exemplar.credited_to.as_deref()
    }
}

/// Who says when a report was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dated {
    /// The report itself.
    Given,
    /// It follows from the text and its relatives.
    Inferred,
}

/// A day in words.
pub(crate) fn day_in_words(day: Day) -> String {
    let (year, month, date) = day.ymd();
    format!("{date} {} {year}", month_in_words(month))
}

/// The English name of a month.
pub(crate) fn month_in_words(month: u32) -> &'static str {
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
    use super::{host_of, letter};

    #[test]
    fn hosts_and_letters() {
        assert_eq!(host_of("https://www.example.org/a?b"), Some("example.org"));
        assert_eq!(host_of("example.org"), None);
        assert_eq!((letter(0), letter(25)), ("α".to_owned(), "β2".to_owned()));
    }
}
