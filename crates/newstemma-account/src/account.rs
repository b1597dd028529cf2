//! The account of a story, put together.

use crate::claim::claims;
use crate::context::Context;
use crate::difference::differences;
use crate::likeness::Likeness;
use crate::lineage::Lineage;
use crate::origin::origins;
use crate::vector::add;
use newstemma_model::dot;
use newstemma_model::{
    Account, Act, Claim, ClaimId, Document, Entity, ReportId, Role, SentenceVectors, Span,
    Statement, StatementId, Stemma, StoryId,
};
use std::collections::BTreeSet;

/// All that an account is made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The story.
    pub story: StoryId,
    /// Its documents.
    pub documents: &'a [&'a Document],
    /// Who derives from whom.
    pub stemma: &'a Stemma,
    /// All statements of the documents, by report, then by place.
    pub statements: &'a [Statement],
    /// One vector a statement (of what is said), in the same order.
    pub vectors: &'a SentenceVectors,
    /// Who and what is named.
    pub entities: &'a [Entity],
}

/// Writes the account of a story. Its entities are left empty: whoever found them has them.
pub fn account(material: Material<'_>) -> Account {
    let context = Context::new(material);
    let lineage = Lineage::of(&context);
    let likeness = Likeness::of(&context);
    let written = |statements: Vec<usize>| {
        let claim = claim_of(&context, &lineage, &statements)?;
        Some((lateness(&context, &statements), claim))
    };
    let mut claims: Vec<(usize, Claim)> =
        claims(&context, &likeness).into_iter().filter_map(written).collect();
    // Those that most reports have come first, then those that their reports begin with: news tells what
    // matters most before the rest.
    let reports = |claim: &Claim| -> usize {
        let all: BTreeSet<ReportId> =
            claim.origins.iter().flat_map(|o| o.reports.iter().copied()).collect();
        all.len()
    };
    claims.sort_by_cached_key(|(late, c)| (std::cmp::Reverse(reports(c)), *late, c.id));
    let claims: Vec<Claim> = claims.into_iter().map(|(_, claim)| claim).collect();
    let differences = differences(&context, &likeness, &claims);
    Account { claims, differences, entities: Vec::new() }
}

/// How far behind the beginning of their reports some statements stand, in thousandths of the text, on
/// average.
fn lateness(context: &Context<'_>, statements: &[usize]) -> usize {
    let late = |&index: &usize| {
        let length = context.home(index).map_or(0, |document| context.text(document).len());
        context.statement(index).span.start() * 1000 / length.max(1)
    };
    statements.iter().map(late).sum::<usize>() / statements.len().max(1)
}

fn claim_of(context: &Context<'_>, lineage: &Lineage, statements: &[usize]) -> Option<Claim> {
    let (document, span) = clearest(context, statements)?;
    let ids: Vec<StatementId> = statements.iter().map(|&i| context.statement(i).id).collect();
    let mut parts: Vec<Vec<u8>> = vec![context.material.story.to_bytes().to_vec()];
    parts.extend(ids.iter().map(|id| id.to_bytes().to_vec()));
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let found = origins(context, lineage, statements);
    Some(Claim {
        id: ClaimId::of(&parts),
        text: span.of(context.text(document)).to_owned(),
        text_at: context.located(document, span),
        language: context.language_at(document, span.start()),
        statements: ids,
        origins: found.origins,
        independent: found.independent,
        unknown_lineage: found.unknown_lineage,
    })
}

/// The words that speak best for all statements of a claim: those nearest to all in meaning;
/// what somebody is quoted with is preferred to what an outlet says, and a sentence to a headline.
/// Among equals the first.
fn clearest(context: &Context<'_>, statements: &[usize]) -> Option<(usize, Span)> {
    let vectors = context.material.vectors;
    let mut sum = Vec::new();
    statements.iter().for_each(|&i| add(&mut sum, vectors.row(i)));
    let count = statements.len().max(1) as f32;
    let mut best: Option<(f32, usize, Span)> = None;
    for &index in statements {
        let statement = context.statement(index);
        let Some(document) = context.home(index) else { continue };
        let span = words_of(context, document, statement);
        let role = context.document(document).report.role_at(span.start());
        let mut score = dot(vectors.row(index), &sum) / count;
        score += if statement.is_attributed() { PREFER_ATTRIBUTED } else { 0.0 };
        score -= if role == Role::Body { 0.0 } else { AVOID_HEADLINE };
        if best.as_ref().is_none_or(|(held, _, _)| score > *held) {
            best = Some((score, document, span));
        }
    }
    best.map(|(_, document, span)| (document, span))
}

/// What is said, or the whole statement where that is only a few words, or where what is said was
/// denied, promised or asked for: "any role in the spill" is not what the company reported.
fn words_of(context: &Context<'_>, document: usize, statement: &Statement) -> Span {
    let text = context.text(document);
    let said = statement.said().trimmed(text);
    let whole = statement.span.trimmed(text);
    let is_told = statement.act == Act::Say;
    if is_told && crate::wording::tokens(text, said).len() >= WORDS_MIN { said } else { whole }
}

/// In units of cosine, beside the likeness to the other statements of the claim.
const PREFER_ATTRIBUTED: f32 = 0.05;
const AVOID_HEADLINE: f32 = 0.1;

/// Fewer words than these are no readable claim.
const WORDS_MIN: usize = 4;

#[cfg(test)]
mod tests {
    use super::account;
    use crate::Material;
    use newstemma_model::{Document, SourceKind, Stemma};
    use newstemma_testkit::stemma::{align, story};
    use newstemma_testkit::{report, statement, statement_by, vectors};

    /// Of two claims that both reports make, the one that they begin with is told first, though the
    /// clearest words for it, which somebody is quoted with, stand in the later report.
    #[test]
    fn what_reports_begin_with_is_told_before_what_they_end_with() {
        let texts = |name: &str, lead: &str| report(name, "en", &[lead, END]);
        const END: &str = "The fair was put off until May.";
        let leads = ["Nine barns burnt down in Odry.", "Nine barns burnt, said the mayor."];
        let mut documents = [texts("a", leads[0]), texts("b", leads[1])];
        documents.sort_by_key(|d| d.report.id);
        let lead_of = |d: &Document| if d.report.reference == "a" { leads[0] } else { leads[1] };
        let [first, second] = &documents;
        let told = [
            statement(first, lead_of(first)),
            statement(first, END),
            statement_by(second, lead_of(second), "the mayor", SourceKind::Person),
            statement(second, END),
        ];
        let alignments = vec![
            align(first, lead_of(first), second, lead_of(second)),
            align(first, END, second, END),
        ];
        let material = Material {
            story: story(),
            documents: &[first, second],
            stemma: &Stemma { alignments, ..Stemma::default() },
            statements: &told,
            vectors: &vectors(&["lead", "end", "lead", "end"]),
            entities: &[],
        };
        let claims = account(material).claims;
        let at: Vec<_> = claims.iter().map(|c| c.text_at).collect();
        assert_eq!(at.len(), 2);
        assert_eq!(at[0].report, second.report.id, "the lead, in the words of the mayor");
        assert_eq!(at[1].report, first.report.id);
    }
}
