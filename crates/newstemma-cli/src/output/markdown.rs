//! The account as Markdown: as short as it can be and still be checked. Made to be read in a
//! terminal as well, so the stemma is drawn with lines, and tables are left to the page.

use super::summary::counted;
use super::view::{
    Book, Chapter, Dated, Drawn, Forest, Row, day_in_words, digest, edtf_in_words, timeline, words,
};
use newstemma_language::Pack;
use newstemma_model::{Claim, Difference, Direction, Language, Located, Node, Origin, ReportId};
use newstemma_pipeline::{Collection, figure_ranges};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Citations of one claim or reading that are written out.
const CITES_MAX: usize = 12;

/// Writes the accounts of a collection.
pub(crate) fn write(
    out: &mut dyn Write,
    collection: &Collection,
    reader: Language,
) -> io::Result<()> {
    let book = Book::new(collection, reader);
    let mut stories: Vec<_> = collection.stories.iter().collect();
    // Stable: stories of one size stay in order of the input.
    stories.sort_by_key(|told| std::cmp::Reverse(told.story.reports.len()));
    let chapters: Vec<Chapter> =
        stories.iter().zip(1..).map(|(told, number)| Chapter::new(&book, told, number)).collect();
    let (stories, lone): (Vec<&Chapter>, Vec<&Chapter>) =
        chapters.iter().partition(|chapter| chapter.told.story.reports.len() > 1);
    for chapter in stories {
        story(out, chapter)?;
    }
    if !lone.is_empty() {
        writeln!(out, "# Reports in no story with another\n")?;
        for chapter in lone {
            chapter.told.story.reports.iter().try_for_each(|&id| report(out, chapter, id))?;
        }
    }
    Ok(())
}

fn story(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let story = &chapter.told.story;
    writeln!(out, "# {}\n", escaped(&story.title))?;
    let days = match (story.first, story.last) {
        (Some(first), Some(last)) if first != last => {
            format!("{} – {}", day_in_words(first), day_in_words(last))
        }
        (Some(only), _) | (_, Some(only)) => day_in_words(only),
        (None, None) => "days not known".to_owned(),
    };
    let languages: Vec<String> = story.languages.iter().map(ToString::to_string).collect();
    writeln!(out, "{days} · {}\n", languages.join(", "))?;
    writeln!(out, "**{}**\n", count(chapter))?;
    in_short(out, chapter)?;
    stemma(out, chapter)?;
    claims(out, chapter)?;
    differences(out, chapter)?;
    figures(out, chapter)?;
    dates(out, chapter)?;
    writeln!(out, "## Reports\n")?;
    chapter.reports_by_number().into_iter().try_for_each(|id| report(out, chapter, id))?;
    writeln!(out)
}

fn count(chapter: &Chapter) -> String {
    let mut parts = vec![
        counted(chapter.told.story.reports.len(), "report", "reports"),
        counted(chapter.lines.len(), "line of text", "lines of text"),
    ];
    if let Some(claim) = chapter.told.account.claims.first() {
        parts.push(format!("the main claim has {}", support(claim)));
    }
    parts.join(" · ")
}

fn support(claim: &Claim) -> String {
    let known = counted(claim.independent as usize, "independent origin", "independent origins");
    match claim.unknown_lineage {
        0 => known,
        unknown => format!("{known}, {unknown} of unknown lineage"),
    }
}

/// The story in ten lines.
fn in_short(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let phrases = &Pack::of(chapter.book.reader).digest;
    let lines = digest(chapter, phrases, chapter.book.reader);
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "## {}\n", phrases.in_short)?;
    for line in lines {
        let words: Vec<String> = line
            .words
            .iter()
            .map(|(words, _, places)| {
                format!("“{}” [{}]", escaped(words), cites(chapter, places.iter().copied()))
            })
            .collect();
        write!(out, "- **{}**: {}", line.label, words.join(" / "))?;
        let notes: Vec<String> = line.notes.iter().map(|note| escaped(note)).collect();
        if !notes.is_empty() {
            write!(out, " ({})", notes.join(" · "))?;
        }
        writeln!(out)?;
    }
    writeln!(out)
}

