//! The drawing of the stemma.
//!
//! A row for each text. Every line of text is a tree of its own, drawn like a listing of folders:
//! a text stands below the one it was made from and one column to its right, texts of one parent in
//! order of time. So no edge crosses a node, the labels of edges have the width of a column, and
//! thirty reports need no more width than five. A text with a second source gets a curve to it.
//!
//! Where a text has many copies that nothing else was made from, or where many reports stand alone,
//! the first few are drawn and the rest becomes one row that says how many.

use super::book::{Chapter, Dated, day_in_words};
use super::words;
use crate::output::summary::counted;
use maud::{Markup, html};
use newstemma_model::{Derivation, Direction, Node, ReportId};
use std::collections::{BTreeMap, BTreeSet};

const ROW: usize = 56;
const COLUMN: usize = 132;
const GUTTER: usize = 110;
const LABELS: usize = 380;
const TOP: usize = 14;
const RADIUS: usize = 12;

/// Leaves of one parent that are drawn, if there are more than [`LEAVES_MAX`].
const LEAVES_SHOWN: usize = 4;
const LEAVES_MAX: usize = 8;

/// Draws the stemma of a story.
pub(super) fn draw(chapter: &Chapter) -> Markup {
    let forest = Forest::of(chapter);
    let rows = forest.rows(chapter);
    let depth = rows.iter().map(|row| row.depth).max().unwrap_or(0);
    let width = GUTTER + depth * COLUMN + LABELS;
    let height = TOP + rows.len() * ROW;
    let number = chapter.number;
    let at: BTreeMap<Node, (usize, usize)> = rows
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((row.node()?, (x(row.depth), y(index)))))
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
            @for (index, row) in rows.iter().enumerate() { (row_of(chapter, row, index)) }
        }
    }
}

/// A row of the drawing.
#[derive(Debug)]
struct Row<'a> {
    what: Drawn,
    depth: usize,
    /// The edge to the text it stands below.
    edge: Option<&'a Derivation>,
    /// The text it stands below, as it is drawn.
    parent: Option<Node>,
    /// The number of the line of text that begins here.
    line: Option<usize>,
}

#[derive(Debug)]
enum Drawn {
    Text(Node),
    /// So many more texts like those above.
    More(Vec<Node>),
}

impl Row<'_> {
    fn node(&self) -> Option<Node> {
        match self.what {
            Drawn::Text(node) => Some(node),
            Drawn::More(_) => None,
        }
    }
}

/// Which text is drawn below which.
#[derive(Debug)]
struct Forest<'a> {
    below: BTreeMap<Node, Vec<(Node, &'a Derivation)>>,
    roots: Vec<Node>,
    /// Edges that the trees leave out.
    second: Vec<&'a Derivation>,
}

