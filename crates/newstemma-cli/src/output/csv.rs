//! Tables for those who compile records: figures and dated events, as CSV (RFC 4180).
//!
//! `figures.csv` has one row a figure of a report: whose it is, as of when, and the least, best and
//! greatest value of the quantity it is taken for. `events.csv` has one row a claim and date, in
//! columns after the UCDP Georeferenced Event Dataset: when and how precisely, where, who, low, best
//! and high of its first count, sources, and on how many independent origins it stands. What the
//! count counts is given beside it; whether it is of deaths is for the reader to say.

use super::view::{Book, Chapter, timeline, words};
use newstemma_model::{Claim, EntityId, EntityKind, Language, SourceKind, Statement};
use newstemma_pipeline::{Collection, FigureRange, Reading, figure_ranges};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

const FIGURES: [&str; 15] = [
    "story", "claim", "what", "kind", "low", "best", "high", "from", "to", "about", "said_by",
    "report", "as_of", "cite", "text",
];

const EVENTS: [&str; 16] = [
    "id",
    "story",
    "year",
    "date_start",
    "date_end",
    "date_prec",
    "where",
    "actors",
    "what",
    "low",
    "best",
    "high",
    "number_of_sources",
    "independent_origins",
    "source_original",
    "text",
];

/// Writes the figures of all stories.
pub(crate) fn figures(out: &mut dyn Write, collection: &Collection) -> io::Result<()> {
    let book = Book::new(collection, Language::UNKNOWN);
    row(out, FIGURES.map(str::to_owned))?;
    for chapter in chapters(&book) {
        for range in figure_ranges(chapter.told) {
            range
                .readings
                .iter()
                .try_for_each(|reading| row(out, figure_row(&chapter, &range, reading)))?;
        }
    }
    Ok(())
}

/// Writes the dated claims of all stories, by story, then by date.
pub(crate) fn events(out: &mut dyn Write, collection: &Collection) -> io::Result<()> {
    let book = Book::new(collection, Language::UNKNOWN);
    row(out, EVENTS.map(str::to_owned))?;
    for chapter in chapters(&book) {
        let ranges = figure_ranges(chapter.told);
        for (date, entry) in timeline(&chapter) {
            for said in entry.said {
                row(out, event_row(&chapter, &ranges, &date, said.claim))?;
            }
        }
    }
    Ok(())
}

fn chapters<'a>(book: &'a Book<'a>) -> impl Iterator<Item = Chapter<'a>> {
    book.collection.stories.iter().zip(1..).map(|(told, number)| Chapter::new(book, told, number))
}

fn figure_row(chapter: &Chapter, range: &FigureRange, reading: &Reading) -> [String; 15] {
    let statement = chapter.statement(reading.statement);
    let quantity = &reading.figure.quantity;
    [
        chapter.told.story.id.to_string(),
        range.claim.to_string(),
        what(chapter, range),
        words::figure(range.kind).to_owned(),
        range.low.to_string(),
        range.best.to_string(),
        range.high.to_string(),
        quantity.low.map_or_else(String::new, |low| low.to_string()),
        quantity.high.map_or_else(String::new, |high| high.to_string()),
        if quantity.approximate { "yes" } else { "no" }.to_owned(),
        statement.and_then(speaker).unwrap_or_default(),
        chapter.book.label(reading.at.report).to_owned(),
        chapter.day(reading.at.report).map_or_else(String::new, |(day, _)| day.to_string()),
        chapter.book.citation(reading.at),
        statement.and_then(|s| words_of(chapter, s)).unwrap_or_default(),
    ]
}

/// What is counted, as the first report with a word for it has it.
fn what(chapter: &Chapter, range: &FigureRange) -> String {
    let of = range.readings.iter().find_map(|reading| {
        let document = chapter.book.document(reading.at.report)?;
        Some(reading.figure.of?.of(&document.report.text).to_owned())
    });
    let unit = || range.readings.iter().find_map(|reading| reading.figure.unit.clone());
    of.or_else(unit).unwrap_or_default()
}

/// Who is named as having said it.
fn speaker(statement: &Statement) -> Option<String> {
    let source = statement.source.as_ref()?;
    (source.kind != SourceKind::Unstated).then(|| source.name.clone())
}

fn words_of(chapter: &Chapter, statement: &Statement) -> Option<String> {
    let document = chapter.book.document(statement.report)?;
    Some(statement.said().trimmed(&document.report.text).of(&document.report.text).to_owned())
}

