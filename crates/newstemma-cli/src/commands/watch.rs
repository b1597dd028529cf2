//! `newstemma watch`: live sources in, into archives and a collection.

use super::add::Addition;
use super::tell_of_fault;
use crate::failure::{Failure, Outcome, losses};
use crate::output::{Console, Progress, counted};
use clap::{Args, value_parser};
use newstemma_pipeline::{Progress as _, Stage};
use newstemma_watch::{PrivateAddresses, Round, Settings, Watch, World, sources_of};
use std::net::IpAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Fetches what feeds and sitemaps list, round after round, until it is stopped (Ctrl-C).
///
/// A source is the address of a feed (RSS, Atom, JSON Feed), of an OPML list of feeds, of a sitemap, or of
/// a site whose page or robots.txt names such; or a file: OPML, or an address a line. Each round asks every
/// source whether it changed and fetches the pages that are new in it. What was answered is kept in web
/// archives (WARC), from which `newstemma add` makes the same reports again; with --store the pages become
/// reports of a collection at once.
///
/// Only what robots.txt allows is fetched, a host is asked one request at a time, and left alone for as
/// long as it asks. Addresses that are not on the open net are refused, wherever a name or redirect
/// leads. Stop it when you like, and run it again: it goes on from there.
#[derive(Debug, Args)]
pub(crate) struct WatchArgs {
    /// Addresses of feeds, OPML, sitemaps or sites, or files of such addresses
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<String>,
    /// The folder of the collection that pages are added to
    #[arg(long, value_name = "DIR", required_unless_present = "warc")]
    store: Option<PathBuf>,
    /// The folder for archives and what is known of the sources [default: `watch` in that of the
    /// collection]
    #[arg(long, value_name = "DIR")]
    warc: Option<PathBuf>,
    /// Do one round, and end
    #[arg(long, conflicts_with = "every")]
    once: bool,
    /// The time from the begin of a round to that of the next: 90s, 15m, 2h, 1d
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = lasting)]
    every: Duration,
    /// Where you can be reached: an address of mail or of a page, which each request tells the server
    #[arg(long, value_name = "ADDRESS", value_parser = contact)]
    contact: Option<String>,
    /// The pause between two requests to one host, longer where robots.txt asks for it
    #[arg(long, value_name = "TIME", default_value = "2s", value_parser = duration)]
    delay: Duration,
    /// The time that an answer may take
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = lasting)]
    timeout: Duration,
    /// Bytes of an answer that are read, as they are sent
    #[arg(long, value_name = "BYTES", default_value_t = 10 << 20, hide_short_help = true)]
    #[arg(value_parser = value_parser!(u32).range(1024..))]
    max_bytes: u32,
    /// Pages that are fetched from one host in one round; the rest follows in the next
    #[arg(long, value_name = "N", default_value = "100", hide_short_help = true)]
    pages: usize,
    /// Connect to addresses that are not on the open net, too: to these, or to all
    #[arg(long, value_name = "ADDRESS,…", hide_short_help = true)]
    #[arg(num_args = 0.., require_equals = true, value_delimiter = ',')]
    allow_private: Option<Vec<IpAddr>>,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Request {
    sources: Vec<String>,
    store: Option<PathBuf>,
    folder: PathBuf,
    every: Option<Duration>,
    settings: Settings,
}

impl WatchArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Request, Failure> {
        let mut sources = Vec::new();
        for argument in &self.sources {
            for source in sources_of(argument)? {
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
        let beside = self.store.as_ref().map(|store| store.join("watch"));
        let folder = self.warc.or(beside).ok_or(Failure::Usage {
            message: "neither --store nor --warc".into(),
            hint: "say where what is fetched should go",
        })?;
        let every = Some(self.every).filter(|_| !self.once);
        let settings = Settings {
            delay: self.delay,
            timeout: self.timeout,
            body_bytes_max: self.max_bytes as usize,
            pages_per_host: self.pages,
            contact: self.contact,
            private_addresses: match self.allow_private {
                None => PrivateAddresses::Refused,
                Some(these) if these.is_empty() => PrivateAddresses::Allowed,
                Some(these) => PrivateAddresses::These(these),
            },
            // A host that is slow, or asks for long pauses, does not hold the others back.
            round_time_max: every,
            ..Settings::default()
        };
        Ok(Request { sources, store: self.store, folder, every, settings })
    }
}

/// Does it.
pub(crate) fn run(
    request: Request,
    threads: NonZeroUsize,
    console: &Console,
) -> Result<Outcome, Failure> {
    let Request { sources, store, folder, every, settings } = request;
    let mut addition = store.map(|store| Addition::open(&store, threads)).transpose()?;
    let opened = Watch::open(&folder, &sources, settings, World::default())?;
    console.warnings(&opened.warnings);
    let mut lost = losses(&opened.warnings);
    let mut watch = opened.value;
    let stop = watch.stop();
    stop_on_signals(&stop)?;
    loop {
        let began = Instant::now();
        let progress = Progress::new(console);
        let mut fetched = 0;
        let round = watch.round(|batch| {
            fetched += batch.pages.len();
            let mut warnings = batch.warnings;
            if let Some(addition) = &mut addition {
                warnings.extend(addition.add(&batch.pages)?);
            }
            lost += losses(&warnings);
            console.warnings(&warnings);
            progress.advance(Stage::Read, fetched, None);
            Ok::<(), Failure>(())
        });
        progress.finish();
        let told = told(&round?);
        console.note(&match &addition {
            Some(addition) => format!("{told} · {addition}"),
            None => told,
        });
        let Some(every) = every else { break };
        wait(every, began, &stop);
        if stop.load(Ordering::Relaxed) {
            break;
        }
    }
    if let Some(addition) = &addition {
        tell_of_fault(&addition.encoder, console);
    }
    Ok(Outcome::with_losses(lost))
}

/// The first signal ends the work in good order, the second at once.
fn stop_on_signals(stop: &Arc<AtomicBool>) -> Result<(), Failure> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register_conditional_shutdown(signal, 1, stop.clone())
            .and_then(|_| signal_hook::flag::register(signal, stop.clone()))
            .map_err(|error| Failure::impossible(format!("signals can't be heard: {error}"), ""))?;
    }
    Ok(())
}

