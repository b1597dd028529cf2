//! Related reports side by side, sentence by sentence.

use super::passage::marked;
use super::text::{dir, lang};
use crate::output::counted;
use crate::output::view::Chapter;
use crate::output::view::words;
use crate::output::word_diff::changed_words;
use maud::{Markup, html};
use newstemma_model::{
    Alignment, AlignmentRelation, Derivation, Document, Located, Node, ReportId, Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Pairs that are shown, what was made from what first, then those with most passages in common: the
/// pairs of a large family grow with the square of its size, and say the same over and over.
const PAIRS_MAX: usize = 24;

/// Whether two reports of the story can be read side by side.
pub(super) fn has_any(chapter: &Chapter) -> bool {
    !chapter.told.stemma.alignments.is_empty()
}

/// The section of parallel readings.
pub(super) fn section(chapter: &Chapter) -> Markup {
    if !has_any(chapter) {
        return html! {};
    }
    let mut pairs = by_pair(chapter);
    let made = made_from(chapter);
    let is_made =
        |(a, b): &(ReportId, ReportId)| made.contains(&(*a, *b)) || made.contains(&(*b, *a));
    pairs.sort_by_key(|(pair, alignments)| (!is_made(pair), std::cmp::Reverse(alignments.len())));
    let left_out = pairs.len().saturating_sub(PAIRS_MAX);
    html! {
        section aria-labelledby={ "parallel-" (chapter.number) } {
            h3 id={ "parallel-" (chapter.number) } { "Side by side" }
            @for ((a, b), alignments) in pairs.iter().take(PAIRS_MAX) {
                (pair(chapter, *a, *b, alignments))
            }
            @if left_out > 0 {
                p.soft { (counted(left_out, "pair", "pairs")) " with fewer passages in common not shown." }
            }
        }
    }
}

/// The extant reports of which one was made from the other.
fn made_from(chapter: &Chapter) -> BTreeSet<(ReportId, ReportId)> {
    let extant = |edge: &Derivation| match (edge.child, edge.parent) {
        (Node::Report(child), Node::Report(parent)) => Some((child, parent)),
        _ => None,
    };
    chapter.told.stemma.derivations.iter().filter_map(extant).collect()
}

/// Two reports and the passages that they have in common.
type Pair = ((ReportId, ReportId), Vec<Alignment>);

/// The pairs in order of their numbers, the lesser number on the left.
fn by_pair(chapter: &Chapter) -> Vec<Pair> {
    let mut pairs: BTreeMap<(usize, usize), Pair> = BTreeMap::new();
    for alignment in &chapter.told.stemma.alignments {
        let mut alignment = alignment.clone();
        if chapter.book.number(alignment.a.report) > chapter.book.number(alignment.b.report) {
            std::mem::swap(&mut alignment.a, &mut alignment.b);
        }
        let (a, b) = (alignment.a.report, alignment.b.report);
        let key = (chapter.book.number(a), chapter.book.number(b));
        pairs.entry(key).or_insert_with(|| ((a, b), Vec::new())).1.push(alignment);
    }
    pairs.into_values().collect()
}

fn pair(chapter: &Chapter, a: ReportId, b: ReportId, alignments: &[Alignment]) -> Markup {
    let book = chapter.book;
    let (Some(left), Some(right)) = (book.document(a), book.document(b)) else {
        return html! {};
    };
    html! {
        details.parallel {
            summary {
                (book.number(a)) " " bdi { (book.label(a)) } " beside "
                (book.number(b)) " " bdi { (book.label(b)) }
                span.soft { " · " (counted(alignments.len(), "passage", "passages")) " in common" }
            }
            div.scroll {
                table.parallel {
                    thead { tr {
                        th scope="col" { (book.report_link(a)) }
                        th scope="col" { (book.report_link(b)) }
                    } }
                    tbody {
                        @for row in rows(left, right, alignments) { (line(chapter, left, right, row)) }
                    }
                }
            }
        }
    }
}

/// A line of a parallel reading.
#[derive(Clone, Copy, Debug)]
enum Row<'a> {
    Both(&'a Alignment),
    Left(Span),
    Right(Span),
}

/// The passages in order of the left text, with what either has alone between them.
fn rows<'a>(left: &Document, right: &Document, alignments: &'a [Alignment]) -> Vec<Row<'a>> {
    let mut aligned: Vec<&Alignment> = alignments.iter().collect();
    aligned.sort_by_key(|alignment| (alignment.a.span, alignment.b.span));
    let taken_right: Vec<Span> = aligned.iter().map(|alignment| alignment.b.span).collect();
    let mut left_alone = alone(left, aligned.iter().map(|alignment| alignment.a.span)).peekable();
    let mut right_alone = alone(right, taken_right.into_iter()).peekable();
    let mut rows = Vec::new();
    let mut reached = 0;
    for &alignment in &aligned {
        while let Some(span) = left_alone.next_if(|s| s.start() < alignment.a.span.start()) {
            rows.push(Row::Left(span));
        }
        // A passage that was moved backwards pulls nothing along.
        reached = reached.max(alignment.b.span.start());
        while let Some(span) = right_alone.next_if(|s| s.start() < reached) {
            rows.push(Row::Right(span));
        }
        rows.push(Row::Both(alignment));
    }
    rows.extend(left_alone.map(Row::Left));
    rows.extend(right_alone.map(Row::Right));
    rows
}

/// The sentences that a text tells and that none of these passages holds.
fn alone(document: &Document, taken: impl Iterator<Item = Span>) -> impl Iterator<Item = Span> {
    let mut taken: Vec<Span> = taken.collect();
    taken.sort();
    let told = document.sentences.iter().filter(|s| s.role.is_told()).map(|s| s.span);
    let mut next = 0;
    told.filter(move |sentence| {
        while taken.get(next).is_some_and(|passage| passage.end() <= sentence.start()) {
            next += 1;
        }
        taken.get(next).is_none_or(|passage| passage.start() >= sentence.end())
    })
}

fn line(chapter: &Chapter, left: &Document, right: &Document, row: Row) -> Markup {
    match row {
        Row::Both(alignment) => {
            let (a, b) = (alignment.a.span, alignment.b.span);
            let (marks_a, marks_b) = match alignment.relation {
                AlignmentRelation::Translation => (Vec::new(), Vec::new()),
                AlignmentRelation::Verbatim | AlignmentRelation::Rewrite => {
                    changed_words((&left.report.text, a), (&right.report.text, b))
                }
            };
            html! {
                tr title={ (words::alignment(alignment.relation)) " " (format!("{:.2}", alignment.score)) } {
                    (cell(chapter, left, a, &marks_a))
                    (cell(chapter, right, b, &marks_b))
                }
            }
        }
        Row::Left(span) => html! { tr.lone { (cell(chapter, left, span, &[])) td {} } },
        Row::Right(span) => html! { tr.lone { td {} (cell(chapter, right, span, &[])) } },
    }
}

fn cell(chapter: &Chapter, document: &Document, span: Span, marks: &[Span]) -> Markup {
    let report = &document.report;
    html! {
        td lang=[lang(report.language)] dir=(dir(span.of(&report.text))) {
            (marked(&report.text, span, marks)) " "
            (chapter.book.cite(Located { report: report.id, span }))
        }
    }
}
