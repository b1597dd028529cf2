//! The claims: what is said, where it comes from, and who has it in which words.

use super::passage::quoted;
use super::text::{dir, lang};
use crate::output::counted;
use crate::output::view::Chapter;
use crate::output::view::words;
use maud::{Markup, html};
use newstemma_model::{Claim, Difference, Located, Origin, OriginKind, ReportId, Span, Statement};
use std::collections::BTreeSet;

/// The section of a story's claims. Those of one report alone are folded: they are most of a
/// story, and the least supported part of it.
pub(super) fn section(chapter: &Chapter) -> Markup {
    let claims = &chapter.told.account.claims;
    if claims.is_empty() {
        return html! {};
    }
    let numbered = claims.iter().zip(1..);
    let (shared, single): (Vec<_>, Vec<_>) =
        numbered.partition(|(claim, _)| reports_of(chapter, claim).len() > 1);
    html! {
        section aria-labelledby={ "claims-" (chapter.number) } {
            h3 id={ "claims-" (chapter.number) } { "Claims" }
            @if shared.is_empty() {
                p.soft { "No two reports were found to say the same." }
            }
            ol.claims {
                @for (claim, number) in shared { li { (card(chapter, claim, number)) } }
            }
            @if !single.is_empty() {
                details.folded {
                    summary { (counted(single.len(), "claim", "claims")) " that one report alone makes" }
                    ol.claims {
                        @for (claim, number) in single { li { (card(chapter, claim, number)) } }
                    }
                }
            }
        }
    }
}

/// The anchor of a claim.
pub(super) fn anchor(chapter: &Chapter, number: usize) -> String {
    format!("c{}-{number}", chapter.number)
}

fn card(chapter: &Chapter, claim: &Claim, number: usize) -> Markup {
    let statements = chapter.statements(&claim.statements);
    let reports = reports_of(chapter, claim);
    let differences: Vec<(&Difference, usize)> = chapter
        .told
        .account
        .differences
        .iter()
        .zip(1..)
        .filter(|(difference, _)| difference.claim == Some(claim.id))
        .collect();
    html! {
        article.claim id=(anchor(chapter, number)) {
            h4 lang=[lang(claim.language)] dir=(dir(&claim.text)) { (claim.text) }
            p.support {
                (support(claim, reports.len()))
                span.where { "Read in " (chapter.book.cites(places(&statements))) }
            }
            @if !differences.is_empty() {
                p.differs {
                    "Versions differ: "
                    @for (difference, at) in &differences {
                        a href={ "#d" (chapter.number) "-" (at) } {
                            (words::difference(difference.kind).to_lowercase()) " "
                            bdi { (difference.variants.iter().map(|v| v.value.as_str()).collect::<Vec<_>>().join(" / ")) }
                        } " "
                    }
                }
            }
            @if !claim.origins.is_empty() { (origins(chapter, claim)) }
            @if statements.len() > 1 {
                details {
                    summary { "The words of each report" }
                    ul.wordings {
                        @for statement in &statements { (wording(chapter, statement, &differences)) }
                    }
                }
            }
        }
    }
}

/// How well a claim is supported: dots for the eye, words for the rest.
fn support(claim: &Claim, reports: usize) -> Markup {
    /// More dots than this are not counted by anybody.
    const DOTS_MAX: u32 = 12;
    let (independent, unknown) = (claim.independent, claim.unknown_lineage);
    html! {
        @if independent + unknown <= DOTS_MAX {
            span.dots aria-hidden="true" {
                @for _ in 0..independent { span.known { "●" } }
                @for _ in 0..unknown { span.unknown { "○" } }
            }
            " "
        }
        span.tally {
            b { (counted(independent as usize, "independent origin", "independent origins")) }
            @if unknown > 0 { ", " (unknown) " of unknown lineage" }
            " · " (counted(reports, "report", "reports"))
        }
        " "
        @if independent + unknown <= 1 { span.badge { "single source" } " " }
        @if independent == 0 && unknown > 0 { span.badge { "lineage unknown" } " " }
    }
}

