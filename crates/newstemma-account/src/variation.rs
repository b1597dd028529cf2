//! Places of variation: what all reports of a family read where two of them part.
//!
//! Changes are found between two aligned passages ([`crate::change`]). Here each place that is
//! changed anywhere is followed through the alignments into all other reports that have the
//! passage, whether they read the one or the other, so that it is seen as a whole: which reports
//! read what. A place is carried over by the tokens that are the same on both sides, or, between
//! languages, by the value that stands on both.
//!
//! Cost: one comparison of two passages an alignment, and one more for each place and report that
//! it is carried to.

use crate::change::{Bead, Marks, changes};
use crate::context::Context;
use crate::site::{Reading, Site};
use crate::stance::polar_count;
use crate::union::Groups;
use crate::version::compare_versions;
use newstemma_language::Polarity;
use newstemma_model::{DifferenceKind, Span};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One place of variation: its sites, by document.
#[derive(Clone, Debug)]
pub(crate) struct Variation {
    pub(crate) kind: DifferenceKind,
    pub(crate) sites: Vec<Site>,
}

/// Most sites that are followed in one story: a bound for families of thousands of reports.
const SITES_MAX: usize = 200_000;

/// Finds the places of variation of a story.
pub(crate) fn variations(context: &Context<'_>) -> Vec<Variation> {
    let beads = beads(context);
    let marks = Marks::of(context);
    let mut places = Places::default();
    for bead in &beads {
        for (a, b) in changes(context, &marks, bead) {
            let (a, b) = (places.add(a), places.add(b));
            places.groups.join(a, b);
        }
    }
    places.seen = places.sites.len();
    places.follow(context, &beads);
    places.into_variations()
}

fn beads(context: &Context<'_>) -> Vec<Bead> {
    let alignments = context.alignments();
    let bead = |a: &newstemma_model::Alignment| {
        let side = |at: newstemma_model::Located| Some((context.document_of(at.report)?, at.span));
        Some(Bead { a: side(a.a)?, b: side(a.b)? })
    };
    alignments.filter_map(bead).filter(|b| b.a.0 != b.b.0).collect()
}

/// Sites, each once, in groups that are one place.
struct Places {
    /// Those that were seen to differ from another one, then those that places were carried to.
    sites: Vec<Site>,
    seen: usize,
    index: BTreeMap<(usize, Span, DifferenceKind), usize>,
    groups: Groups,
}

impl Default for Places {
    fn default() -> Self {
        Places { sites: Vec::new(), seen: 0, index: BTreeMap::new(), groups: Groups::new(0) }
    }
}

impl Places {
    fn add(&mut self, site: Site) -> usize {
        let key = (site.document, site.span, site.kind);
        if let Some(&known) = self.index.get(&key) {
            return known;
        }
        self.sites.push(site);
        let new = self.groups.push();
        self.index.insert(key, new);
        new
    }

    /// Carries each site to all passages that are aligned with its own, and on from there.
    fn follow(&mut self, context: &Context<'_>, beads: &[Bead]) {
        let mut of_document: BTreeMap<usize, Vec<(Span, Bead)>> = BTreeMap::new();
        for bead in beads {
            let turned = Bead { a: bead.b, b: bead.a };
            of_document.entry(bead.a.0).or_default().push((bead.a.1, *bead));
            of_document.entry(bead.b.0).or_default().push((bead.b.1, turned));
        }
        let mut open: VecDeque<usize> = (0..self.sites.len()).collect();
        while let Some(at) = open.pop_front() {
            if self.sites.len() > SITES_MAX {
                break;
            }
            let site = self.sites[at].clone();
            for (span, bead) in of_document.get(&site.document).into_iter().flatten() {
                if !span.contains(site.span) {
                    continue;
                }
                let Some(carried) = carry(context, bead, &site) else { continue };
                let known = self.sites.len();
                let there = self.add(carried);
                self.groups.join(at, there);
                if there == known {
                    open.push_back(there);
                }
            }
        }
    }

    fn into_variations(mut self) -> Vec<Variation> {
        let groups = self.groups.all();
        let variation = |group: Vec<usize>| {
            // A value that stands twice in a report can be carried to the wrong place; what was
            // seen to differ is surer.
            let is_seen = |&i: &usize| i < self.seen;
            let surer: BTreeSet<usize> =
                group.iter().filter(|&i| is_seen(i)).map(|&i| self.sites[i].document).collect();
            let kept =
                group.iter().filter(|&i| is_seen(i) || !surer.contains(&self.sites[*i].document));
            let mut sites: Vec<Site> = kept.map(|&i| self.sites[i].clone()).collect();
            sites.sort_by_key(|s| (s.document, s.span));
            Variation { kind: sites[0].kind, sites }
        };
        groups.into_iter().map(variation).collect()
    }
}

