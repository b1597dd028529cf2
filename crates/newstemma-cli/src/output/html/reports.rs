//! The reports in full: their inserts greyed and labelled, names, figures and dates marked, each
//! sentence with its number and its anchor.

use super::cite::day;
use super::text::{dir, lang};
use crate::output::view::words;
use crate::output::view::{Chapter, Dated};
use maud::{Markup, html};
use newstemma_model::{Direction, Document, Evidence, Node, ReportId, Role, Sentence, Span};

/// The section of a story's reports.
pub(super) fn section(chapter: &Chapter) -> Markup {
    html! {
        section.reports aria-labelledby={ "reports-" (chapter.number) } {
            h3 id={ "reports-" (chapter.number) } { "Reports" }
            p.soft {
                "In full, as they were read. Greyed: what stands on the page but is no part of the telling. Marked: "
                span.name { "names" } ", " span.figure { "figures" } ", " span.date { "dates" } "."
            }
            @for id in chapter.reports_by_number() { (report(chapter, id, 4)) }
        }
    }
}

/// One report, under a heading of this level.
pub(super) fn report(chapter: &Chapter, id: ReportId, level: u8) -> Markup {
    let Some(document) = chapter.book.document(id) else { return html! {} };
    let number = chapter.book.number(id);
    let report = &document.report;
    // A headline that stands in the text is shown there, with its anchor.
    let stands_in_text = report.roles.iter().any(|r| r.role == Role::Title);
    let title = report.title.as_deref().filter(|_| !stands_in_text);
    let name = html! { span.number { (number) } " " bdi { (chapter.book.label(id)) } };
    html! {
        article.report id={ "r" (number) } aria-labelledby={ "r" (number) "-name" } {
            @if level == 3 {
                h3 id={ "r" (number) "-name" } { (name) }
            } @else {
                h4 id={ "r" (number) "-name" } { (name) }
            }
            (about(chapter, document))
            div.text lang=[lang(report.language)] dir=(dir(&report.text)) {
                @if let Some(title) = title { p.title { (title) } }
                (text(document, number))
            }
        }
    }
}

fn about(chapter: &Chapter, document: &Document) -> Markup {
    let report = &document.report;
    let node = Node::Report(report.id);
    let dated = chapter.day(report.id);
    let inferred = chapter.member(report.id).and_then(|m| chapter.told.inferred.get(m)?.as_ref());
    html! {
        p.about {
            @if let Some((date, dated)) = dated {
                (day(date))
                @if dated == Dated::Inferred { " (inferred)" }
            } @else { "day not known" }
            @if report.language.is_known() { " · " (report.language) }
            @for author in &report.authors { " · " bdi { (author) } }
            @if let Some(section) = report.about.section.as_deref() { " · " bdi { (section) } }
            @if let Some(access) = words::access(&report.about.access) { " · " (access) }
            @for credit in credits(document) { " · credits " bdi { (credit) } }
            @if let Some(url) = report.url.as_deref().filter(|url| is_web_address(url)) {
                " · " a href=(url) rel="noopener noreferrer nofollow" { "original" }
            }
        }
        @for edge in chapter.told.stemma.parents(node) {
            p.about.derives {
                @match edge.direction {
                    Direction::Decided => "Made from ",
                    Direction::Undecided => "Carries the same text as ",
                }
                (chapter.node_link(edge.parent)) ": "
                (words::relation(edge)) ", " (words::per_cent(edge.confidence.get()))
                @if let Some(undecided) = words::direction(edge) { ", " (undecided) }
            }
        }
        details.provenance {
            summary { "Provenance" }
            dl {
                dt { "Read from" } dd { code { (report.reference) } }
                dt { "SHA-256" } dd { code.hash { @for byte in report.sha256 { (format!("{byte:02x}")) } } }
                @if let Some(inferred) = inferred {
                    dt { "Day inferred from" } dd { (evidence(chapter, &inferred.evidence)) }
                }
            }
        }
    }
}

/// What a conclusion rests on, with the places to look at.
pub(super) fn evidence(chapter: &Chapter, evidence: &[Evidence]) -> Markup {
    /// More places than this prove nothing more.
    const PLACES_MAX: usize = 6;
    html! {
        ul.evidence {
            @for item in evidence {
                li {
                    (item.note) " "
                    (chapter.book.cites(item.spans.iter().copied().take(PLACES_MAX)))
                }
            }
        }
    }
}

