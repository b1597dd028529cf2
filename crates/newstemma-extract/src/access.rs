//! Who may read a report, and whether all of it is here.
//!
//! Problem: what is behind a paywall is served as a beginning with an offer below it, or whole, and
//! the flag that says so is the same; feeds and some sites cut texts off with "…" and a link. Idea:
//! whether one has to pay is what the page declares; else what stands at the end of the text asks
//! for, if the text is short or breaks off above it, for offers stand below whole texts too. That the
//! text goes on elsewhere takes two signs, since each alone is common in whole texts: that it breaks
//! off, or is short, or is much shorter than the number of words that the page declares; and that it
//! is behind a paywall, or that a link to the rest follows. The summary of a feed is cut off by what
//! it is.
//!
//! Bounds were chosen by looking at the pages of the development sets that declare a paywall.

use crate::line::ends_with_stop;
use crate::phrase::{Kind, phrases, tokens};
use crate::text::Marked;
use newstemma_language::Script;
use newstemma_model::{Access, AccessSign, Role, RoleSpan};

/// What a page declares and shows of who may read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Declared {
    /// What JSON-LD says.
    pub(crate) described_free: Option<bool>,
    /// What a meta element says of the tier of content.
    pub(crate) tier_free: Option<bool>,
    /// Whether it shows an offer.
    pub(crate) offered: bool,
    /// Whether a link to the rest follows the article.
    pub(crate) continued: bool,
    /// How many words the whole has.
    pub(crate) words: Option<usize>,
    /// Whether it is what a feed gives in place of the whole.
    pub(crate) summary: bool,
}

/// How many times more words than there are must be declared.
const MORE_WORDS: usize = 3;
const THAN_WORDS: usize = 2;

/// Bytes behind the dots in which a link to the rest stands, and words of it.
const LINK_BYTES_MAX: usize = 60;
const LINK_WORDS_MAX: usize = 6;

/// Characters of a last line without a stop that is a sentence cut off; below them it is no paragraph.
const CUT_CHARS_MIN: usize = 80;

/// Longest text, in characters, that is a beginning if a line below it asks readers to pay; and if
/// no more than an offer stands on its page.
const BEGINNING_CHARS_MAX: usize = 2_500;
const BEGINNING_CHARS_MAX_OFFERED: usize = 1_200;

/// What follows for the text of a report.
pub(crate) fn access(text: &str, marked: &Marked, declared: Declared) -> Access {
    let declares = declared.described_free.or(declared.tier_free);
    let is_free = declares == Some(true);
    let (noticed, offered) = (marked.gated && !is_free, declared.offered && !is_free);
    let told = || marked.roles.iter().filter(|span| span.role.is_told());
    let chars: usize = told().map(|span| span.span.of(text).chars().count()).sum();
    let closed = declares == Some(false);
    let end = End::of(text, &marked.roles);
    let continued = end.continued || declared.continued;
    let asked = noticed || offered || closed;
    let broken = (end.dots || end.unfinished && asked) && (asked || continued || declared.summary);
    let beginning = noticed && chars <= BEGINNING_CHARS_MAX
        || offered && closed && chars <= BEGINNING_CHARS_MAX_OFFERED;
    let paywalled = match declares {
        Some(free) => Some(!free),
        None => (beginning || broken && asked).then_some(true),
    };
    let lacking = paywalled == Some(true)
        && declared.words.is_some_and(|words| lacks(text, &marked.roles, words));
    let signs = [
        (AccessSign::JsonLd, declared.described_free.is_some()),
        (AccessSign::Meta, declared.tier_free.is_some()),
        (AccessSign::Offer, offered),
        (AccessSign::Notice, noticed),
        (AccessSign::BrokenOff, broken),
        (AccessSign::Continuation, broken && continued),
        (AccessSign::Summary, declared.summary),
    ];
    Access {
        paywalled,
        truncated: broken || beginning || lacking || declared.summary,
        signs: signs.into_iter().filter_map(|(sign, there)| there.then_some(sign)).collect(),
    }
}

/// How a text ends.
#[derive(Clone, Copy, Debug, Default)]
struct End {
    /// In dots; a line about the author may follow.
    dots: bool,
    /// In a colon, or in a long line without a stop, as no line above it does.
    unfinished: bool,
    /// A link to the rest follows.
    continued: bool,
}

impl End {
    fn of(text: &str, roles: &[RoleSpan]) -> End {
        let is_body = |span: &&RoleSpan| span.role == Role::Body;
        let Some(at) = roles.iter().rposition(|span| is_body(&span)) else {
            return End::default();
        };
        let line = roles[at].span.of(text);
        let above = || roles[..at].iter().filter(is_body).map(|span| span.span.of(text));
        if behind_dots(line).is_some_and(leads_on) {
            return End { dots: true, unfinished: false, continued: true };
        }
        let dots =
            ends_in_dots(line) || is_short(line) && above().next_back().is_some_and(ends_in_dots);
        let below = roles[at + 1..].iter().take(2);
        let continued = dots && below.into_iter().any(|span| leads_on(span.span.of(text)));
        let cut = line.chars().count() >= CUT_CHARS_MIN
            && line.ends_with(|c: char| c.is_alphanumeric() || c == ',')
            && above().count() >= 2
            && above().all(ends_with_stop);
        End { dots, unfinished: cut || line.ends_with([':', '：']), continued }
    }
}

/// Whether a line is no paragraph: one about the author, say.
fn is_short(line: &str) -> bool {
    line.chars().count() < CUT_CHARS_MIN && !ends_with_stop(line)
}

/// Brackets and quotation marks that close behind dots.
fn closes(c: char) -> bool {
    c.is_whitespace() || "])）］\"'”’»".contains(c)
}

fn ends_in_dots(line: &str) -> bool {
    let inner = line.trim_end_matches(closes);
    inner.ends_with('…') || inner.ends_with("...")
}

/// What stands behind the last dots of a line, if that is little.
fn behind_dots(line: &str) -> Option<&str> {
    let dots = ["…", "..."].iter().filter_map(|d| line.rfind(d).map(|at| at + d.len())).max()?;
    let behind = line[dots..].trim_start_matches(closes);
    (behind.len() <= LINK_BYTES_MAX).then_some(behind)
}

/// Whether a few words lead to the rest of a text: "Read more", "続きを読む".
pub(crate) fn leads_on(text: &str) -> bool {
    let tokens = tokens(text);
    let leads = |kind| matches!(kind, Kind::Teaser | Kind::Gate);
    !tokens.is_empty()
        && tokens.iter().map(|token| token.weight).sum::<f32>() <= LINK_WORDS_MAX as f32
        && phrases(&tokens).iter().any(|hit| hit.first == 0 && leads(hit.kind))
}

/// Whether a text lacks many of the words that its page declares. Scripts without spaces are not
/// counted in words.
fn lacks(text: &str, roles: &[RoleSpan], declared: usize) -> bool {
    let told = || roles.iter().filter(|span| span.role.is_told()).map(|span| span.span.of(text));
    let dense = told().flat_map(str::chars).take(100).any(|c| Script::of(c).is_unspaced());
    let words: usize = told().map(|line| line.split_whitespace().count()).sum();
    !dense && declared.saturating_mul(THAN_WORDS) >= words * MORE_WORDS
}