impl<'a> Forest<'a> {
    /// Gives every text one parent: the one that accounts for most of it. Edges that would close a
    /// circle, as undecided ones may, are left to the curves.
    fn of(chapter: &Chapter<'a>) -> Forest<'a> {
        let stemma = &chapter.told.stemma;
        let place = places(chapter);
        let mut edges: Vec<&Derivation> = stemma.derivations.iter().collect();
        edges.sort_by(|a, b| {
            let weight = |d: &Derivation| {
                (d.direction == Direction::Decided, d.coverage.get() * d.confidence.get())
            };
            let (a, b) = (weight(a), weight(b));
            b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
        });
        let mut up: BTreeMap<Node, Node> = BTreeMap::new();
        let mut below: BTreeMap<Node, Vec<(Node, &Derivation)>> = BTreeMap::new();
        let mut second = Vec::new();
        for edge in edges {
            // An undecided edge may be drawn either way, if one end has its parent already.
            let ways = match edge.direction {
                Direction::Decided => vec![(edge.child, edge.parent)],
                Direction::Undecided => vec![(edge.child, edge.parent), (edge.parent, edge.child)],
            };
            let free = ways
                .into_iter()
                .find(|&(child, parent)| !up.contains_key(&child) && !is_above(&up, child, parent));
            match free {
                Some((child, parent)) => {
                    up.insert(child, parent);
                    below.entry(parent).or_default().push((child, edge));
                }
                None => second.push(edge),
            }
        }
        for children in below.values_mut() {
            children.sort_by_key(|(node, _)| place.get(node).copied());
        }
        let mut roots: Vec<Node> =
            place.keys().copied().filter(|node| !up.contains_key(node)).collect();
        roots.sort_by_key(|node| place.get(node).copied());
        Forest { below, roots, second }
    }

    /// The rows from top to bottom.
    fn rows(&self, chapter: &Chapter) -> Vec<Row<'a>> {
        let line_of = |node: &Node| {
            let report = self.first_report(*node);
            chapter.lines.iter().position(|line| report.is_some_and(|r| line.contains(&r)))
        };
        let mut roots: Vec<(Option<usize>, Node)> =
            self.roots.iter().map(|node| (line_of(node), *node)).collect();
        // Stable: trees of one line, joined by a curve, stand together in order of time.
        roots.sort_by_key(|(line, _)| line.unwrap_or(usize::MAX));
        let is_lone = |node: &Node| !self.below.contains_key(node) && !self.is_in_second(*node);
        let lone: Vec<Node> = roots.iter().map(|(_, node)| *node).filter(is_lone).collect();
        let hidden: BTreeSet<Node> = surplus(&lone).iter().copied().collect();
        let mut rows = Vec::new();
        let mut last = None;
        for (line, root) in roots {
            if hidden.contains(&root) {
                continue;
            }
            let begins = (last != Some(line)).then(|| line.map_or(0, |line| line + 1));
            last = Some(line);
            self.tree(root, begins, &mut rows);
        }
        if !hidden.is_empty() {
            let what = Drawn::More(hidden.into_iter().collect());
            rows.push(Row { what, depth: 0, edge: None, parent: None, line: Some(0) });
        }
        rows
    }

    fn tree(&self, root: Node, line: Option<usize>, rows: &mut Vec<Row<'a>>) {
        let mut next =
            vec![Row { what: Drawn::Text(root), depth: 0, edge: None, parent: None, line }];
        while let Some(row) = next.pop() {
            if let Drawn::Text(node) = row.what {
                let depth = row.depth + 1;
                let children = self.below.get(&node).map_or(&[][..], Vec::as_slice);
                let leaves: Vec<Node> = children
                    .iter()
                    .map(|(child, _)| *child)
                    .filter(|child| !self.below.contains_key(child) && !self.is_in_second(*child))
                    .collect();
                let hidden = surplus(&leaves);
                if !hidden.is_empty() {
                    let what = Drawn::More(hidden.to_vec());
                    next.push(Row { what, depth, edge: None, parent: Some(node), line: None });
                }
                for &(child, edge) in children.iter().rev() {
                    if !hidden.contains(&child) {
                        let (what, edge) = (Drawn::Text(child), Some(edge));
                        next.push(Row { what, depth, edge, parent: Some(node), line: None });
                    }
                }
            }
            rows.push(row);
        }
    }

    fn is_in_second(&self, node: Node) -> bool {
        self.second.iter().any(|edge| edge.child == node || edge.parent == node)
    }

    /// A report of the tree below a node, or the node itself.
    fn first_report(&self, mut node: Node) -> Option<ReportId> {
        loop {
            match node {
                Node::Report(report) => return Some(report),
                Node::Exemplar(_) => node = self.below.get(&node)?.first()?.0,
            }
        }
    }
}

/// Those of many equal nodes that are not drawn.
fn surplus(nodes: &[Node]) -> &[Node] {
    if nodes.len() > LEAVES_MAX { &nodes[LEAVES_SHOWN..] } else { &[] }
}

