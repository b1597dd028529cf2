//! The drawing of the stemma.
//!
//! A row for each text, as [`Forest`] lists them: a text stands below the one it was made from, one
//! column to its right if others were made from that too. So no edge crosses a node, the labels of
//! edges have the width of a column, and thirty reports need no more width than five. A text with a
//! second source gets a curve to it.

use crate::output::counted;
use crate::output::view::words;
use crate::output::view::{Chapter, Dated, Drawn, Forest, Row, day_in_words};
use maud::{Markup, html};
use newstemma_model::{Derivation, Direction, Node, ReportId};
use std::collections::BTreeMap;

const ROW: usize = 56;
const COLUMN: usize = 132;
const GUTTER: usize = 110;
const LABELS: usize = 380;
const TOP: usize = 14;
const RADIUS: usize = 12;

/// Draws the stemma of a story.
pub(super) fn draw(chapter: &Chapter) -> Markup {
    let forest = Forest::of(chapter.told);
    let rows = forest.rows(&chapter.lines);
    let columns = rows.iter().map(|row| row.column).max().unwrap_or(0);
    let width = GUTTER + columns * COLUMN + LABELS;
    let height = TOP + rows.len() * ROW;
    let number = chapter.number;
    let at: BTreeMap<Node, (usize, usize)> = rows
        .iter()
        .enumerate()
        .flat_map(|(index, row)| row.nodes().iter().map(move |&node| (node, place(row, index))))
        .collect();
    html! {
        svg.stemma viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height)
            role="group" aria-labelledby={ "svg-title-" (number) " svg-desc-" (number) } {
            title id={ "svg-title-" (number) } { "Stemma" }
            desc id={ "svg-desc-" (number) } { (description(chapter)) }
            @for (index, row) in rows.iter().enumerate() {
                @if row.line.is_some() && index > 0 {
                    line.apart x1="0" x2=(width) y1=(TOP + index * ROW) y2=(TOP + index * ROW) {}
                }
                @if let Some(edge) = row.edge { (edge_to_parent(&at, edge, row, index)) }
            }
            @for edge in &forest.second { (second_edge(&at, edge)) }
            @for (index, row) in rows.iter().enumerate() { (row_of(chapter, &forest, row, index)) }
        }
    }
}

fn place(row: &Row, index: usize) -> (usize, usize) {
    (x(row.column), y(index))
}

fn x(column: usize) -> usize {
    GUTTER + RADIUS + column * COLUMN
}

fn y(row: usize) -> usize {
    TOP + row * ROW + ROW / 2
}

fn edge_to_parent(
    at: &BTreeMap<Node, (usize, usize)>,
    edge: &Derivation,
    row: &Row,
    index: usize,
) -> Markup {
    let Some(&(px, py)) = row.parent.and_then(|parent| at.get(&parent)) else { return html! {} };
    let (cx, cy) = (x(row.column), y(index));
    let end = cx - RADIUS;
    let undecided = edge.direction == Direction::Undecided;
    if cx == px {
        return straight_down(edge, px, (py, cy));
    }
    html! {
        path.edge.undecided[undecided] d={
            "M" (px) " " (py + RADIUS) " V" (cy - 8) " Q" (px) " " (cy) " " (px + 8) " " (cy) " H" (end - 1)
        } {}
        @if !undecided {
            path.head d={ "M" (end) " " (cy) " l-8 -4 v8 z" } {}
        }
        text.relation x=(px + 14) y=(cy - 6) { (words::relation(edge)) }
        text.relation x=(px + 14) y=(cy + 14) {
            (words::per_cent(edge.confidence.get()))
            @if undecided { ", undecided" }
        }
    }
}

/// An edge to an only child, between the row at `from` and the next.
fn straight_down(edge: &Derivation, x: usize, (from, to): (usize, usize)) -> Markup {
    let undecided = edge.direction == Direction::Undecided;
    let end = to - RADIUS;
    html! {
        path.edge.undecided[undecided] d={ "M" (x) " " (from + RADIUS) " V" (end - 1) } {}
        @if !undecided {
            path.head d={ "M" (x) " " (end) " l-4 -8 h8 z" } {}
        }
        text.relation x=(x + 20) y=((from + to) / 2 + 7) {
            (words::relation(edge)) ", " (words::per_cent(edge.confidence.get()))
            @if undecided { ", undecided" }
        }
    }
}

fn second_edge(at: &BTreeMap<Node, (usize, usize)>, edge: &Derivation) -> Markup {
    let (Some(&(cx, cy)), Some(&(px, py))) = (at.get(&edge.child), at.get(&edge.parent)) else {
        return html! {};
    };
    let bend = 26 + px.abs_diff(cx) / 3;
    let out = px.min(cx).saturating_sub(bend);
    let (from, to) = (px.saturating_sub(RADIUS), cx.saturating_sub(RADIUS));
    html! {
        path.edge.second d={ "M" (from) " " (py) " C" (out) " " (py) " " (out) " " (cy) " " (to) " " (cy) } {}
    }
}

