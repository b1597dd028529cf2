//! What a page tells of its report beyond the text.

use crate::{Published, Span};

/// See the module. All of it may be unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Where the date of publication was found.
    pub published_from: Option<DateSource>,
    /// Where the date of the last change was found.
    pub updated_from: Option<DateSource>,
    /// What stands between the headline and the text and sums it up.
    pub standfirst: Option<Standfirst>,
    /// The section of the outlet that it is filed under, as named.
    pub section: Option<String>,
    /// Who may read it, and whether all of it is here.
    pub access: Access,
    /// Things inside the text that are no running text of the report, in order of their starts. One
    /// may lie in another: a table in a box.
    pub inserts: Vec<Insert>,
    /// The entries of a live blog, in order of the text, not overlapping; none of other reports.
    pub entries: Vec<Entry>,
}

/// Where a date was found, what other places of the page say, and how sure the date is.
#[derive(Clone, Debug, PartialEq)]
pub struct DateSource {
    /// The place.
    pub place: DatePlace,
    /// Other places that give the same day.
    pub agreeing: Vec<DatePlace>,
    /// Other places that give another day.
    pub differing: Vec<DatePlace>,
    /// Probability that the day is right.
    pub sureness: f32,
}

/// A place at which a page gives a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatePlace {
    /// It came with the page: a field of a record, of a feed, of a mail.
    Given,
    /// JSON-LD.
    JsonLd,
    /// A meta element of the Open Graph.
    OpenGraph,
    /// Another meta element.
    Meta,
    /// Microdata, or a class of microformats.
    Microdata,
    /// A `time` element.
    TimeElement,
    /// A line that readers see.
    VisibleText,
    /// The address.
    Url,
    /// What a script holds.
    Script,
}

impl DatePlace {
    /// All of them.
    pub const ALL: [DatePlace; 9] = [
        DatePlace::Given,
        DatePlace::JsonLd,
        DatePlace::OpenGraph,
        DatePlace::Meta,
        DatePlace::Microdata,
        DatePlace::TimeElement,
        DatePlace::VisibleText,
        DatePlace::Url,
        DatePlace::Script,
    ];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            DatePlace::Given => "given",
            DatePlace::JsonLd => "json_ld",
            DatePlace::OpenGraph => "open_graph",
            DatePlace::Meta => "meta",
            DatePlace::Microdata => "microdata",
            DatePlace::TimeElement => "time_element",
            DatePlace::VisibleText => "visible_text",
            DatePlace::Url => "url",
            DatePlace::Script => "script",
        }
    }
}

/// What stands between headline and text and sums the report up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standfirst {
    /// Its words.
    pub text: String,
    /// Where it stands in the report's text, if it does.
    pub span: Option<Span>,
}

/// Who may read a report, and whether all of it is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// Whether it is for those who pay or register; `None` if nothing tells.
    pub paywalled: Option<bool>,
    /// Whether the text is only the beginning, or a summary, of what was published; `false` if
    /// nothing tells.
    pub truncated: bool,
    /// What that rests on, in order of [`AccessSign`].
    pub signs: Vec<AccessSign>,
}

/// What tells who may read a report, or that it goes on elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccessSign {
    /// JSON-LD says whether it is free (`isAccessibleForFree`).
    JsonLd,
    /// A meta element says which tier of content it is of.
    Meta,
    /// The page has the offer that stands in place of the rest.
    Offer,
    /// Words at the end of the text ask to subscribe or to register.
    Notice,
    /// The text breaks off inside a sentence.
    BrokenOff,
    /// A link at its end leads to the rest.
    Continuation,
    /// It is the summary of a feed.
    Summary,
}

impl AccessSign {
    /// All of them.
    pub const ALL: [AccessSign; 7] = [
        AccessSign::JsonLd,
        AccessSign::Meta,
        AccessSign::Offer,
        AccessSign::Notice,
        AccessSign::BrokenOff,
        AccessSign::Continuation,
        AccessSign::Summary,
    ];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            AccessSign::JsonLd => "json_ld",
            AccessSign::Meta => "meta",
            AccessSign::Offer => "offer",
            AccessSign::Notice => "notice",
            AccessSign::BrokenOff => "broken_off",
            AccessSign::Continuation => "continuation",
            AccessSign::Summary => "summary",
        }
    }
}

/// Something inside the text that is no running text of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Insert {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: InsertKind,
}

/// What an insert is. What its words are to the report is told by their role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InsertKind {
    /// A sentence of the text, shown once more.
    PullQuote,
    /// A table: a line a row, cells parted by tabs.
    Table,
    /// A post, or something else from elsewhere, in the words of somebody else.
    Embed,
    /// A box beside the text.
    Box,
    /// A list.
    List,
}

impl InsertKind {
    /// All of them.
    pub const ALL: [InsertKind; 5] = [
        InsertKind::PullQuote,
        InsertKind::Table,
        InsertKind::Embed,
        InsertKind::Box,
        InsertKind::List,
    ];

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            InsertKind::PullQuote => "pull_quote",
            InsertKind::Table => "table",
            InsertKind::Embed => "embed",
            InsertKind::Box => "box",
            InsertKind::List => "list",
        }
    }
}

/// An entry of a live blog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands in the text, its heading included.
    pub span: Span,
    /// Its heading.
    pub title: Option<String>,
    /// When it was published. A page may give a time without a day: then the day is the report's.
    pub published: Option<Published>,
}