fn credits(document: &Document) -> Vec<&str> {
    let mut names: Vec<&str> =
        document.report.credits.iter().map(|credit| credit.agency.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Only these may become links: an address such as `javascript:` must not.
fn is_web_address(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

fn text(document: &Document, number: usize) -> Markup {
    if document.sentences.is_empty() {
        return html! { @for line in document.report.text.lines() { p { (line) } } };
    }
    let marks = marks(document);
    let mut start = 0;
    let mut shown = 0;
    let mut paragraphs = Vec::new();
    for group in document.sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
        paragraphs.push(paragraph(document, number, start, group, &marks, shown));
        start += group.len();
        shown = group.last().map_or(shown, |s| s.span.end());
    }
    let rest = Span::new(shown, document.report.text.len()).of(&document.report.text);
    html! {
        @for paragraph in paragraphs { (paragraph) }
        @if !rest.trim().is_empty() { p { (rest) } }
    }
}

/// One paragraph: sentences from index `first` on. `shown` is how far the text has been shown.
fn paragraph(
    document: &Document,
    number: usize,
    first: usize,
    sentences: &[Sentence],
    marks: &[Mark],
    shown: usize,
) -> Markup {
    let only_role = sentences.iter().all(|s| s.role == sentences[0].role);
    let role = sentences.first().filter(|_| only_role).map_or(Role::Body, |s| s.role);
    let before = std::iter::once(shown).chain(sentences.iter().map(|s| s.span.end()));
    let content = html! {
        @for ((sentence, index), shown) in sentences.iter().zip(first + 1..).zip(before) {
            (gap(document, shown, sentence.span.start()))
            @if !sentence.role.is_told() && role.is_told() {
                span.insert title=(words::role(sentence.role)) {
                    (self::sentence(document, number, index, sentence, marks))
                }
            } @else {
                (self::sentence(document, number, index, sentence, marks))
            }
        }
    };
    let insert = sentences.first().and_then(|sentence| insert_around(document, sentence.span));
    let label = |name: &str| html! { span.label lang="en" dir="ltr" { (name) } " " };
    match role {
        Role::Title => html! { p.title { (content) } },
        Role::Subhead => html! { p.subhead { (content) } },
        Role::Body => match insert {
            Some(name) => html! { p.embedded { (label(name)) (content) } },
            None => html! { p { (content) } },
        },
        Role::Caption | Role::Credit | Role::Teaser | Role::Boilerplate => html! {
            p.insert { (label(insert.unwrap_or(words::role(role)))) (content) }
        },
    }
}

/// What the innermost insert around a span is called.
fn insert_around(document: &Document, span: Span) -> Option<&'static str> {
    let inserts = document.report.about.inserts.iter().rev();
    inserts
        .filter(|insert| insert.span.contains(span))
        .find_map(|insert| words::insert(insert.kind))
}

/// What stands between two sentences: white space, or text that belongs to none.
fn gap(document: &Document, from: usize, to: usize) -> &str {
    let gap = Span::new(from, to).of(&document.report.text);
    if gap.trim().is_empty() { " " } else { gap }
}

fn sentence(
    document: &Document,
    number: usize,
    index: usize,
    sentence: &Sentence,
    marks: &[Mark],
) -> Markup {
    let text = &document.report.text;
    // A sentence in another language than its report says so.
    let language = (sentence.language != document.report.language && sentence.language.is_known())
        .then(|| sentence.language.to_string());
    let first = marks.partition_point(|mark| mark.span.start() < sentence.span.start());
    let within = marks[first..].iter().take_while(|mark| mark.span.end() <= sentence.span.end());
    let mut at = sentence.span.start();
    let pieces: Vec<(&str, &Mark)> = within
        .map(|mark| {
            let before = Span::new(at, mark.span.start()).of(text);
            at = mark.span.end();
            (before, mark)
        })
        .collect();
    html! {
        span.s id={ "r" (number) "s" (index) } lang=[language] {
            sup.n { (index) }
            @for (before, mark) in pieces {
                (before) span class=(mark.class) { (mark.span.of(text)) }
            }
            (Span::new(at, sentence.span.end()).of(text))
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    class: &'static str,
}

/// Names, figures and dates in order; of two that overlap, the one that starts first and is longer.
fn marks(document: &Document) -> Vec<Mark> {
    let names = document.names.iter().map(|n| Mark { span: n.span, class: "name" });
    let figures = document.figures.iter().map(|f| Mark { span: f.span, class: "figure" });
    let dates = document.dates.iter().map(|d| Mark { span: d.span, class: "date" });
    let mut all: Vec<Mark> = names.chain(figures).chain(dates).collect();
    all.sort_by_key(|mark| (mark.span.start(), std::cmp::Reverse(mark.span.end())));
    let mut end = 0;
    all.retain(|mark| {
        let apart = mark.span.start() >= end && !mark.span.is_empty();
        if apart {
            end = mark.span.end();
        }
        apart
    });
    all
}
