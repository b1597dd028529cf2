//! Finding reports: by words in every script, by meaning, by name, outlet, language and time.

use crate::error::CollectionError;
use crate::reader::Reader;
use crate::words;
use newstemma_cluster::Profile;
use newstemma_embed::{Encoder, Text};
use newstemma_model::{Language, ReportId};
use newstemma_pipeline::keys_of_name;

/// What to look for. Everything that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, all of which the report has; runs of characters in scripts without spaces.
    pub words: Option<String>,
    /// A text of whose meaning the report is; the nearest come first.
    pub meaning: Option<String>,
    /// Whom or what it names, in any spelling that is known to be the same.
    pub name: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Not before this day.
    pub since: Option<String>,
    /// Not after this day.
    pub until: Option<String>,
    /// At most so many.
    pub limit: usize,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The report.
    pub report: String,
    /// Its story.
    pub story: String,
    /// What the user calls it.
    pub reference: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its language.
    pub language: String,
    /// The day of its publication.
    pub day: Option<String>,
    /// Title, or the beginning of the text.
    pub title: String,
    /// How near in meaning, from -1 to 1; 0 where that was not asked.
    pub nearness: f32,
}

impl Reader {
    /// Finds reports: those nearest in meaning first, else those that best match the words, else the
    /// last ones.
    ///
    /// # Errors
    /// If nothing is asked, or the collection can't be read.
    pub fn search(&self, query: &Query, encoder: &Encoder) -> Result<Vec<Hit>, CollectionError> {
        let words = match &query.words {
            Some(text) => {
                Some(words::query(text).ok_or_else(|| CollectionError::EmptyQuery(text.clone()))?)
            }
            None => None,
        };
        let (from, order) = match words {
            Some(_) => {
                ("search JOIN reports r ON r.number = search.rowid", "search.rank, r.number")
            }
            None => ("reports r", "r.number DESC"),
        };
        let names: Vec<i64> =
            query.name.iter().flat_map(|n| keys_of_name(n)).map(u64::cast_signed).collect();
        let names = serde_json::Value::from(names).to_string();
        let sql = format!(
            "SELECT r.id, r.story, r.ref, r.outlet, r.lang, r.day, \
             coalesce(r.title, substr(r.text, 1, 120)), r.number FROM {from} \
             WHERE r.replaced IS NULL AND {} \
             AND (?2 IS NULL OR r.outlet = ?2 COLLATE NOCASE) AND (?3 IS NULL OR r.lang = ?3) \
             AND (?4 IS NULL OR r.day >= ?4) AND (?5 IS NULL OR r.day <= ?5) \
             AND (?6 IS NULL OR EXISTS (SELECT 1 FROM names JOIN json_each(?7) AS wanted \
             ON names.key = wanted.value WHERE names.report = r.number)) ORDER BY {order} LIMIT ?8",
            if words.is_some() { "search MATCH ?1" } else { "?1 IS NULL" },
        );
        // By meaning, all are looked at before some are chosen.
        let limit = if query.meaning.is_some() { -1 } else { as_limit(query.limit) };
        let parameters = rusqlite::params![
            words,
            query.outlet,
            query.language,
            query.since,
            query.until,
            query.name,
            names,
            limit
        ];
        let found = self.rows(&sql, parameters, |row| {
            let title: String = row.get(6)?;
            let hit = Hit {
                report: row.get(0)?,
                story: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
                reference: row.get(2)?,
                outlet: row.get(3)?,
                language: row.get(4)?,
                day: row.get(5)?,
                title: title.split_whitespace().collect::<Vec<_>>().join(" "),
                nearness: 0.0,
            };
            Ok((row.get::<_, i64>(7)?, hit))
        })?;
        match &query.meaning {
            Some(meaning) => {
                let language = newstemma_language::detect(meaning).language;
                let vector = encoder.encode(&[Text { text: meaning, language }]);
                self.nearest(found, &vector, query.limit)
            }
            None => Ok(found.into_iter().map(|(_, hit)| hit).collect()),
        }
    }

    /// The hits that are nearest to a vector.
    fn nearest(
        &self,
        found: Vec<(i64, Hit)>,
        vector: &[f32],
        limit: usize,
    ) -> Result<Vec<Hit>, CollectionError> {
        let mut near = Vec::with_capacity(found.len());
        for (number, hit) in found {
            let profile = self.profile(number, &hit)?;
            let (scale, steps) = profile.mean();
            let products = steps.iter().zip(vector).map(|(&step, value)| f32::from(step) * value);
            let nearness = scale * products.sum::<f32>();
            near.push(Hit { nearness, ..hit });
        }
        near.sort_by(|a, b| b.nearness.total_cmp(&a.nearness).then(a.report.cmp(&b.report)));
        near.truncate(limit);
        Ok(near)
    }

    fn profile(&self, number: i64, hit: &Hit) -> Result<Profile, CollectionError> {
        let query = "SELECT profile FROM compared WHERE report = ?";
        let bytes: Vec<Vec<u8>> = self.rows(query, [number], |row| row.get(0))?;
        let damaged = || self.store.damaged(format!("what report {number} is compared by"));
        let report = ReportId::parse(&hit.report).ok_or_else(damaged)?;
        let profile = bytes
            .first()
            .and_then(|bytes| Profile::from_bytes(report, None, Language::UNKNOWN, bytes));
        profile.ok_or_else(damaged)
    }
}

fn as_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
