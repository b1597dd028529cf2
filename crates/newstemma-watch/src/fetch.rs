//! Fetches what an address leads to, redirects included.
//!
//! Every hop is a request like any other: the scheme, the addresses of the host, its robots.txt, its
//! pause. What went over the wire comes back for the archive, whatever it was.

use crate::client::{Answer, Client, Request, Validators};
use crate::error::FetchError;
use crate::moment::{Clock, Moment};
use crate::robots::{self, Robots};
use crate::rules::{Given, Look, RuleBook, Rules};
use crate::schedule::{NotNow, Schedule, Turn};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The name by which robots.txt knows us.
const PRODUCT: &str = "newstemma";

/// Most redirects from one address.
const REDIRECTS_MAX: usize = 10;

/// Most redirects of a robots.txt, by RFC 9309.
const ROBOTS_REDIRECTS_MAX: usize = 5;

/// Longest address that is asked for.
const ADDRESS_BYTES_MAX: usize = 2048;

/// What to fetch.
#[derive(Clone, Debug)]
pub(crate) struct Errand {
    pub(crate) url: Url,
    pub(crate) accept: &'static str,
    /// What is known of an earlier answer, and the address that gave it.
    pub(crate) earlier: Option<(String, Validators)>,
}

/// What fetching came to.
pub(crate) struct Fetched {
    /// Everything that was answered on the way, in order.
    pub(crate) exchanges: Vec<Exchange>,
    /// The last exchange is the answer, or this is why there is none.
    pub(crate) end: Result<(), Missed>,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missed {
    Failed(FetchError),
    /// It has to be asked for later.
    PutOff(Moment),
    /// Its round is over.
    RoundOver,
    Stopped,
}

/// One request with its answer.
pub(crate) struct Exchange {
    pub(crate) url: String,
    pub(crate) at: Moment,
    pub(crate) purpose: Purpose,
    pub(crate) answer: Answer,
}

/// What a request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To know what a host allows.
    Rules,
    /// The errand itself.
    Errand,
}

/// Fetches.
pub(crate) struct Fetcher<J> {
    pub(crate) client: Client,
    pub(crate) schedule: Schedule<J>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) body_bytes_max: usize,
    pub(crate) rules: RuleBook,
}

impl Fetched {
    /// Nothing was fetched.
    pub(crate) fn missed(why: impl Into<Missed>) -> Fetched {
        Fetched { exchanges: Vec::new(), end: Err(why.into()) }
    }
}

impl From<NotNow> for Missed {
    fn from(not_now: NotNow) -> Missed {
        match not_now {
            NotNow::Until(until) => Missed::PutOff(until),
            NotNow::RoundOver => Missed::RoundOver,
            NotNow::Stopped => Missed::Stopped,
        }
    }
}

impl From<FetchError> for Missed {
    fn from(error: FetchError) -> Missed {
        Missed::Failed(error)
    }
}

impl<J> Fetcher<J> {
    /// Takes up what the host of an origin allowed in an earlier run, if that still holds.
    pub(crate) fn resume(&self, origin: &str, given: &Given) {
        let now = self.clock.now();
        if let Ok(url) = Url::parse(origin)
            && given.until > now
        {
            self.slow_down(&url, &given.robots);
            self.rules.resume(origin, given, now);
        }
    }

    /// Makes the pauses of a host as long as it asks for.
    fn slow_down(&self, url: &Url, robots: &Robots) {
        if let (Some(delay), Some(host)) = (robots.delay(), url.host_str()) {
            self.schedule.slow_down(host, delay);
        }
    }

    /// Fetches, beginning with a turn at the host of the address.
    pub(crate) fn fetch(&self, errand: &Errand, turn: Turn<'_, J>) -> Fetched {
        let mut exchanges = Vec::new();
        let end = self.walk(errand, turn, &mut exchanges);
        Fetched { exchanges, end }
    }

