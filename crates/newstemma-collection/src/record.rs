//! Reports as rows, and rows as reports.

use crate::about;
use newstemma_model::{
    Credit, CreditKind, Language, Published, Report, ReportId, Role, RoleSpan, Span,
};
use rusqlite::Row;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The columns that [`report`] reads, in its order.
pub(crate) const COLUMNS: &str = "id, ref, url, outlet, lang, title, authors, published, updated, \
                                  credits, roles, text, sha256, about";
/// The same of files of version 1, which have no more.
pub(crate) const COLUMNS_V1: &str = "id, ref, url, outlet, lang, title, authors, published, updated, \
                                     credits, roles, text, sha256, NULL AS about";

const ROLES: [Role; 7] = [
    Role::Title,
    Role::Body,
    Role::Subhead,
    Role::Caption,
    Role::Credit,
    Role::Teaser,
    Role::Boilerplate,
];

/// The fields of a report, as they are written.
pub(crate) struct Fields {
    pub(crate) id: String,
    pub(crate) lang: String,
    pub(crate) authors: String,
    pub(crate) published: Option<String>,
    pub(crate) day: Option<String>,
    pub(crate) updated: Option<String>,
    pub(crate) credits: String,
    pub(crate) roles: String,
    pub(crate) sha256: String,
    pub(crate) about: Option<String>,
}

impl Fields {
    pub(crate) fn of(report: &Report) -> Fields {
        let credit =
            |c: &Credit| json!([c.span.start(), c.span.end(), c.agency, credit_name(c.kind)]);
        let role = |r: &RoleSpan| json!([r.span.start(), r.span.end(), r.role.name()]);
        let credits: Vec<Value> = report.credits.iter().map(credit).collect();
        let roles: Vec<Value> = report.roles.iter().map(role).collect();
        Fields {
            id: report.id.to_string(),
            lang: report.language.to_string(),
            authors: json!(report.authors).to_string(),
            published: report.published.map(|p| p.to_string()),
            day: report.published.map(|p| p.day.to_string()),
            updated: report.updated.map(|p| p.to_string()),
            credits: Value::from(credits).to_string(),
            roles: Value::from(roles).to_string(),
            sha256: hexadecimal(&report.sha256),
            about: about::written(&report.about),
        }
    }
}

/// Whether a row says what it said when it was written: SHA-256 over all that it says of the report.
pub(crate) fn digest(report: &Report) -> String {
    let fields = Fields::of(report);
    let mut hash = Sha256::new();
    let mut eat = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    [&report.reference, &report.text, &fields.id, &fields.lang, &fields.authors, &fields.credits]
        .into_iter()
        .chain([&fields.roles, &fields.sha256])
        .for_each(|text| eat(text));
    [&report.url, &report.outlet, &report.title, &fields.published, &fields.updated]
        .into_iter()
        .for_each(|text| eat(text.as_deref().unwrap_or("\0")));
    // Added by version 2: rows without it have the digest that version 1 gave them.
    fields.about.iter().for_each(|text| eat(text));
    hexadecimal(&hash.finalize())
}

/// The report of a row of [`COLUMNS`]. `None` if a field is not as it was written.
pub(crate) fn report(row: &Row<'_>) -> rusqlite::Result<Option<Report>> {
    let text = |index: usize| row.get::<_, String>(index);
    let maybe = |index: usize| row.get::<_, Option<String>>(index);
    let (id, lang, sha256) = (text(0)?, text(4)?, text(12)?);
    let (published, updated) = (maybe(7)?, maybe(8)?);
    let (authors, credits, roles) = (text(6)?, text(9)?, text(10)?);
    let (reference, url, outlet, title) = (text(1)?, maybe(2)?, maybe(3)?, maybe(5)?);
    let (body, about) = (text(11)?, maybe(13)?);
    let read = move || {
        Some(Report {
            id: ReportId::parse(&id)?,
            reference,
            url,
            outlet,
            language: Language::parse(&lang)?,
            title,
            authors: serde_json::from_str(&authors).ok()?,
            published: date(published.as_deref())?,
            updated: date(updated.as_deref())?,
            credits: list(&credits)?.iter().map(credit).collect::<Option<_>>()?,
            roles: list(&roles)?.iter().map(role).collect::<Option<_>>()?,
            text: body,
            about: about::read(about.as_deref())?,
            sha256: bytes(&sha256)?,
        })
    };
    Ok(read())
}

/// A date that is not there is none; one that can't be read is damage.
pub(crate) fn date(written: Option<&str>) -> Option<Option<Published>> {
    written.map_or(Some(None), |text| newstemma_extract::parse_published(text).map(Some))
}

fn list(json: &str) -> Option<Vec<Value>> {
    serde_json::from_str(json).ok()
}

pub(crate) fn span(value: &Value) -> Option<Span> {
    let at = |index: usize| value.get(index)?.as_u64()?.try_into().ok();
    Some(Span::new(at(0)?, at(1)?))
}

fn credit(value: &Value) -> Option<Credit> {
    let kinds = [CreditKind::Text, CreditKind::Picture, CreditKind::Mention];
    let name = value.get(3)?.as_str()?;
    Some(Credit {
        span: span(value)?,
        agency: value.get(2)?.as_str()?.to_owned(),
        kind: kinds.into_iter().find(|&kind| credit_name(kind) == name)?,
    })
}

fn credit_name(kind: CreditKind) -> &'static str {
    match kind {
        CreditKind::Text => "text",
        CreditKind::Picture => "picture",
        CreditKind::Mention => "mention",
    }
}

fn role(value: &Value) -> Option<RoleSpan> {
    let name = value.get(2)?.as_str()?;
    let role = ROLES.into_iter().find(|role| role.name() == name)?;
    Some(RoleSpan { span: span(value)?, role })
}

/// Bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|b| [b >> 4, b & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

fn bytes(digits: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    (digits.len() == 2 * out.len()).then_some(())?;
    for (index, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(out)
}
