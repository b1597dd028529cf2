//! Grouping, on meanings made by hand: the encoder has tests of its own.

use crate::Evidence;
use crate::graph::THRESHOLD;
use crate::linkage::{Between, Neighbour, Start, average_linkage};
use crate::score::{SCORE_MAX, SCORE_MIN, UNSEEN, score, steps};
use crate::tree::{Tree, Unit};
use crate::{Graph, Grouping, Link, Material, Memory, Profile, Remembered, Slot};
use newstemma_model::{Document, EntityKind, ReportId, digest};
use newstemma_testkit::{Draft, mark};
use std::collections::{BTreeMap, BTreeSet};

/// A document each of whose sentences points along one of 64 axes.
fn document(name: &str, language: &str, sentences: &[(&str, usize)]) -> Document {
    let along = |sentence: &str| {
        let axis = sentences.iter().find(|(text, _)| *text == sentence).map_or(0, |s| s.1);
        (0..64).map(|i| if i == axis { 1.0 } else { 0.0 }).collect()
    };
    let draft = sentences.iter().fold(Draft::new(name, language), |d, (text, _)| d.body(text));
    draft.embedded(along).document()
}

/// What is known of a document; names are the same where they are spelt the same, and every word is
/// as rare as any other.
fn profile(document: &Document) -> Profile {
    let name = |normal: &str| vec![(digest(&[normal.as_bytes()]), 12.0)];
    let names: Vec<Vec<(u64, f32)>> = document.names.iter().map(|n| name(&n.normal)).collect();
    Profile::of(&Material { document, names: &names, dates: &[], surprise: &|_| 10.0 })
}

