//! What must hold of any page.

use crate::output::fixture::collection;
use crate::output::markdown;
use crate::output::view::{Book, Chapter, digest};
use newstemma_language::Pack;
use newstemma_model::{Derivation, Direction, Language, Node, Warning};
use newstemma_pipeline::Collection;
use std::collections::BTreeSet;

fn page(collection: &Collection) -> String {
    page_in("en", collection)
}

fn page_in(tag: &str, collection: &Collection) -> String {
    let reader = Language::parse(tag).unwrap();
    let warnings = [Warning::new("broken.jsonl:3", "no <JSON> object")];
    let mut out = Vec::new();
    super::write(&mut out, collection, &warnings, reader).unwrap();
    String::from_utf8(out).unwrap()
}

/// The values of an attribute in the page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    let parts = page.split(&opening).skip(1);
    parts.map(|part| part.split('"').next().unwrap()).collect()
}

#[test]
fn every_link_leads_to_an_anchor_of_the_page_or_to_a_report() {
    let page = page(&collection());
    let ids: Vec<&str> = values(&page, "id");
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len(), "ids are unique");
    for link in values(&page, "href") {
        match link.strip_prefix('#') {
            Some(anchor) => assert!(distinct.contains(anchor), "no anchor #{anchor}"),
            None => assert!(link.starts_with("https://") && link.contains(".example/"), "{link}"),
        }
    }
    for label in values(&page, "aria-labelledby") {
        assert!(label.split(' ').all(|id| distinct.contains(id)), "no label {label}");
    }
}

#[test]
fn nothing_is_loaded_and_nothing_of_a_report_becomes_markup() {
    let page = page(&collection());
    for forbidden in [
        "<script", "<img", "<link", "<iframe", "@import", "url(", " src=", " on", "<two>",
        "<Writer>",
    ] {
        let found = page.match_indices(forbidden).find(|(at, _)| {
            // Words such as " on" may stand in texts, not in tags.
            forbidden != " on" || page[..*at].rfind('<') > page[..*at].rfind('>')
        });
        assert_eq!(found, None);
    }
    assert!(page.contains("&lt;two&gt;") && page.contains("A. &lt;Writer&gt; &amp; Son"));
    assert!(page.contains("no &lt;JSON&gt; object"));
    let outward = page.matches("href=\"https://").count();
    assert_eq!(page.matches("rel=\"noopener noreferrer nofollow\"").count(), outward);
}

#[test]
fn every_sentence_has_its_anchor_once() {
    let collection = collection();
    let page = page(&collection);
    for (document, number) in collection.documents.iter().zip(1..) {
        for index in 1..=document.sentences.len() {
            assert_eq!(page.matches(&format!("id=\"r{number}s{index}\"")).count(), 1);
        }
    }
}

