//! The text of a page in blocks: what stands between two breaks of the flow, with what the markup
//! around it tells.

use super::form::{Form, Forms};
use super::naming::Named;
use super::shingle::letters;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, ROOT, Step, Tree};
use newstemma_language::Script;

/// Characters at the beginning of a block by which its script is told, and characters of an
/// alphabet that say as much as one of a script without spaces.
const SAMPLE_CHARS: usize = 40;
const UNSPACED_CHARS: f32 = 2.5;

/// A run of text without a break of the flow in it, save for single line breaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Block {
    /// Its text, white space squashed, lines parted by `\n`.
    pub(crate) text: String,
    /// The innermost block element around it.
    pub(crate) node: NodeId,
    /// How it is written.
    pub(crate) form: Form,
    /// Characters of the text that are not white space.
    pub(crate) chars: usize,
    /// Those of them in links.
    pub(crate) link_chars: usize,
    /// Level, if it is a heading.
    pub(crate) heading: Option<u8>,
    /// Whether it stands in a list item.
    pub(crate) in_list: bool,
    /// Whether it stands in a `figcaption` or something that is called a caption.
    pub(crate) in_caption: bool,
    /// Whether something around it is named like the furniture of a site.
    pub(crate) in_furniture: bool,
    /// Whether something around it is named like what stays furniture however long it is, as
    /// comments do.
    pub(crate) in_comment: bool,
    /// Whether it, or what is around it, is named like the lead of an article.
    pub(crate) in_lead: bool,
}

impl Block {
    /// Share of its characters in links.
    pub(crate) fn link_density(&self) -> f32 {
        if self.chars == 0 { 0.0 } else { self.link_chars as f32 / self.chars as f32 }
    }

    /// How long it reads, in characters of an alphabet: those of scripts without spaces say more.
    pub(crate) fn length(&self) -> f32 {
        let sample = self.text.chars().take(SAMPLE_CHARS);
        let unspaced = sample.filter(|c| Script::of(*c).is_unspaced()).count();
        self.chars as f32 * if unspaced > SAMPLE_CHARS / 4 { UNSPACED_CHARS } else { 1.0 }
    }

    /// Whether it is the heading that says what the title of the page says.
    pub(crate) fn is_headline(&self, title: &str) -> bool {
        self.heading.is_some() && letters(&self.text).eq(letters(title))
    }
}

/// Whether the content of an element is no text of the page.
fn has_no_text(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Script
            | Style
            | Noscript
            | Template
            | Svg
            | Math
            | Iframe
            | Object
            | Embed
            | Canvas
            | Audio
            | Video
            | Select
            | Option
            | Textarea
            | Button
            | Input
            | Head
            | Title
            | Nav
            | Footer
            | Form
            | Menu
            | Dialog
            | Datalist
    )
}

/// Cuts a page into its blocks, in order. `named` tells what the names of each node say, `share`
/// its share of the running text.
pub(crate) fn blocks(tree: &Tree<'_>, named: &[Named], share: &[f32]) -> Vec<Block> {
    let mut cutter = Cutter::new(named, share);
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if tree.tag(node) == Tag::Text => cutter.add_text(tree.text(node)),
            Step::Enter(node) if is_skipped(tree, node, cutter.share[node as usize]) => {
                if !tree.tag(node).is_inline() {
                    cutter.flush();
                }
                walk.step_over(node);
                cutter.skipped = Some(node);
            }
            Step::Enter(node) => cutter.enter(tree.tag(node), node),
            Step::Leave(node) if cutter.skipped == Some(node) => cutter.skipped = None,
            Step::Leave(node) => cutter.leave(tree.tag(node), node),
        }
    }
    cutter.flush();
    let mut forms = Forms::new(tree);
    for block in &mut cutter.blocks {
        block.form = forms.of(block.node);
    }
    cutter.blocks
}

/// Share of a page's running text from which on an element is shown, whatever it says: scripts
/// show what they were sent hidden.
const SHOWN_SHARE: f32 = 0.7;

fn is_skipped(tree: &Tree<'_>, node: NodeId, share: f32) -> bool {
    let tag = tree.tag(node);
    if has_no_text(tag) {
        // Some sites put the whole page into one form.
        return tag != Tag::Form || !wraps_page(tree, node);
    }
    share < SHOWN_SHARE
        && tree.attributes(node).any(|(attribute, value)| match attribute {
            Attribute::Hidden => true,
            Attribute::AriaHidden => value == "true",
            Attribute::Style => is_hiding(value),
            Attribute::Role => matches!(
                value,
                "navigation"
                    | "banner"
                    | "contentinfo"
                    | "dialog"
                    | "alertdialog"
                    | "search"
                    | "menu"
                    | "complementary"
            ),
            _ => false,
        })
}

fn is_hiding(style: &str) -> bool {
    if !style.contains("none") && !style.contains("hidden") {
        return false;
    }
    let squeezed: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    squeezed.contains("display:none") || squeezed.contains("visibility:hidden")
}

fn wraps_page(tree: &Tree<'_>, form: NodeId) -> bool {
    const PARAGRAPHS: usize = 5;
    let tags = tree.below(form).map(|id| tree.tag(id));
    tags.filter(|tag| matches!(tag, Tag::P | Tag::Article)).nth(PARAGRAPHS - 1).is_some()
}

/// Share of a page's running text from which on an element is no caption, whatever its name.
const CAPTION_SHARE: f32 = 0.15;

/// The same for leads: "text-with-summary" is the text.
const LEAD_SHARE: f32 = 0.5;

/// Least length of a text, in bytes, that counts as running text here.
const RUNNING_BYTES: usize = 60;

