//! The record of a report.

use super::about::{Access, DateSource, Entry, Insert, Standfirst};
use super::part::{Evidence, Id, Place, Shown, hexadecimal};
use super::statement::{Date, Figure};
use crate::json::Record;
use newstemma_model as model;
use serde::Serialize;

/// One published text by one outlet.
#[derive(Clone, Debug, Serialize)]
pub struct Report<'a> {
    /// Its id.
    pub id: Id<model::ReportId>,
    /// What the user calls it: the `id` of a JSONL record, else path and index.
    #[serde(rename = "ref")]
    pub reference: &'a str,
    /// Address.
    pub url: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// Main language, `und` where it is not known.
    pub lang: Shown<model::Language>,
    /// Headline.
    pub title: Option<&'a str>,
    /// Authors, as named.
    pub authors: &'a [String],
    /// When it was published, if the input says so: RFC 3339, or a date.
    pub published: Option<Shown<model::Published>>,
    /// Where that was found.
    pub published_from: Option<DateSource>,
    /// When it was last changed, where the input says so; left out else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Shown<model::Published>>,
    /// Where that was found.
    pub updated_from: Option<DateSource>,
    /// The day of publication as it follows from the text and its relatives.
    pub published_inferred: Option<InferredDate<'a>>,
    /// What stands between headline and text and sums it up.
    pub standfirst: Option<Standfirst<'a>>,
    /// The section that it is filed under.
    pub section: Option<&'a str>,
    /// Who may read it, and whether all of it is here.
    pub access: Access,
    /// Suppliers that it names.
    pub credits: Vec<Credit<'a>>,
    /// The text, which all spans refer to.
    pub text: &'a str,
    /// What each part of the text is.
    pub roles: Vec<Role>,
    /// Things inside the text that are no running text.
    pub inserts: Vec<Insert>,
    /// The entries of a live blog.
    pub entries: Vec<Entry<'a>>,
    /// Its sentences, of all roles.
    pub sentences: Vec<Place>,
    /// Names of persons, places, organisations.
    pub names: Vec<Name>,
    /// Numbers of things.
    pub figures: Vec<Figure<'a>>,
    /// Dates, with what they mean.
    pub dates: Vec<Date>,
    /// SHA-256 of the bytes it was read from.
    pub sha256: String,
    /// Milliseconds it took to read; only where one report is read at a time, since it differs
    /// from run to run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ms: Option<f64>,
}

impl Record for Report<'_> {
    const TYPE: &'static str = "report";
    const VERSION: u32 = super::VERSION;
}

/// What the record of a report is made from.
#[derive(Clone, Copy, Debug)]
pub struct ReportParts<'a> {
    /// The report and what was found in it.
    pub document: &'a model::Document,
    /// Its dates, with what they mean.
    pub dates: &'a [model::ResolvedDate],
    /// Its day of publication, if that was inferred.
    pub inferred: Option<&'a model::InferredDate>,
    /// Milliseconds it took to read, if they are to be told.
    pub ms: Option<f64>,
}

impl<'a> Report<'a> {
    /// The record of a report.
    pub fn new(parts: ReportParts<'a>) -> Self {
        let document = parts.document;
        let report = &document.report;
        let about = &report.about;
        Self {
            id: Shown(report.id),
            reference: &report.reference,
            url: report.url.as_deref(),
            outlet: report.outlet.as_deref(),
            lang: Shown(report.language),
            title: report.title.as_deref(),
            authors: &report.authors,
            published: report.published.map(Shown),
            published_from: about.published_from.as_ref().map(DateSource::from),
            updated: report.updated.map(Shown),
            updated_from: about.updated_from.as_ref().map(DateSource::from),
            published_inferred: parts.inferred.map(InferredDate::from),
            standfirst: about.standfirst.as_ref().map(Standfirst::from),
            section: about.section.as_deref(),
            access: Access::from(&about.access),
            credits: report.credits.iter().map(Credit::from).collect(),
            text: &report.text,
            roles: report.roles.iter().map(Role::from).collect(),
            inserts: about.inserts.iter().map(Insert::from).collect(),
            entries: about.entries.iter().map(Entry::from).collect(),
            sentences: document.sentences.iter().map(|s| s.span.into()).collect(),
            names: document.names.iter().map(Name::from).collect(),
            figures: document.figures.iter().map(Figure::from).collect(),
            dates: parts.dates.iter().map(Date::from).collect(),
            sha256: hexadecimal(&report.sha256),
            ms: parts.ms,
        }
    }
}

/// A day of publication that no page gives.
#[derive(Clone, Debug, Serialize)]
pub struct InferredDate<'a> {
    /// The day.
    pub value: Shown<model::Day>,
    /// What it rests on.
    pub evidence: Vec<Evidence<'a>>,
}

impl<'a> From<&'a model::InferredDate> for InferredDate<'a> {
    fn from(date: &'a model::InferredDate) -> Self {
        Self {
            value: Shown(date.day),
            evidence: date.evidence.iter().map(Evidence::from).collect(),
        }
    }
}

/// A supplier that a report names.
#[derive(Clone, Debug, Serialize)]
pub struct Credit<'a> {
    /// First byte of where it is named.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its name in one form.
    pub agency: &'a str,
    /// `text`, `picture`, or `mention` in a running sentence.
    pub kind: &'static str,
}

impl<'a> From<&'a model::Credit> for Credit<'a> {
    fn from(credit: &'a model::Credit) -> Self {
        Self {
            start: credit.span.start(),
            end: credit.span.end(),
            agency: &credit.agency,
            kind: match credit.kind {
                model::CreditKind::Text => "text",
                model::CreditKind::Picture => "picture",
                model::CreditKind::Mention => "mention",
            },
        }
    }
}

/// What a span is.
#[derive(Clone, Debug, Serialize)]
pub struct Role {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Title, body, subhead, caption, credit, teaser or boilerplate.
    pub role: &'static str,
}

impl From<&model::RoleSpan> for Role {
    fn from(role: &model::RoleSpan) -> Self {
        Self { start: role.span.start(), end: role.span.end(), role: role.role.name() }
    }
}

/// A name at one place.
#[derive(Clone, Debug, Serialize)]
pub struct Name {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whom or what it names: equal for all spellings of one, within a story.
    pub entity: Option<Id<model::EntityId>>,
    /// Person, place, organisation or other.
    pub kind: &'static str,
}

impl From<&model::NameMention> for Name {
    fn from(name: &model::NameMention) -> Self {
        Self {
            start: name.span.start(),
            end: name.span.end(),
            entity: name.entity.map(Shown),
            kind: name.kind.name(),
        }
    }
}
