//! The text of a page in blocks: what stands between two breaks of the flow, with what the markup
//! around it tells.

use super::tree::{NodeId, ROOT, Step, Tree};

/// A run of text without a break of the flow in it, save for single line breaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Block {
    /// Its text, white space squashed, lines parted by `\n`.
    pub(crate) text: String,
    /// The innermost block element around it.
    pub(crate) node: NodeId,
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
}

impl Block {
    /// Share of its characters in links.
    pub(crate) fn link_density(&self) -> f32 {
        if self.chars == 0 { 0.0 } else { self.link_chars as f32 / self.chars as f32 }
    }
}

/// Elements whose content is no text of the page.
const SKIPPED: [&str; 24] = [
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed",
    "canvas", "audio", "video", "select", "option", "textarea", "button", "input", "head", "nav",
    "footer", "form", "menu", "dialog", "datalist",
];

/// Elements that run inside a line.
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "rt",
];

/// Cuts a page into its blocks, in order.
pub(crate) fn blocks(tree: &Tree) -> Vec<Block> {
    let share = running_share(tree);
    let furniture_nodes = nodes(tree, |id| is_furniture(tree, id, share[id as usize]));
    let caption_nodes =
        nodes(tree, |id| share[id as usize] < CAPTION_SHARE && is_caption(tree, id));
    let mut cutter = Cutter { furniture_nodes, caption_nodes, ..Cutter::default() };
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if tree.is_text(node) => cutter.add_text(tree.text(node)),
            Step::Enter(node) => {
                if is_skipped(tree, node) {
                    if !INLINE.contains(&tree.name(node)) {
                        cutter.flush();
                    }
                    walk.step_over(node);
                    cutter.skipped.push(node);
                } else {
                    cutter.enter(tree, node);
                }
            }
            Step::Leave(node) => {
                if cutter.skipped.last() == Some(&node) {
                    cutter.skipped.pop();
                } else if !tree.is_text(node) {
                    cutter.leave(tree, node);
                }
            }
        }
    }
    cutter.flush();
    cutter.blocks
}

fn is_skipped(tree: &Tree, node: NodeId) -> bool {
    let name = tree.name(node);
    if SKIPPED.contains(&name) {
        // Some sites put the whole page into one form.
        return name != "form" || !wraps_page(tree, node);
    }
    let hidden = tree.attribute(node, "hidden").is_some()
        || tree.attribute(node, "aria-hidden") == Some("true")
        || tree.attribute(node, "style").is_some_and(is_hiding);
    let role = tree.attribute(node, "role").unwrap_or("");
    hidden
        || matches!(
            role,
            "navigation"
                | "banner"
                | "contentinfo"
                | "dialog"
                | "alertdialog"
                | "search"
                | "menu"
                | "complementary"
        )
}

fn is_hiding(style: &str) -> bool {
    let squeezed: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    squeezed.contains("display:none") || squeezed.contains("visibility:hidden")
}

fn wraps_page(tree: &Tree, form: NodeId) -> bool {
    let mut paragraphs = 0;
    for step in tree.walk(form) {
        if let Step::Enter(node) = step {
            paragraphs += usize::from(matches!(tree.name(node), "p" | "article"));
            if paragraphs > 4 {
                return true;
            }
        }
    }
    false
}

/// Words in class names and ids of what is not the article.
const FURNITURE: [&str; 75] = [
    "sidebar",
    "related",
    "recommend",
    "recirc",
    "share",
    "sharing",
    "social",
    "comment",
    "disqus",
    "newsletter",
    "subscribe",
    "subscription",
    "signup",
    "promo",
    "advert",
    "banner",
    "sponsor",
    "taboola",
    "outbrain",
    "breadcrumb",
    "pagination",
    "pager",
    "menu",
    "navbar",
    "navigation",
    "footer",
    "masthead",
    "cookie",
    "consent",
    "gdpr",
    "popup",
    "modal",
    "overlay",
    "toolbar",
    "tag-list",
    "taglist",
    "tags",
    "keywords",
    "topics",
    "author-bio",
    "authorbio",
    "author-box",
    "author-info",
    "about-author",
    "bio-box",
    "byline",
    "dateline",
    "timestamp",
    "post-meta",
    "entry-meta",
    "article-meta",
    "metadata",
    "most-read",
    "mostread",
    "popular",
    "trending",
    "more-stories",
    "more-news",
    "readmore",
    "read-more",
    "teaser",
    "widget",
    "rating",
    "print",
    "hidden",
    "screen-reader",
    "sr-only",
    "visually-hidden",
    "skip-link",
    "onetrust",
    "privacy",
    "login",
    "also-like",
    "up-next",
    "copyright",
];

