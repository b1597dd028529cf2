//! The words that sites name their elements by, and what they say.

use super::Named;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use newstemma_model::InsertKind;
use std::sync::OnceLock;

/// Where in a name a word must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    /// At the beginning or the end.
    Edge,
    /// Parted from what is around it: "ad" is also in "lead".
    Word,
    /// The same, or by a capital: "imageCaption".
    Hump,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub(super) place: Place,
    pub(super) says: Named,
}

const FURNITURE: Named = Named { furniture_name: true, ..Named::NOTHING };
const LASTING: Named = Named { lasting: true, ..Named::NOTHING };
const ARTICLE: Named = Named { article: true, ..Named::NOTHING };
const CAPTION: Named = Named { caption: true, ..Named::NOTHING };
const BYLINE: Named = Named { byline: true, ..Named::NOTHING };
const DATE: Named = Named { date: true, ..Named::NOTHING };
const LEAD: Named = Named { lead: true, ..Named::NOTHING };
const CRUMBS: Named = Named { crumbs: true, ..Named::NOTHING };
const OFFER: Named = Named { offer: true, ..Named::NOTHING };
const LIVE: Named = Named { live: true, ..Named::NOTHING };
const PULL_QUOTE: Named = Named { insert: Some(InsertKind::PullQuote), ..Named::NOTHING };
const EMBED: Named = Named { insert: Some(InsertKind::Embed), ..Named::NOTHING };
const BOX: Named = Named { insert: Some(InsertKind::Box), ..Named::NOTHING };

/// The words, and what they say.
#[rustfmt::skip]
const WORDS: [(Named, Place, &[&str]); 17] = [
    (FURNITURE, Place::Anywhere, &[
        "sidebar", "related", "recommend", "recirc", "share", "sharing", "social", "comment", "disqus",
        "newsletter", "subscribe", "subscription", "signup", "promo", "advert", "banner", "sponsor",
        "taboola", "outbrain", "breadcrumb", "pagination", "pager", "menu", "navbar", "navigation",
        "footer", "masthead", "cookie", "consent", "gdpr", "popup", "modal", "overlay", "toolbar",
        "tag-list", "taglist", "tags", "keywords", "topics", "author-bio", "authorbio", "author-box",
        "author-info", "about-author", "bio-box", "byline", "dateline", "timestamp", "post-meta",
        "entry-meta", "article-meta", "metadata", "most-read", "mostread", "popular", "trending",
        "more-stories", "more-news", "readmore", "read-more", "teaser", "widget", "rating", "print",
        "hidden", "screen-reader", "sr-only", "visually-hidden", "skip-link", "onetrust", "privacy",
        "login", "also-like", "up-next", "copyright",
    ]),
    (FURNITURE, Place::Word, &[
        "ad", "ads", "nav", "meta", "tools", "legal", "aside", "rail", "cta", "poll", "follow", "embed",
        "links",
    ]),
    (LASTING, Place::Edge, &["comment", "disqus", "cookie", "consent", "gdpr", "privacy", "onetrust"]),
    (ARTICLE, Place::Anywhere, &[
        "article-body", "articlebody", "article_body", "article-content", "article_content",
        "articlecontent", "story-body", "storybody", "story-content", "post-content", "post-body",
        "entry-content", "main-content", "content-body", "article-text", "body-text", "article__body",
        "article__content", "article-main", "content__body", "content-article",
    ]),
    (CAPTION, Place::Anywhere, &["photo-credit", "image-credit"]),
    (CAPTION, Place::Hump, &["caption", "captions", "figcaption", "photocredit"]),
    (BYLINE, Place::Anywhere, &["author", "byline", "autor", "auteur", "autore", "contributor"]),
    (DATE, Place::Anywhere, &["date", "datum", "publish", "posted", "created", "fecha"]),
    (LEAD, Place::Anywhere, &[
        "teaser-text", "teasertext", "teaser_text", "article-teaser", "articleteaser", "article__teaser",
        "artikel-teaser", "standfirst", "subline", "subheadline", "sub-headline", "excerpt", "chapo",
        "chapeau", "entradilla", "sommario", "vorspann", "epigraph",
    ]),
    (LEAD, Place::Word, &[
        "teaser", "lead", "intro", "deck", "dek", "summary", "abstract", "ingress",
    ]),
    (CRUMBS, Place::Anywhere, &["breadcrumb"]),
    (OFFER, Place::Anywhere, &[
        "paywall", "pay-wall", "regwall", "reg-wall", "registration-wall", "subscription-wall",
        "subscribe-wall", "offer-wall", "content-lock", "locked-content", "inline-offer",
    ]),
    (LIVE, Place::Anywhere, &[
        "liveblog", "live-blog", "live_blog", "liveticker", "live-ticker", "live_ticker", "livefeed",
        "live-feed", "live-event", "live-update", "liveupdate", "live-post", "livepost", "live-entry", "liveentry",
        "minute-by-minute",
    ]),
    (PULL_QUOTE, Place::Anywhere, &["pullquote", "pull-quote", "pull_quote"]),
    (EMBED, Place::Anywhere, &[
        "twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed",
        "mastodon-embed", "reddit-embed", "telegram-embed", "truthsocial-embed", "fb-post",
        "social-embed", "socialembed", "text-post-media", "wp-embedded-content",
    ]),
    (EMBED, Place::Word, &["embed", "tweet"]),
    (BOX, Place::Anywhere, &[
        "infobox", "info-box", "info_box", "factbox", "fact-box", "fact_box", "keyfacts", "key-facts",
        "keypoints", "key-points", "sidebox", "side-box", "boxout",
    ]),
];

/// What makes a name of a class silent wherever it stands in it: utility classes ("print:hidden",
/// "after:w-full", "hidden-xs") say how an element looks, others what it has ("content-sidebar-wrap",
/// "label-hidden") or lacks; page builders call everything a widget.
pub(super) const SILENT: [&str; 12] = [
    ":",
    "[",
    "!",
    "hidden-",
    "label-hidden",
    "label--hidden",
    "content-sidebar",
    "and-sidebar",
    "no-sidebar",
    "hasRight",
    "hasLeft",
    "elementor-",
];

pub(super) struct Words {
    pub(super) automaton: AhoCorasick,
    /// By number of the pattern; behind those that have one come those of [`SILENT`].
    pub(super) rules: Vec<Rule>,
}

pub(super) fn words() -> Option<&'static Words> {
    static BUILT: OnceLock<Option<Words>> = OnceLock::new();
    let build = || {
        let rules = WORDS.iter();
        let rules = rules.flat_map(|(says, place, words)| {
            words.iter().map(|_| Rule { place: *place, says: *says })
        });
        let patterns = WORDS.iter().flat_map(|(_, _, words)| *words).chain(&SILENT);
        let mut builder = AhoCorasick::builder();
        builder.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::Standard);
        builder.ascii_case_insensitive(true);
        // Only a number of words beyond any here makes it fail.
        let automaton = builder.build(patterns).ok()?;
        Some(Words { automaton, rules: rules.collect() })
    };
    BUILT.get_or_init(build).as_ref()
}
