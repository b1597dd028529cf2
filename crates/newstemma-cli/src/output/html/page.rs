//! The whole page: its head, the index of stories, and the chapter of each.

use super::cite::day;
use super::text::{dir, lang};
use super::{claims, differences, digest, figures, names, parallel, reports, stemma, timeline};
use crate::output::counted;
use crate::output::view::{Book, Chapter, Dated, day_in_words};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use newstemma_model::{Language, Warning};
use newstemma_pipeline::Collection;

const STYLE: &str = include_str!("style.css");

/// What the page may load: nothing.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The page of a collection.
pub(super) fn page(collection: &Collection, warnings: &[Warning], reader: Language) -> Markup {
    let book = Book::new(collection, reader);
    let mut stories: Vec<_> = collection.stories.iter().collect();
    // The sort is stable: stories of one size stay in order of the input.
    stories.sort_by_key(|told| std::cmp::Reverse(told.story.reports.len()));
    let chapters: Vec<Chapter> =
        stories.iter().zip(1..).map(|(told, number)| Chapter::new(&book, told, number)).collect();
    let (stories, lone): (Vec<&Chapter>, Vec<&Chapter>) =
        chapters.iter().partition(|chapter| chapter.told.story.reports.len() > 1);
    let title = title(collection, &stories);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="color-scheme" content="light dark";
                meta name="generator" content={ "Newstemma " (env!("CARGO_PKG_VERSION")) };
                title { (title) " – Newstemma" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the account" }
                header.masthead {
                    p.brand { "Newstemma" }
                    h1 { (title) }
                    (legend())
                }
                @if stories.len() > 1 { (index(&stories, lone.len())) }
                main #main {
                    @for chapter in &stories { (story(chapter)) }
                    @if !lone.is_empty() { (alone(&lone, stories.is_empty())) }
                }
                footer {
                    @if !warnings.is_empty() { (passed_over(warnings)) }
                    p {
                        "Made by Newstemma " (env!("CARGO_PKG_VERSION")) " from the reports on this page "
                        "and nothing else. It does not judge what is true."
                    }
                }
            }
        }
    }
}

fn title(collection: &Collection, stories: &[&Chapter]) -> String {
    let reports = counted(collection.documents.len(), "report", "reports");
    match stories {
        [] => format!("An account of {reports}"),
        [_] => format!("An account of {reports}"),
        _ => format!("Accounts of {}, {reports}", counted(stories.len(), "story", "stories")),
    }
}

fn legend() -> Markup {
    html! {
        details.legend {
            summary { "How to read this page" }
            dl {
                dt { a.cite href="#main" { "2.5" } }
                dd { "Report 2, sentence 5. Every citation leads to the sentence it rests on." }
                dt { "Line of text" }
                dd {
                    "Reports that were copied, rewritten or translated from one another, or from one "
                    "text that is lost. They are one witness, however many they are."
                }
                dt { "Lost text" }
                dd {
                    "A text that is not among the reports and from which some of them must have been "
                    "made, such as an agency’s dispatch. It goes by a Greek letter."
                }
                dt { "Independent origin" }
                dd {
                    "Where a claim enters the press: a person, body or document speaking, or an outlet’s "
                    "own observation. Two origins are independent only if neither’s text derives from the "
                    "other and their chains do not meet."
                }
                dt { "Lineage unknown" }
                dd { "A report that does not say where it has the claim from. It is never counted as independent." }
                dt { "Per cent on an edge" }
                dd { "The chance that the one text was made from the other as drawn." }
            }
        }
    }
}

fn index(stories: &[&Chapter], lone: usize) -> Markup {
    html! {
        nav.index aria-labelledby="index" {
            h2 #index { "Stories" }
            div.scroll tabindex="0" role="region" aria-labelledby="index" {
                table {
                    thead {
                        tr {
                            th scope="col" { "Story" }
                            th.number scope="col" { "Reports" }
                            th.number scope="col" { "Lines of text" }
                            th.number scope="col" { "Independent origins of the main claim" }
                            th scope="col" { "Days" }
                        }
                    }
                    tbody {
                        @for chapter in stories {
                            tr {
                                th scope="row" { a href={ "#story-" (chapter.number) } { (story_title(chapter)) } }
                                td.number { (chapter.told.story.reports.len()) }
                                td.number { (chapter.lines.len()) }
                                td.number {
                                    @match chapter.told.account.claims.first() {
                                        Some(claim) => {
                                            (claim.independent)
                                            @if claim.unknown_lineage > 0 {
                                                span.soft { " + " (claim.unknown_lineage) " unknown" }
                                            }
                                        },
                                        None => "–",
                                    }
                                }
                                td { (span_of_time(chapter)) }
                            }
                        }
                    }
                }
            }
            @if lone > 0 {
                p { a href="#alone" { (counted(lone, "report", "reports")) " in no story with another" } }
            }
        }
    }
}

