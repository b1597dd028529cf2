//! Pages to reports: title, body, role spans, authors, outlet, dates, credits.
#![forbid(unsafe_code)]

use newstemma_language::detect;
use newstemma_model::{Content, Language, Page, Report, ReportId, Warned, Warning};

mod text;

mod line;
mod part;
mod role;

mod agency;
mod phrase;
mod published;

pub use published::parse_published;

/// Reads the report out of a page. `None` if the page holds no text at all.
pub fn extract(page: &Page) -> Warned<Option<Report>> {
    let text = match &page.content {
        Content::Text(text) | Content::Html(text) | Content::Markdown(text) => text,
    };
    if text.trim().is_empty() {
        return Warned::clean(None);
    }
    let mut report = blank(page, text.clone());
    let marked = text::mark_text(text, page.given.title.as_deref());
    report.roles = marked.roles;
    report.credits = marked.credits;
    let mut warnings = Vec::new();
    report.published = given_date(page, &mut warnings);
    Warned { value: Some(report), warnings }
}

/// A report of which only what came with the page is known.
fn blank(page: &Page, text: String) -> Report {
    let given = &page.given;
    Report {
        id: ReportId::of(&[page.reference.as_bytes(), &page.sha256]),
        reference: page.reference.clone(),
        url: given.url.clone(),
        outlet: given.outlet.clone(),
        language: language(given.lang.as_deref(), &text),
        title: given.title.clone(),
        authors: given.authors.clone(),
        published: None,
        updated: None,
        credits: Vec::new(),
        text,
        roles: Vec::new(),
        sha256: page.sha256,
    }
}

/// The language that the page names, if it is a tag; else that of the text.
fn language(given: Option<&str>, text: &str) -> Language {
    match given.and_then(Language::parse).filter(Language::is_known) {
        Some(language) => language,
        None => detect(text).language,
    }
}

fn given_date(page: &Page, warnings: &mut Vec<Warning>) -> Option<newstemma_model::Published> {
    let written = page.given.published.as_deref()?;
    let date = parse_published(written);
    if date.is_none() {
        let message = format!("published `{written}` is no RFC 3339 date; left out");
        warnings.push(Warning::new(&page.reference, message));
    }
    date
}
