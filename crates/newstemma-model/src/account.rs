//! What is said to have happened, by whom, and on how many independent origins it stands.

use crate::{
    ClaimId, Day, DifferenceId, Edge, EntityId, EntityKind, Language, Located, ReportId,
    StatementId, StoryId,
};

/// The reports about one event and its direct follow-up.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its id.
    pub id: StoryId,
    /// Title of the report that speaks best for the whole, or its first sentence.
    pub title: String,
    /// Its reports, by time where known, then by id.
    pub reports: Vec<ReportId>,
    /// Their languages, by name.
    pub languages: Vec<Language>,
    /// Day of the first report, given or inferred.
    pub first: Option<Day>,
    /// Day of the last.
    pub last: Option<Day>,
}

/// Claims, differences and entities of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// The claims, those with most reports first.
    pub claims: Vec<Claim>,
    /// Where versions part.
    pub differences: Vec<Difference>,
    /// Who and what is named.
    pub entities: Vec<Entity>,
}

/// Statements of one or more reports that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The words of the statement that speaks best for all.
    pub text: String,
    /// Where these words stand.
    pub text_at: Located,
    /// The language of that text.
    pub language: Language,
    /// Its statements, by report, then by place.
    pub statements: Vec<StatementId>,
    /// Where it enters the press.
    pub origins: Vec<Origin>,
    /// How many of the origins are independent of each other, counted strictly: origins whose
    /// texts or chains meet count once, and those of unknown lineage not at all.
    pub independent: u32,
    /// How many origins are of unknown lineage.
    pub unknown_lineage: u32,
}

/// Where a claim enters the press.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// The person, body, document or outlet.
    pub name: String,
    /// What else it is called where it says so: in other languages, scripts and wordings.
    pub spellings: Vec<String>,
    /// What kind of origin.
    pub kind: OriginKind,
    /// The hands between it and the reports, first speaker first.
    pub chain: Vec<String>,
    /// The reports that have it from there.
    pub reports: Vec<ReportId>,
}

/// What kind of origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OriginKind {
    /// Somebody named.
    Person,
    /// A body, a state, a ministry, a group.
    Body,
    /// An official who is not named.
    AnonymousOfficial,
    /// An agency's dispatch, lost or not.
    Agency,
    /// An outlet's own observation.
    Outlet,
    /// A law, letter, report, notice.
    Document,
    /// Not known where the outlet has it from.
    Unknown,
}

impl OriginKind {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            OriginKind::Person => "person",
            OriginKind::Body => "body",
            OriginKind::AnonymousOfficial => "official-anonymous",
            OriginKind::Agency => "agency",
            OriginKind::Outlet => "outlet",
            OriginKind::Document => "document",
            OriginKind::Unknown => "unknown",
        }
    }
}

/// A place where variants of a claim disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its id.
    pub id: DifferenceId,
    /// The claim, if the difference lies in one.
    pub claim: Option<ClaimId>,
    /// What differs.
    pub kind: DifferenceKind,
    /// The readings, the best supported first.
    pub variants: Vec<Variant>,
    /// The edge of the stemma where the change was made, where known.
    pub arose: Option<Edge>,
}

/// One reading.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The words or the number that differ, in the reports' own form.
    pub value: String,
    /// Where it stands.
    pub spans: Vec<Located>,
    /// The statements that have it.
    pub statements: Vec<StatementId>,
    /// The reports that have it.
    pub reports: Vec<ReportId>,
}

/// What differs between variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// A number.
    Figure,
    /// A day or time.
    Date,
    /// A name.
    Name,
    /// A place.
    Place,
    /// Words in quotation marks.
    Quotation,
    /// Whether it is so.
    Negation,
    /// How sure it is.
    Certainty,
}

impl DifferenceKind {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            DifferenceKind::Figure => "figure",
            DifferenceKind::Date => "date",
            DifferenceKind::Name => "name",
            DifferenceKind::Place => "place",
            DifferenceKind::Quotation => "quotation",
            DifferenceKind::Negation => "negation",
            DifferenceKind::Certainty => "certainty",
        }
    }
}

/// Somebody or something that a story names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    pub kind: EntityKind,
    /// Its commonest full spelling.
    pub name: String,
    /// Every spelling with its language, commonest first.
    pub spellings: Vec<(String, Language)>,
}
