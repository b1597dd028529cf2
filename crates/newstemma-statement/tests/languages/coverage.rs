//! Which cases a language must bring, and which it has.

use crate::specimen::Specimen;

/// The cases that a language brings at least: all kinds of attribution and source, the acts, the ways
/// of writing figures and dates, and names behind an office.
pub(crate) const REQUIRED: &[(&str, &[&str])] = &[
    (
        "attribution",
        &["direct", "indirect", "mixed", "according", "document", "official", "hearsay", "own"],
    ),
    ("act", &["deny", "no-comment", "promise", "warn", "accuse"]),
    (
        "figure",
        &["grouped", "at-least", "more-than", "about", "dozens", "percent", "million", "words"],
    ),
    ("date", &["weekday", "yesterday", "day-of-month", "day-and-month", "ago"]),
    ("name", &["office", "place"]),
];

/// The cases that none of the specimens is of.
pub(crate) fn missing(specimens: &[Specimen]) -> Vec<&'static str> {
    let has = |case: &&str| specimens.iter().any(|s| s.case == *case);
    REQUIRED.iter().flat_map(|(_, cases)| *cases).copied().filter(|case| !has(case)).collect()
}

/// Prints, by group, how many specimens of each case are read as they should be: `direct 2/3`.
pub(crate) fn print(tag: &str, results: &[(&Specimen, Option<String>)]) {
    println!("{tag}: {} specimens", results.len());
    for (group, cases) in REQUIRED {
        let cells = cases.iter().map(|case| {
            let of_case = results.iter().filter(|(s, _)| s.case == *case);
            let (all, right) = of_case.fold((0, 0), |(all, right), (_, fault)| {
                (all + 1, right + usize::from(fault.is_none()))
            });
            if all == 0 { format!("{case} missing") } else { format!("{case} {right}/{all}") }
        });
        println!("  {group:<11} {}", cells.collect::<Vec<_>>().join(", "));
    }
}
