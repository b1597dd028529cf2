//! Web archives (WARC, ISO 28500): the pages that a crawler fetched, one record behind the other.
//!
//! Records are read one at a time, from plain files and from files that are packed by gzip or
//! zstd, record by record or as a whole. A page is what a `response` or `resource` record holds of
//! HTML, or a `conversion` record of text (WET files). Requests, metadata and the archive's own
//! notes are nobody's loss; whatever else is passed over is counted and told at the end.
//!
//! A damaged record costs itself: reading goes on at the next packed member, or at the next line
//! that begins a record. In memory is one record of at most 32 MiB and the unpacker's window.
//! Time is linear in the unpacked size: no byte is looked at again after a damage.

mod http;
mod record;

use crate::AnswerBody;
use crate::encoding::{Declared, Note, declared_in_markup, decode};
use crate::feed::xml_kind;
use crate::format::begins_like_html;
use crate::header::{Header, Parametrised};
use crate::limit::PAGE_BYTES_MAX;
use crate::sha256::sha256;
use crate::stream::Stream;
use crate::tally::Tally;
use encoding_rs::Encoding;
use http::{Answer, Body};
use newstemma_model::{Content, Given, Page, Severity, Warning};
use record::{Head, Trouble, next_record, read_block};
use std::collections::VecDeque;

/// Damages that are told one by one; of more, only the number.
const DAMAGES_TOLD: usize = 20;

/// The field of an archive's first record by which one that was written by `newstemma watch` says what
/// it holds.
const HOLDS: &str = "newstemma-holds";

/// The pages of one archive.
pub(crate) struct Warc {
    name: String,
    stream: Stream,
    /// Records that lie before the stream.
    before: usize,
    /// Records met so far, those before the stream included.
    index: usize,
    /// Whether the archive says that it holds what names pages, and no page that counts: front pages
    /// among that, and the error pages that some hosts give in the place of their rules.
    lists: bool,
    pages: usize,
    damages: usize,
    tally: Tally,
    ready: VecDeque<Result<Page, Warning>>,
    ended: bool,
}

impl Warc {
    pub(crate) fn new(name: &str, stream: Stream) -> Warc {
        Warc::after(name, stream, 0)
    }

    /// The pages of the records that follow the first `before` ones of an archive.
    pub(crate) fn after(name: &str, stream: Stream, before: usize) -> Warc {
        Warc {
            name: name.to_owned(),
            stream,
            before,
            index: before,
            lists: false,
            pages: 0,
            damages: 0,
            tally: Tally::default(),
            ready: VecDeque::new(),
            ended: false,
        }
    }
}

/// Why a record gives no page, and whether one is missing for it.
type Miss = (Severity, &'static str);

/// Something that every archive holds beside its pages.
fn expected(what: &'static str) -> Miss {
    (Severity::Note, what)
}

fn lost(what: &'static str) -> Miss {
    (Severity::Loss, what)
}

/// What a record is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Usage {
    /// It may hold a page.
    Page,
    /// It is passed over and counted as this.
    Counted(Miss),
    /// What the crawler says of itself and of what it asked for, which nobody misses.
    None,
}

impl Usage {
    fn of(kind: &str) -> Usage {
        match kind {
            "response" | "resource" | "conversion" => Usage::Page,
            "revisit" => Usage::Counted(expected("records that only refer to an earlier visit")),
            "continuation" => Usage::Counted(lost("continued parts of records")),
            _ => Usage::None,
        }
    }
}

impl Iterator for Warc {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.ended {
                return None;
            }
            match next_record(&mut self.stream) {
                Ok(Some(head)) => {
                    self.index += 1;
                    if let Err((trouble, place)) = self.read(&head) {
                        self.go_on_after(trouble, place);
                    }
                }
                Ok(None) => self.end(),
                Err((trouble, place)) => self.go_on_after(trouble, place),
            }
        }
    }
}

impl Warc {
    /// Reads the record that has this head.
    fn read(&mut self, head: &Head) -> Result<(), (Trouble, u64)> {
        let kind = head.header.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        if kind == "warcinfo" {
            self.lists = head.header.get(HOLDS) == Some("lists");
        }
        let usage = match Usage::of(&kind) {
            Usage::Page if self.lists => Usage::Counted(expected(
                "records of what lists pages, or gives the rules of a host",
            )),
            Usage::Page if head.length > PAGE_BYTES_MAX as u64 => {
                Usage::Counted(lost("records of more than 32 MiB"))
            }
            usage => usage,
        };
        let block = read_block(&mut self.stream, head, usage == Usage::Page)?;
        match usage {
            Usage::Page => match self.page(&kind, &head.header, block) {
                Ok(page) => {
                    self.pages += 1;
                    self.ready.push_back(Ok(page));
                }
                Err((severity, reason)) => self.tally.count_as(severity, reason, self.index),
            },
            Usage::Counted((severity, reason)) => {
                self.tally.count_as(severity, reason, self.index);
            }
            Usage::None => {}
        }
        Ok(())
    }