fn stemma(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let forest = Forest::of(chapter.told);
    writeln!(out, "## Stemma\n\n```text")?;
    for row in forest.rows(&chapter.lines) {
        if let Some(line) = row.line.filter(|&line| line > 0) {
            writeln!(out, "line {line}")?;
        }
        writeln!(out, "{}{}", "   ".repeat(row.depth + 1), drawn(chapter, &row))?;
    }
    for edge in &forest.second {
        let (child, parent) = (chapter.siglum(edge.child), chapter.siglum(edge.parent));
        writeln!(out, "   {child} also from {parent}: {}", edge_in_words(edge))?;
    }
    writeln!(out, "```\n")
}

fn drawn(chapter: &Chapter, row: &Row) -> String {
    let what = match &row.what {
        Drawn::Text(Node::Report(id)) => {
            let day = chapter.day(*id).map(|(day, dated)| match dated {
                Dated::Given => format!(", {day}"),
                Dated::Inferred => format!(", about {day}"),
            });
            let (number, label) = (chapter.book.number(*id), chapter.book.label(*id));
            format!("{number} {label}{}", day.unwrap_or_default())
        }
        Drawn::Text(Node::Exemplar(id)) => {
            let credited = chapter.credited_to(*id).map(|name| format!(" of {name}"));
            format!("{} lost text{}", chapter.letter(*id), credited.unwrap_or_default())
        }
        Drawn::More(nodes) => format!("and {} more", counted(nodes.len(), "report", "reports")),
        Drawn::Chain(nodes, direction) => {
            format!("{}, {}", counted(nodes.len(), "text", "texts"), words::chain(*direction))
        }
    };
    match row.edge {
        Some(edge) => format!("└ {what} ({})", edge_in_words(edge)),
        None => what,
    }
}

fn edge_in_words(edge: &newstemma_model::Derivation) -> String {
    let undecided = match edge.direction {
        Direction::Decided => "",
        Direction::Undecided => ", direction undecided",
    };
    format!("{}, {}{undecided}", words::relation(edge), words::per_cent(edge.confidence.get()))
}

/// The claims of more than one report; of the others, how many they are.
fn claims(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let claims = &chapter.told.account.claims;
    if claims.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Claims\n")?;
    let mut single = 0;
    for claim in claims {
        let statements = chapter.statements(&claim.statements);
        let reports: BTreeSet<ReportId> = statements.iter().map(|s| s.report).collect();
        if reports.len() < 2 {
            single += 1;
            continue;
        }
        let places = statements.iter().map(|s| Located { report: s.report, span: s.said() });
        writeln!(out, "- {} [{}]", escaped(&claim.text), cites(chapter, places))?;
        writeln!(out, "  {}; {}", support(claim), counted(reports.len(), "report", "reports"))?;
        for origin in &claim.origins {
            writeln!(out, "  - {}", origin_in_words(chapter, origin))?;
        }
    }
    if single > 0 {
        let only = counted(single, "claim", "claims");
        writeln!(out, "\n{only} more that one report alone makes.")?;
    }
    writeln!(out)
}

fn origin_in_words(chapter: &Chapter, origin: &Origin) -> String {
    let hands: Vec<String> = origin
        .chain
        .iter()
        .skip_while(|hand| **hand == origin.name)
        .map(|hand| escaped(hand))
        .collect();
    let by_way =
        if hands.is_empty() { String::new() } else { format!(" → {}", hands.join(" → ")) };
    let reports: Vec<String> =
        origin.reports.iter().map(|&id| chapter.book.number(id).to_string()).collect();
    let (name, kind) = (escaped(&origin.name), words::origin(origin.kind));
    format!("{name} ({kind}){by_way} → {}", reports.join(", "))
}

fn differences(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let differences = &chapter.told.account.differences;
    if differences.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Differences\n")?;
    for difference in differences {
        writeln!(out, "- {}", difference_in_words(chapter, difference))?;
    }
    writeln!(out)
}

fn difference_in_words(chapter: &Chapter, difference: &Difference) -> String {
    let readings: Vec<String> = difference
        .variants
        .iter()
        .map(|v| format!("“{}” [{}]", escaped(&v.value), cites(chapter, v.spans.iter().copied())))
        .collect();
    let arose = difference.arose.map(|edge| {
        let (child, parent) = (chapter.siglum(edge.child), chapter.siglum(edge.parent));
        format!("; arose where {child} was made from {parent}")
    });
    let kind = words::difference(difference.kind);
    format!("{kind}: {}{}", readings.join(" / "), arose.unwrap_or_default())
}

