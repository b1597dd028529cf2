//! The crate `dom_smoothie`, with its default settings.

use dom_smoothie::Readability;
use newstemma_extraction_peers::{Found, run};

fn main() -> std::io::Result<()> {
    run(|markup, address| {
        let article = Readability::new(markup, address, None).and_then(|mut page| page.parse());
        let Ok(article) = article else { return Found::default() };
        Found {
            text: article.text_content.to_string(),
            title: article.title,
            date: article.published_time.unwrap_or_default(),
            author: article.byline.unwrap_or_default(),
        }
    })
}
