//! What is made of pages and texts.

#![allow(clippy::disallowed_methods, reason = "the clock shows that hostile pages cost little")]
#![allow(clippy::unwrap_used, reason = "a test whose page gives no report has failed")]

mod about;
mod article;
mod live;
mod pages;
mod texts;

use newstemma_extract::extract;
use newstemma_model::{Content, Given, Page, Report};

/// The report of some content, if there is one.
fn read_given(content: Content, given: Given) -> Option<Report> {
    let page = Page { reference: "a.html".to_owned(), content, given, sha256: [0; 32] };
    extract(&page).value
}

/// The report of a page, which must have one.
fn read(html: &str) -> Report {
    read_given(Content::Html(html.to_owned()), Given::default()).unwrap()
}