/// The groups that documents fall into, read at once.
fn groups(documents: &[Document]) -> Vec<Vec<usize>> {
    let mut grouping = Grouping::default();
    let slots: Vec<Slot> = documents.iter().map(|d| grouping.enter(profile(d))).collect();
    for &slot in &slots {
        let links = grouping.links(slot);
        grouping.bind(slot, links);
    }
    let index = |slot: &Slot| slots.iter().position(|other| other == slot).unwrap();
    let mut groups: Vec<Vec<usize>> =
        grouping.settle().iter().map(|story| story.iter().map(index).collect()).collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

fn flood() -> Document {
    document(
        "flood",
        "pl",
        &[
            ("Rzeka zalała dolne miasto w nocy z soboty na niedzielę, podały służby.", 0),
            ("Ewakuowano trzystu mieszkańców nabrzeża i domu opieki przy moście.", 1),
            ("Woda opadnie najwcześniej we wtorek, zapowiedział wojewoda regionu.", 2),
        ],
    )
}

fn flood_translated() -> Document {
    document(
        "flood-uk",
        "uk",
        &[
            ("Річка затопила нижнє місто в ніч із суботи на неділю, повідомили служби.", 0),
            ("Евакуювали триста мешканців набережної та будинку догляду біля мосту.", 1),
            ("Вода спаде щонайраніше у вівторок, пообіцяв воєвода регіону.", 2),
        ],
    )
}

fn concert() -> Document {
    document(
        "concert",
        "pl",
        &[
            ("Orkiestra kameralna zagra w niedzielę na rynku dla mieszkańców.", 10),
            ("Wstęp na koncert jest wolny, a miejsc przygotowano pięćset.", 11),
        ],
    )
}

#[test]
fn a_translation_joins_its_original_and_another_event_does_not() {
    assert_eq!(groups(&[flood(), concert(), flood_translated()]), [vec![0, 2], vec![1]]);
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let names = |documents: &[Document]| -> Vec<Vec<String>> {
        let name = |i: usize| documents[i].report.reference.clone();
        let mut groups: Vec<Vec<String>> = groups(documents)
            .into_iter()
            .map(|group| {
                let mut group: Vec<String> = group.into_iter().map(name).collect();
                group.sort();
                group
            })
            .collect();
        groups.sort();
        groups
    };
    let forth = names(&[flood(), concert(), flood_translated()]);
    let back = names(&[flood_translated(), concert(), flood()]);
    assert_eq!(forth, back);
}

/// A report of a fire, half of which is what every report of a fire says.
fn fire(name: &str, language: &str, sentences: &[&str], named: &[&str]) -> Document {
    let axes = [20, 21, name.len() + 30, name.len() + 31];
    let placed: Vec<(&str, usize)> = sentences.iter().copied().zip(axes).collect();
    let mut document = document(name, language, &placed);
    named.iter().for_each(|words| mark::name(&mut document, words, EntityKind::Place));
    document
}

#[test]
fn of_two_alike_events_the_names_tell_which_is_meant() {
    let english = fire(
        "fire",
        "en",
        &[
            "A warehouse burned down on the edge of Dornau in the night.",
            "Nobody was hurt, the brigade said.",
            "The hall of the Velm company held paint.",
            "The road to Lisk was closed.",
        ],
        &["Dornau", "Velm", "Lisk"],
    );
    let spanish = fire(
        "incendio",
        "es",
        &[
            "Un almacén ardió de noche en las afueras de Dornau.",
            "No hubo heridos, según los bomberos.",
            "La nave de la empresa Velm guardaba pinturas.",
            "La carretera de Lisk quedó cortada.",
        ],
        &["Dornau", "Velm", "Lisk"],
    );
    let elsewhere = fire(
        "fire elsewhere",
        "en",
        &[
            "A warehouse burned down on the edge of Hasperode in the night.",
            "Nobody was hurt, the brigade said.",
            "The hall of the Orrin company held furniture.",
            "The road to Quint was closed.",
        ],
        &["Hasperode", "Orrin", "Quint"],
    );
    assert_eq!(groups(&[english, elsewhere, spanish]), [vec![0, 2], vec![1]]);
}

#[test]
fn a_short_cut_from_the_middle_of_a_long_report_joins_it() {
    let sentence =
        |n: usize| format!("Sentence number {n} of a long report about the strike in the port.");
    let texts: Vec<String> = (0..40).map(sentence).collect();
    let long: Vec<(&str, usize)> = texts.iter().map(String::as_str).zip(0..40).collect();
    let mut cut = long[30..34].to_vec();
    cut.push(("The editors of the paper added a sentence of their own to it.", 50));
    let documents = [document("long", "en", &long), document("cut", "en", &cut)];
    // Their mean vectors are far apart; what was carried over is not.
    assert_eq!(groups(&documents).len(), 1);
}

#[test]
fn no_documents_no_stories_and_one_without_text_stands_alone() {
    assert!(groups(&[]).is_empty());
    let documents = [document("empty", "en", &[]), document("void", "en", &[])];
    assert_eq!(groups(&documents).len(), 2);
}

/// Two positions, the lower first, and their score.
#[derive(Clone, Copy)]
struct Pair {
    a: usize,
    b: usize,
    score: i16,
}

/// Average linkage as it is written in the crate.
fn linkage(n: usize, pairs: &[Pair], threshold: i16) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); n];
    for &Pair { a, b, score } in pairs {
        for (one, other) in [(a, b), (b, a)] {
            neighbours[one].push(Neighbour { other: other as u32, between: Between::one(score) });
        }
    }
    neighbours.iter_mut().for_each(|list| list.sort_by_key(|neighbour| neighbour.other));
    let start = |(low, neighbours)| Start { size: 1, low, neighbours };
    let joins = average_linkage((0..).zip(neighbours).map(start).collect(), threshold);
    let units: Vec<Unit> = (0..n as u32).map(|i| Unit::single(Slot::of(i))).collect();
    let trees = Tree::of(&units, &joins);
    trees.iter().map(|tree| tree.leaves().iter().map(|slot| slot.index()).collect()).collect()
}

