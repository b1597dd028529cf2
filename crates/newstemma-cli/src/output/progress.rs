//! How far the work has come, on terminals.
//!
//! Nothing is shown of work that is done within a quarter second; after that one line is redrawn
//! at most ten times a second, and wiped away at the end.

use super::Console;
use newstemma_pipeline::Stage;
use std::io::{self, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

const SILENCE: Duration = Duration::from_millis(250);
const INTERVAL: Duration = Duration::from_millis(100);

/// A line of progress; silent where nobody watches.
#[derive(Debug)]
pub(crate) struct Progress {
    line: Option<Mutex<Line>>,
}

#[derive(Debug)]
struct Line {
    next: Instant,
    shown: bool,
}

impl Progress {
    /// Progress to this console.
    pub(crate) fn new(console: &Console) -> Progress {
        let line = Line { next: Instant::now() + SILENCE, shown: false };
        Progress { line: console.is_watched().then_some(Mutex::new(line)) }
    }

    /// Wipes the line away.
    pub(crate) fn finish(&self) {
        let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::lock) else { return };
        if std::mem::take(&mut line.shown) {
            draw("");
        }
    }
}

impl newstemma_pipeline::Progress for Progress {
    fn advance(&self, stage: Stage, done: usize, total: Option<usize>) {
        // Another thread that is drawing tells enough: nobody waits for a line of progress.
        let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::try_lock) else { return };
        let now = Instant::now();
        if now < line.next {
            return;
        }
        line.next = now + INTERVAL;
        line.shown = true;
        let what = match stage {
            Stage::Read => "reading",
            Stage::Cluster => "grouping into stories",
            Stage::Account => "comparing reports",
        };
        match total {
            Some(1) => draw(what),
            Some(total) => draw(&format!("{what}: {done} of {total}")),
            None => draw(&format!("{what}: {done}")),
        }
    }
}

/// Puts the cursor at the start of the line, clears it, and writes.
fn draw(text: &str) {
    let mut stream = io::stderr().lock();
    let _ = write!(stream, "\r\x1b[K{text}");
    let _ = stream.flush();
}
