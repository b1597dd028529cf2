//! What was read, before it is understood.

/// One input as it came: a file, a line of JSONL, a record of an archive. Decoded to UTF-8,
/// otherwise untouched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the user calls it: the `id` of a JSONL record, else path and index.
    pub reference: String,
    /// Its content.
    pub content: Content,
    /// What the input says about it besides its content.
    pub given: Given,
    /// SHA-256 of its bytes as they came.
    pub sha256: [u8; 32],
}

/// The content of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Loose text, kept byte for byte in the report.
    Text(String),
    /// An HTML page.
    Html(String),
    /// Markdown, of which the report keeps the text without its marks.
    Markdown(String),
}

/// Fields that came with a page, as they were written; empty strings are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub outlet: Option<String>,
    /// Language tag.
    pub lang: Option<String>,
    /// Date of publication, RFC 3339 or a date.
    pub published: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// Whether the content is only a summary of what was published, as many feeds give it.
    pub is_summary: bool,
}
