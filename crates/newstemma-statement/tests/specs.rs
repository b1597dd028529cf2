//! Runs the cases of `specs/attribution.md`: rules about who says what, as prose with examples.

#![allow(clippy::unwrap_used, reason = "a specification that can't be read has failed")]

use newstemma_statement::statements;
use newstemma_testkit::Draft;
use newstemma_testkit::marked::{Marked, Properties, fault, marked, properties};
use std::fmt::Write;

const SPEC: &str = include_str!("../specs/attribution.md");

/// A case: the statements that one text must have, each with its own marks; of a text that must have
/// none, the one line has none.
type Case = Vec<(Marked, Properties)>;

#[test]
fn attribution_is_as_the_specification_says() {
    let mut faults = String::new();
    let mut count = 0;
    for (language, cases) in blocks(SPEC) {
        for case in cases {
            count += 1;
            if let Some(fault) = check(&language, &case) {
                let _ = writeln!(faults, "{language}: {}\n  {fault}", case[0].0.text);
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

/// The cases of each block, with the language of its heading.
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
            let (written, also) = line.split_once(" ⇒ ").unwrap_or((line, ""));
            let row = (marked(written), properties(also));
            let cases = &mut out.last_mut().unwrap().1;
            match cases.last_mut() {
                Some(case) if case[0].0.text == row.0.text => case.push(row),
                _ => cases.push(vec![row]),
            }
        }
    }
    out
}

fn check(language: &str, case: &Case) -> Option<String> {
    let document = case[0].0.document(language);
    let expected: Vec<(&Marked, &Properties)> =
        case.iter().filter(|(m, _)| m.has_marks()).map(|(m, p)| (m, p)).collect();
    fault(&statements(&document, &[]), &expected, &document.report.text)
}