#[test]
fn landmarks_and_headings_are_in_order() {
    let page = page(&collection());
    for once in ["<main", "<h1", "<title>", "<html lang=\"en\">"] {
        assert_eq!(page.matches(once).count(), 1, "{once}");
    }
    let levels: Vec<u8> = page
        .match_indices("<h")
        .filter_map(|(at, _)| page.as_bytes().get(at + 2).copied())
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect();
    assert_eq!(levels[0], 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn text_says_its_language_and_direction() {
    let page = page(&collection());
    assert!(page.contains(r#"<div class="text" lang="ar" dir="rtl">"#));
    assert!(page.contains(r#"<div class="text" lang="uk" dir="ltr">"#));
}

#[test]
fn the_counts_are_told_before_anything_else() {
    let page = page(&collection());
    let head = &page[..page.find("id=\"stemma-1\"").unwrap()];
    for part in
        ["<dd>4</dd>", "<dd>2</dd>", "lines of text", "independent origins", "unknown lineage"]
    {
        assert!(head.contains(part), "{part}");
    }
}

#[test]
fn the_place_where_a_difference_arose_is_told() {
    let page = page(&collection());
    let from = page.find("Arose where").unwrap();
    let told = &page[from..from + 300];
    assert!(told.contains("Harbour Post") && told.contains("The Lira Courier"), "{told}");
    assert!(page.contains("<mark>Twenty</mark>"));
}

#[test]
fn a_collection_without_anything_is_still_a_page() {
    assert!(page(&Collection::default()).contains("</html>"));
}

#[test]
fn hundreds_of_reports_are_folded_in_the_stemma() {
    let mut collection = collection();
    let model = collection.documents[4].clone();
    for number in 0..300_u32 {
        let mut document = model.clone();
        document.report.id = newstemma_model::ReportId::of(&[&number.to_be_bytes()]);
        collection.stories[0].members.push(collection.documents.len());
        collection.stories[0].story.reports.push(document.report.id);
        collection.stories[0].inferred.push(None);
        collection.stories[0].dates.push(Vec::new());
        collection.documents.push(document);
    }
    let page = page(&collection);
    assert!(page.matches("<circle").count() < 20);
    assert!(page.contains("reports more"));
}

#[test]
fn a_long_chain_is_folded_in_the_stemma() {
    let mut collection = collection();
    let model = collection.documents[4].clone();
    let edge = collection.stories[0].stemma.derivations[0].clone();
    let mut above = collection.documents[0].report.id;
    for number in 0..50_u32 {
        let mut document = model.clone();
        document.report.id = newstemma_model::ReportId::of(&[&number.to_be_bytes()]);
        let (child, parent) = (Node::Report(document.report.id), Node::Report(above));
        above = document.report.id;
        let story = &mut collection.stories[0];
        story.members.push(collection.documents.len());
        story.story.reports.push(document.report.id);
        story.inferred.push(None);
        story.dates.push(Vec::new());
        let direction = Direction::Decided;
        story.stemma.derivations.push(Derivation { child, parent, direction, ..edge.clone() });
        collection.documents.push(document);
    }
    let page = page(&collection);
    assert!(page.contains("each made from the one before"));
    let drawing = page.split("<svg").nth(1).unwrap();
    let width: usize = values(drawing, "width")[0].parse().unwrap();
    assert!(width < 1000, "the drawing is {width} wide");
    // The last of the chain still stands below the pile.
    assert!(drawing.matches("<path class=\"edge").count() >= 6);
}

#[test]
fn the_digest_is_the_same_as_in_markdown_and_runs_as_its_language_does() {
    let collection = collection();
    for tag in ["en", "fr", "de", "es", "uk", "ar"] {
        let reader = Language::parse(tag).unwrap();
        let phrases = &Pack::of(reader).digest;
        let (page, mut markdown) = (page_in(tag, &collection), Vec::new());
        markdown::write(&mut markdown, &collection, reader).unwrap();
        let markdown = String::from_utf8(markdown).unwrap();
        let book = Book::new(&collection, reader);
        let chapter = Chapter::new(&book, &collection.stories[0], 1);
        for line in digest(&chapter, phrases, reader) {
            let words = line.words.iter().map(|(words, ..)| words.as_str());
            for part in words.chain([line.label]).chain(line.notes.iter().map(String::as_str)) {
                assert!(page.contains(part), "{tag}: {part} is not in the page");
                assert!(markdown.contains(part), "{tag}: {part} is not in the Markdown");
            }
        }
        let direction = if tag == "ar" { "rtl" } else { "ltr" };
        let opening = format!(" lang=\"{tag}\" dir=\"{direction}\"><h3 id=\"digest-1\">");
        assert!(page.contains(&opening), "{tag}");
    }
}

#[test]
fn a_story_without_days_says_so_apart_from_its_languages() {
    let mut collection = collection();
    let story = &mut collection.stories[0].story;
    (story.first, story.last) = (None, None);
    assert!(page(&collection).contains(" · ar, en, uk"));
}
