//! Names that are spelt in more than one way: across languages, across scripts.

use super::text::{dir, lang};
use crate::output::view::Chapter;
use crate::output::view::words;
use maud::{Markup, html};
use newstemma_model::{Entity, Language};

/// Whether any name of the story has two spellings.
pub(super) fn has_any(chapter: &Chapter) -> bool {
    chapter.told.account.entities.iter().any(is_varied)
}

/// The section of a story's names.
pub(super) fn section(chapter: &Chapter) -> Markup {
    if !has_any(chapter) {
        return html! {};
    }
    let varied = chapter.told.account.entities.iter().filter(|entity| is_varied(entity));
    html! {
        section aria-labelledby={ "names-" (chapter.number) } {
            h3 id={ "names-" (chapter.number) } { "Names in several spellings" }
            details.folded {
                summary { "Taken for one and the same" }
                div.scroll {
                    table.names {
                        thead { tr { th scope="col" { "Name" } th scope="col" { "Kind" } th scope="col" { "Also spelt" } } }
                        tbody {
                            @for entity in varied {
                                tr {
                                    th scope="row" { bdi { (entity.name) } }
                                    td { (words::entity(entity.kind)) }
                                    td { (spellings(entity)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn is_varied(entity: &Entity) -> bool {
    entity.spellings.iter().any(|(spelling, _)| *spelling != entity.name)
}

fn spellings(entity: &Entity) -> Markup {
    let mut others: Vec<&(String, Language)> =
        entity.spellings.iter().filter(|(spelling, _)| *spelling != entity.name).collect();
    others.dedup_by_key(|(spelling, _)| spelling.as_str());
    html! {
        @for (index, (spelling, language)) in others.iter().enumerate() {
            @if index > 0 { ", " }
            bdi lang=[lang(*language)] dir=(dir(spelling)) { (spelling) }
        }
    }
}
