//! JSON-LD of articles (schema.org), however damaged.
//!
//! Scripts are parsed as they stand; if that fails, again without comments and raw control
//! characters, which is what ails most of them; if that fails too, the single fields are looked
//! for as strings.

use serde_json::Value;

/// What JSON-LD says of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Described {
    pub(crate) headline: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) body: Option<String>,
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
                if is_article {
                    fill(object, described);
                } else if kinds.iter().any(|k| k.ends_with("WebPage")) {
                    fill(object, others);
                } else if others.published.is_none() {
                    // Recipes, videos and the like are published, too.
                    others.published = strings(object.get("datePublished")).into_iter().next();
                }
                queue.extend(object.values().filter(|v| v.is_object() || v.is_array()));
            }
            _ => {}
        }
    }
}

fn fill(object: &serde_json::Map<String, Value>, described: &mut Described) {
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
    if described.authors.is_empty() {
        let authors = object.get("author").or_else(|| object.get("creator"));
        described.authors = authors.map(names).unwrap_or_default();
    }
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
fn name(object: &serde_json::Map<String, Value>) -> Vec<String> {
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
    described.headline = described.headline.take().or_else(|| find("headline"));
    described.published = described.published.take().or_else(|| find("datePublished"));
    described.updated = described.updated.take().or_else(|| find("dateModified"));
}

/// Entities of HTML, which some sites write into JSON too.
fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    const ENTITIES: [(&str, &str); 9] = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
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
    fn damaged_scripts_still_tell() {
        let comment = "<!-- {\"@type\": \"NewsArticle\", \"headline\": \"Port\nfermé\"} -->";
        assert_eq!(describe(&[comment.to_owned()]).headline.as_deref(), Some("Port fermé"));
        let broken =
            "{\"@type\": \"NewsArticle\", \"datePublished\": \"2024-11-20\", \"image\": ,}";
        assert_eq!(describe(&[broken.to_owned()]).published.as_deref(), Some("2024-11-20"));
        let deep = "[".repeat(100_000);
        assert_eq!(describe(&[deep]).headline, None);
    }
}
