//! What follows from what came: archived first, then read, then noted.

use crate::archive::Written;
use crate::client::Answer;
use crate::error::{FetchError, WatchError};
use crate::fetch::{Exchange, Fetched, Missed, Purpose};
use crate::intake;
use crate::known::{Kind, Known, Last};
use crate::moment::Moment;
use crate::round::Run;
use crate::schedule::PATIENCE;
use crate::site;
use crate::watch::{Job, Watch};
use newstemma_ingest::{Listing, Pages, body_of_answer, listing, pages_of_records};
use newstemma_model::{Content, Warning};
use std::time::Duration;
use url::Url;

/// How often a page is tried before it is given up.
const TRIES_MAX: u32 = 5;

/// How often in one round, when its host wants to be left alone for a moment only.
const TRIES_IN_ROUND: u32 = 3;

/// When a page is tried again that failed once, and a list at which its host wanted to be left alone;
/// doubled with each failure.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(15 * 60);

/// Longest time for which a list is not asked because of how it answered.
const LIST_PAUSE_MAX: Duration = Duration::from_secs(24 * 3600);

impl Watch {
    /// Archives what a worker brought, and draws the consequences.
    pub(crate) fn settle(
        &mut self,
        run: &mut Run,
        job: Job,
        fetched: Fetched,
    ) -> Result<(), WatchError> {
        let Fetched { exchanges, end } = fetched;
        let mut last = None;
        for exchange in exchanges {
            let written = self.archive(&job, &exchange)?;
            last = (exchange.purpose == Purpose::Errand).then_some((exchange, written));
        }
        let now = self.fetcher.clock.now();
        let Some(known) = self.state.get(&job.url).cloned() else { return Ok(()) };
        match (end, last) {
            (Ok(()), Some((exchange, written))) => {
                self.answered(run, known, &exchange, &written, now);
            }
            (Err(Missed::PutOff(until)), last) => {
                // Its host may want to be left alone because of what others were asked for.
                let itself = last.map(|(exchange, _)| exchange.answer);
                let itself = itself.filter(Answer::is_overloaded).map(|answer| answer.status);
                self.put_off(run, &job, known, until, itself, now);
            }
            (Err(Missed::Failed(error)), _) => self.failed(run, known, &error, now),
            (Err(Missed::RoundOver), _) => match job.kind {
                Kind::Source => run.round.sources -= 1,
                Kind::Page => run.round.pages_put_off += 1,
            },
            (Err(Missed::Stopped) | Ok(()), _) => {}
        }
        Ok(())
    }

    fn archive(&mut self, job: &Job, exchange: &Exchange) -> Result<Written, WatchError> {
        let known = self.state.get(&job.url);
        let earlier = known.and_then(|known| known.earlier(&exchange.url));
        let archive = match (exchange.purpose, job.kind) {
            (Purpose::Errand, Kind::Page) => &mut self.pages,
            _ => &mut self.lists,
        };
        archive.write(&exchange.url, exchange.at, &exchange.answer, earlier.as_ref())
    }

    /// An answer came that is neither an error nor a redirect.
    fn answered(
        &mut self,
        run: &mut Run,
        mut known: Known,
        exchange: &Exchange,
        written: &Written,
        now: Moment,
    ) {
        let broken = exchange.answer.broken();
        known.not_before = None;
        known.answered = Some(now);
        if exchange.answer.status != 304 && broken.is_none() {
            let validators = exchange.answer.validators.clone();
            // What did not change goes on referring to the record that has it.
            let record = match known.last.take() {
                Some(last) if written.repeats => last,
                _ => Last {
                    at: exchange.at,
                    from: exchange.url.clone(),
                    etag: None,
                    last_modified: None,
                    record: written.id.clone(),
                    digest: written.digest.clone(),
                },
            };
            let (etag, last_modified) = (validators.etag, validators.last_modified);
            known.last = Some(Last { etag, last_modified, ..record });
        }
        match broken {
            None => {
                (known.due, known.failures) = (false, 0);
                known.not_before = pause_of_unchanged(&known, now).map(|pause| now.plus(pause));
            }
            Some(message) => {
                run.batch.warnings.push(Warning::new(&known.url, message));
                try_again(&mut known, message, now);
            }
        }
        self.state.put(known.clone());
        match (known.kind, written.repeats || exchange.answer.status == 304) {
            (Kind::Source, true) => run.round.sources_unchanged += 1,
            (Kind::Page, true) => run.round.pages_unchanged += 1,
            (Kind::Source, false) => self.read_list(run, &known, exchange, written, now),
            (Kind::Page, false) => {
                let warnings = read_page(run, &known, written);
                // That it is cut off was said.
                run.batch.warnings.extend(warnings.into_iter().filter(|_| broken.is_none()));
            }
        }
    }

    fn read_list(
        &mut self,
        run: &mut Run,
        known: &Known,
        exchange: &Exchange,
        written: &Written,
        now: Moment,
    ) {
        let block = [&exchange.answer.header[..], &exchange.answer.body].concat();
        let listing =
            body_of_answer(block).and_then(|body| listing(body.bytes, body.charset.as_deref()));
        let found = match (listing, Url::parse(&exchange.url)) {
            (Some(listing), Ok(from)) => Some((from, listing)),
            (None, Ok(from)) if known.parent.is_none() => {
                self.lists_of_site(known.clone(), from, written, now)
            }
            _ => None,
        };
        let Some((from, mut listing)) = found else {
            run.round.sources_failed += 1;
            let message = "neither a feed nor OPML nor a sitemap, nor a site that names any";
            run.batch.warnings.push(Warning::new(&known.url, message));
            return;
        };
        listing.breaks_off |= exchange.answer.truncated.is_some();
        let intake = intake::enter(&mut self.state, &self.roots, known, &from, listing, now);
        run.batch.warnings.extend(intake.warnings);
        for url in intake.named {
            match self.state.get(&url) {
                Some(named) if named.kind == Kind::Source => self.ask_source(run, &url),
                Some(named) if named.is_due(now) => self.ask_page(run, &url),
                _ => {}
            }
        }
    }

