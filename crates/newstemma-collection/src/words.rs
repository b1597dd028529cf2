//! The words of reports, for searching in every script.
//!
//! SQLite's own tokenizers part words at spaces. Here the words come from the same rules as
//! everywhere else; of scripts written without spaces every character is a word, and what is searched
//! for in them is found as a phrase. The index holds words, not texts: to take a report out, its words
//! are read from its text once more.

use crate::error::CollectionError;
use crate::file::Store;
use newstemma_language::{Word, WordKind, words};
use newstemma_model::{Language, Report};
use rusqlite::{OptionalExtension, params};

/// Puts the words of a report into the index.
pub(crate) fn index_words(
    store: &Store,
    number: i64,
    report: &Report,
) -> Result<(), CollectionError> {
    let words = all_words(report.title.as_deref(), &report.text, report.language);
    let mut insert =
        store.at(store.db.prepare_cached("INSERT INTO search (rowid, words) VALUES (?, ?)"))?;
    store.at(insert.execute(params![number, words]))?;
    Ok(())
}

/// Takes them out again.
pub(crate) fn forget_words(store: &Store, number: i64) -> Result<(), CollectionError> {
    let query = "SELECT title, text, lang FROM reports WHERE number = ?";
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let found = store.db.query_row(query, [number], read).optional();
    let Some((title, text, lang)): Option<(Option<String>, String, String)> = store.at(found)?
    else {
        return Ok(());
    };
    let language = Language::parse(&lang).unwrap_or_default();
    let words = all_words(title.as_deref(), &text, language);
    let delete = "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)";
    store.at(store.db.execute(delete, params![number, words]))?;
    Ok(())
}

fn all_words(title: Option<&str>, text: &str, language: Language) -> String {
    let mut out = String::with_capacity(text.len());
    for part in title.into_iter().chain([text]) {
        for word in words(part, language) {
            out.push_str(&word.form);
            out.push(' ');
        }
    }
    out
}

/// The query for texts that have all these words; runs of characters as they stand. `None` if there
/// is no word.
pub(crate) fn query(text: &str) -> Option<String> {
    let mut phrases: Vec<String> = Vec::new();
    let mut last: Option<Word<'_>> = None;
    for word in words(text, Language::UNKNOWN) {
        let form = word.form.replace('"', "");
        let goes_on = last.as_ref().is_some_and(|last| {
            let characters = [last.kind, word.kind] == [WordKind::Character; 2];
            characters && last.span.end() == word.span.start()
        });
        match phrases.last_mut().filter(|_| goes_on) {
            Some(phrase) => {
                phrase.push(' ');
                phrase.push_str(&form);
            }
            None => phrases.push(form),
        }
        last = Some(word);
    }
    let quoted: Vec<String> = phrases.iter().map(|phrase| format!("\"{phrase}\"")).collect();
    (!quoted.is_empty()).then(|| quoted.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn words_are_all_wanted_and_characters_stand_together() {
        assert_eq!(query("Фери \"Pont\"").as_deref(), Some("\"фери\" AND \"pont\""));
        assert_eq!(query("渡し船 事故").as_deref(), Some("\"渡 し 船\" AND \"事 故\""));
        assert_eq!(query(" — "), None);
    }
}
