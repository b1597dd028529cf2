//! Records of web archives (WARC 1.1, ISO 28500:2017), as bytes.
//!
//! Each record is a gzip member of its own, so that an archive that was cut off anywhere can be read
//! up to there. The header of an answer is written as the server sent it, but for one thing: the
//! body is stored without its chunks, so that the name of a field `Transfer-Encoding` gets
//! `X-Archive-Orig-` before it. Digests are SHA-256, in hexadecimal.

use crate::client::{Answer, Truncated};
use crate::moment::Moment;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write as _;

/// An earlier record of the same address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Earlier {
    /// Its id.
    pub(crate) id: String,
    /// When it was fetched.
    pub(crate) at: Moment,
    /// The digest of its body.
    pub(crate) digest: String,
}

/// The record of an answer, and what it is.
pub(crate) struct AnswerRecord {
    pub(crate) record: Record,
    /// The digest of the answer's body; of one that did not change, that of the earlier one.
    pub(crate) digest: String,
    /// Whether it only refers to an earlier record.
    pub(crate) repeats: bool,
}

/// A record that is ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: String,
    fields: Vec<(&'static str, String)>,
    block: Vec<u8>,
}

impl Record {
    /// The record that an archive begins with. Whoever reads pages from archives passes over those that
    /// hold "lists".
    pub(crate) fn archive(name: &str, holds: &str, at: Moment, user_agent: &str) -> Record {
        let software = concat!("newstemma/", env!("CARGO_PKG_VERSION"));
        let block = format!(
            "software: {software}\r\nformat: WARC File Format 1.1\r\n\
             conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n\
             http-header-user-agent: {user_agent}\r\nrobots: obey\r\n"
        );
        let mut record = Record::new("warcinfo", name, at, block.into_bytes());
        record.field("WARC-Filename", name);
        record.field("Newstemma-Holds", holds);
        record.field("Content-Type", "application/warc-fields");
        record
    }

    /// The record of an answer. If it is that of an earlier record, it only refers to it.
    pub(crate) fn answer(
        url: &str,
        at: Moment,
        answer: &Answer,
        earlier: Option<&Earlier>,
    ) -> AnswerRecord {
        let digest = digest(&answer.body);
        let unchanged = answer.status == 304;
        let repeats =
            earlier.filter(|e| unchanged || e.digest == digest && !answer.body.is_empty());
        let (kind, body): (_, &[u8]) = match repeats {
            Some(_) => ("revisit", &[]),
            None => ("response", &answer.body),
        };
        let block = [&stored_header(&answer.header), body].concat();
        let mut record = Record::new(kind, url, at, block);
        record.field("WARC-Target-URI", url);
        record.field("Content-Type", "application/http;msgtype=response");
        if let Some(earlier) = repeats {
            let profile =
                if unchanged { "server-not-modified" } else { "identical-payload-digest" };
            let profile = format!("http://netpreserve.org/warc/1.1/revisit/{profile}");
            record.field("WARC-Profile", &profile);
            record.field("WARC-Refers-To", &format!("<{}>", earlier.id));
            record.field("WARC-Refers-To-Target-URI", url);
            record.field("WARC-Refers-To-Date", &earlier.at.to_string());
        }
        let digest = repeats.map_or(digest, |earlier| earlier.digest.clone());
        record.field("WARC-Payload-Digest", &digest);
        if let Some(truncated) = answer.truncated {
            record.field(
                "WARC-Truncated",
                match truncated {
                    Truncated::Length => "length",
                    Truncated::Time => "time",
                    Truncated::Disconnect => "disconnect",
                },
            );
        }
        AnswerRecord { record, digest, repeats: repeats.is_some() }
    }

    /// The record of a request, which stands behind that of its answer.
    pub(crate) fn request(url: &str, at: Moment, sent: &[u8], answer: &Record) -> Record {
        let mut record = Record::new("request", url, at, sent.to_vec());
        record.field("WARC-Target-URI", url);
        record.field("Content-Type", "application/http;msgtype=request");
        record.field("WARC-Concurrent-To", &format!("<{}>", answer.id));
        record
    }

    fn new(kind: &'static str, subject: &str, at: Moment, block: Vec<u8>) -> Record {
        let block_digest = digest(&block);
        let id = record_id(&[kind, subject, &at.to_string(), &block_digest]);
        let fields = vec![
            ("WARC-Type", kind.to_owned()),
            ("WARC-Record-ID", format!("<{id}>")),
            ("WARC-Date", at.to_string()),
            ("WARC-Block-Digest", block_digest),
        ];
        Record { id, fields, block }
    }

    fn field(&mut self, name: &'static str, value: &str) {
        self.fields.push((name, value.to_owned()));
    }

    /// The record as a member of gzip.
    pub(crate) fn packed(&self) -> std::io::Result<Vec<u8>> {
        let mut header = String::from("WARC/1.1\r\n");
        for (name, value) in &self.fields {
            // A line break in a value would begin another field.
            let value: String = value.chars().filter(|c| !c.is_control()).collect();
            let _ = write!(header, "{name}: {value}\r\n");
        }
        let _ = write!(header, "Content-Length: {}\r\n\r\n", self.block.len());
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(header.as_bytes())?;
        gzip.write_all(&self.block)?;
        gzip.write_all(b"\r\n\r\n")?;
        gzip.finish()
    }
}

/// The header of an answer as it is stored, the blank line behind it included.
pub(crate) fn stored_header(header: &[u8]) -> Vec<u8> {
    const CHUNKED: &[u8] = b"transfer-encoding:";
    let mut stored = Vec::with_capacity(header.len() + 32);
    for line in header.split_inclusive(|b| *b == b'\n') {
        if line.get(..CHUNKED.len()).is_some_and(|name| name.eq_ignore_ascii_case(CHUNKED)) {
            stored.extend_from_slice(b"X-Archive-Orig-");
        }
        stored.extend_from_slice(line);
    }
    stored
}

fn digest(bytes: &[u8]) -> String {
    let mut written = String::from("sha256:");
    for byte in Sha256::digest(bytes) {
        let _ = write!(written, "{byte:02x}");
    }
    written
}

/// An id in the form of a UUID of version 8, made from what the record is of.
fn record_id(of: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in of {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut bytes = [0_u8; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut id = String::from("urn:uuid:");
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        let _ = write!(id, "{byte:02x}");
    }
    id
}
