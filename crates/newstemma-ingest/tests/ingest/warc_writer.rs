//! Writes web archives in the shape of CC-NEWS: for each page a request, its answer, and metadata.

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use std::io::Write;

/// How records are packed, each by itself.
#[derive(Clone, Copy)]
pub(crate) enum Packing {
    None,
    Gzip,
    Zstd,
}

/// An archive that is being written.
pub(crate) struct WarcWriter {
    packing: Packing,
    pub(crate) bytes: Vec<u8>,
    /// Where records begin.
    pub(crate) starts: Vec<usize>,
}

pub(crate) const HTML: &str = "Content-Type: text/html; charset=UTF-8";

impl WarcWriter {
    /// An archive with the note about itself that archives begin with.
    pub(crate) fn new(packing: Packing) -> WarcWriter {
        let archive = WarcWriter { packing, bytes: Vec::new(), starts: Vec::new() };
        archive.record("warcinfo", "Content-Type: application/warc-fields", "software: test 1\r\n")
    }

    /// A page that was asked for and answered.
    pub(crate) fn page(self, url: &str, header: &str, body: impl AsRef<[u8]>) -> WarcWriter {
        self.record("request", &target(url), "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
            .answer(url, "200 OK", header, body)
            .record("metadata", &target(url), "fetchTimeMs: 81\r\n")
    }

    pub(crate) fn answer(
        self,
        url: &str,
        status: &str,
        header: &str,
        body: impl AsRef<[u8]>,
    ) -> WarcWriter {
        let head = format!("HTTP/1.1 {status}\r\nServer: test\r\n{header}\r\n\r\n");
        let block = [head.as_bytes(), body.as_ref()].concat();
        let fields = format!("{}\r\nContent-Type: application/http; msgtype=response", target(url));
        self.record("response", &fields, block)
    }

    pub(crate) fn record(self, kind: &str, fields: &str, block: impl AsRef<[u8]>) -> WarcWriter {
        let block = block.as_ref();
        let length = block.len();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2031-03-04T05:06:07Z\r\n\
             {fields}\r\nContent-Length: {length}\r\n\r\n"
        );
        self.raw([head.as_bytes(), block, b"\r\n\r\n"].concat())
    }

    /// Bytes in the place of a record.
    pub(crate) fn raw(mut self, record: impl AsRef<[u8]>) -> WarcWriter {
        self.starts.push(self.bytes.len());
        match self.packing {
            Packing::None => self.bytes.extend_from_slice(record.as_ref()),
            Packing::Gzip => self.bytes.extend(gzip(record)),
            Packing::Zstd => self.bytes.extend(zstd(record)),
        }
        self
    }
}

pub(crate) fn target(url: &str) -> String {
    format!("WARC-Target-URI: {url}")
}

pub(crate) fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    compress_to_vec(bytes.as_ref(), CompressionLevel::Fastest)
}
