//! Monotone alignment of two lists of sentences by dynamic programming.
//!
//! *Problem*: cut two lists of sentences into beads, each joining a run of one with a run of the
//! other (1–1, 1–2, 2–1, … ) or leaving a sentence alone, in the same order on both sides, so
//! that the beads' gain is greatest. *Naively* this takes time and memory in the product of the
//! lengths. *Idea* (Thompson & Koehn 2019, Vecalign; after Salvador & Chan 2007): align first at
//! half the resolution, each pair of neighbours by the sum of their vectors, down to a size that
//! the full table can take; then refine in a band around the coarser path. *Cost*: linear in the
//! length for a band of fixed width; a byte and a float a cell.
//!
//! The vector of a run is the sum of its sentences' vectors, so its similarity follows from the
//! sentence by sentence products, which are computed once:
//! `cos(Σx, Σy) = ΣΣ x·y ⁄ (|Σx| |Σy|)`. Unlike Vecalign, beads have a *gain* and sentences that
//! stand alone have none, so that of two texts that share little, little is aligned.

use newstemma_model::dot;
use std::ops::Range;

/// Two runs of sentences that carry the same text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bead {
    /// The run in the first list.
    pub(crate) a: Range<usize>,
    /// The run in the second.
    pub(crate) b: Range<usize>,
}

/// The most sentences of one side in a bead, and of both sides together.
pub(crate) const RUN_MAX: usize = 5;
const SIZE_MAX: usize = 6;

/// Cells of a table that is filled without a band.
const CELLS_FULL: usize = 4_000_000;
/// Half the width of the band around a coarser path.
const BAND: usize = 16;

/// What the table needs to know of the two lists.
pub(crate) trait Gains {
    /// Lengths of the two lists.
    fn lengths(&self) -> (usize, usize);
    /// The vectors of the two lists, for the coarse paths.
    fn vectors(&self) -> (Vec<&[f32]>, Vec<&[f32]>);
    /// The similarity of a sentence of each, from which gains are made.
    fn cell(&self, i: usize, j: usize) -> f32;
    /// The gain of a bead, given the similarities of the sentences in it; −∞ if it is seen early
    /// that it is not more than `least`.
    fn gain(
        &self,
        a: Range<usize>,
        b: Range<usize>,
        cells: &dyn Fn(usize, usize) -> f32,
        least: f32,
    ) -> f32;
}

/// The beads of greatest gain, in order, of which some pairs of sentences are given. Beads of no
/// gain are not among them. If an `earlier` alignment is known, only its neighbourhood is searched.
pub(crate) fn beads_between(
    gains: &dyn Gains,
    given: &[(usize, usize)],
    earlier: Option<&[Bead]>,
) -> Vec<Bead> {
    let mut found = Vec::new();
    let mut from = (0, 0);
    for &to in given.iter().chain([&gains.lengths()]) {
        let gap = Gap { gains, a: from.0..to.0, b: from.1..to.1 };
        let own = match earlier {
            Some(earlier) => beads_near(&gap, &gap.inside(earlier)),
            None => beads(&gap),
        };
        found.extend(own.iter().map(|bead| gap.placed(bead)));
        if to != gains.lengths() {
            found.push(Bead { a: to.0..to.0 + 1, b: to.1..to.1 + 1 });
        }
        from = (to.0 + 1, to.1 + 1);
    }
    found
}

/// Two stretches of the two lists.
struct Gap<'g> {
    gains: &'g dyn Gains,
    a: Range<usize>,
    b: Range<usize>,
}

impl Gap<'_> {
    /// Those of some beads of the lists that lie in the gap, seen from it.
    fn inside(&self, beads: &[Bead]) -> Vec<Bead> {
        let first = beads.partition_point(|bead| bead.a.start < self.a.start);
        let last = beads.partition_point(|bead| bead.a.start < self.a.end).max(first);
        let (i, j) = (self.a.start, self.b.start);
        let seen = |bead: &Bead| Bead {
            a: bead.a.start - i..bead.a.end - i,
            b: bead.b.start - j..bead.b.end - j,
        };
        beads[first..last].iter().map(seen).collect()
    }

    /// A bead of the gap, seen from the lists.
    fn placed(&self, bead: &Bead) -> Bead {
        Bead { a: shifted(&bead.a, self.a.start), b: shifted(&bead.b, self.b.start) }
    }
}

fn shifted(run: &Range<usize>, by: usize) -> Range<usize> {
    run.start + by..run.end + by
}

impl Gains for Gap<'_> {
    fn lengths(&self) -> (usize, usize) {
        (self.a.len(), self.b.len())
    }

    fn vectors(&self) -> (Vec<&[f32]>, Vec<&[f32]>) {
        let (a, b) = self.gains.vectors();
        (a[self.a.clone()].to_vec(), b[self.b.clone()].to_vec())
    }

    fn cell(&self, i: usize, j: usize) -> f32 {
        self.gains.cell(i + self.a.start, j + self.b.start)
    }

    fn gain(
        &self,
        a: Range<usize>,
        b: Range<usize>,
        cells: &dyn Fn(usize, usize) -> f32,
        least: f32,
    ) -> f32 {
        let (i, j) = (self.a.start, self.b.start);
        self.gains.gain(shifted(&a, i), shifted(&b, j), &|x, y| cells(x - i, y - j), least)
    }
}

