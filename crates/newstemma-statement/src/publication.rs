//! When reports were published that do not say so.
//!
//! A report rarely dates itself, but its words lean on its day: the press names a weekday within
//! the week before it, mostly the day itself or the one before; a photograph is not younger; what
//! is told by copies of one text is told within a day or two. One report may give the year that
//! another lacks.
//!
//! So the days of a story's reports are found together. First an *anchor*: the date in any of the
//! texts, or the day of publication of one of the reports, that the others agree with best.
//! Around it, each report is given the day of least cost: weekdays that would lie far back,
//! "this Wednesday" on another weekday, dates that would lie ahead, distance from the reports it
//! shares text with, and from the day of most reports of the story. Since costs depend on the
//! other reports' days, three rounds are made, in order of the input. A story without any date
//! gets none.
//!
//! Costs are counted in "odd mentions": 1 is a sentence that one would not write on that day. They
//! were set by hand from how dispatches name days, not fitted. Linear in mentions, times the
//! fifteen days tried.

mod clues;
mod evidence;

use clues::Clues;
use evidence::evidence;

use newstemma_model::{Day, Document, InferredDate, Node, ReportId, Stemma};
use std::collections::{BTreeMap, BTreeSet};

/// Days tried on each side of the anchor.
const DAYS_AROUND: i32 = 7;

/// Cost of a day between a report and the one it shares text with.
const LINK_COST: f32 = 0.8;

/// Cost of the first day between a report and most of its story; further days cost a quarter.
const STORY_COST: f32 = 1.0;

/// Infers when the documents that give no date were published; one entry a document.
pub fn infer_dates(documents: &[&Document], stemma: &Stemma) -> Vec<Option<InferredDate>> {
    let clues: Vec<Clues> = documents.iter().map(|d| Clues::of(d)).collect();
    let given: Vec<Option<Day>> =
        documents.iter().map(|d| d.report.published.map(|p| p.day)).collect();
    let none = || documents.iter().map(|_| None).collect();
    if given.iter().all(Option::is_some) {
        return none();
    }
    let Some(anchor) = anchor(&clues, &given) else { return none() };
    let links = links(documents, stemma);
    let days = place(anchor, &clues, &given, &links);
    documents
        .iter()
        .zip(&clues)
        .enumerate()
        .map(|(i, (document, own))| {
            given[i].is_none().then(|| InferredDate {
                day: days[i],
                evidence: evidence(days[i], document, own, documents, &clues, &days),
            })
        })
        .collect()
}

/// The day that the story is about, as near as the texts show it.
fn anchor(clues: &[Clues], given: &[Option<Day>]) -> Option<Day> {
    let published: BTreeSet<Day> = given.iter().flatten().copied().collect();
    let mut candidates: BTreeSet<Day> = published.clone();
    candidates.extend(clues.iter().flat_map(|c| &c.days).map(|&(_, d)| d));
    candidates.extend(dated_by_weekday(clues));
    let youngest = published.iter().next_back().copied();
    candidates
        .into_iter()
        // Nothing is published long before the reports of the same story are.
        .filter(|&c| youngest.is_none_or(|y| y.since(c).abs() <= 40 || published.contains(&c)))
        .max_by(|&a, &b| {
            let (x, y) = (support(a, clues, &published), support(b, clues, &published));
            x.total_cmp(&y).then(a.cmp(&b))
        })
}

/// Days without a year whose weekday picks the year: the first one not before the years named.
fn dated_by_weekday(clues: &[Clues]) -> Vec<Day> {
    let years = clues
        .iter()
        .flat_map(|c| c.years.iter().copied().chain(c.days.iter().map(|(_, d)| d.ymd().0)));
    let Some(last) = years.filter(|y| (1990..2100).contains(y)).max() else { return Vec::new() };
    let named = clues.iter().flat_map(|c| &c.yearless);
    named
        .filter_map(|&(_, month, day, weekday)| {
            let weekday = weekday?;
            (last..last + 7)
                .filter_map(|y| Day::from_ymd(y, month, day))
                .find(|d| d.weekday() == weekday)
        })
        .collect()
}

/// How many mentions speak for a day as the story's, less those that speak against it.
fn support(day: Day, clues: &[Clues], published: &BTreeSet<Day>) -> f32 {
    let mut sum = 5.0 * f32::from(u8::from(published.contains(&day)));
    for own in clues {
        for &(_, d) in &own.days {
            sum += match d.since(day) {
                0 => 1.0,
                -10..=10 => 0.6,
                11.. => -1.0,
                _ => 0.0,
            };
        }
        for &(_, month, number, weekday) in &own.yearless {
            let (_, m, d) = day.ymd();
            let same = m == month && d == number && weekday.is_none_or(|w| w == day.weekday());
            sum += if !same {
                0.0
            } else if weekday.is_some() {
                2.0
            } else {
                1.0
            };
        }
        sum -= own.years.iter().filter(|&&y| y > day.ymd().0).count() as f32;
    }
    sum
}

/// Which documents share text, by index, with how surely.
fn links(documents: &[&Document], stemma: &Stemma) -> Vec<Vec<(usize, f32)>> {
    let index: BTreeMap<ReportId, usize> =
        documents.iter().enumerate().map(|(i, d)| (d.report.id, i)).collect();
    let mut pairs: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    let mut join = |a: ReportId, b: ReportId, weight: f32| {
        if let (Some(&a), Some(&b)) = (index.get(&a), index.get(&b))
            && a != b
        {
            let slot = pairs.entry((a.min(b), a.max(b))).or_insert(0.0);
            *slot = (*slot + weight).min(1.0);
        }
    };
    for alignment in &stemma.alignments {
        join(alignment.a.report, alignment.b.report, 0.1);
    }
    let mut families: BTreeMap<Node, Vec<ReportId>> = BTreeMap::new();
    for derivation in &stemma.derivations {
        match (derivation.child, derivation.parent) {
            (Node::Report(child), Node::Report(parent)) => join(child, parent, 1.0),
            (Node::Report(child), parent) => families.entry(parent).or_default().push(child),
            _ => {}
        }
    }
    for family in families.values() {
        for pair in family.windows(2) {
            join(pair[0], pair[1], 1.0);
        }
    }
    let mut links = vec![Vec::new(); documents.len()];
    for ((a, b), weight) in pairs {
        links[a].push((b, weight));
        links[b].push((a, weight));
    }
    links
}

