//! Records, in the order that [`newstemma_store::json::v1`] states.

use newstemma_model::{Alignment, Document, Story, Warning};
use newstemma_pipeline::{Collection, StoryAccount, dates_alone};
use newstemma_store::json::{Writer, v1};
use std::io::{self, Write};
use std::time::Duration;

/// Whether entities get records of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entities {
    /// One record each, after the rest of their story.
    Written,
    /// None; names still say which of them are of one entity.
    LeftOut,
}

/// Writes all records of a collection.
pub(crate) fn account(
    out: &mut dyn Write,
    collection: &Collection,
    warnings: &[Warning],
    entities: Entities,
) -> io::Result<()> {
    let mut writer = Writer::new(out);
    let places = places(collection);
    for (document, place) in collection.documents.iter().zip(places) {
        let parts = match place {
            Some((story, member)) => v1::ReportParts {
                document,
                dates: &story.dates[member],
                inferred: story.inferred[member].as_ref(),
                ms: None,
            },
            None => v1::ReportParts { document, dates: &[], inferred: None, ms: None },
        };
        writer.write(&v1::Report::new(parts))?;
    }
    for story in &collection.stories {
        write_story(&mut writer, story, entities)?;
    }
    warnings.iter().try_for_each(|warning| writer.write(&v1::Warning::new(warning)))
}

/// Writes reports that were read by themselves, with the time it took.
pub(crate) fn reports(out: &mut dyn Write, reports: &[(Document, Duration)]) -> io::Result<()> {
    let mut writer = Writer::new(out);
    for (document, took) in reports {
        let dates = dates_alone(document);
        // Microseconds are as fine as such a measurement can mean anything.
        let ms = Some(took.as_micros() as f64 / 1000.0);
        let parts = v1::ReportParts { document, dates: &dates, inferred: None, ms };
        writer.write(&v1::Report::new(parts))?;
    }
    Ok(())
}

/// Writes reports of a collection, as they were found.
pub(crate) fn found(out: &mut dyn Write, documents: &[Document]) -> io::Result<()> {
    let mut writer = Writer::new(out);
    documents.iter().try_for_each(|document| {
        let dates = dates_alone(document);
        let parts = v1::ReportParts { document, dates: &dates, inferred: None, ms: None };
        writer.write(&v1::Report::new(parts))
    })
}

/// Writes stories without their accounts.
pub(crate) fn stories(out: &mut dyn Write, stories: &[Story]) -> io::Result<()> {
    let mut writer = Writer::new(out);
    stories.iter().try_for_each(|story| writer.write(&v1::Story::from(story)))
}

/// Writes what was passed over.
pub(crate) fn warnings(out: &mut dyn Write, warnings: &[Warning]) -> io::Result<()> {
    let mut writer = Writer::new(out);
    warnings.iter().try_for_each(|warning| writer.write(&v1::Warning::new(warning)))
}

/// Writes the alignments of two texts, named as the user did.
pub(crate) fn alignments(
    out: &mut dyn Write,
    [a, b]: [&str; 2],
    alignments: &[Alignment],
) -> io::Result<()> {
    let mut writer = Writer::new(out);
    alignments
        .iter()
        .try_for_each(|alignment| writer.write(&v1::Alignment::of_texts(a, b, alignment)))
}

/// The story of each document, and which of its members it is.
fn places(collection: &Collection) -> Vec<Option<(&StoryAccount, usize)>> {
    let mut places = vec![None; collection.documents.len()];
    for story in &collection.stories {
        for (member, &document) in story.members.iter().enumerate() {
            places[document] = Some((story, member));
        }
    }
    places
}

