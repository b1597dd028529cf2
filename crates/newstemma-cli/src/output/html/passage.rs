//! Words of a report with marks in them.

use super::text::{dir, lang};
use maud::{Markup, html};
use newstemma_model::{Document, Span};

/// Most bytes of context that a quotation keeps on each side of what it is quoted for.
const CONTEXT_MAX: usize = 220;

/// Renders a span of a text with parts of it marked. Marks that overlap are joined.
pub(super) fn marked(text: &str, span: Span, marks: &[Span]) -> Markup {
    let mut pieces: Vec<(Span, bool)> = Vec::new();
    let mut at = span.start();
    for mark in joined(marks, span) {
        pieces.push((Span::new(at, mark.start()), false));
        pieces.push((mark, true));
        at = mark.end();
    }
    pieces.push((Span::new(at, span.end()), false));
    html! {
        @for (piece, is_marked) in pieces {
            @if is_marked { mark { (piece.of(text)) } } @else { (piece.of(text)) }
        }
    }
}

/// Quotes a span of a document with its language and direction.
pub(super) fn quoted(document: &Document, span: Span, marks: &[Span]) -> Markup {
    let text = &document.report.text;
    html! {
        q lang=[lang(document.report.language)] dir=(dir(span.of(text))) {
            (marked(text, span, marks))
        }
    }
}

/// Quotes the sentences around some places, cut to what is near them.
pub(super) fn quoted_around(document: &Document, places: &[Span]) -> Markup {
    let Some(whole) = places.iter().copied().reduce(Span::cover) else { return html! {} };
    let text = &document.report.text;
    let sentence = around(document, whole);
    let start = if whole.start() - sentence.start() > CONTEXT_MAX {
        boundary(text, whole.start() - CONTEXT_MAX)
    } else {
        sentence.start()
    };
    let end = if sentence.end() - whole.end() > CONTEXT_MAX {
        boundary(text, whole.end() + CONTEXT_MAX)
    } else {
        sentence.end()
    };
    let shown = Span::new(start, end);
    html! {
        q lang=[lang(document.report.language)] dir=(dir(shown.of(text))) {
            @if start > sentence.start() { "… " }
            (marked(text, shown, places))
            @if end < sentence.end() { " …" }
        }
    }
}

/// The sentences that a span lies in.
fn around(document: &Document, span: Span) -> Span {
    let first = document.sentences.partition_point(|s| s.span.end() <= span.start());
    let touched = document.sentences[first..].iter().take_while(|s| s.span.start() < span.end());
    touched.map(|s| s.span).fold(span, Span::cover)
}

/// The next place at or after an offset where a word begins, or at least a character.
fn boundary(text: &str, offset: usize) -> usize {
    /// In scripts without spaces no word begins for long.
    const SEARCH_MAX: usize = 24;
    let start = (offset..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let near = text[start..].char_indices().take_while(|(at, _)| *at < SEARCH_MAX);
    let space = near.into_iter().find(|(_, c)| c.is_whitespace());
    space.map_or(start, |(at, c)| start + at + c.len_utf8())
}

/// Marks in order, within a span, none overlapping.
fn joined(marks: &[Span], within: Span) -> Vec<Span> {
    let mut inside: Vec<Span> = marks
        .iter()
        .map(|m| Span::new(m.start().max(within.start()), m.end().min(within.end())))
        .filter(|m| !m.is_empty())
        .collect();
    inside.sort();
    let mut joined: Vec<Span> = Vec::with_capacity(inside.len());
    for mark in inside {
        match joined.last_mut() {
            Some(last) if mark.start() < last.end() => *last = last.cover(mark),
            _ => joined.push(mark),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{boundary, marked};
    use newstemma_model::Span;

    #[test]
    fn marks_are_joined_clipped_and_escaped() {
        let text = "a <b> & c";
        let marks = [Span::new(2, 4), Span::new(3, 5), Span::new(8, 40), Span::new(0, 0)];
        let page = marked(text, Span::new(0, 9), &marks).into_string();
        assert_eq!(page, "a <mark>&lt;b&gt;</mark> &amp; <mark>c</mark>");
    }

    #[test]
    fn a_cut_never_falls_inside_a_character() {
        let text = "桥梁关闭".repeat(20);
        for offset in 0..text.len() + 3 {
            assert!(text.is_char_boundary(boundary(&text, offset)));
        }
        assert_eq!(boundary("one two", 1), 4);
    }
}
