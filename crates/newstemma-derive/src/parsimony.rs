//! What a hypothesis costs: the words that had to be written for it.
//!
//! *Problem*: of all trees over the extant texts, with lost ones where they help, which explains
//! the texts best? *Idea*: the tree under which least had to be done by hand (maximum parsimony,
//! after Sankoff 1975 for the readings of lost texts; Robinson & O'Hara 1996 for traditions of
//! texts). Words enter with a text that has no exemplar; what a text does not have from its
//! exemplar was added, changed ([`crate::change`]) or taken from elsewhere; two texts that are
//! related cannot both have invented the same passage; nothing is made from what was published
//! later; a lost text is only assumed if it spares more than its price.
//!
//! The readings of a lost text are chosen so that it and its children cost least, unit by unit:
//! one of its neighbours' readings, a wording that nobody kept, or nothing. Since lost texts do not
//! touch, this is exact, and depends only on the neighbours, so it is computed once for each set
//! of them. *Cost*: units × neighbours² for a new set, else the number of texts.

use crate::family::Family;
use crate::prices::Prices;
use crate::tree::Tree;
use newstemma_model::CreditKind;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Prices the hypotheses of one family.
pub(crate) struct Parsimony<'f, 'k> {
    pub(crate) family: &'f Family<'k>,
    price: &'f Prices,
    origins: Vec<f32>,
    lost: BTreeMap<Neighbours, Rc<Lost>>,
}

/// What a lost text's readings follow from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Neighbours {
    parent: Option<usize>,
    /// The children, each with those that it took blocks from.
    children: Vec<(usize, Vec<usize>)>,
}

/// The readings of a lost text, and what it and its children cost for them.
struct Lost {
    cost: f32,
    readings: Vec<State>,
}

/// What a lost text has at a unit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Nothing,
    /// A wording that no neighbour kept.
    Unknown,
    /// The reading of this text.
    Of(usize),
}

impl<'f, 'k> Parsimony<'f, 'k> {
    pub(crate) fn new(family: &'f Family<'k>) -> Self {
        let price = family.prices;
        let origins = family.words.iter().map(|words| price.origin * words).collect();
        Parsimony { family, price, origins, lost: BTreeMap::new() }
    }

    /// What a hypothesis costs, in words.
    pub(crate) fn cost(&mut self, tree: &Tree) -> f32 {
        let mut sum = 0.0;
        // Where units enter the story: the unit and the text whose reading it is.
        let mut entered: Vec<(usize, usize)> = Vec::new();
        for text in 0..tree.texts {
            let family = self.family;
            let elsewhere = |unit: usize| tree.further[text].iter().any(|&s| family.has(s, unit));
            let own = family.carried[text].iter().filter(|&&unit| !elsewhere(unit));
            match tree.parent[text] {
                // Words of its own are what makes a text an original; that some of them are taken
                // from elsewhere does not make the others cheaper.
                None => {
                    sum += self.origins[text];
                    entered.extend(own.map(|&unit| (unit, text)));
                }
                Some(parent) if tree.is_lost(parent) => {}
                Some(parent) => {
                    sum += self.made(text, parent, &tree.further[text]);
                    let gained = own.filter(|&&unit| !family.has(parent, unit));
                    entered.extend(gained.map(|&unit| (unit, text)));
                }
            }
            sum += self.history(tree, text);
            for &source in &tree.further[text] {
                sum += match tree.parent[text] {
                    Some(parent) if self.family.step(parent, source).is_none() => {
                        self.price.further
                    }
                    _ => self.price.further_kin,
                };
            }
        }
        for node in tree.lost() {
            let children: Vec<usize> = tree.children(node).collect();
            sum += self.assumed(tree.parent[node], &children);
            let lost = self.lost_text(tree, node, children);
            sum += lost.cost;
            self.enter(tree, node, &lost, &mut entered);
        }
        sum + self.invented_twice(entered) + self.torn_apart(tree)
    }

    /// The price of related texts that have nothing in common above them.
    fn torn_apart(&self, tree: &Tree) -> f32 {
        let lineages = tree.lineages();
        let meet =
            |a: usize, b: usize| lineages[a].iter().zip(&lineages[b]).any(|(x, y)| x & y != 0);
        let apart = self.family.related().iter().filter(|&&(a, b, _)| !meet(a, b));
        self.price.torn_apart * apart.map(|&(_, _, probability)| probability).sum::<f32>()
    }

