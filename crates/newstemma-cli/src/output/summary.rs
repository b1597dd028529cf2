//! What a run came to, in one line.

use newstemma_model::Node;
use newstemma_pipeline::{Collection, StoryAccount};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

/// Counts of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    reports: usize,
    stories: usize,
    families: usize,
    skipped: usize,
    time: Duration,
}

impl Summary {
    /// Counts what is in a collection.
    pub(crate) fn of(collection: &Collection, skipped: usize, time: Duration) -> Summary {
        Summary {
            reports: collection.documents.len(),
            stories: collection.stories.len(),
            families: collection.stories.iter().map(families).sum(),
            skipped,
            time,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} · {} · {} of related texts",
            counted(self.reports, "report", "reports"),
            counted(self.stories, "story", "stories"),
            counted(self.families, "group", "groups"),
        )?;
        if self.skipped > 0 {
            write!(f, " · {}", counted(self.skipped, "warning", "warnings"))?;
        }
        write!(f, " · {:.1} s", self.time.as_secs_f64())
    }
}

/// A number with its noun.
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// How many connected parts the stemma has, lone reports aside.
fn families(story: &StoryAccount) -> usize {
    let mut family: BTreeMap<Node, Node> = BTreeMap::new();
    for edge in &story.stemma.derivations {
        let (a, b) = (root(&family, edge.child), root(&family, edge.parent));
        family.entry(edge.child).or_insert(edge.child);
        family.entry(edge.parent).or_insert(edge.parent);
        family.insert(a, b);
    }
    let nodes: Vec<Node> = family.keys().copied().collect();
    nodes.iter().map(|&node| root(&family, node)).collect::<BTreeSet<_>>().len()
}

fn root(family: &BTreeMap<Node, Node>, mut node: Node) -> Node {
    while let Some(&up) = family.get(&node) {
        if up == node {
            break;
        }
        node = up;
    }
    node
}