fn event_row(chapter: &Chapter, ranges: &[FigureRange], date: &str, claim: &Claim) -> [String; 16] {
    let statements = chapter.statements(&claim.statements);
    let (start, end) = ends(date);
    let (places, actors) = named(chapter, &statements);
    let count = ranges.iter().find(|range| range.claim == claim.id);
    let value =
        |of: fn(&FigureRange) -> f64| count.map_or_else(String::new, |range| of(range).to_string());
    let reports: BTreeSet<_> = statements.iter().map(|s| s.report).collect();
    let origins: Vec<&str> = claim.origins.iter().map(|origin| origin.name.as_str()).collect();
    [
        claim.id.to_string(),
        chapter.told.story.id.to_string(),
        year(start, end).to_owned(),
        start.to_owned(),
        end.to_owned(),
        precision(start, end).to_owned(),
        places,
        actors,
        count.map_or_else(String::new, |range| what(chapter, range)),
        value(|range| range.low),
        value(|range| range.best),
        value(|range| range.high),
        reports.len().to_string(),
        claim.independent.to_string(),
        origins.join("; "),
        claim.text.clone(),
    ]
}

/// First and last day, as far as a date gives them.
fn ends(date: &str) -> (&str, &str) {
    let open = |end: &'_ str| end == "..";
    match date.split_once('/') {
        Some((start, end)) => {
            (if open(start) { "" } else { start }, if open(end) { "" } else { end })
        }
        None => (date, date),
    }
}

fn year<'d>(start: &'d str, end: &'d str) -> &'d str {
    let known = if start.is_empty() { end } else { start };
    known.split('-').next().unwrap_or_default()
}

/// As UCDP GED has it: 1 a day, 4 a month, 5 a year or longer or open.
fn precision(start: &str, end: &str) -> &'static str {
    match (start == end, start.split('-').count()) {
        (true, 3) => "1",
        (true, 2) => "4",
        _ => "5",
    }
}

/// The places, and the persons and organisations, that the statements name, each once.
fn named(chapter: &Chapter, statements: &[&Statement]) -> (String, String) {
    let kinds: BTreeMap<EntityId, (EntityKind, &str)> = chapter
        .told
        .account
        .entities
        .iter()
        .map(|entity| (entity.id, (entity.kind, entity.name.as_str())))
        .collect();
    let mut places = BTreeSet::new();
    let mut actors = BTreeSet::new();
    for statement in statements {
        let Some(document) = chapter.book.document(statement.report) else { continue };
        let inside = document.names.iter().filter(|name| statement.span.contains(name.span));
        for (kind, name) in inside.filter_map(|name| kinds.get(&name.entity?)) {
            match kind {
                EntityKind::Place => places.insert(*name),
                EntityKind::Person | EntityKind::Organisation => actors.insert(*name),
                EntityKind::Other => false,
            };
        }
    }
    let joined = |names: BTreeSet<&str>| names.into_iter().collect::<Vec<_>>().join("; ");
    (joined(places), joined(actors))
}

fn row<const N: usize>(out: &mut dyn Write, fields: [String; N]) -> io::Result<()> {
    let fields = fields.map(|field| quoted(&field));
    write!(out, "{}\r\n", fields.join(","))
}

/// A field, in quotation marks where it needs them. What a spreadsheet would take for a formula
/// gets an apostrophe: the texts are foreign.
fn quoted(field: &str) -> String {
    let number = field.parse::<f64>().is_ok();
    let formula = field.starts_with(['=', '+', '-', '@', '\t']) && !number;
    let field = if formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::{events, figures, precision, quoted};
    use crate::output::fixture::collection;

    #[test]
    fn a_figure_is_told_with_who_gives_it_and_as_of_when() {
        let mut out = Vec::new();
        figures(&mut out, &collection()).unwrap();
        let text = String::from_utf8(out).unwrap();
        let rows: Vec<&str> = text.split_terminator("\r\n").collect();
        assert_eq!(rows[0].split(',').count(), 15);
        let changed = rows.iter().find(|row| row.contains("Harbour Post")).unwrap();
        assert!(
            changed.contains(",12,12,20,20,20,no,Hana Weil,Harbour Post,2031-03-05,3.2,"),
            "{changed}"
        );
    }

    #[test]
    fn a_dated_claim_is_an_event_with_its_origins() {
        let mut out = Vec::new();
        events(&mut out, &collection()).unwrap();
        let text = String::from_utf8(out).unwrap();
        let row = text.split_terminator("\r\n").nth(1).unwrap();
        assert!(row.contains(",2031,2031-03-04,2031-03-04,1,"), "{row}");
        assert!(row.contains(",12,12,20,4,2,"), "{row}");
    }

    #[test]
    fn fields_are_quoted_and_disarmed() {
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!((quoted("=1+1"), quoted("-3")), ("'=1+1".to_owned(), "-3".to_owned()));
        assert_eq!((precision("2031-03", "2031-03"), precision("", "2031")), ("4", "5"));
    }
}
