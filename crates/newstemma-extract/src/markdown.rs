//! Markdown: the text without its marks, headings and captions told apart.

use crate::text::Block;
use newstemma_model::{Role, Span};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The text of a Markdown document, its lines, and its title.
pub(crate) struct Document {
    pub(crate) text: String,
    pub(crate) blocks: Vec<Block>,
    pub(crate) title: Option<String>,
}

/// Reads a Markdown document: paragraphs parted by an empty line, links and emphasis as their
/// text, images as captions, front matter left out.
pub(crate) fn read_markdown(markdown: &str) -> Document {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut writer = Writer::default();
    for event in Parser::new_ext(markdown, options) {
        writer.take(event);
    }
    writer.flush();
    Document { text: writer.text, blocks: writer.blocks, title: writer.title }
}

#[derive(Default)]
struct Writer {
    text: String,
    blocks: Vec<Block>,
    title: Option<String>,
    current: String,
    caption: String,
    images: usize,
    left_out: usize,
    heading: Option<HeadingLevel>,
}

impl Writer {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::MetadataBlock(_) | Tag::HtmlBlock) => {
                self.flush();
                self.left_out += 1;
            }
            Event::End(TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock) => {
                self.left_out = self.left_out.saturating_sub(1);
            }
            _ if self.left_out > 0 => {}
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images = self.images.saturating_sub(1),
            Event::Start(Tag::Heading { level, .. }) => {
                self.flush();
                self.heading = Some(level);
            }
            Event::Start(tag) if is_block(&tag) => self.flush(),
            Event::End(
                TagEnd::Heading(_)
                | TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::CodeBlock,
            ) => {
                self.flush();
            }
            Event::Text(text) | Event::Code(text) if self.images > 0 => {
                self.caption.push_str(&text)
            }
            Event::Text(text) | Event::Code(text) => self.current.push_str(&text),
            Event::SoftBreak => self.current.push(' '),
            Event::HardBreak => self.current.push('\n'),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        let current = std::mem::take(&mut self.current);
        let caption = std::mem::take(&mut self.caption);
        let role = match self.heading.take() {
            Some(HeadingLevel::H1) if self.title.is_none() => Role::Title,
            Some(_) => Role::Subhead,
            None => Role::Body,
        };
        if role == Role::Title {
            self.title = Some(current.trim().to_owned()).filter(|t| !t.is_empty());
        }
        self.push(&caption, Role::Caption);
        self.push(&current, role);
    }

    fn push(&mut self, paragraph: &str, role: Role) {
        for (i, line) in paragraph.lines().map(str::trim).filter(|l| !l.is_empty()).enumerate() {
            if !self.text.is_empty() {
                self.text.push_str(if i == 0 { "\n\n" } else { "\n" });
            }
            let start = self.text.len();
            self.text.push_str(line);
            // Without a word from the markup, words decide.
            let role = if role == Role::Body { None } else { Some(role) };
            self.blocks.push(Block { span: Span::new(start, self.text.len()), role });
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Item
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::TableCell
    )
}

#[cfg(test)]
mod tests {
    use super::read_markdown;
    use newstemma_model::Role;

    #[test]
    fn marks_go_and_text_stays() {
        let read = read_markdown(
            "---\nlayout: post\n---\n# Порт *відкрито*\n\nПором [«Зоря»](http://a.b) вийшов.\nРанок.\n\n![Пором у порту](x.jpg)\n\n## Далі\n\n- перше\n- друге\n",
        );
        assert_eq!(read.title.as_deref(), Some("Порт відкрито"));
        assert_eq!(
            read.text,
            "Порт відкрито\n\nПором «Зоря» вийшов. Ранок.\n\nПором у порту\n\nДалі\n\nперше\n\nдруге"
        );
        let roles: Vec<Option<Role>> = read.blocks.iter().map(|b| b.role).collect();
        let expected =
            [Some(Role::Title), None, Some(Role::Caption), Some(Role::Subhead), None, None];
        assert_eq!(roles, expected);
    }
}
