//! The records of a story and its account.

use super::part::{Id, Shown, Spot};
use super::stemma::Edge;
use crate::json::Record;
use newstemma_model as model;
use serde::Serialize;

/// The reports about one event.
#[derive(Clone, Debug, Serialize)]
pub struct Story<'a> {
    /// Its id.
    pub id: Id<model::StoryId>,
    /// The title of the report that speaks best for all.
    pub title: &'a str,
    /// Its reports.
    pub reports: Vec<Id<model::ReportId>>,
    /// Their languages.
    pub languages: Vec<Shown<model::Language>>,
    /// Day of the first report, given or inferred.
    pub first: Option<Shown<model::Day>>,
    /// Day of the last.
    pub last: Option<Shown<model::Day>>,
}

impl Record for Story<'_> {
    const TYPE: &'static str = "story";
    const VERSION: u32 = super::VERSION;
}

impl<'a> From<&'a model::Story> for Story<'a> {
    fn from(story: &'a model::Story) -> Self {
        Self {
            id: Shown(story.id),
            title: &story.title,
            reports: shown(&story.reports),
            languages: shown(&story.languages),
            first: story.first.map(Shown),
            last: story.last.map(Shown),
        }
    }
}

/// Statements that say the same.
#[derive(Clone, Debug, Serialize)]
pub struct Claim<'a> {
    /// Its id.
    pub id: Id<model::ClaimId>,
    /// The story.
    pub story: Id<model::StoryId>,
    /// The words of the statement that speaks best for all.
    pub text: &'a str,
    /// Their language.
    pub lang: Shown<model::Language>,
    /// Its statements.
    pub statements: Vec<Id<model::StatementId>>,
    /// Where it enters the press.
    pub origins: Vec<Origin<'a>>,
    /// How many of the origins are independent of each other.
    pub independent: u32,
    /// How many more are of unknown lineage.
    pub unknown_lineage: u32,
}

impl Record for Claim<'_> {
    const TYPE: &'static str = "claim";
    const VERSION: u32 = super::VERSION;
}

impl<'a> Claim<'a> {
    /// The record of a claim of this story.
    pub fn new(story: model::StoryId, claim: &'a model::Claim) -> Self {
        Self {
            id: Shown(claim.id),
            story: Shown(story),
            text: &claim.text,
            lang: Shown(claim.language),
            statements: shown(&claim.statements),
            origins: claim.origins.iter().map(Origin::from).collect(),
            independent: claim.independent,
            unknown_lineage: claim.unknown_lineage,
        }
    }
}

/// Where a claim enters the press.
#[derive(Clone, Debug, Serialize)]
pub struct Origin<'a> {
    /// The person, body, document or outlet.
    pub name: &'a str,
    /// Other names under which the reports have it.
    pub spellings: &'a [String],
    /// Person, body, official-anonymous, agency, outlet, document or unknown.
    pub kind: &'static str,
    /// The hands between it and the reports, first speaker first.
    pub chain: &'a [String],
    /// The reports that have it from there.
    pub reports: Vec<Id<model::ReportId>>,
}

impl<'a> From<&'a model::Origin> for Origin<'a> {
    fn from(origin: &'a model::Origin) -> Self {
        Self {
            name: &origin.name,
            spellings: &origin.spellings,
            kind: origin.kind.name(),
            chain: &origin.chain,
            reports: shown(&origin.reports),
        }
    }
}

/// A place where variants of a claim disagree.
#[derive(Clone, Debug, Serialize)]
pub struct Difference<'a> {
    /// Its id.
    pub id: Id<model::DifferenceId>,
    /// The story.
    pub story: Id<model::StoryId>,
    /// The claim, if it lies in one.
    pub claim: Option<Id<model::ClaimId>>,
    /// What differs.
    pub kind: &'static str,
    /// The readings, the best supported first.
    pub variants: Vec<Variant<'a>>,
    /// The edge of the stemma where the change was made, where known.
    pub arose: Option<Edge>,
}

impl Record for Difference<'_> {
    const TYPE: &'static str = "difference";
    const VERSION: u32 = super::VERSION;
}

impl<'a> Difference<'a> {
    /// The record of a difference of this story.
    pub fn new(story: model::StoryId, difference: &'a model::Difference) -> Self {
        Self {
            id: Shown(difference.id),
            story: Shown(story),
            claim: difference.claim.map(Shown),
            kind: difference.kind.name(),
            variants: difference.variants.iter().map(Variant::from).collect(),
            arose: difference.arose.map(Edge::from),
        }
    }
}

/// One reading.
#[derive(Clone, Debug, Serialize)]
pub struct Variant<'a> {
    /// The words or the number that differ.
    pub value: &'a str,
    /// Where it stands.
    pub spans: Vec<Spot>,
    /// The statements that have it.
    pub statements: Vec<Id<model::StatementId>>,
    /// The reports that have it.
    pub reports: Vec<Id<model::ReportId>>,
}

impl<'a> From<&'a model::Variant> for Variant<'a> {
    fn from(variant: &'a model::Variant) -> Self {
        Self {
            value: &variant.value,
            spans: variant.spans.iter().map(|&at| at.into()).collect(),
            statements: shown(&variant.statements),
            reports: shown(&variant.reports),
        }
    }
}

/// Somebody or something that a story names.
#[derive(Clone, Debug, Serialize)]
pub struct Entity<'a> {
    /// Its id.
    pub id: Id<model::EntityId>,
    /// Person, place, organisation or other.
    pub kind: &'static str,
    /// Its commonest full spelling.
    pub name: &'a str,
    /// Every spelling, commonest first.
    pub spellings: Vec<Spelling<'a>>,
}

impl Record for Entity<'_> {
    const TYPE: &'static str = "entity";
    const VERSION: u32 = super::VERSION;
}

impl<'a> From<&'a model::Entity> for Entity<'a> {
    fn from(entity: &'a model::Entity) -> Self {
        let spellings = entity.spellings.iter();
        Self {
            id: Shown(entity.id),
            kind: entity.kind.name(),
            name: &entity.name,
            spellings: spellings
                .map(|(text, language)| Spelling { text, lang: Shown(*language) })
                .collect(),
        }
    }
}

/// One spelling of a name.
#[derive(Clone, Debug, Serialize)]
pub struct Spelling<'a> {
    /// The spelling.
    pub text: &'a str,
    /// The language of the report that has it.
    pub lang: Shown<model::Language>,
}

/// Something that was passed over, or understood though not declared.
#[derive(Clone, Debug, Serialize)]
pub struct Warning<'a> {
    /// `warning` where something is missing or damaged, else `note`.
    pub severity: &'static str,
    /// The input: a path, with line or record where there is one.
    #[serde(rename = "ref")]
    pub reference: &'a str,
    /// What was found and what was allowed.
    pub message: &'a str,
}

impl Record for Warning<'_> {
    const TYPE: &'static str = "warning";
    const VERSION: u32 = super::VERSION;
}

impl<'a> Warning<'a> {
    /// The record of a warning.
    pub fn new(warning: &'a model::Warning) -> Self {
        Self {
            severity: warning.severity.name(),
            reference: &warning.reference,
            message: &warning.message,
        }
    }
}

fn shown<T: Copy>(values: &[T]) -> Vec<Shown<T>> {
    values.iter().copied().map(Shown).collect()
}