/// Waits for the next round.
fn wait(every: Duration, began: Instant, stop: &AtomicBool) {
    const SLICE: Duration = Duration::from_millis(200);
    while !stop.load(Ordering::Relaxed) && began.elapsed() < every {
        std::thread::sleep(SLICE.min(every.saturating_sub(began.elapsed())));
    }
}

/// What a round came to, in one line; what did not occur is left away.
fn told(round: &Round) -> String {
    let Round { sources, sources_unchanged, sources_failed, .. } = *round;
    let Round { pages, pages_unchanged, pages_refused, pages_failed, pages_put_off, .. } = *round;
    let part = |first: String, others: &[(usize, &str)]| {
        let others = others.iter().filter(|(count, _)| *count > 0);
        others.fold(first, |line, (count, what)| format!("{line}, {count} {what}"))
    };
    let asked = part(
        format!("{} asked", counted(sources, "source", "sources")),
        &[(sources_unchanged, "unchanged"), (sources_failed, "failed")],
    );
    let fetched = part(
        format!("{} fetched", counted(pages, "page", "pages")),
        &[
            (pages_unchanged, "unchanged"),
            (pages_refused, "forbidden by robots.txt"),
            (pages_failed, "failed"),
            (pages_put_off, "put off"),
        ],
    );
    format!("{asked} · {fetched}")
}

/// A time in which something can be done.
fn lasting(written: &str) -> Result<Duration, String> {
    const MIN: Duration = Duration::from_secs(1);
    match duration(written)? {
        duration if duration < MIN => Err("at least a second is needed".to_owned()),
        duration => Ok(duration),
    }
}

/// A time as `90s`, `1.5m`, `2h` or `1d`; a number alone is seconds. It ends within a year: what is
/// added to the time of a clock must not go beyond what that can count.
fn duration(written: &str) -> Result<Duration, String> {
    const MAX: Duration = Duration::from_secs(365 * 24 * 3600);
    let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0), ("h", 3600.0), ("d", 86_400.0)];
    let unit = units.iter().find_map(|(unit, s)| Some((written.strip_suffix(unit)?, s)));
    let (number, seconds) = unit.unwrap_or((written, &1.0));
    let seconds = number.trim().parse::<f64>().ok().map(|number| number * seconds);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let duration = duration.filter(|duration| *duration <= MAX);
    duration.ok_or_else(|| "a time such as 90s, 15m, 2h or 1d, up to a year, is needed".to_owned())
}

/// What may stand between the brackets of a user agent.
fn contact(written: &str) -> Result<String, String> {
    let sound = written.bytes().all(|b| b.is_ascii_graphic() && !b"()\\".contains(&b));
    if sound && !written.is_empty() {
        Ok(written.to_owned())
    } else {
        Err("an address in ASCII, without spaces and brackets, is needed".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::{contact, duration, lasting, told};
    use newstemma_watch::Round;
    use std::time::Duration;

    #[test]
    fn times_have_units() {
        for (written, seconds) in [
            ("90s", 90.0),
            ("1.5m", 90.0),
            ("2h", 7200.0),
            ("1d", 86_400.0),
            ("3", 3.0),
            ("500ms", 0.5),
            ("0", 0.0),
            ("365d", 31_536_000.0),
        ] {
            assert_eq!(duration(written), Ok(Duration::from_secs_f64(seconds)), "{written}");
        }
        for wrong in ["", "soon", "-1s", "1e300d", "1e15d", "366d", "NaN", "5w"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn rounds_and_answers_take_a_second_at_least() {
        assert_eq!(lasting("1s"), Ok(Duration::from_secs(1)));
        for wrong in ["0", "999ms", "soon", "366d"] {
            assert!(lasting(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_contact_is_no_second_header() {
        assert!(contact("mailto:desk@example.org").is_ok());
        for wrong in ["", "a b", "a\r\nX: y", "редакция", "a)"] {
            assert!(contact(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_round_is_told_without_what_did_not_occur() {
        let round = Round { sources: 1, pages: 3, pages_failed: 2, ..Round::default() };
        assert_eq!(told(&round), "1 source asked · 3 pages fetched, 2 failed");
    }
}