/// Average linkage as one would write it first: look at all pairs, join the best, begin again.
fn obvious_linkage(n: usize, pairs: &[Pair], threshold: i16) -> Vec<Vec<usize>> {
    let score = |a: usize, b: usize| {
        let found = pairs.iter().find(|p| (p.a, p.b) == (a.min(b), a.max(b)));
        f64::from(found.map_or(UNSEEN, |p| p.score))
    };
    let mut groups: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for a in 0..groups.len() {
            for b in a + 1..groups.len() {
                let sum: f64 = groups[a]
                    .iter()
                    .flat_map(|&x| groups[b].iter().map(move |&y| score(x, y)))
                    .sum();
                let average = sum / (groups[a].len() * groups[b].len()) as f64;
                if best.is_none_or(|(most, _, _)| average > most) {
                    best = Some((average, a, b));
                }
            }
        }
        match best {
            Some((average, a, b)) if average >= f64::from(threshold) => {
                let moved = groups.remove(b);
                groups[a].extend(moved);
            }
            _ => return groups,
        }
    }
}

/// Catches lost or doubled sums when neighbour lists are poured together, and stale heap entries
/// that are taken for current ones.
#[test]
fn linkage_agrees_with_the_obvious_method_on_random_graphs() {
    let mut random = random(7);
    for round in 0..60 {
        let n = 3 + round % 14;
        let mut pairs = Vec::new();
        for a in 0..n {
            for b in a + 1..n {
                if random() < 0.8 {
                    let range = f32::from(SCORE_MAX - SCORE_MIN);
                    let score = SCORE_MIN + (range * random().sqrt()) as i16;
                    pairs.push(Pair { a, b, score });
                }
            }
        }
        let threshold = steps(-0.5);
        let fast = tidy(linkage(n, &pairs, threshold));
        assert_eq!(fast, tidy(obvious_linkage(n, &pairs, threshold)), "round {round}");
    }
}

/// Reports of which only the pairs matter, and those pairs.
struct Paired {
    profiles: Vec<Profile>,
    /// By two numbers, the lower first: score and whether text was carried over.
    pairs: BTreeMap<(usize, usize), (i16, bool)>,
}

impl Paired {
    /// So many reports with random scores in few steps, so that ties are common. Most scores that
    /// are high lie within one of some random stories.
    fn random(n: usize, seed: u64) -> Paired {
        let mut random = random(seed);
        let story: Vec<usize> = (0..n).map(|_| (random() * n as f32 / 4.0) as usize).collect();
        let mut pairs = BTreeMap::new();
        for a in 0..n {
            for b in a + 1..n {
                let same = story[a] == story[b];
                if random() < if same { 0.9 } else { 0.25 } {
                    let nats = if same { random() * 5.0 - 2.0 } else { random() * 5.0 - 4.5 };
                    let carried = random() < if same { 0.03 } else { 0.002 };
                    pairs.insert((a, b), (steps(nats.round() / 2.0), carried));
                }
            }
        }
        let profiles = (0..n).map(|i| profile(&document(&format!("{seed}/{i}"), "en", &[])));
        Paired { profiles: profiles.collect(), pairs }
    }

    /// The same, where pairs score all or next to nothing: nearly everything is a tie, and hangs on the
    /// reports' ids.
    fn tied(n: usize, seed: u64) -> Paired {
        let mut paired = Paired::random(n, seed);
        for (score, carried) in paired.pairs.values_mut() {
            *score = if *score > steps(-0.8) { SCORE_MAX } else { steps(-1.0) };
            *carried = false;
        }
        paired
    }