    fn walk<'a>(
        &'a self,
        errand: &Errand,
        turn: Turn<'a, J>,
        exchanges: &mut Vec<Exchange>,
    ) -> Result<(), Missed> {
        let mut turn = Some(turn);
        let mut url = errand.url.clone();
        let mut visited = Vec::new();
        // What redirects bring with them counts as well.
        let mut bytes_left = self.body_bytes_max;
        loop {
            check(&url)?;
            if visited.contains(&url) {
                return Err(FetchError::Circle.into());
            }
            if !self.robots(&url, &mut turn, exchanges)?.allows(&url) {
                return Err(FetchError::Robots.into());
            }
            let earlier = errand.earlier.as_ref().filter(|(at, _)| at == url.as_str());
            let request = Request {
                url: &url,
                accept: errand.accept,
                validators: earlier.map(|(_, validators)| validators),
                body_bytes_max: bytes_left,
            };
            let answer = self.ask(&request, &mut turn, Purpose::Errand, exchanges)?;
            bytes_left = bytes_left.saturating_sub(answer.body.len());
            match redirect(answer, &url)? {
                None => return status(answer.status, earlier.is_some()),
                Some(_) if visited.len() == REDIRECTS_MAX => {
                    return Err(FetchError::Redirects(REDIRECTS_MAX).into());
                }
                Some(next) => visited.push(std::mem::replace(&mut url, next)),
            }
        }
    }

    /// Asks once, when the host's turn has come; `turn` is one that is held already.
    fn ask<'a, 'e>(
        &'a self,
        request: &Request<'_>,
        turn: &mut Option<Turn<'a, J>>,
        purpose: Purpose,
        exchanges: &'e mut Vec<Exchange>,
    ) -> Result<&'e Answer, Missed> {
        let host = request.url.host_str().unwrap_or_default();
        let held = turn.take().filter(|turn| turn.host() == host);
        let mut turn = match held {
            Some(turn) => turn,
            None => self.schedule.turn(host)?,
        };
        turn.begin();
        let at = self.clock.now();
        let answer = match self.client.ask(request) {
            Ok(answer) => answer,
            Err(error) => {
                if error.may_pass() {
                    turn.failed();
                }
                return Err(error.into());
            }
        };
        let put_off = match answer.status {
            _ if answer.is_overloaded() => Some(turn.overloaded(retry_after(&answer, at))),
            500.. => {
                turn.failed();
                None
            }
            _ => {
                turn.succeeded();
                None
            }
        };
        exchanges.push(Exchange { url: request.url.to_string(), at, purpose, answer });
        match (put_off, exchanges.last()) {
            (None, Some(exchange)) => Ok(&exchange.answer),
            (Some(until), _) => Err(Missed::PutOff(until)),
            (None, None) => Err(Missed::Stopped),
        }
    }

    /// The rules of the host of an address.
    fn robots<'a>(
        &'a self,
        url: &Url,
        turn: &mut Option<Turn<'a, J>>,
        exchanges: &mut Vec<Exchange>,
    ) -> Result<Arc<Robots>, Missed> {
        let origin = url.origin().ascii_serialization();
        let rules = loop {
            match self.rules.look(&origin, self.clock.now()) {
                Look::Known(rules) => break rules,
                Look::Unknown(asking) => {
                    let rules = self.ask_for_rules(url, turn, exchanges)?;
                    asking.found(rules.clone(), self.clock.now());
                    break rules;
                }
                Look::Asked if self.schedule.is_stopped() => return Err(Missed::Stopped),
                Look::Asked => {
                    // Whoever asks may need this turn.
                    turn.take();
                    self.rules.wait();
                }
            }
        };
        match rules {
            Rules::Given(robots) => Ok(robots),
            Rules::Unknown(error) => Err(error.into()),
        }
    }

    /// By RFC 9309 a host without a robots.txt (any status of 400 to 499) allows everything, and one
    /// that fails nothing. A host that is overloaded is not asked on. Of a robots.txt that breaks off
    /// the part that is lost may forbid what the rest allows; one that is too long counts as far as it
    /// is read.
    fn ask_for_rules<'a>(
        &'a self,
        url: &Url,
        turn: &mut Option<Turn<'a, J>>,
        exchanges: &mut Vec<Exchange>,
    ) -> Result<Rules, Missed> {
        let Ok(mut at) = url.join("/robots.txt") else {
            return Ok(Rules::Given(Arc::default()));
        };
        for _ in 0..=ROBOTS_REDIRECTS_MAX {
            check(&at)?;
            let request = Request {
                url: &at,
                accept: "text/plain, */*;q=0.5",
                validators: None,
                body_bytes_max: robots::BYTES_MAX,
            };
            let answer = match self.ask(&request, turn, Purpose::Rules, exchanges) {
                Ok(answer) => answer,
                Err(Missed::Failed(error)) if error.may_pass() => {
                    return Ok(Rules::Unknown(FetchError::NoRules(error.to_string())));
                }
                Err(missed) => return Err(missed),
            };
            match (redirect(answer, &at), answer.status) {
                (Ok(Some(next)), _) => at = next,
                (_, 200..300) => {
                    let rules = rules_of(answer);
                    if let Rules::Given(robots) = &rules {
                        self.slow_down(url, robots);
                    }
                    return Ok(rules);
                }
                (_, status @ 500..) => {
                    let error = FetchError::Status(status).to_string();
                    return Ok(Rules::Unknown(FetchError::NoRules(error)));
                }
                _ => return Ok(Rules::Given(Arc::default())),
            }
        }
        Ok(Rules::Given(Arc::default()))
    }
}

/// Whether an address is one that may be asked for at all.
pub(crate) fn check(url: &Url) -> Result<(), FetchError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FetchError::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(FetchError::User);
    }
    if url.as_str().len() > ADDRESS_BYTES_MAX {
        return Err(FetchError::TooLong(ADDRESS_BYTES_MAX));
    }
    Ok(())
}

/// Where an answer leads, if it leads elsewhere.
fn redirect(answer: &Answer, from: &Url) -> Result<Option<Url>, FetchError> {
    if !matches!(answer.status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = answer.location.as_deref().unwrap_or_default();
    let told = || location.chars().filter(|c| !c.is_control()).take(200).collect();
    let wrong = || FetchError::Location(told());
    if location.is_empty() {
        return Err(wrong());
    }
    let mut next = from.join(location).map_err(|_| wrong())?;
    next.set_fragment(None);
    Ok(Some(next))
}

/// The rules that a robots.txt gives.
fn rules_of(answer: &Answer) -> Rules {
    let unknown = |why: &str| Rules::Unknown(FetchError::NoRules(why.to_owned()));
    if let Some(broken) = answer.broken() {
        return unknown(broken);
    }
    let block = [&answer.header[..], &answer.body].concat();
    match newstemma_ingest::body_of_answer(block) {
        Some(body) => Rules::Given(Robots::parse(&body.bytes, PRODUCT).into()),
        None => unknown("its body can't be unpacked"),
    }
}

/// Whether a status is that of an answer; `conditional` tells that there may be nothing new.
fn status(status: u16, conditional: bool) -> Result<(), Missed> {
    match status {
        200..300 => Ok(()),
        304 if conditional => Ok(()),
        _ => Err(FetchError::Status(status).into()),
    }
}

/// How long the server asks to be left alone: seconds, or a date.
fn retry_after(answer: &Answer, now: Moment) -> Option<Duration> {
    let written = answer.retry_after.as_deref()?;
    match written.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => Some(Moment::parse(written)?.since(now)),
    }
}