    /// Making `text` from `parent`, with blocks from elsewhere.
    fn made(&self, text: usize, parent: usize, further: &[usize]) -> f32 {
        let Some(step) = self.family.step(text, parent) else {
            return self.price.gained * self.family.words[text];
        };
        if further.is_empty() {
            return step.sum;
        }
        // A block is what the first exemplar has not; whoever has it at all has it from there.
        let each = step.by_unit.iter().enumerate().map(|(unit, &cost)| {
            if self.family.has(parent, unit) {
                cost
            } else {
                cost.min(self.taken_from(text, unit, further))
            }
        });
        each.sum()
    }

    /// The reading of `text` at a unit, made from those that it took blocks from.
    fn taken_from(&self, text: usize, unit: usize, further: &[usize]) -> f32 {
        let from = |&source: &usize| match self.family.step(text, source) {
            Some(step) if self.family.has(text, unit) && self.family.has(source, unit) => {
                step.by_unit[unit]
            }
            _ => f32::INFINITY,
        };
        further.iter().map(from).fold(f32::INFINITY, f32::min)
    }

    /// What order in time and a chain of languages have against a text's place.
    fn history(&self, tree: &Tree, text: usize) -> f32 {
        let Some(source) = tree.extant_above(text) else { return 0.0 };
        let mut sum = 0.0;
        if self.family.is_earlier(text, source) {
            sum += self.price.too_early * self.family.words[text];
        }
        let language = self.family.language(text);
        if self.family.language(source) != language {
            if tree.parent[text] == Some(source) {
                sum += self.price.translation;
            }
            let mut above = tree.ancestors(source).filter(|&a| !tree.is_lost(a));
            if above.any(|a| self.family.language(a) == language) {
                sum += self.price.back;
            }
        }
        sum
    }

    /// The price of assuming a lost text with these neighbours.
    fn assumed(&self, parent: Option<usize>, children: &[usize]) -> f32 {
        let family = self.family;
        let languages: BTreeSet<_> = children.iter().map(|&c| family.language(c)).collect();
        let shortest = children.iter().map(|&c| family.words[c]).fold(f32::INFINITY, f32::min);
        let each =
            if languages.len() > 1 { self.price.lost_each_foreign } else { self.price.lost_each };
        let mut assumed = self.price.lost + each * shortest;
        if parent.is_none() {
            assumed = self.credited(children, assumed);
        }
        let count = |l| children.iter().filter(|&&c| family.language(c) == l).count();
        let parents = parent.map(|p| family.language(p));
        let kept = parents.filter(|l| languages.contains(l)).map(count);
        let home = kept.or_else(|| languages.iter().map(|&l| count(l)).max()).unwrap_or(0);
        let turned = children.len() - home + usize::from(parents.is_some() && kept.is_none());
        assumed
            + self.price.child_of_lost * children.len() as f32
            + self.price.translation * turned as f32
    }

    /// The price of a lost text, less if its children name an agency that may have written it.
    fn credited(&self, children: &[usize], assumed: f32) -> f32 {
        let mut naming: BTreeMap<&str, (BTreeSet<usize>, BTreeSet<_>)> = BTreeMap::new();
        for &child in children {
            for (agency, kind) in self.family.agencies(child) {
                let (texts, heard) = naming.entry(agency).or_default();
                texts.insert(child);
                if kind == CreditKind::Mention {
                    heard.insert(self.family.language(child));
                }
            }
        }
        let prices = naming.values().filter(|(texts, _)| texts.len() > 1).map(|(_, heard)| {
            match heard.len() {
                0 | 1 => self.price.lost_credited * assumed,
                languages => -self.price.heard_by_agency * languages as f32,
            }
        });
        prices.fold(assumed, f32::min)
    }

    fn lost_text(&mut self, tree: &Tree, node: usize, children: Vec<usize>) -> Rc<Lost> {
        let parent = tree.parent[node];
        let children = children.into_iter().map(|c| (c, tree.further[c].clone())).collect();
        let neighbours = Neighbours { parent, children };
        if let Some(known) = self.lost.get(&neighbours) {
            return Rc::clone(known);
        }
        let mut lost = Lost { cost: 0.0, readings: Vec::with_capacity(self.family.units.len()) };
        for unit in 0..self.family.units.len() {
            let (cost, state) = self.best_reading(&neighbours, unit);
            lost.cost += cost;
            lost.readings.push(state);
        }
        let lost = Rc::new(lost);
        self.lost.insert(neighbours, Rc::clone(&lost));
        lost
    }

