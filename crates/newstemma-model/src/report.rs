//! What one outlet published.

use crate::{About, Language, Published, ReportId, Span};

/// One published text by one outlet: an article, a page, a feed item.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// What the user calls it: the `id` of a JSONL record, else path and index.
    pub reference: String,
    /// Address, canonical where the page says so.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Main language of the body.
    pub language: Language,
    /// Headline. It may also stand in `text`, under [`Role::Title`].
    pub title: Option<String>,
    /// Authors, as named.
    pub authors: Vec<String>,
    /// When it was published, if the input says so.
    pub published: Option<Published>,
    /// When it was last changed, if the input says so.
    pub updated: Option<Published>,
    /// Suppliers that it names: agencies, other outlets.
    pub credits: Vec<Credit>,
    /// The text, which every span of this report refers to. Of a plain text or a JSONL record
    /// this is the input's text, byte for byte (invalid UTF-8 and a leading byte order mark
    /// aside).
    pub text: String,
    /// What each part of the text is, in order, not overlapping, covering all but white space.
    pub roles: Vec<RoleSpan>,
    /// What the page tells beyond the text.
    pub about: About,
    /// SHA-256 of the bytes the report was read from.
    pub sha256: [u8; 32],
}

impl Report {
    /// A text of which nothing else is known.
    pub fn bare(id: ReportId, reference: &str, language: Language, text: &str) -> Report {
        Report {
            id,
            reference: reference.to_owned(),
            url: None,
            outlet: None,
            language,
            title: None,
            authors: Vec::new(),
            published: None,
            updated: None,
            credits: Vec::new(),
            text: text.to_owned(),
            roles: Vec::new(),
            about: About::default(),
            sha256: [0; 32],
        }
    }

    /// The role of the byte at `offset`; body where nothing else is said.
    pub fn role_at(&self, offset: usize) -> Role {
        let after = self.roles.partition_point(|r| r.span.end() <= offset);
        match self.roles.get(after) {
            Some(r) if r.span.start() <= offset => r.role,
            _ => Role::Body,
        }
    }
}

/// The supplier that a report names for its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Canonical name: `AFP`, `Reuters`, `dpa`.
    pub agency: String,
    /// Where it is named.
    pub span: Span,
    /// Whether it stands as a credit ("(AFP)", "avec Reuters", a dateline), and so vouches for
    /// the text, or is merely mentioned in a sentence ("told AFP").
    pub kind: CreditKind,
}

/// How a supplier is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CreditKind {
    /// For the text as a whole: a credit line, a dateline, a by-line.
    Text,
    /// For a picture or a film.
    Picture,
    /// In a running sentence, as somebody who heard or reported something.
    Mention,
}

/// What a span of a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Headline.
    Title,
    /// The report itself.
    Body,
    /// A crosshead between paragraphs.
    Subhead,
    /// The text under a picture.
    Caption,
    /// Who supplied text or picture.
    Credit,
    /// An invitation to read: something else, or this by a sentence shown twice.
    Teaser,
    /// Cookies, navigation, sharing, loading, codes, offers; what stands apart from the article.
    Boilerplate,
}

impl Role {
    /// Whether the report itself says it: title, body or subhead.
    pub fn is_told(self) -> bool {
        matches!(self, Role::Title | Role::Body | Role::Subhead)
    }

    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Body => "body",
            Role::Subhead => "subhead",
            Role::Caption => "caption",
            Role::Credit => "credit",
            Role::Teaser => "teaser",
            Role::Boilerplate => "boilerplate",
        }
    }
}

/// A span and its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleSpan {
    /// Where.
    pub span: Span,
    /// What.
    pub role: Role,
}
