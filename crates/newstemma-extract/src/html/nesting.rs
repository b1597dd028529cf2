//! Which tags may hold, close and bound which, by the rules of the HTML standard.

use super::tag::Tag;

/// Elements that may stand in the head of a page.
pub(super) fn is_of_head(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Html | Head
            | Base
            | Basefont
            | Bgsound
            | Link
            | Meta
            | Noframes
            | Noscript
            | Script
            | Style
            | Template
            | Title
    )
}

/// Blocks: what cannot stand in a paragraph.
pub(super) fn closes_paragraph(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Address
            | Article
            | Aside
            | Blockquote
            | Center
            | Dd
            | Details
            | Dialog
            | Dir
            | Div
            | Dl
            | Dt
            | Fieldset
            | Figcaption
            | Figure
            | Footer
            | Form
            | Header
            | Hgroup
            | Hr
            | Li
            | Listing
            | Main
            | Menu
            | Nav
            | Ol
            | P
            | Plaintext
            | Pre
            | Search
            | Section
            | Summary
            | Table
            | Ul
            | Xmp
    ) || tag.is_heading()
}

/// What an end tag does not reach out of.
pub(super) fn is_scope(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Applet | Caption | Html | Table | Td | Th | Marquee | Object | Template | ForeignObject
    )
}

/// What the parts of a table do not reach out of.
pub(super) fn is_table(tag: Tag) -> bool {
    matches!(tag, Tag::Table | Tag::Template | Tag::Html)
}

pub(super) fn is_cell(tag: Tag) -> bool {
    matches!(tag, Tag::Td | Tag::Th)
}

pub(super) fn is_row_group(tag: Tag) -> bool {
    matches!(tag, Tag::Tbody | Tag::Thead | Tag::Tfoot)
}

pub(super) fn is_definition(tag: Tag) -> bool {
    matches!(tag, Tag::Dd | Tag::Dt)
}

/// What the end of an element does not reach out of.
pub(super) fn bounds_of_end(tag: Tag) -> fn(Tag) -> bool {
    match tag {
        Tag::Svg | Tag::Math => |_| false,
        Tag::Table => |t| t == Tag::Template,
        Tag::Tr | Tag::Caption => is_table,
        _ if is_cell(tag) || is_row_group(tag) => is_table,
        Tag::Li => |t| is_scope(t) || is_list(t),
        _ if is_special(tag) => is_scope,
        _ => is_special,
    }
}

fn is_list(tag: Tag) -> bool {
    matches!(tag, Tag::Ol | Tag::Ul | Tag::Menu | Tag::Dir)
}

/// What the end of formatting does not reach out of.
pub(super) fn ends_formatting(tag: Tag) -> bool {
    use Tag::*;
    matches!(tag, Applet | Caption | Marquee | Object | Table | Td | Template | Th)
}

/// Where the search for an open list item stops.
pub(super) fn ends_item_search(tag: Tag) -> bool {
    is_special(tag)
        && !matches!(tag, Tag::Address | Tag::Div | Tag::P | Tag::Li | Tag::Dd | Tag::Dt)
        || is_list(tag)
        || tag == Tag::Dl
}

/// Elements with structure; the end tag of an inline element does not close them.
pub(super) fn is_special(tag: Tag) -> bool {
    use Tag::*;
    closes_paragraph(tag)
        || is_scope(tag)
        || matches!(
            tag,
            Body | Button
                | Colgroup
                | Frameset
                | Head
                | Iframe
                | Noembed
                | Noframes
                | Noscript
                | Script
                | Select
                | Style
                | Tbody
                | Textarea
                | Tfoot
                | Thead
                | Title
                | Tr
        )
}

/// HTML elements that end a drawing or formula that was left open.
pub(super) fn breaks_out(tag: Tag) -> bool {
    use Tag::*;
    closes_paragraph(tag)
        || matches!(
            tag,
            B | Big
                | Body
                | Br
                | Code
                | Em
                | Embed
                | Head
                | I
                | Img
                | Meta
                | Nobr
                | Ruby
                | S
                | Small
                | Span
                | Strong
                | Strike
                | Sub
                | Sup
                | Tt
                | U
                | Var
        )
}