/// Each node's share of the running text of the page: text outside links of some length.
pub(crate) fn running_share(tree: &Tree<'_>) -> Vec<f32> {
    let mut running = vec![0_u32; tree.len()];
    let mut links = 0_usize;
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => match tree.tag(node) {
                Tag::Text if links == 0 => {
                    let bytes = tree.text(node).trim().len();
                    if bytes >= RUNNING_BYTES {
                        running[node as usize] = bytes as u32;
                    }
                }
                Tag::A => links += 1,
                tag if has_no_text(tag) && tag != Tag::Form => walk.step_over(node),
                _ => {}
            },
            Step::Leave(node) => {
                links -= usize::from(tree.tag(node) == Tag::A);
                if let Some(parent) = tree.parent(node) {
                    running[parent as usize] += running[node as usize];
                }
            }
        }
    }
    let whole = running[ROOT as usize].max(1) as f32;
    running.into_iter().map(|bytes| bytes as f32 / whole).collect()
}

struct Cutter<'a> {
    named: &'a [Named],
    share: &'a [f32],
    blocks: Vec<Block>,
    current: Block,
    /// A space is due before the next word.
    space: bool,
    /// The element that is being skipped.
    skipped: Option<NodeId>,
    links: usize,
    lists: usize,
    captions: usize,
    furniture: usize,
    comments: usize,
    leads: usize,
    /// Open block elements, innermost last.
    open: Vec<NodeId>,
    /// Open headings.
    headings: Vec<u8>,
    line_breaks: usize,
}

impl<'a> Cutter<'a> {
    fn new(named: &'a [Named], share: &'a [f32]) -> Cutter<'a> {
        Cutter {
            named,
            share,
            blocks: Vec::new(),
            current: Block::default(),
            space: false,
            skipped: None,
            links: 0,
            lists: 0,
            captions: 0,
            furniture: 0,
            comments: 0,
            leads: 0,
            open: Vec::new(),
            headings: Vec::new(),
            line_breaks: 0,
        }
    }

    fn enter(&mut self, tag: Tag, node: NodeId) {
        match tag {
            Tag::Br => return self.line_break(),
            Tag::Hr => return self.flush(),
            Tag::A => self.links += 1,
            _ => {}
        }
        // A class on an inline element is furniture only where it holds a share button or so.
        if !is_block(tag) {
            return;
        }
        self.flush();
        self.open.push(node);
        self.lists += usize::from(tag == Tag::Li);
        self.captions += usize::from(self.is_caption(node));
        self.furniture += usize::from(self.is_furniture(node));
        self.comments += usize::from(self.named[node as usize].lasting);
        self.leads += usize::from(self.is_lead(node));
        self.headings.extend(tag.heading_level());
    }

    fn leave(&mut self, tag: Tag, node: NodeId) {
        if tag == Tag::A {
            self.links = self.links.saturating_sub(1);
        }
        if !is_block(tag) {
            return;
        }
        self.flush();
        self.open.pop();
        self.lists = self.lists.saturating_sub(usize::from(tag == Tag::Li));
        self.captions = self.captions.saturating_sub(usize::from(self.is_caption(node)));
        self.furniture = self.furniture.saturating_sub(usize::from(self.is_furniture(node)));
        let comment = self.named[node as usize].lasting;
        self.comments = self.comments.saturating_sub(usize::from(comment));
        self.leads = self.leads.saturating_sub(usize::from(self.is_lead(node)));
        if tag.is_heading() {
            self.headings.pop();
        }
    }

    fn is_furniture(&self, node: NodeId) -> bool {
        self.named[node as usize].furniture
    }

    fn is_caption(&self, node: NodeId) -> bool {
        self.named[node as usize].caption && self.share[node as usize] < CAPTION_SHARE
    }

    fn is_lead(&self, node: NodeId) -> bool {
        self.named[node as usize].lead && self.share[node as usize] < LEAD_SHARE
    }

    fn add_text(&mut self, text: &str) {
        let words = text.split(|c: char| c.is_whitespace() && c != '\u{a0}');
        let mut first = true;
        for word in words {
            if !first {
                self.space = true;
            }
            first = false;
            if word.is_empty() {
                continue;
            }
            if self.space && !self.current.text.is_empty() && !self.current.text.ends_with('\n') {
                self.current.text.push(' ');
            }
            self.space = false;
            self.line_breaks = 0;
            self.current.text.push_str(word);
            let chars = word.chars().count();
            self.current.chars += chars;
            self.current.link_chars += if self.links > 0 { chars } else { 0 };
        }
    }

    /// One break parts lines, two part paragraphs.
    fn line_break(&mut self) {
        self.line_breaks += 1;
        self.space = false;
        if self.line_breaks >= 2 {
            self.flush();
        } else if !self.current.text.is_empty() {
            self.current.text.push('\n');
        }
    }

    fn flush(&mut self) {
        self.space = false;
        let mut block = std::mem::take(&mut self.current);
        if block.chars == 0 {
            return;
        }
        block.text.truncate(block.text.trim_end().len());
        block.node = self.open.last().copied().unwrap_or(ROOT);
        block.heading = self.headings.last().copied();
        block.in_list = self.lists > 0;
        block.in_caption = self.captions > 0;
        block.in_furniture = self.furniture > 0;
        block.in_comment = self.comments > 0;
        block.in_lead = self.leads > 0;
        self.blocks.push(block);
    }
}

/// Whether an element begins and ends a block.
fn is_block(tag: Tag) -> bool {
    !tag.is_inline() && !matches!(tag, Tag::Br | Tag::Hr | Tag::Text | Tag::Document)
}
