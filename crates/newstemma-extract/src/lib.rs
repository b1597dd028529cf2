//! Pages to reports: title, body, role spans, authors, outlet, dates, credits.
#![forbid(unsafe_code)]

use newstemma_model::{Page, Report, Warned};

/// Reads the report out of a page. `None` if the page holds no text at all.
pub fn extract(_page: &Page) -> Warned<Option<Report>> {
    Warned::clean(None)
}