    /// The lists of the site whose page this is. If it has any, it is not asked again for a while, and
    /// then whatever changed.
    fn lists_of_site(
        &mut self,
        mut known: Known,
        from: Url,
        written: &Written,
        now: Moment,
    ) -> Option<(Url, Listing)> {
        let html = archived(written).find_map(|page| match page.ok()?.content {
            Content::Html(html) => Some(html),
            Content::Text(_) | Content::Markdown(_) => None,
        })?;
        let sitemaps = self.fetcher.rules.sitemaps(&from.origin().ascii_serialization());
        let lists = site::lists(&html, from, sitemaps)?;
        known.last = None;
        known.not_before = Some(now.plus(site::ASK_AGAIN_AFTER));
        self.state.put(known);
        Some(lists)
    }

    /// Leaves an address for later, for its host wants to be left alone: because it was asked for this
    /// very address, and `itself` is the status of that answer, or because of others.
    fn put_off(
        &mut self,
        run: &mut Run,
        job: &Job,
        mut known: Known,
        until: Moment,
        itself: Option<u16>,
        now: Moment,
    ) {
        if until <= now.plus(PATIENCE) && job.tries < TRIES_IN_ROUND {
            self.push(run, job.kind, &job.url, job.tries + 1);
            return;
        }
        // What always answers so would keep the others of its host from their turn.
        match (itself, known.kind) {
            (Some(status), Kind::Page) => {
                try_again(&mut known, &FetchError::Status(status).to_string(), now);
            }
            (Some(_), Kind::Source) => {
                known.due = true;
                known.failed = Some(now);
                known.failures = known.failures.saturating_add(1);
                known.not_before = Some(now.plus(pause_after(known.failures).min(LIST_PAUSE_MAX)));
            }
            (None, _) => known.due = true,
        }
        known.not_before = known.not_before.max(Some(until));
        let left_alone = format!("the host wants to be left alone until {until}");
        let (count, message) = match (&known.given_up, known.kind) {
            (Some(reason), _) => (&mut run.round.pages_failed, reason.clone()),
            (None, Kind::Source) => (&mut run.round.sources_failed, left_alone),
            (None, Kind::Page) => (&mut run.round.pages_put_off, left_alone),
        };
        *count += 1;
        run.batch.warnings.push(Warning::new(&known.url, message));
        self.state.put(known);
    }

    fn failed(&mut self, run: &mut Run, mut known: Known, error: &FetchError, now: Moment) {
        let mut message = error.to_string();
        match known.kind {
            Kind::Source => {
                run.round.sources_failed += 1;
                known.failed = Some(now);
                known.failures = known.failures.saturating_add(1);
                if *error == FetchError::Status(410) {
                    known.given_up = Some(format!("gone since {now}"));
                    message = "gone for good: it is not asked any more".to_owned();
                }
            }
            Kind::Page => {
                let refused = *error == FetchError::Robots;
                let count = if refused {
                    &mut run.round.pages_refused
                } else {
                    &mut run.round.pages_failed
                };
                *count += 1;
                if error.may_pass() {
                    try_again(&mut known, &message, now);
                } else {
                    known.due = false;
                    known.given_up = Some(message.clone());
                }
            }
        }
        run.batch.warnings.push(Warning::new(&known.url, message));
        self.state.put(known);
    }
}

/// A page that failed is tried again later, some times.
fn try_again(known: &mut Known, message: &str, now: Moment) {
    known.failures = known.failures.saturating_add(1);
    known.due = known.failures < TRIES_MAX;
    if known.due {
        known.not_before = Some(now.plus(pause_after(known.failures)));
    } else if known.kind == Kind::Page {
        known.given_up = Some(message.to_owned());
    }
}

/// How long what failed so often in a row is left alone.
fn pause_after(failures: u32) -> Duration {
    let times = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    TRY_AGAIN_AFTER.saturating_mul(times)
}

/// How long a list is not asked that another names: a tenth of the time for which it did not change, as
/// RFC 9111, 4.2.2 holds answers to be fresh. So the sitemaps of past years cost little, and whatever
/// changed lately is asked in each round; what the user named always is.
fn pause_of_unchanged(known: &Known, now: Moment) -> Option<Duration> {
    let last = known.last.as_ref().filter(|_| known.kind == Kind::Source)?;
    known.parent.as_ref()?;
    Some((now.since(last.at) / 10).min(LIST_PAUSE_MAX))
}

/// Takes the pages of a record, read as they will be from the archive; returns what was passed over.
fn read_page(run: &mut Run, known: &Known, written: &Written) -> Vec<Warning> {
    run.round.pages += 1;
    let before = run.batch.pages.len();
    let mut warnings = Vec::new();
    for page in archived(written) {
        match page {
            Ok(page) => run.batch.pages.push(page),
            Err(warning) => warnings.push(Warning { reference: known.url.clone(), ..warning }),
        }
    }
    if run.batch.pages.len() == before {
        return vec![Warning::new(&known.url, "no page of HTML with a text")];
    }
    warnings
}

/// The pages of a record, as they will be read from its archive.
fn archived(written: &Written) -> Pages {
    let name = written.path.display().to_string();
    let record = Box::new(std::io::Cursor::new(written.packed.clone()));
    pages_of_records(&name, record, written.before)
}
