//! The date of publication in the state that scripts are started with.
//!
//! Problem: pages that scripts fill in say nowhere else when they were published. Idea: in what the
//! scripts hold as JSON, written plainly or inside a string, a key that speaks of publishing stands
//! before its date: `"publishedAt": "2024-11-20T…"`. The first one is taken; it may be that of
//! another article, so that this is asked last. Cost: one pass over the scripts, on such pages
//! alone.

use super::tag::Tag;
use super::tree::{ROOT, Tree};
use crate::published::parse_published;
use memchr::memmem;
use newstemma_model::Published;

/// What such keys contain, behind a first letter in either case.
const KEY: &str = "ublish";

/// The first date behind a key that speaks of publishing.
pub(crate) fn published(tree: &Tree<'_>) -> Option<Published> {
    let scripts = tree.below(ROOT).filter(|id| tree.tag(*id) == Tag::Script);
    scripts.flat_map(|script| tree.below(script)).find_map(|inner| in_script(tree.text(inner)))
}

fn in_script(script: &str) -> Option<Published> {
    memmem::find_iter(script.as_bytes(), KEY).find_map(|at| {
        let rest = &script[at + KEY.len()..];
        let key_end = rest.find(|c: char| !c.is_alphanumeric() && c != '_')?;
        let value = rest[key_end..].trim_start_matches(['\\', '"', '\'']).trim_start();
        let value = value.strip_prefix(':')?.trim_start().trim_start_matches(['\\', '"', '\'']);
        let end = value.find(['\\', '"', '\'', ',', '}'])?;
        parse_published(&value[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::in_script;

    #[test]
    fn keys_stand_before_dates() {
        let check = |script: &str, expected: &str| {
            let found = in_script(script).map(|p| p.to_string());
            assert_eq!(found.unwrap_or_default(), expected, "{script}");
        };
        check(
            r#"{"published": true, "publishedAt":"2021-11-03T08:05:00Z"}"#,
            "2021-11-03T08:05:00Z",
        );
        check(r#"x = "{\"cmsPublishingDate\":\"2021-11-03\",\"t\":\"Порт\"}""#, "2021-11-03");
        check("state = { publishDate: '2021-11-03' }", "2021-11-03");
        check(r#"{"publisher": {"name": "Küstenbote"}}"#, "");
        check("", "");
    }
}