/// Where each text stands in time: reports in the story's order, a lost text just before the first
/// report that was made from it.
fn places(chapter: &Chapter) -> BTreeMap<Node, (usize, bool)> {
    let reports = chapter.told.story.reports.iter().enumerate();
    let mut places: BTreeMap<Node, (usize, bool)> =
        reports.map(|(index, &report)| (Node::Report(report), (index, true))).collect();
    for exemplar in &chapter.told.stemma.exemplars {
        let node = Node::Exemplar(exemplar.id);
        let below = chapter.told.stemma.children(node);
        let first = below.filter_map(|edge| Some(places.get(&edge.child)?.0)).min();
        places.insert(node, (first.unwrap_or(usize::MAX), false));
    }
    places
}

/// Whether `node` is `of` or stands above it.
fn is_above(up: &BTreeMap<Node, Node>, node: Node, of: Node) -> bool {
    let mut at = Some(of);
    while let Some(current) = at {
        if current == node {
            return true;
        }
        at = up.get(&current).copied();
    }
    false
}

fn x(depth: usize) -> usize {
    GUTTER + RADIUS + depth * COLUMN
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
    let (cx, cy) = (x(row.depth), y(index));
    let end = cx - RADIUS;
    let undecided = edge.direction == Direction::Undecided;
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

fn second_edge(at: &BTreeMap<Node, (usize, usize)>, edge: &Derivation) -> Markup {
    let (Some(&(cx, cy)), Some(&(px, py))) = (at.get(&edge.child), at.get(&edge.parent)) else {
        return html! {};
    };
    let bend = 26 + px.abs_diff(cx) / 3;
    let out = px.min(cx).saturating_sub(bend);
    let (from, to) = (px.saturating_sub(RADIUS), cx.saturating_sub(RADIUS));
    html! {
        path.edge.second d={ "M" (from) " " (py) " C" (out) " " (py) " " (out) " " (cy) " " (to) " " (cy) } {}
        text.relation x=(out.saturating_sub(4)) y=((py + cy) / 2) {
            (words::relation(edge)) " " (words::per_cent(edge.confidence.get()))
        }
    }
}

fn row_of(chapter: &Chapter, row: &Row, index: usize) -> Markup {
    let (cx, cy) = (x(row.depth), y(index));
    html! {
        @if let Some(line) = row.line.filter(|&line| line > 0) {
            text.line x="0" y=(cy - 10) { "line " (line) }
        }
        @match &row.what {
            Drawn::Text(Node::Report(id)) => (report(chapter, *id, cx, cy)),
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
                circle.pile cx=(cx + 3) cy=(cy + 3) r=(RADIUS) {}
                circle.pile cx=(cx) cy=(cy) r=(RADIUS) {}
                text.letter x=(cx) y=(cy + 4) { "+" }
                text.name x=(cx + RADIUS + 10) y=(cy - 2) {
                    "and " (counted(nodes.len(), "report", "reports")) " more"
                }
                text.detail x=(cx + RADIUS + 10) y=(cy + 15) {
                    @if row.parent.is_some() { "made from the same text" } @else { "without a relative" }
                    ": " (sigla(chapter, nodes))
                }
            },
        }
    }
}

fn report(chapter: &Chapter, id: ReportId, cx: usize, cy: usize) -> Markup {
    let number = chapter.book.number(id);
    let Some(document) = chapter.book.document(id) else { return html! {} };
    let title = document.report.title.as_deref().unwrap_or_default();
    let language = document.report.language;
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
        text.detail x=(cx + RADIUS + 8) y=(cy + 15) lang=[super::book::lang(language)] { (cut(title, 56)) }
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

/// Numbers and letters of nodes, as many as fit.
fn sigla(chapter: &Chapter, nodes: &[Node]) -> String {
    let mut sigla: Vec<String> = nodes.iter().map(|&node| chapter.siglum(node)).collect();
    sigla.sort_by_key(|siglum| (siglum.len(), siglum.clone()));
    cut(&sigla.join(", "), 48)
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
        format!("{child} was made from {parent}: {}.", words::relation(edge))
    }));
    sentences.join(" ")
}