    /// The page of a record, or what kind of record it is that has none.
    fn page(&mut self, kind: &str, header: &Header, block: Vec<u8>) -> Result<Page, Miss> {
        let answer = match kind {
            "response" => Answer::parse(&block),
            _ => None,
        };
        let media = match &answer {
            Some(answer) if !(200..300).contains(&answer.status) => {
                return Err(expected("answers with a status other than 2xx"));
            }
            Some(answer) => answer.header.get("content-type").map(Parametrised::parse),
            None if kind == "response" => {
                return Err(expected("records that are no answer of HTTP"));
            }
            None => header.get("content-type").map(Parametrised::parse),
        };
        let identified = header.get("warc-identified-payload-type").map(Parametrised::parse);
        let media = media.or(identified).unwrap_or_default();
        let text = kind == "conversion" && media.value == "text/plain";
        if !text && !may_be_html(&media.value) {
            return Err(expected("records that are no HTML"));
        }
        let body = match answer {
            Some(answer) => answer.body(block),
            None => Body::Whole(block),
        };
        let body = match body {
            Body::Whole(body) => body,
            Body::CutOff(body) => {
                self.tally.count("pages that are cut off", self.index);
                body
            }
            Body::TooLong => return Err(lost("pages of more than 32 MiB")),
        };
        if header.get("warc-truncated").is_some() {
            self.tally.count("pages that the crawler cut off", self.index);
        }
        let begin = body.trim_ascii_start();
        // Feeds are served as HTML at times.
        let html = xml_kind(begin).is_none() && (is_html(&media.value) || begins_like_html(begin));
        if !text && !html {
            return Err(expected("records that are no HTML"));
        }
        self.decoded(header, &media, body, text)
    }

    fn decoded(
        &mut self,
        header: &Header,
        media: &Parametrised,
        body: Vec<u8>,
        text: bool,
    ) -> Result<Page, Miss> {
        let sha256 = sha256(&body);
        let transport = media.parameter("charset").and_then(|c| Encoding::for_label(c.as_bytes()));
        let markup = if text { None } else { declared_in_markup(&body) };
        let decoded = decode(body, Declared { transport, markup });
        match decoded.note {
            Some(Note::Taken { .. }) => {
                let what = "pages whose encoding is named wrongly or not at all";
                self.tally.count_as(Severity::Note, what, self.index);
            }
            Some(Note::Replaced) => self.tally.count("pages with invalid UTF-8", self.index),
            None => {}
        }
        if decoded.text.trim().is_empty() {
            return Err(expected("empty pages"));
        }
        let content = if text { Content::Text } else { Content::Html };
        // Some writers put the address between angle brackets, after a misprint in the standard.
        let url = header.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
        Ok(Page {
            reference: format!("{}#{}", self.name, self.index),
            content: content(decoded.text),
            given: Given { url, ..Given::default() },
            sha256,
        })
    }

    fn go_on_after(&mut self, trouble: Trouble, place: u64) {
        self.damages += 1;
        if self.damages <= DAMAGES_TOLD || trouble.is_end() {
            let message = format!("at byte {place}: {trouble}");
            self.ready.push_back(Err(Warning::new(&self.name, message)));
        }
        if !record::find_next(&mut self.stream, &trouble) {
            self.end();
        }
    }

    fn end(&mut self) {
        self.ended = true;
        if self.damages > DAMAGES_TOLD {
            let message = format!("{} more damaged places", self.damages - DAMAGES_TOLD);
            self.ready.push_back(Err(Warning::new(&self.name, message)));
        }
        if self.pages == 0 && self.before == 0 && !self.lists {
            let message = format!("no page in {} records", self.index);
            self.ready.push_back(Err(Warning::new(&self.name, message)));
        }
        self.ready.extend(self.tally.warnings(&self.name).into_iter().map(Err));
    }
}

/// The body of the answer that a block holds; `None` if it holds none, or one that is too long.
pub(crate) fn body_of_answer(block: Vec<u8>) -> Option<AnswerBody> {
    let answer = Answer::parse(&block)?;
    let media = answer.header.get("content-type").map(Parametrised::parse).unwrap_or_default();
    let charset = media.parameter("charset").map(str::to_owned);
    match answer.body(block) {
        Body::Whole(bytes) | Body::CutOff(bytes) => Some(AnswerBody { bytes, charset }),
        Body::TooLong => None,
    }
}

fn is_html(media: &str) -> bool {
    matches!(media, "text/html" | "application/xhtml+xml")
}

/// Types under which pages are served by mistake.
fn may_be_html(media: &str) -> bool {
    is_html(media)
        || matches!(media, "" | "text/plain" | "application/octet-stream" | "application/xml")
}
