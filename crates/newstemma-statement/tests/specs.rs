//! Runs the cases of `specs/attribution.md`: rules about who says what, as prose with examples.

#![allow(clippy::unwrap_used, reason = "a specification that can't be read has failed")]

use newstemma_model::{Document, Sentence, Span, Statement};
use newstemma_statement::statements;
use newstemma_testkit::Draft;
use std::collections::BTreeMap;
use std::fmt::Write;

const SPEC: &str = include_str!("../specs/attribution.md");

/// A case: a text and the statements that it must have.
#[derive(Default)]
struct Case {
    text: String,
    /// Ends of sentences, with their paragraphs.
    ends: Vec<(usize, u32)>,
    expected: Vec<Expected>,
}

#[derive(Default)]
struct Expected {
    /// Source, cue, content by their marks.
    parts: BTreeMap<char, Span>,
    also: BTreeMap<String, String>,
}

#[test]
fn attribution_is_as_the_specification_says() {
    let mut faults = String::new();
    let mut count = 0;
    for (language, cases) in blocks(SPEC) {
        for case in cases {
            count += 1;
            if let Err(fault) = check(&language, &case) {
                let _ = writeln!(faults, "{language}: {}\n{fault}", case.text);
            }
        }
    }
    assert!(count > 80, "only {count} cases were found");
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn what_is_said_begins_with_a_word() {
    let sentence = "L'équipe a affirmé que, selon son décompte, elle avait gagné.";
    let document = Draft::new("a", "fr").body(sentence).document();
    let said = statements(&document, &[]);
    let content = said[0].content.unwrap().of(&document.report.text);
    assert_eq!(content, "selon son décompte, elle avait gagné");
}

#[test]
fn the_sign_of_a_figure_belongs_to_what_is_said() {
    let document =
        Draft::new("a", "uk").body("Комісія заявила, що явка становила 50,2 %.").document();
    let said = statements(&document, &[]);
    let content = said[0].content.unwrap().of(&document.report.text);
    assert_eq!(content, "явка становила 50,2 %");
}

fn blocks(spec: &str) -> Vec<(String, Vec<Case>)> {
    let mut out: Vec<(String, Vec<Case>)> = Vec::new();
    let mut inside = false;
    let mut language = String::new();
    for line in spec.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            language = name.to_owned();
        } else if line.starts_with("```") {
            inside = !inside;
            if inside {
                out.push((language.clone(), Vec::new()));
            }
        } else if inside && !line.is_empty() {
            let (text, ends, expected) = read(line);
            let cases = &mut out.last_mut().unwrap().1;
            if cases.last().is_none_or(|c| c.text != text) {
                cases.push(Case { text, ends, expected: Vec::new() });
            }
            if !expected.parts.is_empty() {
                cases.last_mut().unwrap().expected.push(expected);
            }
        }
    }
    out
}

fn read(line: &str) -> (String, Vec<(usize, u32)>, Expected) {
    let (marked, also) = line.split_once(" ⇒ ").unwrap_or((line, ""));
    let mut text = String::new();
    let mut ends = Vec::new();
    let mut open: BTreeMap<char, usize> = BTreeMap::new();
    let mut expected = Expected::default();
    let parts = marked.split(" ¶ ").zip(0..);
    let parts = parts.flat_map(|(part, paragraph)| part.split(" / ").map(move |s| (s, paragraph)));
    let mut paragraph = 0;
    for (i, (part, own)) in parts.enumerate() {
        if i > 0 {
            ends.push((text.len(), paragraph));
            text.push(' ');
        }
        paragraph = own;
        for c in part.chars() {
            match c {
                '[' | '{' | '<' => {
                    open.insert(c, text.len());
                }
                ']' | '}' | '>' => {
                    let mark = match c {
                        ']' => '[',
                        '}' => '{',
                        _ => '<',
                    };
                    let start = open.remove(&mark).unwrap();
                    if start < text.len() {
                        expected.parts.insert(mark, Span::new(start, text.len()));
                    }
                }
                c => text.push(c),
            }
        }
    }
    ends.push((text.len(), paragraph));
    for pair in also.split("; ").filter(|p| !p.is_empty()) {
        let (key, value) = pair.split_once(": ").unwrap();
        expected.also.insert(key.to_owned(), value.trim().to_owned());
    }
    (text, ends, expected)
}

fn document(language: &str, case: &Case) -> Document {
    let mut document = Draft::new("case", language).body(&case.text).document();
    let Some(whole) = document.sentences.pop() else { return document };
    let mut start = 0;
    for &(end, paragraph) in &case.ends {
        let span = Span::new(start, end).trimmed(&case.text);
        document.sentences.push(Sentence { span, paragraph, ..whole });
        start = end;
    }
    document
}

fn check(language: &str, case: &Case) -> Result<(), String> {
    let text = &case.text;
    let document = document(language, case);
    let found: Vec<Statement> =
        statements(&document, &[]).into_iter().filter(Statement::is_attributed).collect();
    let shown: Vec<String> = found.iter().map(|s| show(text, s)).collect();
    let all = shown.join("\n  ");
    if found.len() != case.expected.len() {
        return Err(format!("  {} expected, found:\n  {all}", case.expected.len()));
    }
    for expected in &case.expected {
        let hit = found.iter().find(|s| matches(text, s, expected));
        let Some(hit) = hit else {
            let parts: Vec<String> =
                expected.parts.iter().map(|(m, s)| format!("{m}{}", bare(s.of(text)))).collect();
            return Err(format!("  expected {}, found:\n  {all}", parts.join(" ")));
        };
        for (key, value) in &expected.also {
            let source = hit.source.as_ref();
            let is = match key.as_str() {
                "kind" => source.map_or("", |s| s.kind.name()).to_owned(),
                "name" => source.map_or("", |s| &s.name).to_owned(),
                "act" => hit.act.name().to_owned(),
                "quote" => hit.quote.name().to_owned(),
                "chain" => hit.chain.join(" > "),
                other => return Err(format!("  unknown key {other}")),
            };
            if is != *value {
                return Err(format!("  {key} is {is:?}, not {value:?}"));
            }
        }
    }
    Ok(())
}

fn matches(text: &str, statement: &Statement, expected: &Expected) -> bool {
    let is = |mark: char, span: Option<Span>| {
        let expected = expected.parts.get(&mark).map_or("", |s| bare(s.of(text)));
        bare(span.map_or("", |s| s.of(text))) == expected
    };
    is('[', statement.source.as_ref().and_then(|s| s.span))
        && is('{', statement.cue)
        && is('<', statement.content)
}

/// Without the marks at its ends.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

fn show(text: &str, s: &Statement) -> String {
    let of = |span: Option<Span>| span.map_or("–", |s| s.of(text));
    let source = s.source.as_ref();
    format!(
        "[{}] {{{}}} <{}> {} {} {:?}",
        of(source.and_then(|s| s.span)),
        of(s.cue),
        of(s.content),
        source.map_or("", |s| s.kind.name()),
        s.act.name(),
        s.chain
    )
}