/// Whole words that are such names too, but parts of others ("ad" in "lead").
const FURNITURE_WORDS: [&str; 14] = [
    "ad", "ads", "nav", "meta", "tools", "legal", "aside", "rail", "cta", "poll", "follow",
    "embed", "social", "links",
];

/// Names in which such words mean nothing bad: they wrap the whole article.
const ARTICLE: [&str; 21] = [
    "article-body",
    "articlebody",
    "article_body",
    "article-content",
    "article_content",
    "articlecontent",
    "story-body",
    "storybody",
    "story-content",
    "post-content",
    "post-body",
    "entry-content",
    "main-content",
    "content-body",
    "article-text",
    "body-text",
    "article__body",
    "article__content",
    "article-main",
    "content__body",
    "content-article",
];

/// Share of a page's running text from which on an element is no furniture, whatever its name:
/// "content-with-sidebar" wraps the article and its sidebar.
const ARTICLE_SHARE: f32 = 0.4;

/// The same for captions.
const CAPTION_SHARE: f32 = 0.15;

/// Names that stay furniture however much text there is: comments often outweigh an article, and
/// notices of consent a short one.
const NEVER_ARTICLE: [&str; 7] =
    ["comment", "disqus", "cookie", "consent", "gdpr", "privacy", "onetrust"];

/// Least length of a text, in bytes, that counts as running text here.
const RUNNING_BYTES: usize = 60;

fn nodes(tree: &Tree, test: impl Fn(NodeId) -> bool) -> Vec<bool> {
    (0..tree.len()).map(|id| test(id as NodeId)).collect()
}

/// Whether an element is furniture: named so, and without most of the page's running text.
fn is_furniture(tree: &Tree, node: NodeId, share: f32) -> bool {
    let lasting = || {
        names(tree, node).any(|name| {
            let lower = name.to_ascii_lowercase();
            NEVER_ARTICLE.iter().any(|n| lower.starts_with(n) || lower.ends_with(n))
        })
    };
    is_named_furniture(tree, node) && (share < ARTICLE_SHARE || lasting())
}

/// Each node's share of the running text of the page: text outside links of some length.
fn running_share(tree: &Tree) -> Vec<f32> {
    let mut running = vec![0_usize; tree.len()];
    let mut links = 0_usize;
    let mut walk = tree.walk(ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) if tree.is_text(node) => {
                let bytes = tree.text(node).trim().len();
                if links == 0 && bytes >= RUNNING_BYTES {
                    running[node as usize] = bytes;
                }
            }
            Step::Enter(node)
                if SKIPPED.contains(&tree.name(node)) && tree.name(node) != "form" =>
            {
                walk.step_over(node);
            }
            Step::Enter(node) => links += usize::from(tree.name(node) == "a"),
            Step::Leave(node) => {
                links -= usize::from(tree.name(node) == "a");
                if let Some(parent) = tree.parent(node) {
                    running[parent as usize] += running[node as usize];
                }
            }
        }
    }
    let whole = running[ROOT as usize].max(1) as f32;
    running.into_iter().map(|bytes| bytes as f32 / whole).collect()
}

