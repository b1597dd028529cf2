//! What the fields of JSON records are called.

use serde_json::{Map, Value};
use std::collections::BTreeMap;
use thiserror::Error;

/// The fields that a record may have, by the names that Newstemma gives them.
pub(crate) const KNOWN: [&str; 9] =
    ["id", "text", "html", "url", "title", "outlet", "lang", "published", "authors"];

/// Other names for the fields of JSON records.
///
/// Written `text=body,published=date`: what Newstemma calls `text` is called `body` there. A dot
/// leads into an object (`text=article.body`), unless a field of just that name exists.
///
/// ```
/// use newstemma_ingest::FieldMap;
/// assert!(FieldMap::parse("text=тело,title=заголовок").is_ok());
/// assert!(FieldMap::parse("texte=corps").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldMap {
    names: BTreeMap<&'static str, String>,
}

/// A field map that can't be understood.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FieldMapError {
    /// A part without an equals sign, or with nothing on one side of it.
    #[error("`{part}` is not of the form field=name")]
    NoPair {
        /// The part.
        part: String,
    },
    /// A field that records don't have.
    #[error("there is no field `{field}`; the fields are {}", KNOWN.join(", "))]
    UnknownField {
        /// The field.
        field: String,
    },
}

impl FieldMap {
    /// Reads `field=name` pairs with commas between them.
    pub fn parse(pairs: &str) -> Result<FieldMap, FieldMapError> {
        let mut map = FieldMap::default();
        map.add(pairs)?;
        Ok(map)
    }

    /// Adds more pairs; a field that is named again takes the new name.
    pub fn add(&mut self, pairs: &str) -> Result<(), FieldMapError> {
        for part in pairs.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let pair = part.split_once('=').map(|(field, name)| (field.trim(), name.trim()));
            let Some((field, name)) = pair.filter(|(f, n)| !f.is_empty() && !n.is_empty()) else {
                return Err(FieldMapError::NoPair { part: part.to_owned() });
            };
            let Some(known) = KNOWN.iter().find(|k| **k == field) else {
                return Err(FieldMapError::UnknownField { field: field.to_owned() });
            };
            self.names.insert(known, name.to_owned());
        }
        Ok(())
    }

    /// What a field is called in the records.
    pub(crate) fn name_of<'a>(&'a self, field: &'a str) -> &'a str {
        self.names.get(field).map_or(field, String::as_str)
    }

    /// Takes the value of a field out of a record; `None` if it is missing or null.
    pub(crate) fn take(&self, record: &mut Map<String, Value>, field: &str) -> Option<Value> {
        let name = self.name_of(field);
        let value = match record.get_mut(name) {
            Some(value) => value.take(),
            None => take_by_path(record, name)?,
        };
        (!value.is_null()).then_some(value)
    }
}

fn take_by_path(record: &mut Map<String, Value>, path: &str) -> Option<Value> {
    let (first, rest) = path.split_once('.')?;
    let mut value = record.get_mut(first)?;
    for key in rest.split('.') {
        value = value.get_mut(key)?;
    }
    Some(value.take())
}

#[cfg(test)]
mod tests {
    use super::{FieldMap, FieldMapError};
    use serde_json::json;

    #[test]
    fn a_field_is_found_under_its_other_name_or_path() {
        let map = FieldMap::parse(" text = body , title=meta.head").unwrap();
        let mut record = json!({"body": "Текст", "meta": {"head": "Titel"}, "url": null});
        let record = record.as_object_mut().unwrap();
        assert_eq!(map.take(record, "text"), Some(json!("Текст")));
        assert_eq!(map.take(record, "title"), Some(json!("Titel")));
        assert_eq!(map.take(record, "url"), None);
        assert_eq!(map.take(record, "lang"), None);
    }

    #[test]
    fn a_name_with_a_dot_wins_over_the_path() {
        let map = FieldMap::parse("text=a.b").unwrap();
        let mut record = json!({"a.b": "whole", "a": {"b": "part"}});
        assert_eq!(map.take(record.as_object_mut().unwrap(), "text"), Some(json!("whole")));
    }

    #[test]
    fn what_is_no_pair_is_refused() {
        let no_pair = |part: &str| FieldMapError::NoPair { part: part.to_owned() };
        assert_eq!(FieldMap::parse("text"), Err(no_pair("text")));
        assert_eq!(FieldMap::parse("text=a,=b"), Err(no_pair("=b")));
        assert!(FieldMap::parse("").is_ok());
    }
}
