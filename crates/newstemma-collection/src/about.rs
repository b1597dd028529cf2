//! What a page tells of its report beyond the text, as JSON in one column.
//!
//! Only what is known is written, so that a report of which nothing is known has no such column, as
//! in files of version 1, and the digest of its row is the same there.

use crate::record::{date, span};
use newstemma_model::{
    About, Access, AccessSign, DatePlace, DateSource, Entry, Insert, InsertKind, Span, Standfirst,
};
use serde_json::{Map, Value, json};

/// As it is written; `None` if nothing is known.
pub(crate) fn written(about: &About) -> Option<String> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        fields.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("published_from", about.published_from.as_ref().map(source_value));
    put("updated_from", about.updated_from.as_ref().map(source_value));
    put("standfirst", about.standfirst.as_ref().map(standfirst_value));
    put("section", about.section.as_deref().map(Value::from));
    put("access", (about.access != Access::default()).then(|| access_value(&about.access)));
    put("inserts", filled(about.inserts.iter().map(insert_value)));
    put("entries", filled(about.entries.iter().map(entry_value)));
    (!fields.is_empty()).then(|| Value::from(fields).to_string())
}

/// As it was written. `None` if a field is not as it was.
pub(crate) fn read(written: Option<&str>) -> Option<About> {
    let Some(written) = written else { return Some(About::default()) };
    let fields: Map<String, Value> = serde_json::from_str(written).ok()?;
    let maybe = |name: &str| fields.get(name);
    let items = |name: &str| match fields.get(name) {
        Some(value) => value.as_array().map(Vec::as_slice),
        None => Some(&[][..]),
    };
    Some(About {
        published_from: optional(maybe("published_from"), source)?,
        updated_from: optional(maybe("updated_from"), source)?,
        standfirst: optional(maybe("standfirst"), standfirst)?,
        section: optional(maybe("section"), owned)?,
        access: optional(maybe("access"), access)?.unwrap_or_default(),
        inserts: items("inserts")?.iter().map(insert).collect::<Option<_>>()?,
        entries: items("entries")?.iter().map(entry).collect::<Option<_>>()?,
    })
}

fn filled(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then(|| Value::from(values))
}

/// What is not there is none; what can't be read is damage.
fn optional<T>(value: Option<&Value>, read: fn(&Value) -> Option<T>) -> Option<Option<T>> {
    match value {
        None | Some(Value::Null) => Some(None),
        Some(value) => read(value).map(Some),
    }
}

fn owned(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn source_value(source: &DateSource) -> Value {
    let names = |places: &[DatePlace]| -> Vec<&str> { places.iter().map(|p| p.name()).collect() };
    // Four decimal places are more than is known; so written, the value is the same on every machine.
    let sureness = (f64::from(source.sureness) * 10_000.0).round() / 10_000.0;
    json!([source.place.name(), names(&source.agreeing), names(&source.differing), sureness])
}

fn source(value: &Value) -> Option<DateSource> {
    let place = |value: &Value| named(value, &DatePlace::ALL, DatePlace::name);
    let places = |index: usize| -> Option<Vec<DatePlace>> {
        value.get(index)?.as_array()?.iter().map(place).collect()
    };
    Some(DateSource {
        place: place(value.get(0)?)?,
        agreeing: places(1)?,
        differing: places(2)?,
        sureness: value.get(3)?.as_f64()? as f32,
    })
}

fn standfirst_value(standfirst: &Standfirst) -> Value {
    match standfirst.span {
        Some(span) => json!([span.start(), span.end(), standfirst.text]),
        None => json!([null, null, standfirst.text]),
    }
}

fn standfirst(value: &Value) -> Option<Standfirst> {
    let nowhere = value.get(0)?.is_null();
    let span = if nowhere { None } else { Some(span(value)?) };
    Some(Standfirst { text: owned(value.get(2)?)?, span })
}

fn access_value(access: &Access) -> Value {
    let signs: Vec<&str> = access.signs.iter().map(|sign| sign.name()).collect();
    json!([access.paywalled, access.truncated, signs])
}

fn access(value: &Value) -> Option<Access> {
    let sign = |value: &Value| named(value, &AccessSign::ALL, AccessSign::name);
    Some(Access {
        paywalled: optional(value.get(0), Value::as_bool)?,
        truncated: value.get(1)?.as_bool()?,
        signs: value.get(2)?.as_array()?.iter().map(sign).collect::<Option<_>>()?,
    })
}

fn insert_value(insert: &Insert) -> Value {
    json!([insert.span.start(), insert.span.end(), insert.kind.name()])
}

fn insert(value: &Value) -> Option<Insert> {
    let kind = named(value.get(2)?, &InsertKind::ALL, InsertKind::name)?;
    Some(Insert { span: span(value)?, kind })
}

fn entry_value(entry: &Entry) -> Value {
    let (start, end) = (entry.span.start(), entry.span.end());
    json!([start, end, entry.title, entry.published.map(|p| p.to_string())])
}

fn entry(value: &Value) -> Option<Entry> {
    let published = optional(value.get(3), owned)?;
    let title = optional(value.get(2), owned)?;
    Some(Entry { span: span(value)?, title, published: date(published.as_deref())? })
}

/// All spans that lie in the text.
pub(crate) fn spans(about: &About) -> impl Iterator<Item = Span> {
    let standfirst = about.standfirst.iter().filter_map(|s| s.span);
    let inserts = about.inserts.iter().map(|insert| insert.span);
    standfirst.chain(inserts).chain(about.entries.iter().map(|entry| entry.span))
}

/// The one of `all` that has the name a value says.
fn named<T: Copy>(value: &Value, all: &[T], name: fn(T) -> &'static str) -> Option<T> {
    let written = value.as_str()?;
    all.iter().copied().find(|&one| name(one) == written)
}

#[cfg(test)]
mod tests {
    use super::{read, spans, written};
    use newstemma_model::{
        About, Access, AccessSign, DatePlace, DateSource, Day, Entry, Insert, InsertKind,
        Published, Span, Standfirst,
    };

    fn full() -> About {
        let published = Published { day: Day::from_ymd(2031, 5, 3).unwrap(), time: None };
        About {
            published_from: Some(DateSource {
                place: DatePlace::JsonLd,
                agreeing: vec![DatePlace::Url],
                differing: vec![DatePlace::Meta],
                sureness: 0.97,
            }),
            updated_from: None,
            standfirst: Some(Standfirst {
                text: "Паром".to_owned(), span: Some(Span::new(0, 10))
            }),
            section: Some("港".to_owned()),
            access: Access {
                paywalled: Some(true),
                truncated: true,
                signs: vec![AccessSign::JsonLd, AccessSign::Offer],
            },
            inserts: vec![Insert { span: Span::new(2, 4), kind: InsertKind::Table }],
            entries: vec![Entry {
                span: Span::new(0, 12),
                title: None,
                published: Some(published),
            }],
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(written(&About::default()), None);
        assert_eq!(read(None), Some(About::default()));
        let shown = Standfirst { text: "港".to_owned(), span: None };
        let partly = About { standfirst: Some(shown), ..About::default() };
        for about in [full(), partly] {
            assert_eq!(read(written(&about).as_deref()), Some(about));
        }
        assert_eq!(spans(&full()).count(), 3);
    }

    #[test]
    fn what_is_damaged_is_not_read() {
        for damaged in ["", "[]", r#"{"section": 3}"#, r#"{"inserts": [[1, 2, "cat"]]}"#] {
            assert_eq!(read(Some(damaged)), None, "{damaged}");
        }
    }
}
