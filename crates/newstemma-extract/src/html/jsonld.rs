//! JSON-LD of articles (schema.org), however damaged.
//!
//! Scripts are parsed as they stand; if that fails, again without comments and raw control
//! characters, which is what ails most of them; if that fails too, the single fields are looked
//! for as strings.

use super::fragment::{has_markup, paragraphs};
use super::section::Crumb;
use super::selector::Selector;
use serde_json::Value;

type Object = serde_json::Map<String, Value>;

/// What JSON-LD says of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Described {
    pub(crate) headline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) section: Option<String>,
    /// What is said of it in a sentence or two: its standfirst, or words for search engines.
    pub(crate) description: Option<String>,
    /// Whether it can be read without paying.
    pub(crate) is_free: Option<bool>,
    /// The parts of its text that are not.
    pub(crate) closed_parts: Vec<Selector>,
    pub(crate) words: Option<usize>,
    /// Whether it is a live blog.
    pub(crate) is_live: bool,
    /// The entries of a live blog, as listed.
    pub(crate) updates: Vec<Update>,
    /// The way to the page through its site, the outermost first.
    pub(crate) trail: Vec<Crumb>,
}

/// An entry of a live blog.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Update {
    pub(crate) title: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) published: Option<String>,
}

/// Nodes of a script that are looked at, so that a huge one costs no more than a large one.
const VALUES_MAX: usize = 20_000;

/// Reads all scripts of a page; articles before other things, earlier before later.
pub(crate) fn describe(scripts: &[String]) -> Described {
    let mut described = Described::default();
    let mut others = Described::default();
    for script in scripts {
        match parse(script) {
            Some(value) => read(&value, &mut described, &mut others),
            None => read_loosely(script, &mut described),
        }
    }
    described.published = described.published.or(others.published);
    described.updated = described.updated.or(others.updated);
    described.outlet = described.outlet.or(others.outlet);
    described.section = described.section.or(others.section);
    described.is_free = described.is_free.or(others.is_free);
    if described.closed_parts.is_empty() {
        described.closed_parts = others.closed_parts;
    }
    described.description = described.description.or(others.description);
    described
}

fn parse(script: &str) -> Option<Value> {
    let direct = serde_json::from_str(script.trim());
    direct.ok().or_else(|| serde_json::from_str(&cleaned(script)).ok())
}