/// The beads of greatest gain.
fn beads(gains: &dyn Gains) -> Vec<Bead> {
    let (n, m) = gains.lengths();
    if n == 0 || m == 0 {
        return Vec::new();
    }
    let band = if n.saturating_mul(m) <= CELLS_FULL {
        Band::full(n, m)
    } else {
        let (a, b) = gains.vectors();
        Band::around(&coarse_path(&halved(&a), &halved(&b)), n, m)
    };
    best_beads(gains, &band)
}

/// The beads of greatest gain in the neighbourhood of an earlier alignment, which is much smaller
/// than the whole table.
fn beads_near(gains: &dyn Gains, earlier: &[Bead]) -> Vec<Bead> {
    let (n, m) = gains.lengths();
    if n == 0 || m == 0 {
        return Vec::new();
    }
    best_beads(gains, &Band::along(earlier, n, m))
}

/// For each row the columns that the table holds.
struct Band {
    columns: Vec<Range<usize>>,
    offsets: Vec<usize>,
}

impl Band {
    fn full(n: usize, m: usize) -> Band {
        Band::new(vec![0..m; n])
    }

    fn new(columns: Vec<Range<usize>>) -> Band {
        let mut offsets = Vec::with_capacity(columns.len() + 1);
        let mut at = 0;
        for c in &columns {
            offsets.push(at);
            at += c.len();
        }
        offsets.push(at);
        Band { columns, offsets }
    }

    /// The band around a path at half resolution.
    fn around(path: &[Range<usize>], n: usize, m: usize) -> Band {
        let columns = (0..n).map(|i| {
            let coarse = path.get(i / 2).cloned().unwrap_or(0..m.div_ceil(2));
            (2 * coarse.start).saturating_sub(BAND)..(2 * coarse.end + BAND).min(m)
        });
        Band::new(columns.collect())
    }

    /// The band along an alignment: around each bead, and between two beads all that may belong
    /// there.
    fn along(beads: &[Bead], n: usize, m: usize) -> Band {
        let end = Bead { a: n..n, b: m..m };
        let mut columns = Vec::with_capacity(n);
        let mut before = (0, 0);
        for bead in beads.iter().chain([&end]) {
            for row in before.0..bead.a.end {
                let from = if row < bead.a.start { before.1 } else { bead.b.start };
                let to = if row < bead.a.start { bead.b.start } else { bead.b.end };
                // A long stretch without counterpart is not filled corner to corner.
                let far = (row - before.0).max(bead.a.start.saturating_sub(row));
                let to = to.min(from.saturating_add(far.saturating_mul(8) + 4 * BAND));
                columns.push(from.saturating_sub(BAND)..(to + BAND).min(m));
            }
            before = (bead.a.end, bead.b.end);
        }
        Band::new(columns)
    }

    fn at(&self, i: usize, j: usize) -> Option<usize> {
        let columns = self.columns.get(i)?;
        columns.contains(&j).then(|| self.offsets[i] + j - columns.start)
    }

    /// What the first `i` and `j` sentences are worth: nothing before the band begins, and beyond
    /// its end as much as at its end.
    fn value(&self, best: &[f32], i: usize, j: usize) -> f32 {
        let (Some(row), Some(column)) = (i.checked_sub(1), j.checked_sub(1)) else { return 0.0 };
        let columns = &self.columns[row];
        let column = column.min(columns.end.wrapping_sub(1));
        self.at(row, column).map_or(0.0, |k| best[k])
    }

    fn cells(&self) -> usize {
        self.offsets.last().copied().unwrap_or(0)
    }
}

/// The shapes of beads, 1–1 first.
fn shapes() -> Vec<(usize, usize)> {
    let mut shapes: Vec<(usize, usize)> = (1..=RUN_MAX)
        .flat_map(|x| (1..=RUN_MAX).map(move |y| (x, y)))
        .filter(|&(x, y)| x + y <= SIZE_MAX)
        .collect();
    shapes.sort_by_key(|&(x, y)| (x + y, x.abs_diff(y), x));
    shapes
}

const STOP: u8 = 255;
const LEFT: u8 = 254;
const UP: u8 = 253;

