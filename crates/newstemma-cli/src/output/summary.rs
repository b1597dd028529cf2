//! What a run came to, in one line.

use newstemma_pipeline::{Collection, StoryAccount, lines_of_text};
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

/// How many lines of text have more than one report.
fn families(story: &StoryAccount) -> usize {
    lines_of_text(story).iter().filter(|line| line.len() > 1).count()
}