/// Without comments around the script and control characters in its strings.
fn cleaned(script: &str) -> String {
    let inner = script
        .trim()
        .trim_start_matches("<!--")
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[");
    let inner =
        inner.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim();
    inner.trim_end_matches(';').chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn read(value: &Value, described: &mut Described, others: &mut Described) {
    let mut queue = std::collections::VecDeque::from([value]);
    let mut seen = 0;
    while let Some(value) = queue.pop_front() {
        seen += 1;
        if seen > VALUES_MAX {
            return;
        }
        match value {
            Value::Array(values) => queue.extend(values),
            Value::Object(object) => {
                let kinds = strings(object.get("@type"));
                let is_article = kinds
                    .iter()
                    .any(|k| k.ends_with("Article") || k.ends_with("Posting") || k == "Report");
                if kinds.iter().any(|k| k == "BreadcrumbList") && described.trail.is_empty() {
                    described.trail = trail(object);
                }
                described.is_live |= kinds.iter().any(|k| k == LIVE_BLOG);
                if described.updates.is_empty() {
                    described.updates = updates(object.get(UPDATES));
                }
                if is_article {
                    fill(object, described);
                } else if kinds.iter().any(|k| k.ends_with("WebPage")) {
                    fill(object, others);
                } else if others.published.is_none() {
                    // Recipes, videos and the like are published, too.
                    others.published = strings(object.get("datePublished")).into_iter().next();
                }
                // The entries of a live blog are articles, too, but not this one.
                let inner =
                    object.iter().filter(|(key, _)| *key != UPDATES).map(|(_, value)| value);
                queue.extend(inner.filter(|v| v.is_object() || v.is_array()));
            }
            _ => {}
        }
    }
}

fn fill(object: &Object, described: &mut Described) {
    let text = |key: &str| strings(object.get(key)).into_iter().next();
    let or = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    or(&mut described.headline, text("headline"));
    or(&mut described.published, text("datePublished").or_else(|| text("dateCreated")));
    or(&mut described.updated, text("dateModified"));
    or(&mut described.outlet, object.get("publisher").and_then(|p| names(p).into_iter().next()));
    or(&mut described.body, text("articleBody"));
    or(&mut described.section, text("articleSection"));
    or(&mut described.description, text("description"));
    if described.is_free.is_none() {
        let own = flag(object.get("isAccessibleForFree"));
        described.is_free = own.or_else(|| closed_parts(object).next().map(|_| false));
    }
    if described.closed_parts.is_empty() {
        let written = closed_parts(object).flat_map(|part| strings(part.get("cssSelector")));
        let written: Vec<String> = written.collect();
        described.closed_parts = Selector::in_lists(&written);
    }
    if described.words.is_none() {
        described.words = number(object.get("wordCount"));
    }
    if described.authors.is_empty() {
        let authors = object.get("author").or_else(|| object.get("creator"));
        described.authors = authors.map(names).unwrap_or_default();
    }
}

/// The type of live blogs.
const LIVE_BLOG: &str = "LiveBlogPosting";

/// Where the entries of a live blog stand.
const UPDATES: &str = "liveBlogUpdate";

/// The entries of a live blog.
fn updates(value: Option<&Value>) -> Vec<Update> {
    let text = |object: &Object, key| strings(object.get(key)).into_iter().next();
    let update = |object: &Object| Update {
        title: text(object, "headline").or_else(|| text(object, "name")),
        body: text(object, "articleBody").or_else(|| text(object, "text")).map(without_markup),
        published: text(object, "datePublished").or_else(|| text(object, "dateCreated")),
    };
    match value {
        Some(Value::Array(values)) => {
            values.iter().filter_map(Value::as_object).map(update).take(VALUES_MAX).collect()
        }
        Some(Value::Object(object)) => vec![update(object)],
        _ => Vec::new(),
    }
}

/// The text of an entry, which is written with its markup as often as without.
fn without_markup(body: String) -> String {
    if has_markup(&body) { paragraphs(&body).text } else { body }
}

/// The parts of an article that can't be read without paying.
fn closed_parts(object: &Object) -> impl Iterator<Item = &Value> {
    let parts = match object.get("hasPart") {
        Some(Value::Array(parts)) => parts.as_slice(),
        Some(part) => std::slice::from_ref(part),
        None => &[],
    };
    parts.iter().filter(|part| flag(part.get("isAccessibleForFree")) == Some(false))
}

/// `true`, `"True"`, `"http://schema.org/True"`.
fn flag(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(flag) => Some(*flag),
        Value::String(written) => {
            let word = written.rsplit('/').next().unwrap_or("").trim();
            [("true", true), ("false", false)]
                .into_iter()
                .find_map(|(name, flag)| word.eq_ignore_ascii_case(name).then_some(flag))
        }
        _ => None,
    }
}

fn number(value: Option<&Value>) -> Option<usize> {
    match value? {
        Value::Number(number) => number.as_u64()?.try_into().ok(),
        Value::String(written) => written.trim().parse().ok(),
        _ => None,
    }
}

/// A list of breadcrumbs.
fn trail(object: &Object) -> Vec<Crumb> {
    let Some(Value::Array(items)) = object.get("itemListElement") else { return Vec::new() };
    let crumb = |element: &Value| {
        let item = element.get("item");
        let named = [Some(element), item].into_iter().flatten().find_map(|o| o.get("name"));
        let name = strings(named).into_iter().next()?;
        let address = item.and_then(|item| match item {
            Value::Object(item) => item.get("@id").or_else(|| item.get("url")),
            other => Some(other),
        });
        Some(Crumb { name, address: strings(address).into_iter().next() })
    };
    items.iter().filter_map(crumb).collect()
}

/// Names of persons or bodies: strings, objects with a `name`, lists of either.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(_) => strings(Some(value)),
        Value::Object(object) => name(object),
        Value::Array(values) => values
            .iter()
            .flat_map(|v| match v {
                Value::Object(object) => name(object),
                other => strings(Some(other)),
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The name of a person or body, given whole or in parts.
fn name(object: &Object) -> Vec<String> {
    let whole = strings(object.get("name"));
    if !whole.is_empty() {
        return whole;
    }
    let parts = ["givenName", "familyName"].map(|key| strings(object.get(key))).concat();
    if parts.is_empty() { parts } else { vec![parts.join(" ")] }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let clean = |s: &str| Some(unescape(s.trim())).filter(|s| !s.is_empty());
    match value {
        Some(Value::String(s)) => clean(s).into_iter().collect(),
        Some(Value::Array(values)) => {
            values.iter().filter_map(Value::as_str).filter_map(clean).collect()
        }
        _ => Vec::new(),
    }
}

/// The fields as strings, out of a script that is no JSON.
fn read_loosely(script: &str, described: &mut Described) {
    let find = |key: &str| {
        let quoted = format!("\"{key}\"");
        let after = &script[script.find(&quoted)? + quoted.len()..];
        let value = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let end = value.char_indices().find(|(i, c)| *c == '"' && !value[..*i].ends_with('\\'))?.0;
        Some(unescape(value[..end].trim())).filter(|v| !v.is_empty())
    };
    described.is_live |= script.contains(&format!("\"{LIVE_BLOG}\""));
    described.headline = described.headline.take().or_else(|| find("headline"));
    described.published = described.published.take().or_else(|| find("datePublished"));
    described.updated = described.updated.take().or_else(|| find("dateModified"));
}

/// Entities of HTML, which some sites write into JSON too.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    const ENTITIES: [(&str, &str); 11] = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&#38;", "&"),
        ("&#038;", "&"),
        ("&amp;", "&"),
    ];
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain))
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn articles_are_found_in_graphs_and_lists() {
        let script = r#"{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},
            {"@type": ["NewsArticle"], "headline": "Порт відкрито &amp; готово", "author": [{"name": "Олена Коваль"}, "Ida Voss"],
             "publisher": {"name": "Küstenbote"}, "datePublished": "2024-11-20T08:05:00Z"}]}"#;
        let found = describe(&[script.to_owned()]);
        assert_eq!(found.headline.as_deref(), Some("Порт відкрито & готово"));
        assert_eq!(found.authors, ["Олена Коваль", "Ida Voss"]);
        assert_eq!(found.published.as_deref(), Some("2024-11-20T08:05:00Z"));
        assert_eq!(found.outlet.as_deref(), Some("Küstenbote"));
    }

    #[test]
    fn a_live_blog_is_one_article_and_its_entries_are_listed() {
        let script = r#"{"@type": "LiveBlogPosting", "headline": "港の火災", "isAccessibleForFree": "False",
            "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "鎮火", "articleBody": "火は消えた。",
            "datePublished": "2024-11-20T08:05:00+09:00"}, {"@type": "BlogPosting", "articleBody": "炎上。"}]}"#;
        let found = describe(&[script.to_owned()]);
        assert_eq!(found.headline.as_deref(), Some("港の火災"));
        assert_eq!((found.body, found.published, found.is_free), (None, None, Some(false)));
        let titles: Vec<Option<&str>> = found.updates.iter().map(|u| u.title.as_deref()).collect();
        assert_eq!(titles, [Some("鎮火"), None]);
    }

    #[test]
    fn sections_and_access_are_told_in_several_ways() {
        let check = |script: &str, section: Option<&str>, is_free: Option<bool>| {
            let found = describe(&[script.to_owned()]);
            assert_eq!((found.section.as_deref(), found.is_free), (section, is_free), "{script}");
        };
        let article = |rest: &str| format!("{{\"@type\": \"NewsArticle\", {rest}}}");
        check(&article(r#""articleSection": ["Сусвет", "Порт"]"#), Some("Сусвет"), None);
        check(&article(r#""isAccessibleForFree": "http://schema.org/True""#), None, Some(true));
        check(&article(r#""hasPart": {"isAccessibleForFree": false}"#), None, Some(false));
        check(&article(r#""hasPart": [{"isAccessibleForFree": true}, 3]"#), None, None);
        let parts = r#"{"@type": "WebPage", "hasPart": {"isAccessibleForFree": false, "cssSelector": "div.rest, .paywall"}}"#;
        let found = describe(&[parts.to_owned(), article(r#""headline": "Порт""#)]);
        assert_eq!((found.is_free, found.closed_parts.len()), (Some(false), 2));
        let trail = r#"{"@type": "BreadcrumbList", "itemListElement": [
            {"name": "Start", "item": "https://a.example/"}, {"item": {"@id": "/kultur", "name": "Kultur"}}, 4]}"#;
        let found = describe(&[trail.to_owned()]).trail;
        let names: Vec<&str> = found.iter().map(|crumb| crumb.name.as_str()).collect();
        assert_eq!(names, ["Start", "Kultur"]);
        assert_eq!(found[1].address.as_deref(), Some("/kultur"));
    }

    #[test]
    fn damaged_scripts_still_tell() {
        let comment = "<!-- {\"@type\": \"NewsArticle\", \"headline\": \"Port\nfermé\"} -->";
        assert_eq!(describe(&[comment.to_owned()]).headline.as_deref(), Some("Port fermé"));
        let broken =
            "{\"@type\": \"NewsArticle\", \"datePublished\": \"2024-11-20\", \"image\": ,}";
        assert_eq!(describe(&[broken.to_owned()]).published.as_deref(), Some("2024-11-20"));
        let broken = "{\"@type\": \"LiveBlogPosting\", \"liveBlogUpdate\": [,]}";
        assert!(describe(&[broken.to_owned()]).is_live);
        let deep = "[".repeat(100_000);
        assert_eq!(describe(&[deep]).headline, None);
    }
}