    /// The stories after these reports came in this order, and `settled` says after how many each.
    fn fed(&self, order: &[usize], settled: usize) -> Fed<'_> {
        let mut fed = Fed { paired: self, grouping: Grouping::default(), numbers: Vec::new() };
        for (turn, &number) in order.iter().enumerate() {
            fed.add(number);
            if turn % settled == settled - 1 {
                fed.grouping.settle();
            }
        }
        fed.grouping.settle();
        fed
    }

    /// What all reports but `gone` fall into, by linkage over all of them at once.
    fn obvious(&self, gone: &[usize]) -> Vec<Vec<usize>> {
        let mut here: Vec<usize> = (0..self.profiles.len()).filter(|i| !gone.contains(i)).collect();
        here.sort_by_key(|&i| self.profiles[i].report());
        let mut pairs = Vec::new();
        let mut carried = Vec::new();
        for (a, &x) in here.iter().enumerate() {
            for (b, &y) in here.iter().enumerate().skip(a + 1) {
                if let Some(&(score, copied)) = self.pairs.get(&(x.min(y), x.max(y))) {
                    pairs.push(Pair { a, b, score });
                    carried.extend(copied.then_some((a, b)));
                }
            }
        }
        let mut groups = linkage(here.len(), &pairs, THRESHOLD);
        for (a, b) in carried {
            let at = |i| groups.iter().position(|group| group.contains(&i)).unwrap();
            if at(a) != at(b) {
                let moved = groups.remove(at(b));
                let kept = groups.iter().position(|group| group.contains(&a)).unwrap();
                groups[kept].extend(moved);
            }
        }
        tidy(groups.into_iter().map(|g| g.into_iter().map(|i| here[i]).collect()).collect())
    }
}

/// A grouping that was fed some of the reports.
struct Fed<'a> {
    paired: &'a Paired,
    grouping: Grouping,
    /// The number of each slot's report.
    numbers: Vec<(Slot, usize)>,
}

impl Fed<'_> {
    fn add(&mut self, number: usize) {
        let slot = self.grouping.enter(self.paired.profiles[number].clone());
        let link = |&(other, earlier): &(Slot, usize)| {
            self.grouping.report(other)?;
            let pair = (number.min(earlier), number.max(earlier));
            let &(score, carried) = self.paired.pairs.get(&pair)?;
            Some(Link { other, score, carried })
        };
        let links = self.numbers.iter().filter_map(link).collect();
        self.grouping.bind(slot, links);
        self.numbers.push((slot, number));
    }

    /// The same reports in a new grouping that takes up what this one settled. `changed` is told the
    /// groups before.
    fn resumed(&self, changed: impl Fn(&mut Vec<Vec<Slot>>)) -> Self {
        let mut again = Fed { paired: self.paired, grouping: Grouping::default(), numbers: vec![] };
        let mut groups: BTreeMap<Slot, Vec<Slot>> = BTreeMap::new();
        for (turn, &(slot, number)) in (0..).zip(&self.numbers) {
            again.add(number);
            groups.entry(self.grouping.group(slot).unwrap()).or_default().push(Slot::of(turn));
        }
        let mut groups = groups.into_values().collect();
        changed(&mut groups);
        again.grouping.resume(groups);
        again
    }

    fn remove(&mut self, number: usize) {
        let found = self.numbers.iter().find(|(_, n)| *n == number);
        self.grouping.remove(found.unwrap().0);
    }

    fn stories(&self) -> Vec<Vec<usize>> {
        let number = |slot: &Slot| self.numbers.iter().find(|(s, _)| s == slot).unwrap().1;
        let stories = self.grouping.stories();
        tidy(stories.iter().map(|story| story.iter().map(number).collect()).collect())
    }
}

fn tidy(mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

/// A generator of numbers from 0 to 1.
fn random(seed: u64) -> impl FnMut() -> f32 {
    let mut state = seed;
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f32 / (1u64 << 31) as f32
    }
}

fn shuffled(n: usize, random: &mut impl FnMut() -> f32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, ((random() * (i + 1) as f32) as usize).min(i));
    }
    order
}