fn story(chapter: &Chapter) -> Markup {
    let number = chapter.number;
    html! {
        article.story id={ "story-" (number) } aria-labelledby={ "title-" (number) } {
            header.story-head {
                h2 id={ "title-" (number) } { (story_title(chapter)) }
                p.dateline { (dateline(chapter)) }
                (count(chapter))
                (contents(chapter))
            }
            (digest::section(chapter))
            (stemma::section(chapter))
            (claims::section(chapter))
            (differences::section(chapter))
            (figures::section(chapter))
            (timeline::section(chapter))
            (names::section(chapter))
            (parallel::section(chapter))
            (reports::section(chapter))
        }
    }
}

/// The parts of a story that it has, with links.
fn contents(chapter: &Chapter) -> Markup {
    let number = chapter.number;
    let account = &chapter.told.account;
    let parts = [
        ("stemma", "Stemma", true),
        ("claims", "Claims", !account.claims.is_empty()),
        ("differences", "Differences", !account.differences.is_empty()),
        ("figures", "Figures", figures::has_any(chapter)),
        ("timeline", "Timeline", timeline::has_any(chapter)),
        ("names", "Names", names::has_any(chapter)),
        ("parallel", "Side by side", parallel::has_any(chapter)),
        ("reports", "Reports", true),
    ];
    html! {
        nav.contents aria-label={ "Parts of story " (number) } {
            ul {
                @for (anchor, name, present) in parts {
                    @if present { li { a href={ "#" (anchor) "-" (number) } { (name) } } }
                }
            }
        }
    }
}

/// The figures that the page exists for: how many reports, and how few origins.
fn count(chapter: &Chapter) -> Markup {
    let reports = chapter.told.story.reports.len();
    let lines = chapter.lines.len();
    html! {
        dl.count {
            div {
                dt { (plural(reports, "report", "reports")) }
                dd { (reports) }
            }
            div {
                dt { (plural(lines, "line of text", "lines of text")) }
                dd { (lines) }
            }
            @if let Some(claim) = chapter.told.account.claims.first() {
                div.verdict {
                    dt {
                        @if claim.independent == 0 && claim.unknown_lineage > 0 { "known " }
                        (plural(claim.independent as usize, "independent origin", "independent origins"))
                        " of the main claim"
                        @if claim.unknown_lineage > 0 {
                            ", and " (claim.unknown_lineage) " of unknown lineage"
                        }
                    }
                    dd { (claim.independent) }
                }
            }
        }
    }
}

fn plural(number: usize, one: &'static str, many: &'static str) -> &'static str {
    if number == 1 { one } else { many }
}

fn dateline(chapter: &Chapter) -> Markup {
    let languages = &chapter.told.story.languages;
    html! {
        (span_of_time(chapter))
        @if !languages.is_empty() {
            " · " (languages.iter().map(Language::to_string).collect::<Vec<_>>().join(", "))
        }
    }
}

fn span_of_time(chapter: &Chapter) -> Markup {
    let story = &chapter.told.story;
    let inferred =
        story.reports.iter().any(|&r| matches!(chapter.day(r), Some((_, Dated::Inferred))));
    html! {
        @match (story.first, story.last) {
            (Some(first), Some(last)) if first != last => { (day(first)) " – " (day(last)) },
            (Some(only), _) | (_, Some(only)) => (day(only)),
            (None, None) => "days not known",
        }
        @if inferred { span.soft { " (some inferred)" } }
    }
}

fn story_title(chapter: &Chapter) -> Markup {
    let story = &chapter.told.story;
    let document = story
        .reports
        .iter()
        .filter_map(|&id| chapter.book.document(id))
        .find(|d| d.report.title.as_deref() == Some(&story.title));
    let language = document.and_then(|d| lang(d.report.language));
    html! {
        @if story.title.is_empty() {
            "Story " (chapter.number)
        } @else {
            span lang=[language] dir=(dir(&story.title)) { (story.title) }
        }
    }
}

/// Stories of a single report: nothing can be said of them but what they say.
fn alone(chapters: &[&Chapter], nothing_else: bool) -> Markup {
    html! {
        section.alone aria-labelledby="alone" {
            h2 #alone { "Reports in no story with another" }
            ul.folded {
                @for chapter in chapters {
                    @for &id in &chapter.told.story.reports {
                        li {
                            details open[nothing_else && chapters.len() == 1] {
                                summary {
                                    (chapter.book.number(id)) " "
                                    (story_title(chapter))
                                    @if let Some((date, _)) = chapter.day(id) {
                                        span.soft { " " (day_in_words(date)) }
                                    }
                                }
                                (reports::report(chapter, id, 3))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn passed_over(warnings: &[Warning]) -> Markup {
    html! {
        section aria-labelledby="passed-over" {
            h2 #passed-over { "Passed over" }
            ul.warnings {
                @for warning in warnings { li { code { (warning.reference) } ": " (warning.message) } }
            }
        }
    }
}