/// Whether an element is named like the furniture of a site.
pub(crate) fn is_named_furniture(tree: &Tree, node: NodeId) -> bool {
    if matches!(tree.name(node), "aside") {
        return true;
    }
    if matches!(tree.name(node), "body" | "html" | "article" | "main" | "") {
        return false;
    }
    if is_article(tree, node) {
        return false;
    }
    names(tree, node).any(|name| {
        let lower = name.to_ascii_lowercase();
        FURNITURE.iter().any(|f| lower.contains(f))
            || lower
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|w| FURNITURE_WORDS.contains(&w))
    })
}

/// Whether an element is named like the body of an article.
pub(crate) fn is_article(tree: &Tree, node: NodeId) -> bool {
    names(tree, node).any(|name| {
        let lower = name.to_ascii_lowercase();
        ARTICLE.iter().any(|a| lower.contains(a))
    })
}

fn names(tree: &Tree, node: NodeId) -> impl Iterator<Item = &str> {
    let class = tree.attribute(node, "class").unwrap_or("");
    let id = tree.attribute(node, "id").unwrap_or("");
    let component = tree.attribute(node, "data-component").unwrap_or("");
    // Utility classes ("print:hidden", "after:w-full") say how a thing looks, not what it is.
    let told = class.split_whitespace().filter(|c| !c.contains([':', '[', '!']));
    told.chain([id, component])
}

fn is_caption(tree: &Tree, node: NodeId) -> bool {
    let is_word = |w: &str| matches!(w, "caption" | "captions" | "figcaption" | "photocredit");
    tree.name(node) == "figcaption"
        || !matches!(tree.name(node), "body" | "html" | "article" | "main")
            && names(tree, node).any(|name| {
                let lower = name.to_ascii_lowercase();
                lower.split(|c: char| !c.is_ascii_alphanumeric()).any(is_word)
                    || lower.contains("photo-credit")
                    || lower.contains("image-credit")
            })
}

#[derive(Default)]
struct Cutter {
    /// By node, whether it is furniture.
    furniture_nodes: Vec<bool>,
    /// By node, whether it is a caption.
    caption_nodes: Vec<bool>,
    blocks: Vec<Block>,
    current: Block,
    /// A space is due before the next word.
    space: bool,
    /// Open elements that were skipped.
    skipped: Vec<NodeId>,
    links: usize,
    lists: usize,
    captions: usize,
    furniture: usize,
    /// Open block elements, innermost last.
    open: Vec<NodeId>,
    /// Open headings.
    headings: Vec<u8>,
    line_breaks: usize,
}

impl Cutter {
    fn enter(&mut self, tree: &Tree, node: NodeId) {
        let name = tree.name(node);
        match name {
            "br" => return self.line_break(),
            "hr" => return self.flush(),
            "a" => self.links += 1,
            _ => {}
        }
        if INLINE.contains(&name) {
            // A class on an inline element is furniture only where it holds a share button or so.
            return;
        }
        if name.is_empty() {
            return;
        }
        self.flush();
        self.open.push(node);
        self.lists += usize::from(name == "li");
        self.captions += usize::from(self.is_caption(node));
        self.furniture += usize::from(self.is_furniture(node));
        if let Some(level) = heading_level(name) {
            self.headings.push(level);
        }
    }

    fn leave(&mut self, tree: &Tree, node: NodeId) {
        let name = tree.name(node);
        if name == "a" {
            self.links = self.links.saturating_sub(1);
        }
        if matches!(name, "br" | "hr" | "") || INLINE.contains(&name) {
            return;
        }
        self.flush();
        self.open.pop();
        self.lists = self.lists.saturating_sub(usize::from(name == "li"));
        self.captions = self.captions.saturating_sub(usize::from(self.is_caption(node)));
        self.furniture = self.furniture.saturating_sub(usize::from(self.is_furniture(node)));
        if heading_level(name).is_some() {
            self.headings.pop();
        }
    }

    fn is_furniture(&self, node: NodeId) -> bool {
        self.furniture_nodes.get(node as usize).copied().unwrap_or(false)
    }

    fn is_caption(&self, node: NodeId) -> bool {
        self.caption_nodes.get(node as usize).copied().unwrap_or(false)
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
        self.blocks.push(block);
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}