    fn best_reading(&self, near: &Neighbours, unit: usize) -> (f32, State) {
        let texts = near.children.iter().map(|c| c.0).chain(near.parent);
        let own = texts.filter(|&t| self.family.has(t, unit)).map(State::Of);
        let states = [State::Nothing, State::Unknown].into_iter().chain(own);
        let mut best = (f32::INFINITY, State::Nothing);
        for state in states {
            let below: f32 =
                near.children.iter().map(|c| self.made_from_lost(c, unit, state)).sum();
            let cost = below + self.lost_made_from(near.parent, unit, state);
            if cost < best.0 {
                best = (cost, state);
            }
        }
        best
    }

    /// The reading of a lost text, made from its exemplar or from nothing.
    fn lost_made_from(&self, parent: Option<usize>, unit: usize, state: State) -> f32 {
        let family = self.family;
        let words = match state {
            State::Nothing => 0.0,
            State::Unknown => family.units[unit].words(),
            State::Of(text) => family.words_at(text, unit),
        };
        let Some(parent) = parent else { return self.price.origin * words };
        match state {
            State::Nothing => self.price.left_out * family.words_at(parent, unit),
            _ if !family.has(parent, unit) => self.price.gained * words,
            State::Unknown => self.price.unknown * family.words_at(parent, unit),
            State::Of(text) => self.changed(parent, text, unit),
        }
    }

    /// The reading of a child of a lost text, made from that text's.
    fn made_from_lost(
        &self,
        (child, further): &(usize, Vec<usize>),
        unit: usize,
        state: State,
    ) -> f32 {
        let family = self.family;
        let words = family.words_at(*child, unit);
        let has = family.has(*child, unit);
        match state {
            State::Nothing if has => {
                (self.price.gained * words).min(self.taken_from(*child, unit, further))
            }
            State::Nothing => 0.0,
            State::Unknown if has => self.price.unknown * words,
            State::Unknown => self.price.left_out * family.units[unit].words(),
            State::Of(text) if has => self.changed(text, *child, unit),
            State::Of(text) => self.price.left_out * family.words_at(text, unit),
        }
    }

    /// One text's reading made from another's. Readings of texts that are not related have nothing
    /// to do with each other.
    fn changed(&self, from: usize, to: usize, unit: usize) -> f32 {
        match self.family.step(to, from) {
            _ if from == to => 0.0,
            Some(step) => step.by_unit[unit],
            None => self.family.words_at(to, unit),
        }
    }

    /// What enters the story with a lost text, and with its children.
    fn enter(&self, tree: &Tree, node: usize, lost: &Lost, entered: &mut Vec<(usize, usize)>) {
        let family = self.family;
        let parent = tree.parent[node];
        for (unit, state) in lost.readings.iter().enumerate() {
            match *state {
                State::Of(text) if parent.is_none_or(|p| !family.has(p, unit)) => {
                    entered.push((unit, text));
                }
                State::Nothing => {
                    let own = tree.children(node).filter(|&c| {
                        let elsewhere = || tree.further[c].iter().any(|&s| family.has(s, unit));
                        family.has(c, unit) && !elsewhere()
                    });
                    entered.extend(own.map(|c| (unit, c)));
                }
                _ => {}
            }
        }
    }

    /// The price of units that enter the story at several places, as far as they are the same.
    fn invented_twice(&self, mut entered: Vec<(usize, usize)>) -> f32 {
        entered.sort_unstable();
        entered.dedup();
        let mut sum = 0.0;
        for same in entered.chunk_by(|x, y| x.0 == y.0) {
            for (at, &(unit, text)) in same.iter().enumerate().skip(1) {
                let words = self.family.words_at(text, unit);
                let spared = |&(_, other): &(usize, usize)| words - self.changed(other, text, unit);
                sum += same[..at].iter().map(spared).fold(0.0, f32::max);
            }
        }
        self.price.again * sum
    }
}
