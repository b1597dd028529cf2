//! Feeds a stream of reports to a collection and prints what each step cost.
//!
//! ```text
//! cargo run --release -p newstemma-collection --example growth -- STREAM.jsonl STORE \
//!     [--step 100000] [--at-once 64] [--vectors OTHER-STORE]
//! ```
//!
//! For each step: seconds by the clock and of the processor, milliseconds from report to story (a
//! report waits for those that are added with it), peak memory of the process so far, size of the file.
//! At the end, what adding the last step again costs. With `--vectors` the sentence vectors of a
//! collection that was fed the same are there beforehand: what is measured then is all but the
//! encoder. Two threads. Linux only, for memory and processor time come from `/proc`.
// A measuring tool, no stage.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use newstemma_collection::Writer;
use newstemma_embed::Encoder;
use newstemma_model::{Content, Given, Page};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::num::NonZeroUsize;
use std::path::Path;
use std::time::{Duration, Instant};

const NOW: &str = "2031-03-01T00:00:00Z";
const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    let number = |name: &str, default: usize| option(name).map_or(Ok(default), |n| n.parse());
    let [stream, store, ..] = arguments.as_slice() else { return Err("STREAM STORE".into()) };
    let (step, at_once) = (number("--step", 100_000)?, number("--at-once", 64)?);
    let store = Path::new(store);
    let encoder = Encoder::embedded()?;
    if let Some(other) = option("--vectors") {
        drop(Writer::create(store)?);
        copy_vectors(Path::new(other), store)?;
    }
    let mut writer = Writer::create(store)?;
    println!("reports  seconds    cpu   p50 ms   p99 ms  longest  MB memory  MB file");
    let mut lines = BufReader::new(File::open(stream)?).lines();
    let (mut reports, mut last) = (0, Vec::new());
    loop {
        let lines: Vec<String> = lines.by_ref().take(step).collect::<Result<_, _>>()?;
        if lines.is_empty() {
            break;
        }
        let pages: Vec<Page> = lines.iter().map(|line| page(line)).collect::<Result<_, _>>()?;
        let (start, processor) = (Instant::now(), processor_seconds()?);
        let mut waits = Vec::with_capacity(pages.len());
        for pages in pages.chunks(at_once) {
            let begin = Instant::now();
            writer.add(pages, NOW, &encoder, TWO)?;
            waits.extend(std::iter::repeat_n(begin.elapsed(), pages.len()));
        }
        let seconds = start.elapsed().as_secs_f64();
        reports += pages.len();
        waits.sort_unstable();
        let share = |share: usize| milliseconds(waits[(waits.len() - 1) * share / 100]);
        println!(
            "{reports:7} {seconds:8.1} {:6.1} {:8.2} {:8.2} {:8.2} {:10.0} {:8.0}",
            processor_seconds()? - processor,
            share(50),
            share(99),
            share(100),
            peak_megabytes()?,
            std::fs::metadata(store.join("collection.db"))?.len() as f64 / 1e6,
        );
        last = pages;
    }
    let start = Instant::now();
    for pages in last.chunks(at_once) {
        writer.add(pages, NOW, &encoder, TWO)?;
    }
    let again = milliseconds(start.elapsed()) / last.len() as f64;
    println!("a known report again: {again:.4} ms");
    Ok(())
}

/// A report of the stream.
fn page(line: &str) -> Result<Page, Box<dyn Error>> {
    let record: serde_json::Value = serde_json::from_str(line)?;
    let field = |name: &str| record[name].as_str().map(str::to_owned);
    let given =
        Given { published: field("published"), outlet: field("outlet"), ..Given::default() };
    Ok(Page {
        reference: field("id").ok_or("a report without an id")?,
        content: Content::Text(field("text").ok_or("a report without text")?),
        given,
        sha256: Sha256::digest(line).into(),
    })
}

fn copy_vectors(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let db = rusqlite::Connection::open(to.join("collection.db"))?;
    let from = from.join("collection.db");
    db.execute("ATTACH ? AS other", [from.to_string_lossy()])?;
    db.execute("INSERT INTO vectors SELECT * FROM other.vectors", [])?;
    Ok(())
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// The most memory that the process has held.
fn peak_megabytes() -> Result<f64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}

/// Time of the processor so far, of all threads.
fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    /// Linux counts in hundredths of a second, whatever the machine.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // Behind the name, which ends with a bracket, times of user and system are the 12th and 13th.
    let (_, fields) = stat.rsplit_once(')').ok_or("no name in /proc/self/stat")?;
    let times = fields.split_whitespace().skip(11).take(2);
    let ticks: f64 = times.map(str::parse::<f64>).sum::<Result<f64, _>>()?;
    Ok(ticks / TICKS)
}
