//! The article of a page that only its scripts hold.
//!
//! Problem: some sites send an empty frame, and the article as markup inside a string of a script,
//! which fills the frame later. Idea: if a page shows next to nothing, the string literals of its
//! scripts that hold paragraphs are decoded (twice or thrice, where JSON lies inside a string), and
//! the longest is the article. Cost: one pass over the scripts, on such pages alone.

use super::tag::Tag;
use super::tree::{ROOT, Tree};
use memchr::memmem;

/// How paragraphs begin inside strings.
const PARAGRAPHS: [&str; 2] = ["\\u003cp", "<p"];

/// How often a string may lie inside a string.
const DEPTH_MAX: usize = 3;

/// The longest markup with paragraphs in a string of the page's scripts.
pub(crate) fn markup(tree: &Tree<'_>) -> Option<String> {
    let scripts = tree.below(ROOT).filter(|id| tree.tag(*id) == Tag::Script);
    let mut longest = String::new();
    for script in scripts {
        search(&tree.text_below(script), 0, &mut longest);
    }
    let begin = longest.find('<')?;
    Some(longest.split_off(begin))
}

fn search(script: &str, depth: usize, longest: &mut String) {
    let mut at = 0;
    while let Some(found) = next_paragraph(&script[at..]) {
        let Some((literal, end)) = literal_around(script, at, at + found) else { return };
        at = end;
        let Ok(decoded) = serde_json::from_str::<String>(literal) else { continue };
        if decoded.contains(PARAGRAPHS[0]) && depth < DEPTH_MAX {
            search(&decoded, depth + 1, longest);
        } else if decoded.len() > longest.len() && decoded.contains("</p>") {
            *longest = decoded;
        }
    }
}

fn next_paragraph(text: &str) -> Option<usize> {
    PARAGRAPHS.iter().filter_map(|p| memmem::find(text.as_bytes(), p.as_bytes())).min()
}

/// The string literal around a place, quotes included, that begins behind `from`; and its end.
fn literal_around(script: &str, from: usize, place: usize) -> Option<(&str, usize)> {
    let bytes = script.as_bytes();
    let is_quote = |at: &usize| bytes[*at] == b'"' && !is_escaped(bytes, *at);
    let begin = (from..place).rev().find(is_quote);
    let end = (place..bytes.len()).find(is_quote)?;
    Some((begin.map_or("", |begin| &script[begin..=end]), end + 1))
}

fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::markup;
    use crate::html::tree::Tree;

    #[test]
    fn strings_are_decoded_as_often_as_they_were_written() {
        let check = |script: &str| {
            let page = format!("<script>{script}</script>");
            let found = markup(&Tree::parse(&page));
            assert_eq!(found.as_deref(), Some("<p>Порт «відкрито»</p>"), "{script}");
        };
        check(r#"push([1,"2a:T9,\u003cp\u003eПорт «відкрито»\u003c/p\u003e"])"#);
        check(r#"x = {"a": "b", "body": "<p>Порт «відкрито»<\/p>", "c": "<p>x</p>"}"#);
        check(r#"push("{\"body\":\"\\u003cp\\u003eПорт «відкрито»\\u003c/p\\u003e\"}")"#);
        assert_eq!(markup(&Tree::parse("<script>if (a<p) \"b\"</script>")), None);
    }
}