fn figures(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let ranges = figure_ranges(chapter.told);
    if ranges.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Figures\n")?;
    for range in ranges {
        let unit = range.readings.iter().find_map(|reading| reading.figure.unit.as_deref());
        let what = unit.map_or(words::figure(range.kind).to_owned(), escaped);
        let value = words::number;
        writeln!(
            out,
            "- {what}: low {}, best {}, high {} [{}]",
            value(range.low),
            value(range.best),
            value(range.high),
            cites(chapter, range.readings.iter().map(|reading| reading.at)),
        )?;
    }
    writeln!(out)
}

fn dates(out: &mut dyn Write, chapter: &Chapter) -> io::Result<()> {
    let timeline = timeline(chapter);
    if timeline.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Timeline\n")?;
    for (date, entry) in timeline {
        writeln!(out, "- {}", edtf_in_words(&date))?;
        if !entry.published.is_empty() {
            let reports = entry.published.iter();
            let reports: Vec<String> = reports
                .map(|(id, dated)| match dated {
                    Dated::Given => chapter.book.number(*id).to_string(),
                    Dated::Inferred => format!("{} (inferred)", chapter.book.number(*id)),
                })
                .collect();
            writeln!(out, "  - published: {}", reports.join(", "))?;
        }
        for said in &entry.said {
            let cites = cites(chapter, said.at.iter().copied());
            writeln!(out, "  - {} [{cites}]", escaped(&said.claim.text))?;
        }
    }
    writeln!(out)
}

fn report(out: &mut dyn Write, chapter: &Chapter, id: ReportId) -> io::Result<()> {
    let Some(document) = chapter.book.document(id) else { return Ok(()) };
    let report = &document.report;
    let label = chapter.book.label(id);
    let mut parts = vec![escaped(label)];
    parts.extend(report.title.as_deref().map(escaped));
    parts.push(report.language.to_string());
    parts.extend(chapter.day(id).map(|(day, _)| day.to_string()));
    if report.reference != label {
        parts.push(format!("`{}`", report.reference.replace('`', "'")));
    }
    writeln!(out, "{}. {}", chapter.book.number(id), parts.join(" · "))
}

fn cites(chapter: &Chapter, places: impl IntoIterator<Item = Located>) -> String {
    let places = chapter.book.distinct(places);
    let mut cites: Vec<String> =
        places.iter().take(CITES_MAX).map(|&at| chapter.book.citation(at)).collect();
    if places.len() > CITES_MAX {
        cites.push(format!("and {} more", places.len() - CITES_MAX));
    }
    cites.join(", ")
}

/// A text of a report on one line, in which nothing is taken for Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, word) in text.split_whitespace().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        for c in word.chars() {
            if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '#' | '~' | '|') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::output::fixture::collection;
    use newstemma_model::Language;

    #[test]
    fn the_account_says_the_same_as_the_page() {
        let mut out = Vec::new();
        write(&mut out, &collection(), Language::parse("en").unwrap()).unwrap();
        let text = String::from_utf8(out).unwrap();
        for part in [
            "# Twelve missing after bridge collapse on the Lira\n",
            "**4 reports · 2 lines of text · the main claim has 2 independent origins, 1 of unknown lineage**",
            "   α lost text of AMP\n      └ 1 The Lira Courier, 2031-03-04 (rewrite, 93\u{a0}%)\n",
            "         └ 3 Harbour Post, 2031-03-05 (verbatim, in part, 93\u{a0}%)\n",
            "- Twelve people are missing after a bridge collapsed on Tuesday [1.2, 2.1, 3.2, 4.2]\n",
            "  - Hana Weil (person) → AMP → 1, 2, 3\n",
            "- Figure: “12” [1.2, 2.1, 4.2] / “20” [3.2]; arose where 3 was made from 1\n",
            "1 claim more that one report alone makes.",
            "# Reports in no story with another\n",
        ] {
            assert!(text.contains(part), "{part}\nis not in\n{text}");
        }
    }

    #[test]
    fn nothing_of_a_report_becomes_markdown() {
        assert_eq!(super::escaped("a *b*\n# <c> [d](e)"), r"a \*b\* \# \<c> \[d\](e)");
    }
}
