//! Lines of text: the reports of a story by common descent.

use crate::pipeline::StoryAccount;
use newstemma_model::{Node, ReportId};
use std::collections::BTreeMap;

/// The lines of text of a story: reports that derive from one another or from a lost text, each
/// line in the story's order, the line of the earliest report first.
///
/// A line is a connected part of the stemma, whatever the direction of its edges. A report that
/// draws on two texts thereby joins their lines, though these owe nothing to each other: the
/// number of lines is never too high, which is the side on which it may err.
///
/// Cost: near-linear in edges (union by index with path halving).
pub fn lines_of_text(told: &StoryAccount) -> Vec<Vec<ReportId>> {
    let mut index: BTreeMap<Node, usize> = BTreeMap::new();
    for &report in &told.story.reports {
        let next = index.len();
        index.entry(Node::Report(report)).or_insert(next);
    }
    let mut up: Vec<usize> = (0..index.len()).collect();
    for edge in &told.stemma.derivations {
        let mut place = |node| {
            let next = index.len();
            *index.entry(node).or_insert_with(|| {
                up.push(next);
                next
            })
        };
        let (child, parent) = (place(edge.child), place(edge.parent));
        let (a, b) = (root(&mut up, child), root(&mut up, parent));
        // The lesser index leads, so that a line is found by its earliest report.
        up[a.max(b)] = a.min(b);
    }
    let mut lines: BTreeMap<usize, Vec<ReportId>> = BTreeMap::new();
    for &report in &told.story.reports {
        let lead = root(&mut up, index[&Node::Report(report)]);
        lines.entry(lead).or_default().push(report);
    }
    lines.into_values().collect()
}

fn root(up: &mut [usize], mut at: usize) -> usize {
    while up[at] != at {
        up[at] = up[up[at]];
        at = up[at];
    }
    at
}
