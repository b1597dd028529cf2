//! Mail: newsletters (`.eml`, mbox), and web pages saved as mail (MHTML).
//!
//! Of a message with several parts the HTML one is the report, else the plain one. A newsletter's
//! sender is its outlet, its subject the title, and the day it was sent that of publication. A page
//! that was saved says all this itself; the mail around it knows only its address.

mod charset;
mod header_text;
mod mbox;
mod part;
mod transfer;

pub(crate) use mbox::{Mbox, is_mbox};

use crate::encoding::{Declared, declared_in_markup, decode};
use crate::header::{Header, end_of_header};
use crate::sha256::sha256;
use header_text::decode_words;
use newstemma_model::{Content, Given, Page, Warning};
use part::{Part, parts};

/// Whether a file that begins so is a message: all its first lines are header fields, and among them is
/// one that nobody writes by hand, or the address of a sender and a date.
pub(crate) fn is_mail(head: &[u8]) -> bool {
    const OWN_TO_MAIL: [&str; 5] =
        ["MIME-Version", "Message-ID", "Received", "Return-Path", "Delivered-To"];
    let Some((length, _)) = end_of_header(head) else { return false };
    let lines = &head[..length];
    if !lines.split(|b| *b == b'\n').all(is_field) {
        return false;
    }
    let header = Header::parse(lines);
    let has_address = header.get("From").is_some_and(|from| from.contains('@'));
    OWN_TO_MAIL.iter().any(|name| header.get(name).is_some())
        || has_address && header.get("Date").is_some()
}

fn is_field(line: &[u8]) -> bool {
    let name = line.iter().position(|b| *b == b':').map(|end| &line[..end]);
    let named = name.is_some_and(|n| {
        !n.is_empty() && n.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    });
    named || matches!(line, [] | [b' ' | b'\t', ..])
}

/// Reads one message that is in memory as a whole.
pub(crate) fn read(message: &[u8], name: &str) -> Vec<Result<Page, Warning>> {
    let warn = |message: String| Err(Warning::new(name, message));
    let (top, found) = parts(message);
    let shown = |kind: &str| found.iter().find(|p| p.media.value == kind && !p.is_attachment());
    let Some(part) = shown("text/html").or_else(|| shown("text/plain")) else {
        return vec![warn("a message without a text".to_owned())];
    };
    let mut read = Vec::new();
    let html = part.media.value == "text/html";
    let charset = part.media.parameter("charset").unwrap_or_default();
    let (transport, body) = charset::resolve(charset, part.body.clone());
    let markup = if html { declared_in_markup(&body) } else { None };
    let decoded = decode(body, Declared { transport, markup });
    if decoded.text.trim().is_empty() {
        return vec![warn("a message without a text".to_owned())];
    }
    read.extend(decoded.note.map(|note| Err(note.about(name))));
    read.push(Ok(Page {
        reference: name.to_owned(),
        content: if html { Content::Html } else { Content::Text }(decoded.text),
        given: given(&top, part),
        sha256: sha256(message),
    }));
    read
}

fn given(top: &Header, part: &Part) -> Given {
    let saved_from = top.get("snapshot-content-location").or_else(|| part.location());
    if let Some(url) = saved_from {
        return Given { url: Some(url.to_owned()), ..Given::default() };
    }
    let field = |name: &str| top.get(name).map(decode_words);
    Given {
        title: field("subject"),
        outlet: field("from").and_then(|from| sender(&from)),
        lang: top.get("content-language").map(str::to_owned),
        published: field("date"),
        ..Given::default()
    }
}

/// The name before an address, or the address itself.
fn sender(from: &str) -> Option<String> {
    let name = from.split('<').next().unwrap_or_default().trim().trim_matches('"').trim();
    let address = from.trim().trim_matches(['<', '>']);
    let sender = if name.is_empty() { address } else { name };
    Some(sender.to_owned()).filter(|s| !s.is_empty())
}