/// The same place in the other passage of a bead, if it reads the same there.
fn carry(context: &Context<'_>, bead: &Bead, site: &Site) -> Option<Site> {
    match compare_versions(context, bead) {
        Some(compared) => {
            let covered = |t: &crate::wording::Token| t.span.overlap(site.span) > 0;
            let from = compared.a.iter().position(covered)?;
            let to = compared.a.iter().rposition(covered)?;
            let pairs: BTreeMap<usize, usize> = compared.comparison.same.iter().copied().collect();
            let (first, last) = (*pairs.get(&from)?, *pairs.get(&to)?);
            let unbroken = last - first == to - from && (from..=to).all(|i| pairs.contains_key(&i));
            // A denial put in beside the words would be missed.
            let beside = compared.comparison.changes.iter().any(|c| {
                c.b.start == last + 1 || c.b.end == first || c.a.start == to + 1 || c.a.end == from
            });
            let is_polar =
                matches!(site.kind, DifferenceKind::Negation | DifferenceKind::Certainty);
            if !unbroken || (is_polar && beside) {
                return None;
            }
            let span = compared.b[first].span.cover(compared.b[last].span);
            Some(site_at(context, bead.b.0, span, site))
        }
        None => carry_across(context, bead, site),
    }
}

/// The same words in another document: what is read there, or, where nothing was read, what is read
/// here.
fn site_at(context: &Context<'_>, document: usize, span: Span, like: &Site) -> Site {
    let read = match like.reading {
        Reading::Number(_) => Some(Site::figure(context, document, span))
            .filter(|site| matches!(site.reading, Reading::Number(_))),
        Reading::Date(_) => Site::date(context, document, span),
        Reading::Words(_) | Reading::Polar(_) | Reading::Absent => None,
    };
    read.unwrap_or_else(|| Site { document, span, ..like.clone() })
}

/// The one place in a passage of another language that has the same value.
fn carry_across(context: &Context<'_>, bead: &Bead, site: &Site) -> Option<Site> {
    let (document, passage) = bead.b;
    let whole = context.document(document);
    if let Reading::Polar(_) = site.reading {
        return witness_of_denial(context, bead, site);
    }
    let found: Vec<Site> = match &site.reading {
        Reading::Number(_) => {
            let numerals = crate::wording::tokens(context.text(document), passage)
                .into_iter()
                .filter(|t| t.form.chars().all(|c| c.is_ascii_digit()));
            let inside = whole.figures.iter().map(|f| f.span).filter(|f| passage.contains(*f));
            let spans: Vec<Span> = inside.chain(numerals.map(|t| t.span)).collect();
            let mut sites: Vec<Site> = Vec::new();
            for span in spans {
                let site = Site::figure(context, document, span);
                if !sites.contains(&site) {
                    sites.push(site);
                }
            }
            sites
        }
        Reading::Date(_) => {
            let inside = whole.dates.iter().filter(|d| passage.contains(d.span));
            inside.filter_map(|d| Site::date(context, document, d.span)).collect()
        }
        Reading::Words(_) if site.kind == DifferenceKind::Name => {
            let inside = crate::wording::tokens(context.text(document), passage);
            inside.into_iter().map(|t| Site::words(context, document, t.span, site.kind)).collect()
        }
        Reading::Words(_) | Reading::Polar(_) | Reading::Absent => Vec::new(),
    };
    let mut equal = found.into_iter().filter(|other| other.reading.agrees(&site.reading));
    let one = equal.next()?;
    equal.next().is_none().then_some(one)
}

/// Whether a passage in another language denies: it can bear witness where the place in question
/// is the only one in its own passage that could deny.
fn witness_of_denial(context: &Context<'_>, bead: &Bead, site: &Site) -> Option<Site> {
    if site.kind != DifferenceKind::Negation {
        return None;
    }
    let denials = |(document, passage): (usize, Span)| {
        let pack = context.pack_at(document, passage.start());
        let tokens = crate::wording::tokens(context.text(document), passage);
        polar_count(pack, &tokens, 0..tokens.len(), Polarity::Negation)
    };
    let own = usize::from(site.reading == Reading::Polar(true));
    if denials(bead.a) != own {
        return None;
    }
    let (document, span) = bead.b;
    let reading = Reading::Polar(denials(bead.b) > 0);
    Some(Site { document, span, kind: site.kind, reading })
}

impl Variation {
    /// The readings, by number: sites of one reading share one. Readings are numbered by how many
    /// documents have them, most first, ties by the first site.
    pub(crate) fn readings(&self) -> Vec<Vec<usize>> {
        let mut classes: Vec<Vec<usize>> = Vec::new();
        for (i, site) in self.sites.iter().enumerate() {
            let held = classes.iter_mut().find(|c| self.sites[c[0]].reading.agrees(&site.reading));
            match held {
                Some(class) => class.push(i),
                None => classes.push(vec![i]),
            }
        }
        let support = |class: &Vec<usize>| {
            class.iter().map(|&i| self.sites[i].document).collect::<BTreeSet<_>>().len()
        };
        classes.sort_by_key(|c| (std::cmp::Reverse(support(c)), c[0]));
        classes
    }
}
