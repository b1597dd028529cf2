//! Pages to reports: title, body, role spans, authors, outlet, dates, credits.
//!
//! Loose text is kept byte for byte and marked up (`text`); of HTML and Markdown the report keeps
//! the text of the article, paragraphs parted by an empty line, marked up in the same way.
#![forbid(unsafe_code)]

use newstemma_language::detect;
use newstemma_model::{
    Content, DatePlace, Language, Page, Published, Report, ReportId, Role, Warned, Warning,
};

mod html;
mod markdown;
mod text;

mod line;
mod part;
mod role;
mod title;

mod access;
mod agency;
mod hash;
mod phrase;
mod published;
mod sureness;
mod trie;
mod unlisted;

use access::{Declared, access};
use sureness::{Found, published_from};

pub use html::{DeclaredFeeds, declared_feeds};
pub use published::parse_published;

/// Reads the report out of a page. `None` if the page holds no text at all.
///
/// What came with the page (`given`) goes before what the page says of itself. Fields that can't
/// be understood are warnings.
///
/// ```
/// use newstemma_extract::extract;
/// use newstemma_model::{Content, Given, Page, Role};
/// let text = "Паром вышел из порта.\nЧитайте также: Порт закрыт";
/// let page = Page {
///     reference: "а.txt".into(),
///     content: Content::Text(text.into()),
///     given: Given::default(),
///     sha256: [0; 32],
/// };
/// let report = extract(&page).value.unwrap();
/// assert_eq!(report.text, text);
/// assert_eq!(report.role_at(text.find("Читайте").unwrap()), Role::Teaser);
/// ```
pub fn extract(page: &Page) -> Warned<Option<Report>> {
    let title = page.given.title.as_deref();
    let read = match &page.content {
        Content::Text(text) => html::Article {
            text: text.clone(),
            marked: text::mark_text(text, title),
            ..html::Article::default()
        },
        Content::Markdown(markdown) => {
            let document = markdown::read_markdown(markdown);
            let title = title.or(document.title.as_deref());
            html::Article {
                marked: text::mark_blocks(&document.text, &document.blocks, title),
                title: document.title,
                text: document.text,
                ..html::Article::default()
            }
        }
        Content::Html(html) => html::read_html(html, page.given.url.as_deref()),
    };
    if read.text.trim().is_empty() {
        return Warned::clean(None);
    }
    report(page, read)
}

/// The id that the report of a page has, which is known before the page is read.
pub fn report_id(page: &Page) -> ReportId {
    ReportId::of(&[page.reference.as_bytes(), &page.sha256])
}

/// Joins what the page says with what came with it.
fn report(page: &Page, read: html::Article) -> Warned<Option<Report>> {
    let given = &page.given;
    let mut warnings = Vec::new();
    let given_date = given_date(page, &mut warnings);
    let title =
        given.title.clone().or(read.title).or_else(|| first_title(&read.text, &read.marked));
    let authors = if given.authors.is_empty() { read.authors } else { given.authors.clone() };
    let mut about = read.about;
    if let Some(date) = given_date {
        let on_page = read.published.zip(about.published_from.as_ref());
        let on_page = on_page.map(|(date, from)| Found { date, place: from.place });
        let given = Found { date, place: DatePlace::Given };
        about.published_from = Some(published_from(given, on_page.as_slice()));
    }
    let declared = Declared { summary: given.is_summary, ..read.declared };
    about.access = access(&read.text, &read.marked, declared);
    let report = Report {
        id: report_id(page),
        reference: page.reference.clone(),
        url: given.url.clone().or(read.url),
        outlet: given.outlet.clone().or(read.outlet),
        language: language(given.lang.as_deref(), read.language, &read.text),
        title,
        authors,
        published: given_date.or(read.published),
        updated: read.updated,
        credits: read.marked.credits,
        roles: read.marked.roles,
        about,
        text: read.text,
        sha256: page.sha256,
    };
    Warned { value: Some(report), warnings }
}

/// The first line that is a title.
fn first_title(text: &str, marked: &text::Marked) -> Option<String> {
    let title = marked.roles.iter().find(|r| r.role == Role::Title)?;
    Some(title.span.of(text).to_owned())
}

/// How sure a detection must be to overrule what a page declares of itself.
const SURE: f32 = 0.9;

/// The language that came with the page; else that of the text, or where the text leaves it open,
/// what the page declares (pages often declare the language of their template).
fn language(given: Option<&str>, declared: Option<Language>, text: &str) -> Language {
    if let Some(language) = given.and_then(Language::parse).filter(Language::is_known) {
        return language;
    }
    let found = detect(text);
    match declared.filter(Language::is_known) {
        Some(declared) if found.confidence < SURE || !found.language.is_known() => declared,
        _ => found.language,
    }
}

fn given_date(page: &Page, warnings: &mut Vec<Warning>) -> Option<Published> {
    let written = page.given.published.as_deref()?;
    let date = parse_published(written);
    if date.is_none() {
        let message = format!("published `{written}` is no RFC 3339 date; left out");
        warnings.push(Warning::new(&page.reference, message));
    }
    date
}