/// The law of the collection: catches a group that should have been tried against a newcomer and was
/// not, ties that hang on who came first, and parts of a story that lost what held them together.
#[test]
fn stories_are_those_of_a_reading_at_once_whatever_came_when_and_went() {
    for round in 0..120 {
        let n = 4 + round % 37;
        let paired = Paired::random(n, round as u64 + 1);
        let mut random = random(round as u64 + 1000);
        let once = paired.fed(&(0..n).collect::<Vec<_>>(), n).stories();
        assert_eq!(once, paired.obvious(&[]), "round {round}");
        for settled in [1, 3] {
            let order = shuffled(n, &mut random);
            let mut fed = paired.fed(&order, settled);
            assert_eq!(fed.stories(), once, "round {round}, order {order:?}");
            let gone: Vec<usize> = shuffled(n, &mut random).into_iter().take(n / 4).collect();
            for &number in &gone {
                fed.remove(number);
                fed.grouping.settle();
            }
            assert_eq!(fed.stories(), paired.obvious(&gone), "round {round}, without {gone:?}");
            gone.iter().for_each(|&number| fed.add(number));
            fed.grouping.settle();
            assert_eq!(fed.stories(), once, "round {round}, {gone:?} back again");
        }
    }
}

/// Catches a tie that is taken for settled when what was joined first has another name by now.
#[test]
fn ties_are_broken_as_in_a_reading_at_once() {
    for round in 0..400 {
        let n = 6 + round % 24;
        let paired = Paired::tied(n, round as u64 + 5000);
        let order = shuffled(n, &mut random(round as u64));
        assert_eq!(paired.fed(&order, 1).stories(), paired.obvious(&[]), "round {round}");
    }
}

/// Catches places that still belong to the order in which a group was taken up, and trust in groups
/// that are none.
#[test]
fn a_grouping_that_is_taken_up_again_goes_on_as_if_it_had_not_ended() {
    for round in 0..40 {
        let paired = Paired::random(30, 300 + round);
        let (early, late) = (0..20).partition::<Vec<usize>, _>(|number| number % 3 > 0);
        let ended = paired.fed(&early, 1);
        let as_it_was = |_: &mut Vec<Vec<Slot>>| ();
        let all_one = |groups: &mut Vec<Vec<Slot>>| *groups = vec![groups.concat()];
        let mut resumed = ended.resumed(as_it_was);
        assert_eq!(resumed.stories(), ended.stories(), "round {round}");
        let mut mistaken = ended.resumed(all_one);
        for number in late.into_iter().chain(20..30) {
            resumed.add(number);
            resumed.grouping.settle();
            mistaken.add(number);
            mistaken.grouping.settle();
        }
        assert_eq!(resumed.stories(), paired.obvious(&[]), "round {round}");
        // Found out as soon as a report comes near.
        assert_eq!(mistaken.stories(), paired.obvious(&[]), "round {round}");
    }
}

/// Who remembers what a graph was told, as a file would.
struct Told<'a> {
    paired: &'a Paired,
    /// The group of each number as it was last settled, and those that were taken out.
    groups: BTreeMap<usize, Slot>,
}

impl Told<'_> {
    fn links(&self, number: usize) -> Vec<Link> {
        let link = |(&(a, b), &(score, carried)): (&(usize, usize), &(i16, bool))| {
            let other = if a == number { b } else { a };
            let is_told = self.groups.contains_key(&other) && (a == number || b == number);
            is_told.then_some(Link { other: Slot::of(other as u32), score, carried })
        };
        self.paired.pairs.iter().filter_map(link).collect()
    }

    fn tell(&mut self, graph: &Graph, touched: Vec<Vec<Slot>>) {
        for slot in touched.into_iter().flatten() {
            self.groups.insert(slot.index(), graph.group(slot).unwrap());
        }
    }
}

impl Memory for Told<'_> {
    fn group(&mut self, of: Slot) -> Vec<Remembered> {
        let Some(group) = self.groups.get(&of.index()) else { return Vec::new() };
        let members = self.groups.iter().filter(|(_, of)| *of == group);
        let remembered = |(&number, _): (&usize, &Slot)| Remembered {
            slot: Slot::of(number as u32),
            report: self.paired.profiles[number].report(),
            links: self.links(number),
        };
        members.map(remembered).collect()
    }
}