fn write_story(
    writer: &mut Writer<&mut dyn Write>,
    told: &StoryAccount,
    entities: Entities,
) -> io::Result<()> {
    let id = told.story.id;
    writer.write(&v1::Story::from(&told.story))?;
    for exemplar in &told.stemma.exemplars {
        writer.write(&v1::Exemplar::from(exemplar))?;
    }
    for derivation in &told.stemma.derivations {
        writer.write(&v1::Derivation::new(id, derivation))?;
    }
    for alignment in &told.stemma.alignments {
        writer.write(&v1::Alignment::new(id, alignment))?;
    }
    for statement in &told.statements {
        writer.write(&v1::Statement::from(statement))?;
    }
    for claim in &told.account.claims {
        writer.write(&v1::Claim::new(id, claim))?;
    }
    for difference in &told.account.differences {
        writer.write(&v1::Difference::new(id, difference))?;
    }
    if entities == Entities::Written {
        for entity in &told.account.entities {
            writer.write(&v1::Entity::from(entity))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Entities, account, reports};
    use crate::output::fixture::collection;
    use newstemma_model::Warning;
    use newstemma_store::json::SCHEMA_V1;
    use serde_json::{Map, Value};
    use std::collections::BTreeSet;
    use std::time::Duration;

    fn records(entities: Entities) -> Vec<Value> {
        let mut out = Vec::new();
        account(&mut out, &collection(), &[Warning::new("a.jsonl:3", "no object")], entities)
            .unwrap();
        lines(&out)
    }

    fn lines(out: &[u8]) -> Vec<Value> {
        let text = std::str::from_utf8(out).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn types(records: &[Value]) -> Vec<&str> {
        let mut types: Vec<&str> = records.iter().map(|r| r["type"].as_str().unwrap()).collect();
        types.dedup();
        types
    }

    /// The schema lets fields be added; this program writes none that it does not describe.
    fn only_described(record: &Value, schema: &Value) {
        let known = &schema["$defs"][record["type"].as_str().unwrap()]["properties"];
        let known: &Map<String, Value> = known.as_object().unwrap();
        let written = record.as_object().unwrap();
        let unknown: Vec<&String> =
            written.keys().filter(|field| !known.contains_key(*field)).collect();
        assert!(unknown.is_empty(), "{unknown:?} in {record}");
    }

    #[test]
    fn records_of_every_type_are_valid_and_stand_in_order() {
        let schema: Value = serde_json::from_str(SCHEMA_V1).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut all = records(Entities::Written);
        let expected = [
            "report",
            "story",
            "exemplar",
            "derivation",
            "alignment",
            "statement",
            "claim",
            "difference",
            "entity",
            "story",
            "warning",
        ];
        assert_eq!(types(&all), expected);
        let collection = collection();
        let timed = (collection.documents[1].clone(), Duration::from_micros(1_234));
        let mut out = Vec::new();
        reports(&mut out, &[timed]).unwrap();
        all.extend(lines(&out));
        for record in &all {
            let errors: Vec<String> =
                validator.iter_errors(record).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{errors:?} in {record}");
            only_described(record, &schema);
        }
        assert_eq!(all.last().unwrap()["ms"], 1.234);
    }

    #[test]
    fn the_schema_forbids_what_is_wrong() {
        let schema: Value = serde_json::from_str(SCHEMA_V1).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        for (kind, field, value) in [
            ("derivation", "confidence", Value::from(1.5)),
            ("derivation", "relation", Value::from("copy")),
            ("claim", "independent", Value::from(-1)),
            ("statement", "start", Value::Null),
            ("report", "v", Value::from(2)),
        ] {
            let mut record =
                records(Entities::LeftOut).into_iter().find(|r| r["type"] == kind).unwrap();
            assert!(validator.is_valid(&record));
            record[field] = value;
            assert!(!validator.is_valid(&record), "{kind}.{field}");
        }
    }

    #[test]
    fn every_span_lies_in_its_text() {
        let records = records(Entities::LeftOut);
        let text = |id: &Value| -> &str {
            records.iter().find(|r| r["id"] == *id).and_then(|r| r["text"].as_str()).unwrap()
        };
        let mut stack: Vec<(&Value, Option<&str>)> = records.iter().map(|r| (r, None)).collect();
        let mut spans = 0;
        while let Some((value, within)) = stack.pop() {
            let own = match value {
                Value::Object(fields)
                    if fields.contains_key("text") && fields.contains_key("sha256") =>
                {
                    fields["text"].as_str()
                }
                Value::Object(fields) => fields.get("report").map(text).or(within),
                _ => within,
            };
            if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) {
                let found = own.unwrap().get(start as usize..end as usize);
                assert!(found.is_some_and(|words| !words.is_empty()), "{value}");
                spans += 1;
            }
            match value {
                Value::Object(fields) => stack.extend(fields.values().map(|v| (v, own))),
                Value::Array(items) => stack.extend(items.iter().map(|v| (v, own))),
                _ => {}
            }
        }
        assert!(spans > 50);
    }

    #[test]
    fn entities_are_written_on_request_only_but_names_tell_them_apart_always() {
        let records = records(Entities::LeftOut);
        assert!(!types(&records).contains(&"entity"));
        let named: BTreeSet<&str> = records
            .iter()
            .filter_map(|r| r["names"].as_array())
            .flatten()
            .filter_map(|name| name["entity"].as_str())
            .collect();
        assert_eq!(named.len(), 1);
    }
}
