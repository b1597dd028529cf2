//! The texts of a story that are related to each other, and what each costs to make from each.

use crate::change;
use crate::gap::missed;
use crate::kin::Kin;
use crate::parts::{Part, parts};
use crate::prices::Prices;
use crate::unit::{Unit, units};
use newstemma_model::{CreditKind, Language};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Related texts, numbered from 0.
pub(crate) struct Family<'k> {
    /// All texts of the story.
    pub(crate) kin: &'k Kin<'k>,
    /// What hypotheses cost.
    pub(crate) prices: &'k Prices,
    /// The texts, as indices into `kin`, ascending.
    pub(crate) members: Vec<usize>,
    /// The text that all others hang under, if this is a part of a larger family: what it was made
    /// from itself, another part tells.
    pub(crate) under: Option<usize>,
    /// What they carry.
    pub(crate) units: Vec<Unit>,
    /// The indices of the units that each text has, ascending.
    pub(crate) carried: Vec<Vec<usize>>,
    /// What the texts have words for.
    pub(crate) words: Vec<f32>,
    steps: BTreeMap<(usize, usize), Step>,
    near: Vec<Vec<usize>>,
    related: Vec<(usize, usize, f32)>,
}

/// Making one text from another.
pub(crate) struct Step {
    /// What each unit costs.
    pub(crate) by_unit: Vec<f32>,
    /// What all together cost.
    pub(crate) sum: f32,
}

impl<'k> Family<'k> {
    /// The families of a story: texts that are related, directly or through others; if these are
    /// many, the parts of a family. Texts related to none are in no family.
    pub(crate) fn all(kin: &'k Kin<'k>, prices: &'k Prices) -> Vec<Family<'k>> {
        let mut open: BTreeSet<usize> = (0..kin.texts.len()).collect();
        let mut found = Vec::new();
        while let Some(first) = open.pop_first() {
            let (mut members, mut next) = (vec![first], 0);
            while let Some(&text) = members.get(next) {
                let own = kin.relatives[text].iter().copied();
                members.extend(own.filter(|relative| open.remove(relative)));
                next += 1;
            }
            if members.len() > 1 {
                members.sort_unstable();
                let parts = parts(kin, prices, members);
                found.extend(parts.into_iter().map(|part| Family::of(kin, prices, part)));
            }
        }
        found
    }

    fn of(kin: &'k Kin<'k>, prices: &'k Prices, part: Part) -> Family<'k> {
        let members = part.texts;
        let under = part.under.and_then(|text| members.binary_search(&text).ok());
        let units = units(kin, &members);
        let mut carried = vec![Vec::new(); members.len()];
        let mut words = vec![0.0f32; members.len()];
        for (number, unit) in units.iter().enumerate() {
            for reading in &unit.readings {
                carried[reading.text].push(number);
                words[reading.text] += reading.words;
            }
        }
        let (steps, related) = (BTreeMap::new(), Vec::new());
        let near = vec![Vec::new(); members.len()];
        let mut family =
            Family { kin, prices, members, under, units, carried, words, steps, near, related };
        family.price_steps();
        family
    }

    fn price_steps(&mut self) {
        let n = self.members.len();
        for a in 0..n {
            for b in a + 1..n {
                if self.kin.pair(self.members[a], self.members[b]).is_none() {
                    continue;
                }
                let (forth, back) = self.both_ways(a, b);
                self.steps.insert((b, a), forth);
                self.steps.insert((a, b), back);
                self.near[a].push(b);
                self.near[b].push(a);
                let probability = self.kin.probability(self.members[a], self.members[b]);
                self.related.push((a, b, probability));
            }
        }
        for text in 0..n {
            let mut near = std::mem::take(&mut self.near[text]);
            let sum = |other: usize| self.steps.get(&(text, other)).map_or(0.0, |s| s.sum);
            near.sort_by(|&x, &y| sum(x).total_cmp(&sum(y)).then(x.cmp(&y)));
            self.near[text] = near;
        }
    }

    /// Making `b` from `a`, and `a` from `b`.
    fn both_ways(&self, a: usize, b: usize) -> (Step, Step) {
        let (x, y) = (self.members[a], self.members[b]);
        let foreign = self.language(a) != self.language(b);
        let prices = self.prices;
        let missed_of = |own: usize, other: usize| {
            if foreign {
                missed(self.kin, self.members[own], self.members[other])
            } else {
                Vec::new()
            }
        };
        let (missed_a, missed_b) = (missed_of(a, b), missed_of(b, a));
        let only = |unit: &Unit, text: usize, missed: &[bool]| {
            let Some(own) = unit.reading(text) else { return (0.0, 0.0) };
            let all = !missed.is_empty() && own.lines.clone().all(|line| missed[line]);
            let each = if all { prices.missed } else { prices.gained };
            (each * own.words, prices.left_out * own.words)
        };
        let (mut forth, mut back) = (Vec::new(), Vec::new());
        for unit in &self.units {
            let (to_b, to_a) = match (unit.reading(a), unit.reading(b)) {
                (Some(first), Some(second)) => {
                    change::costs(self.kin, prices, (x, first), (y, second))
                }
                (Some(_), None) => {
                    let (gained, left_out) = only(unit, a, &missed_a);
                    (left_out, gained)
                }
                (None, _) => only(unit, b, &missed_b),
            };
            forth.push(to_b);
            back.push(to_a);
        }
        let step = |by_unit: Vec<f32>| Step { sum: by_unit.iter().sum(), by_unit };
        (step(forth), step(back))
    }

    /// All pairs of related texts, the lesser first, with the probability that they are.
    pub(crate) fn related(&self) -> &[(usize, usize, f32)] {
        &self.related
    }

    /// How many texts there are.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// Making `child` from `parent`, if they are related.
    pub(crate) fn step(&self, child: usize, parent: usize) -> Option<&Step> {
        self.steps.get(&(child, parent))
    }

    /// The texts that a text is related to, the likeliest exemplar first.
    pub(crate) fn near(&self, text: usize) -> &[usize] {
        &self.near[text]
    }

    /// Whether a text carries a unit.
    pub(crate) fn has(&self, text: usize, unit: usize) -> bool {
        self.units[unit].reading(text).is_some()
    }

    /// The words of a text at a unit; 0 if it does not carry it.
    pub(crate) fn words_at(&self, text: usize, unit: usize) -> f32 {
        self.units[unit].reading(text).map_or(0.0, |r| r.words)
    }

    /// The language of a text.
    pub(crate) fn language(&self, text: usize) -> Language {
        self.kin.texts[self.members[text]].document.report.language
    }

    /// Whether a text is known to have been published before another.
    pub(crate) fn is_earlier(&self, text: usize, other: usize) -> bool {
        self.kin.order(self.members[text], self.members[other]) == Some(Ordering::Less)
    }

    /// The agencies that a text names, and how.
    pub(crate) fn agencies(&self, text: usize) -> impl Iterator<Item = (&str, CreditKind)> {
        let credits = &self.kin.texts[self.members[text]].document.report.credits;
        let told = credits.iter().filter(|c| c.kind != CreditKind::Picture);
        told.map(|c| (c.agency.as_str(), c.kind))
    }
}