/// Catches groups that are not called back when they are needed, or only in part, and links that come
/// back twice or not at all.
#[test]
fn a_graph_that_forgets_all_it_has_settled_ends_as_one_that_forgets_nothing() {
    for round in 0..60 {
        let n = 4 + round % 37;
        let paired = Paired::random(n, 900 + round as u64);
        let mut random = random(round as u64);
        let mut told = Told { paired: &paired, groups: BTreeMap::new() };
        let mut graph = Graph::default();
        let mut gone = Vec::new();
        for number in shuffled(n, &mut random) {
            let slot = Slot::of(number as u32);
            graph.enter(slot, paired.profiles[number].report());
            graph.bind(slot, told.links(number));
            // It is told before it is settled: what comes back knows it.
            told.groups.insert(number, Slot::of(u32::MAX - 1));
            let touched = graph.settle(&mut told);
            told.tell(&graph, touched);
            if random() < 0.2 {
                graph.remove(slot, &mut told);
                told.groups.remove(&number);
                let touched = graph.settle(&mut told);
                told.tell(&graph, touched);
                gone.push(number);
            }
            if random() < 0.7 {
                graph.forget();
            }
        }
        // Only a graph that has all in memory can tell all stories.
        let mut whole = Graph::default();
        let mut groups: BTreeMap<Slot, Vec<Slot>> = BTreeMap::new();
        for (&number, &group) in &told.groups {
            let slot = Slot::of(number as u32);
            let earlier = told.links(number).into_iter().filter(|link| link.other < slot);
            whole.enter(slot, paired.profiles[number].report());
            whole.bind(slot, earlier.collect());
            groups.entry(group).or_default().push(slot);
        }
        groups.into_values().for_each(|members| whole.resume(members));
        let numbers = |story: &Vec<Slot>| story.iter().map(|slot| slot.index()).collect();
        let stories = tidy(whole.stories().iter().map(numbers).collect());
        assert_eq!(stories, paired.obvious(&gone), "round {round}");
    }
}

