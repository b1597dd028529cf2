//! Who says what.

use crate::{Edtf, Figure, ReportId, Span, StatementId};

/// A span of a report that says something is so, with who said it as far as is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// The report it stands in.
    pub report: ReportId,
    /// All of it: source, cue and content.
    pub span: Span,
    /// Who says it. `None`: the outlet itself.
    pub source: Option<Source>,
    /// The words that ascribe it: "said", "selon", "по словам".
    pub cue: Option<Span>,
    /// What is said.
    pub content: Option<Span>,
    /// Whether the words are the speaker's own.
    pub quote: QuoteKind,
    /// What is done by saying it.
    pub act: Act,
    /// The hands it went through, as far as the text names them: first speaker first.
    pub chain: Vec<String>,
    /// Figures in it.
    pub figures: Vec<Figure>,
    /// Dates in it, with what they mean.
    pub dates: Vec<ResolvedDate>,
}

impl Statement {
    /// What the outlet itself says at a place, without figures and dates.
    pub fn unattributed(id: StatementId, report: ReportId, span: Span) -> Statement {
        Statement {
            id,
            report,
            span,
            source: None,
            cue: None,
            content: None,
            quote: QuoteKind::None,
            act: Act::Say,
            chain: Vec::new(),
            figures: Vec::new(),
            dates: Vec::new(),
        }
    }

    /// Whether it is ascribed to anybody.
    pub fn is_attributed(&self) -> bool {
        self.source.is_some() || self.cue.is_some()
    }

    /// What is said: the content, or all of it where no part was told apart.
    pub fn said(&self) -> Span {
        self.content.unwrap_or(self.span)
    }
}

/// Who says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where the speaker is named; `None` if only the cue shows that there is one.
    pub span: Option<Span>,
    /// The name or description, pronouns and role nouns resolved where that is sure.
    pub name: String,
    /// What kind of speaker.
    pub kind: SourceKind,
}

/// What kind of speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceKind {
    /// Somebody named.
    Person,
    /// A body, a state, a ministry, a group.
    Body,
    /// An official who is not named.
    AnonymousOfficial,
    /// Another newsroom.
    Outlet,
    /// A law, letter, report, notice.
    Document,
    /// Said to be said, without a word by whom.
    Unstated,
}

impl SourceKind {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            SourceKind::Person => "person",
            SourceKind::Body => "body",
            SourceKind::AnonymousOfficial => "official-anonymous",
            SourceKind::Outlet => "outlet",
            SourceKind::Document => "document",
            SourceKind::Unstated => "unstated",
        }
    }
}

/// Whether the words are the speaker's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// In quotation marks, standing for itself.
    Direct,
    /// Retold.
    Indirect,
    /// Retold, with words in quotation marks.
    Mixed,
    /// Nobody's words but the outlet's.
    None,
}

impl QuoteKind {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
            QuoteKind::Mixed => "mixed",
            QuoteKind::None => "none",
        }
    }
}

/// What is done by saying something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Act {
    /// Says that it is so.
    #[default]
    Say,
    /// Says that it is not so.
    Deny,
    /// Does not say.
    DeclineToComment,
    /// Can't say whether it is so.
    DoNotConfirm,
    /// Says that it will be so.
    Promise,
    /// Says that it may be so.
    Warn,
    /// Says that somebody does wrong.
    Accuse,
    /// Finds fault.
    Condemn,
    /// Asks for something.
    Request,
}

impl Act {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Act::Say => "say",
            Act::Deny => "deny",
            Act::DeclineToComment => "no-comment",
            Act::DoNotConfirm => "no-confirmation",
            Act::Promise => "promise",
            Act::Warn => "warn",
            Act::Accuse => "accuse",
            Act::Condemn => "condemn",
            Act::Request => "request",
        }
    }
}

/// A date of a text, with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedDate {
    /// Where.
    pub span: Span,
    /// When; `None` if the day it counts from is not known.
    pub value: Option<Edtf>,
}
