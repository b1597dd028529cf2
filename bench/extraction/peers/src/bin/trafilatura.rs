//! The crate `trafilatura`, set to favour precision, as its Python original is in this comparison.

use newstemma_extraction_peers::{Found, run};
use trafilatura::{ExtractionFocus, Options, extract};

fn main() -> std::io::Result<()> {
    let options =
        Options::default().with_fallback(true).with_focus(ExtractionFocus::FavorPrecision);
    run(|markup, _| {
        let Ok(found) = extract(markup, &options) else { return Found::default() };
        let about = found.metadata;
        Found {
            text: found.content_text,
            title: about.title,
            date: about.date.map(|date| date.to_string()).unwrap_or_default(),
            author: about.author,
        }
    })
}