/// Catches a copy that is taken for another's, or for one of another day.
#[test]
fn copies_compare_alike_but_for_their_day_and_each_is_named() {
    let published = |name: &str, day: &str| {
        let mut copy = flood();
        copy.report = Draft::new(name, "pl").published(day).document().report;
        copy.report.text = flood().report.text;
        profile(&copy)
    };
    let profiles = ["2031-03-04", "2031-03-04", "2031-03-12"];
    let profiles = profiles.map(|day| published(&format!("copy of {day}"), day));
    let other = {
        let mut other = flood_translated();
        other.report.published =
            Draft::new("", "uk").published("2031-03-04").document().report.published;
        profile(&other)
    };
    let mut grouping = Grouping::default();
    profiles.into_iter().for_each(|copy| {
        grouping.enter(copy);
    });
    let slot = grouping.enter(other);
    let links = grouping.links(slot);
    assert_eq!(links.iter().map(|link| link.other.index()).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(links[0].score, links[1].score);
    assert!(links[2].score < links[0].score);
}

/// Catches a bound that promises near-copies more than a comparison of all would give.
#[test]
fn near_copies_score_no_less_than_the_sentences_that_they_share_promise() {
    let mut random = random(11);
    let sentence =
        |n: usize| format!("Nach dem Hochwasser {n} blieb die Brücke {n} noch lange zu.");
    let texts: Vec<String> = (0..24).map(sentence).collect();
    let mut profiles = Vec::new();
    for report in 0..24 {
        let chosen: Vec<(&str, usize)> = (0..16)
            .map(|at| if random() < 0.6 { at } else { (at * 7 + report) % texts.len() })
            .map(|n| (texts[n].as_str(), n))
            .collect();
        let mut document = document(&format!("r{report}"), "de", &chosen);
        if report % 2 == 0 {
            mark::name(&mut document, "Brücke", EntityKind::Place);
        }
        profiles.push(profile(&document));
    }
    let mut promised = 0;
    for (number, a) in profiles.iter().enumerate() {
        for b in &profiles[number + 1..] {
            let Some(least) = Evidence::at_least(a, b) else { continue };
            let all = Evidence::of(a, b);
            promised += 1;
            assert!(least.values().iter().zip(all.values()).all(|(least, all)| *least <= all));
            assert_eq!(least.apart, all.apart);
            assert!(score(&least) <= score(&all));
        }
    }
    assert!(promised > 20, "{promised}");
}

/// Catches joins of near-copies that are not those of the averages.
#[test]
fn near_copies_are_joined_as_the_averages_say() {
    for round in 0..40 {
        let mut random = random(round);
        let n = 12;
        // Three kinds, of which some reports are as alike as can be; now and then one stands out.
        let mut pairs = Vec::new();
        for a in 0..n {
            for b in a + 1..n {
                let greatest = a % 3 == b % 3 && random() < 0.97;
                let range = f32::from(SCORE_MAX - SCORE_MIN);
                let other = SCORE_MIN + (range * random().sqrt()) as i16;
                pairs.push(Pair { a, b, score: if greatest { SCORE_MAX } else { other } });
            }
        }
        let mut graph = Graph::default();
        (0..n as u32).for_each(|k| graph.enter(Slot::of(k), ReportId::of(&[&k.to_be_bytes()])));
        for a in 0..n {
            let of_a = pairs.iter().filter(|pair| pair.b == a);
            let link =
                |p: &Pair| Link { other: Slot::of(p.a as u32), score: p.score, carried: false };
            graph.bind(Slot::of(a as u32), of_a.map(link).collect());
        }
        graph.settle(&mut ());
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(|&k| ReportId::of(&[&(k as u32).to_be_bytes()]));
        let place = |k: usize| order.iter().position(|&o| o == k).unwrap();
        let placed = pairs.iter().map(|p| {
            let (a, b) = (place(p.a), place(p.b));
            Pair { a: a.min(b), b: a.max(b), score: p.score }
        });
        let placed: Vec<Pair> = placed.collect();
        let expected = obvious_linkage(n, &placed, THRESHOLD);
        let expected = expected.iter().map(|g| g.iter().map(|&at| order[at]).collect()).collect();
        let found = graph.stories();
        let found = found.iter().map(|g| g.iter().map(|slot| slot.index()).collect()).collect();
        assert_eq!(tidy(found), tidy(expected), "round {round}");
    }
}

/// Catches days that are looked up on one side only.
#[test]
fn reports_of_two_seasons_are_not_compared_and_undated_ones_with_all() {
    // The undated one shares no word with the others, and is found by its meaning.
    let dated = |day: Option<&str>| {
        let mut document = if day.is_some() { flood() } else { flood_translated() };
        let draft = Draft::new("flood", "pl");
        let draft = day.into_iter().fold(draft, |draft, day| draft.published(day));
        document.report.published = draft.document().report.published;
        profile(&document)
    };
    let mut grouping = Grouping::default();
    let days =
        [Some("2031-03-04"), None, Some("2031-06-04"), Some("2031-05-20"), Some("2031-02-10")];
    let compared = days.map(|day| {
        let slot = grouping.enter(dated(day));
        grouping.links(slot).iter().map(|link| link.other.index()).collect::<Vec<_>>()
    });
    assert_eq!(compared, [vec![], vec![0], vec![1], vec![1, 2], vec![0, 1]]);
}

/// What `settle` says has changed, and nothing else, has changed.
#[test]
fn what_settling_does_not_name_is_as_it_was() {
    for round in 0..40 {
        let n = 30;
        let paired = Paired::random(n, 7_000 + round);
        let mut fed = paired.fed(&[], 1);
        let mut told: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in shuffled(n, &mut random(round)) {
            fed.add(number);
            for story in fed.grouping.settle() {
                let number = |slot: &Slot| fed.numbers.iter().find(|(s, _)| s == slot).unwrap().1;
                let members: Vec<usize> = story.iter().map(number).collect();
                members.iter().for_each(|&member| {
                    told.insert(member, members.clone());
                });
            }
        }
        let known: BTreeSet<Vec<usize>> = told.into_values().collect();
        assert_eq!(tidy(known.into_iter().collect()), fed.stories(), "round {round}");
    }
}