fn origins(chapter: &Chapter, claim: &Claim) -> Markup {
    let origins = gathered(&claim.origins);
    let counted = claim.independent + claim.unknown_lineage;
    html! {
        div.scroll {
            table.origins {
                caption.unseen { "Where the claim enters the press" }
                thead {
                    tr {
                        th scope="col" { "Origin" }
                        th scope="col" { "Kind" }
                        th scope="col" { "By way of" }
                        th scope="col" { "Reports" }
                    }
                }
                tbody {
                    @for origin in &origins {
                        tr {
                            th scope="row" {
                                @if origin.kind == OriginKind::Unknown { "not said" } @else {
                                    bdi { (origin.name) }
                                    @for spelling in &origin.spellings { span.soft { ", " bdi { (spelling) } } }
                                }
                            }
                            td { (words::origin(origin.kind)) }
                            td { (chain(origin.name, origin.chain)) }
                            td { (chapter.book.report_numbers(&origin.reports)) }
                        }
                    }
                }
            }
        }
        @if origins.len() > counted as usize {
            p.soft { "As the reports name them. Those that meet in one text or in one hand are counted once." }
        }
    }
}

/// Origins that are told alike, in one row: those that nobody names, and those that several reports
/// name in the same words.
struct Row<'a> {
    name: &'a str,
    spellings: Vec<&'a str>,
    kind: OriginKind,
    chain: &'a [String],
    reports: Vec<ReportId>,
}

fn gathered(origins: &[Origin]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row> = Vec::new();
    for origin in origins {
        let alike = |row: &&mut Row| {
            row.kind == origin.kind
                && (row.kind == OriginKind::Unknown
                    || (row.name == origin.name && row.chain == origin.chain))
        };
        match rows.iter_mut().find(alike) {
            Some(row) => {
                row.reports.extend(&origin.reports);
                let new = origin.spellings.iter().map(String::as_str);
                let new: Vec<&str> = new.filter(|s| !row.spellings.contains(s)).collect();
                row.spellings.extend(new);
            }
            None => rows.push(Row {
                name: &origin.name,
                spellings: origin.spellings.iter().map(String::as_str).collect(),
                kind: origin.kind,
                chain: if origin.kind == OriginKind::Unknown { &[] } else { &origin.chain },
                reports: origin.reports.clone(),
            }),
        }
    }
    rows
}

/// The hands after the first speaker, who is named already.
fn chain(name: &str, chain: &[String]) -> Markup {
    let hands: Vec<&String> = chain.iter().skip_while(|hand| *hand == name).collect();
    html! {
        @if hands.is_empty() { span.soft { "–" } }
        @for (index, hand) in hands.iter().enumerate() {
            @if index > 0 { span.arrow aria-label="then" { " → " } }
            bdi { (hand) }
        }
    }
}

fn wording(
    chapter: &Chapter,
    statement: &Statement,
    differences: &[(&Difference, usize)],
) -> Markup {
    let Some(document) = chapter.book.document(statement.report) else { return html! {} };
    let variants = differences.iter().flat_map(|(difference, _)| &difference.variants);
    let marks: Vec<Span> = variants
        .flat_map(|variant| &variant.spans)
        .filter(|at| at.report == statement.report)
        .map(|at| at.span)
        .collect();
    let notes: Vec<&str> =
        words::quote(statement.quote).into_iter().chain(words::act(statement.act)).collect();
    let at = Located { report: statement.report, span: statement.span };
    html! {
        li {
            (chapter.book.report_link(statement.report)) " "
            (quoted(document, statement.span, &marks)) " "
            (chapter.book.cite(at))
            @if let Some(source) = &statement.source {
                span.soft { " said by " bdi { (source.name) } }
            }
            @if !notes.is_empty() { span.soft { " (" (notes.join(", ")) ")" } }
        }
    }
}

fn places<'a>(statements: &'a [&Statement]) -> impl Iterator<Item = Located> + 'a {
    statements.iter().map(|s| Located { report: s.report, span: s.said() })
}

fn reports_of(chapter: &Chapter, claim: &Claim) -> BTreeSet<ReportId> {
    chapter.statements(&claim.statements).iter().map(|s| s.report).collect()
}