/// The day of each document.
fn place(
    anchor: Day,
    clues: &[Clues],
    given: &[Option<Day>],
    links: &[Vec<(usize, f32)>],
) -> Vec<Day> {
    const ROUNDS: usize = 3;
    let best = |i: usize, cost: &dyn Fn(Day) -> f32| {
        given[i].unwrap_or_else(|| {
            let days = (-DAYS_AROUND..=DAYS_AROUND).map(|step| anchor.plus(step));
            // Among equals the one nearest the anchor, then the later one: news comes after.
            days.min_by(|&a, &b| {
                cost(a)
                    .total_cmp(&cost(b))
                    .then(a.since(anchor).abs().cmp(&b.since(anchor).abs()))
                    .then(b.cmp(&a))
            })
            .unwrap_or(anchor)
        })
    };
    let mut days: Vec<Day> = (0..clues.len()).map(|i| best(i, &|d| clues[i].cost(d))).collect();
    for _ in 0..ROUNDS {
        let main = main_day(&days, clues, given, anchor);
        for i in 0..clues.len() {
            let cost = |day: Day| {
                let linked: f32 = links[i]
                    .iter()
                    .map(|&(j, w)| w * LINK_COST * days[j].since(day).abs().min(3) as f32)
                    .sum();
                let away = day.since(main).abs() as f32;
                let story = STORY_COST * (away.min(1.0) + 0.25 * (away - 1.0).max(0.0));
                clues[i].cost(day) + linked + story
            };
            days[i] = best(i, &cost);
        }
    }
    days
}

/// The day of most documents that say something of it; the anchor if none does.
fn main_day(days: &[Day], clues: &[Clues], given: &[Option<Day>], anchor: Day) -> Day {
    let mut votes: BTreeMap<Day, usize> = BTreeMap::new();
    for (i, &day) in days.iter().enumerate() {
        if given[i].is_some() || !clues[i].is_silent() {
            // Several weekdays tell today from yesterday, a single one does not.
            let weight =
                1 + clues[i].weekdays.len().min(3) + 3 * clues[i].own_weekdays.len().min(2);
            *votes.entry(day).or_default() += weight;
        }
    }
    votes.into_iter().max_by_key(|&(day, n)| (n, day)).map_or(anchor, |(day, _)| day)
}

#[cfg(test)]
mod tests {
    use super::infer_dates;
    use crate::mentions;
    use newstemma_model::{Day, Document, Published, Stemma};
    use newstemma_testkit::report;

    /// A document of one sentence a line, with its dates.
    fn document(name: &str, language: &str, text: &str, published: Option<Day>) -> Document {
        let mut document = report(name, language, &text.split('\n').collect::<Vec<_>>());
        document.report.published = published.map(|day| Published { day, time: None });
        document.dates = mentions(&document.report, &document.sentences).dates;
        document
    }

    fn check(documents: &[Document], expected: &[Option<&str>]) {
        let list: Vec<&Document> = documents.iter().collect();
        let found: Vec<Option<String>> = infer_dates(&list, &Stemma::default())
            .into_iter()
            .map(|d| d.map(|d| d.day.to_string()))
            .collect();
        let found: Vec<Option<&str>> = found.iter().map(Option::as_deref).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_weekday_picks_the_year_and_the_story_shares_it() {
        // 14 March 2031 is a Friday.
        check(
            &[
                document(
                    "a",
                    "en",
                    "The dam broke on Friday.\nOn Thursday it had leaked.\nOn Friday evening the mayor came.",
                    None,
                ),
                document(
                    "b",
                    "fr",
                    "Le barrage a cédé ce vendredi 14 mars.\nConstruit en 2029, il fuyait.",
                    None,
                ),
                document("c", "de", "Am Donnerstag hatte der Damm geleckt.", None),
            ],
            &[Some("2031-03-14"); 3],
        );
    }

    #[test]
    fn a_follow_up_of_the_next_day_is_placed_there() {
        let friday = Day::from_ymd(2031, 3, 14);
        check(
            &[
                document("a", "en", "The dam broke on Friday.", friday),
                document(
                    "b",
                    "en",
                    "Divers found the gate on Saturday.\nOn Saturday the mayor resigned.\nThe dam broke on Friday.",
                    None,
                ),
            ],
            &[None, Some("2031-03-15")],
        );
    }

    #[test]
    fn an_old_date_is_no_anchor_and_none_is_invented() {
        check(
            &[document(
                "a",
                "en",
                "The dam, opened on 5 May 1998, broke on 14 March 2031.\nSince 2030 it had leaked.",
                None,
            )],
            &[Some("2031-03-14")],
        );
        check(&[document("a", "en", "The dam broke on Friday.", None)], &[None]);
    }

    #[test]
    fn evidence_points_into_the_texts() {
        let one = document("a", "uk", "Гребля прорвала 14 березня 2031 року.", None);
        let found = infer_dates(&[&one], &Stemma::default());
        let evidence = &found[0].as_ref().unwrap().evidence;
        let span = evidence[0].spans[0].span;
        assert_eq!(span.of(&one.report.text), "14 березня 2031 року");
    }
}
