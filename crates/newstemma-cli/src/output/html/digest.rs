//! The digest: the story in ten lines.

use super::text::{dir, lang};
use crate::output::view::{Chapter, digest};
use maud::{Markup, html};
use newstemma_language::Pack;

/// Citations of one reading; the others stand with the claim or the difference.
const CITES_MAX: usize = 8;

/// The section of a story's digest.
pub(super) fn section(chapter: &Chapter) -> Markup {
    let reader = chapter.book.reader;
    let phrases = &Pack::of(reader).digest;
    let lines = digest(chapter, phrases, reader);
    if lines.is_empty() {
        return html! {};
    }
    let written = lang(phrases.language());
    html! {
        section.digest aria-labelledby={ "digest-" (chapter.number) } lang=[written] dir=(dir(&phrases.in_short)) {
            h3 id={ "digest-" (chapter.number) } { (phrases.in_short) }
            ol.digest {
                @for line in &lines {
                    li {
                        b { (line.label) } ": "
                        @for (index, (words, language, places)) in line.words.iter().enumerate() {
                            @if index > 0 { " / " }
                            q lang=[lang(*language)] dir=(dir(words)) { (words) }
                            " " (chapter.book.first_cites(places.iter().copied(), CITES_MAX))
                        }
                        @if !line.notes.is_empty() {
                            span.soft { "(" (line.notes.join(" · ")) ")" }
                        }
                    }
                }
            }
        }
    }
}
