//! Web archive collections (WACZ): a ZIP archive with WARC files in its folder `archive/`.
//!
//! Members are streamed from where they lie in the file, each through a file handle of its own;
//! only the directory of the archive is in memory. A ZIP archive without that folder (an office
//! document, a book) is not looked into.

use crate::ReadOptions;
use crate::open::{Records, passed_over, records_of, unreadable};
use crate::stream::{self, Bytes, Stream};
use newstemma_model::{Page, Warning};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

/// Where the WARC files are.
const FOLDER: &str = "archive/";

/// Opens the collection at `path`.
pub(crate) fn open(path: &Path, name: &str, options: &ReadOptions) -> io::Result<Records> {
    let members = match members(File::open(path)?) {
        Ok(members) => members,
        Err(error) => return Ok(passed_over(name, format!("damaged ZIP archive: {error}"))),
    };
    if members.is_empty() {
        return Ok(passed_over(name, "not text: ZIP archive or office document"));
    }
    Ok(Box::new(Wacz {
        path: path.to_owned(),
        name: name.to_owned(),
        options: options.clone(),
        members: members.into_iter(),
        open: None,
    }))
}

struct Wacz {
    path: PathBuf,
    name: String,
    options: ReadOptions,
    members: std::vec::IntoIter<Member>,
    open: Option<Records>,
}

/// A file in a ZIP archive.
struct Member {
    name: String,
    start: u64,
    packed_bytes: u64,
    packing: Result<Packing, String>,
}

#[derive(Clone, Copy)]
enum Packing {
    Stored,
    Deflated,
}

impl Iterator for Wacz {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            let member = self.members.next()?;
            let name = format!("{}/{}", self.name, member.name);
            let opened = match member.packing {
                Ok(packing) => member
                    .open(&self.path, packing)
                    .and_then(|stream| records_of(stream, None, &name, &self.options, 1))
                    .unwrap_or_else(|error| unreadable(&name, &error)),
                Err(reason) => passed_over(&name, reason),
            };
            self.open = Some(opened);
        }
    }
}

impl Member {
    fn open(&self, archive: &Path, packing: Packing) -> io::Result<Stream> {
        let mut file = File::open(archive)?;
        file.seek(SeekFrom::Start(self.start))?;
        let bytes: Bytes = Box::new(file.take(self.packed_bytes));
        Ok(match packing {
            Packing::Stored => stream::open(bytes),
            Packing::Deflated => stream::open_deflate(bytes),
        })
    }
}

/// The members of the folder, in order of their names.
fn members(file: File) -> Result<Vec<Member>, ZipError> {
    let mut archive = ZipArchive::new(io::BufReader::new(file))?;
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index)?;
        let name = entry.name()?.into_owned();
        if entry.is_dir() || !name.starts_with(FOLDER) {
            continue;
        }
        let packing = match entry.compression() {
            _ if entry.encrypted() => Err("encrypted".to_owned()),
            CompressionMethod::Stored => Ok(Packing::Stored),
            CompressionMethod::Deflated => Ok(Packing::Deflated),
            other => Err(format!("packed by {other}, which is not read")),
        };
        members.push(Member {
            name,
            start: entry.data_start().unwrap_or_default(),
            packed_bytes: entry.compressed_size(),
            packing,
        });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}