fn row_of(chapter: &Chapter, forest: &Forest, row: &Row, index: usize) -> Markup {
    let (cx, cy) = (x(row.column), y(index));
    html! {
        @if let Some(line) = row.line.filter(|&line| line > 0) {
            text.line x="0" y=(cy - 10) { "line " (line) }
        }
        @match &row.what {
            Drawn::Text(Node::Report(id)) => (report(chapter, forest, *id, cx, cy)),
            Drawn::Text(Node::Exemplar(id)) => {
                circle.lost cx=(cx) cy=(cy) r=(RADIUS) {}
                text.letter x=(cx) y=(cy + 5) { (chapter.letter(*id)) }
                text.name x=(cx + RADIUS + 8) y=(cy - 2) {
                    "lost text"
                    @if let Some(credited) = chapter.credited_to(*id) { " of " (credited) }
                }
                text.detail x=(cx + RADIUS + 8) y=(cy + 15) { "not among the reports" }
            },
            Drawn::More(nodes) => {
                @if row.parent.is_some() {
                    path.edge.undecided d={ "M" (cx - COLUMN) " " (cy - ROW / 2) " V" (cy - 8) " Q" (cx - COLUMN) " " (cy) " " (cx - COLUMN + 8) " " (cy) " H" (cx - RADIUS) } {}
                }
                @let name = format!("and {} more", counted(nodes.len(), "report", "reports"));
                @let why = if row.parent.is_some() { "made from the same text" } else { "without a relative" };
                (pile((cx, cy), "+", &name, &format!("{why}: {}", sigla(chapter, nodes))))
            },
            Drawn::Chain(nodes, direction) => {
                @let name = counted(nodes.len(), "text", "texts");
                @let detail = format!("{}: {}", words::chain(*direction), sigla(chapter, nodes));
                (pile((cx, cy), "⋮", &name, &detail))
            },
        }
    }
}

/// A row that stands for several texts.
fn pile((cx, cy): (usize, usize), sign: &str, name: &str, detail: &str) -> Markup {
    html! {
        circle.pile cx=(cx + 3) cy=(cy + 3) r=(RADIUS) {}
        circle.pile cx=(cx) cy=(cy) r=(RADIUS) {}
        text.letter x=(cx) y=(cy + 4) { (sign) }
        text.name x=(cx + RADIUS + 10) y=(cy - 2) { (name) }
        text.detail x=(cx + RADIUS + 10) y=(cy + 15) { (cut(detail, 60)) }
    }
}

fn report(chapter: &Chapter, forest: &Forest, id: ReportId, cx: usize, cy: usize) -> Markup {
    let number = chapter.book.number(id);
    let Some(document) = chapter.book.document(id) else { return html! {} };
    let title = document.report.title.as_deref().unwrap_or_default();
    let language = document.report.language;
    // The labels of curves would meet those of other edges, so they stand at the child.
    let second: Vec<String> = forest
        .second
        .iter()
        .filter(|edge| edge.child == Node::Report(id))
        .map(|edge| {
            let confidence = words::per_cent(edge.confidence.get());
            let parent = chapter.siglum(edge.parent);
            format!("also from {parent}: {}, {confidence}", words::relation(edge))
        })
        .collect();
    html! {
        @if let Some((date, dated)) = chapter.day(id) {
            text.day.inferred[dated == Dated::Inferred] x="0" y=(cy + 5) {
                @if dated == Dated::Inferred { "≈ " }
                (short_day(&day_in_words(date)))
            }
        }
        a href={ "#r" (number) } {
            circle.extant cx=(cx) cy=(cy) r=(RADIUS) {}
            text.number x=(cx) y=(cy + 4) { (number) }
            text.name x=(cx + RADIUS + 8) y=(cy - 2) {
                (cut(chapter.book.label(id), 40))
                @if language.is_known() { tspan.detail { " " (language) } }
            }
        }
        @if second.is_empty() {
            text.detail x=(cx + RADIUS + 8) y=(cy + 15) lang=[super::text::lang(language)] { (cut(title, 56)) }
        } @else {
            text.also x=(cx + RADIUS + 8) y=(cy + 15) { (cut(&second.join("; "), 60)) }
        }
    }
}

/// "20 Nov 2024" for "20 November 2024".
fn short_day(words: &str) -> String {
    let parts: Vec<&str> = words.split(' ').collect();
    match parts[..] {
        [day, month, year] => format!("{day} {} {year}", cut_plain(month, 3)),
        _ => words.to_owned(),
    }
}

fn cut_plain(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// The beginning of a text: about so many letters' width, a letter of East Asia counting two.
fn cut(text: &str, width: usize) -> String {
    let mut used = 0;
    let mut out = String::new();
    for c in text.chars() {
        used += if u32::from(c) >= 0x1100 { 2 } else { 1 };
        if used > width {
            return format!("{}…", out.trim_end());
        }
        out.push(c);
    }
    out
}

/// Numbers and letters of nodes: those of lost texts first, runs of numbers by their ends.
fn sigla(chapter: &Chapter, nodes: &[Node]) -> String {
    let mut sigla = Vec::new();
    let mut numbers = Vec::new();
    for &node in nodes {
        match node {
            Node::Report(id) => numbers.push(chapter.book.number(id)),
            Node::Exemplar(_) => sigla.push(chapter.siglum(node)),
        }
    }
    numbers.sort_unstable();
    sigla.extend(numbers.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, _, .., last] => format!("{first}–{last}"),
        few => few.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }));
    sigla.join(", ")
}

/// What the drawing shows, for those who can't see it.
fn description(chapter: &Chapter) -> String {
    let stemma = &chapter.told.stemma;
    let mut sentences = vec![format!(
        "{} in {}, {}.",
        counted(chapter.told.story.reports.len(), "report", "reports"),
        counted(chapter.lines.len(), "line of text", "lines of text"),
        counted(stemma.exemplars.len(), "lost text", "lost texts"),
    )];
    /// Beyond this the list below the drawing serves better.
    const EDGES_MAX: usize = 40;
    sentences.extend(stemma.derivations.iter().take(EDGES_MAX).map(|edge| {
        let (child, parent) = (chapter.siglum(edge.child), chapter.siglum(edge.parent));
        format!("{child} {} {parent}: {}.", words::descent(edge), words::relation(edge))
    }));
    sentences.join(" ")
}