fn best_beads(gains: &dyn Gains, band: &Band) -> Vec<Bead> {
    let similar: Vec<f32> = band
        .columns
        .iter()
        .enumerate()
        .flat_map(|(i, columns)| columns.clone().map(move |j| (i, j)))
        .map(|(i, j)| gains.cell(i, j))
        .collect();
    let cell = |i: usize, j: usize| band.at(i, j).map_or(0.0, |k| similar[k]);
    let shapes = shapes();
    // best[i][j]: gain of the first i and j sentences, with i and j inside their band.
    let mut best = vec![0.0f32; band.cells()];
    let mut step = vec![STOP; band.cells()];
    let value = |best: &[f32], i: usize, j: usize| band.value(best, i, j);
    for i in 0..band.columns.len() {
        for j in band.columns[i].clone() {
            let here = band.offsets[i] + j - band.columns[i].start;
            let (mut top, mut how) = (value(&best, i, j + 1), UP);
            let left = value(&best, i + 1, j);
            if left > top {
                (top, how) = (left, LEFT);
            }
            for (s, &(x, y)) in shapes.iter().enumerate() {
                if x > i + 1 || y > j + 1 {
                    continue;
                }
                let before = value(&best, i + 1 - x, j + 1 - y);
                let least = (top - before).max(0.0);
                let (a, b) = (i + 1 - x..i + 1, j + 1 - y..j + 1);
                let gain = gains.gain(a, b, &cell, least);
                if gain > least {
                    (top, how) = (before + gain, s as u8);
                }
            }
            best[here] = top;
            step[here] = how;
        }
    }
    trace(gains.lengths(), band, &shapes, &step)
}

fn trace(
    (mut i, mut j): (usize, usize),
    band: &Band,
    shapes: &[(usize, usize)],
    step: &[u8],
) -> Vec<Bead> {
    let mut found = Vec::new();
    while i > 0 && j > 0 {
        let Some(here) = band.at(i - 1, j - 1) else {
            // Outside the band: go back to it.
            if band.columns[i - 1].end < j {
                j -= 1
            } else {
                i -= 1
            }
            continue;
        };
        match step[here] {
            UP => i -= 1,
            LEFT => j -= 1,
            STOP => break,
            s => {
                let (x, y) = shapes[s as usize];
                found.push(Bead { a: i - x..i, b: j - y..j });
                i -= x;
                j -= y;
            }
        }
    }
    found.reverse();
    found
}

/// Sums of neighbouring vectors, two by two, of unit length.
fn halved(rows: &[&[f32]]) -> Vec<Vec<f32>> {
    rows.chunks(2)
        .map(|pair| {
            let mut sum = pair[0].to_vec();
            if let Some(second) = pair.get(1).filter(|s| s.len() == sum.len()) {
                sum.iter_mut().zip(*second).for_each(|(x, y)| *x += y);
            }
            let length = dot(&sum, &sum).sqrt().max(1e-9);
            sum.iter_mut().for_each(|x| *x /= length);
            sum
        })
        .collect()
}

/// The columns that the best 1–1 path visits in each row. Not recursive: the levels are kept in a
/// list and worked off from the coarsest.
fn coarse_path(a: &[Vec<f32>], b: &[Vec<f32>]) -> Vec<Range<usize>> {
    let mut levels = vec![(a.to_vec(), b.to_vec())];
    while let Some((a, b)) = levels.last().filter(|(a, b)| a.len() * b.len() > CELLS_FULL) {
        let refs = |rows: &[Vec<f32>]| -> Vec<Vec<f32>> {
            halved(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        let next = (refs(a), refs(b));
        levels.push(next);
    }
    let mut path: Option<Vec<Range<usize>>> = None;
    for (a, b) in levels.iter().rev() {
        let band = match &path {
            None => Band::full(a.len(), b.len()),
            Some(path) => Band::around(path, a.len(), b.len()),
        };
        path = Some(path_in(a, b, &band));
    }
    path.unwrap_or_default()
}

fn path_in(a: &[Vec<f32>], b: &[Vec<f32>], band: &Band) -> Vec<Range<usize>> {
    // The least similarity that counts as a step forward, here only to break ties.
    const FLOOR: f32 = 0.3;
    let mut best = vec![0.0f32; band.cells()];
    let mut step = vec![STOP; band.cells()];
    let value = |best: &[f32], i: usize, j: usize| band.value(best, i, j);
    for (i, row) in a.iter().enumerate() {
        for j in band.columns[i].clone() {
            let here = band.offsets[i] + j - band.columns[i].start;
            let gain = (dot(row, &b[j]) - FLOOR).max(0.0);
            let choices = [
                (value(&best, i, j) + gain, 0),
                (value(&best, i, j + 1), UP),
                (value(&best, i + 1, j), LEFT),
            ];
            (best[here], step[here]) =
                choices.into_iter().fold((-1.0, STOP), |top, c| if c.0 > top.0 { c } else { top });
        }
    }
    let mut visited: Vec<Option<Range<usize>>> = vec![None; a.len()];
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 && j > 0 {
        let row = visited[i - 1].get_or_insert(j - 1..j);
        *row = row.start.min(j - 1)..row.end.max(j);
        match band.at(i - 1, j - 1).map(|k| step[k]) {
            Some(UP) => i -= 1,
            Some(LEFT) => j -= 1,
            Some(0) => (i, j) = (i - 1, j - 1),
            _ if band.columns[i - 1].end < j => j -= 1,
            _ => i -= 1,
        }
    }
    // Rows that the path did not reach lie at the beginning.
    visited.into_iter().map(|row| row.unwrap_or(0..1)).collect()
}
