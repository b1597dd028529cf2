//! A source without its packing.
//!
//! Files of gzip and zstd are chains of *members* (zstd: *frames*), each packed by itself. Web
//! archives use this: a record is a member, so that one can be read without those before it. Here
//! the members flow together into one stream; where each began is remembered for messages, and
//! after a damaged one reading can go on at the next ([`Unpacked::skip_damage`]).
//!
//! A small file may be packed so that it unpacks into more than any disk holds. What grows past
//! [`EXPANSION_MAX`] times its size is an error of kind [`io::ErrorKind::FileTooLarge`].

use super::gzip::{self, Inflate};
use super::zstd;
use super::{Bytes, Window, damaged};
use std::collections::VecDeque;
use std::io::{self, Read};

/// How many times its size a packed file may grow. Press text packs 3 to 20 times, logs of equal
/// lines 100 times.
const EXPANSION_MAX: u64 = 200;

/// Unpacked bytes that are granted whatever they came from.
const EXPANSION_FREE_BYTES: u64 = 64 * 1024 * 1024;

/// How a source is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    None,
    Gzip,
    Zstd,
    /// Raw deflate, which nothing marks: a member of a ZIP archive.
    Deflate,
}

impl Packing {
    /// Bytes that tell one from the other.
    pub(crate) const MAGIC_BYTES: usize = 4;

    /// The packing of a source that begins with these bytes.
    pub(crate) fn of(head: &[u8]) -> Packing {
        if head.starts_with(&gzip::MAGIC) {
            Packing::Gzip
        } else if head.starts_with(&zstd::MAGIC) || zstd::is_skippable(head) {
            Packing::Zstd
        } else {
            Packing::None
        }
    }
}

/// A source without its packing.
pub(crate) struct Unpacked {
    packed: Window<Bytes>,
    codec: Codec,
    made: u64,
    /// By how much reading went back behind damages.
    rewound: u64,
    /// Where members began, by how much had been unpacked before them.
    starts: VecDeque<Start>,
}

#[derive(Clone, Copy)]
struct Start {
    unpacked: u64,
    packed: u64,
}

enum Codec {
    None,
    Gzip(Option<Inflate>),
    Zstd(Box<zstd::Decoder>),
    Deflate(Inflate),
}

impl Unpacked {
    pub(super) fn new(packed: Window<Bytes>, packing: Packing) -> Unpacked {
        let codec = match packing {
            Packing::None => Codec::None,
            Packing::Gzip => Codec::Gzip(None),
            Packing::Zstd => Codec::Zstd(Box::new(zstd::Decoder::new())),
            Packing::Deflate => Codec::Deflate(Inflate::raw()),
        };
        Unpacked { packed, codec, made: 0, rewound: 0, starts: VecDeque::new() }
    }

    /// Whether the source is packed at all.
    pub(crate) fn is_packed(&self) -> bool {
        !matches!(self.codec, Codec::None)
    }

    /// Where in the source an unpacked position lies: where its member begins, or the position
    /// itself if nothing is packed. Positions must be asked for in ascending order.
    pub(crate) fn place_of(&mut self, unpacked: u64) -> u64 {
        while self.starts.get(1).is_some_and(|next| next.unpacked <= unpacked) {
            self.starts.pop_front();
        }
        match self.codec {
            Codec::None => unpacked,
            _ => self.starts.front().map_or(0, |start| start.packed),
        }
    }

    /// Whether a member begins at an unpacked position.
    pub(crate) fn begins_at(&self, unpacked: u64) -> bool {
        self.starts.iter().any(|start| start.unpacked == unpacked)
    }

    /// Goes on behind a damage: at the next member that unpacks to something that begins with
    /// `begin`. Whether there is one.
    pub(crate) fn skip_damage(&mut self, begin: &[u8]) -> io::Result<bool> {
        /// Packed bytes that are enough to unpack what a member begins with.
        const TRIED_BYTES: usize = 1024;
        let magic: &[u8] = match &mut self.codec {
            Codec::None | Codec::Deflate(_) => return Ok(false),
            Codec::Gzip(member) => {
                *member = None;
                &gzip::MAGIC
            }
            Codec::Zstd(decoder) => {
                decoder.abandon();
                &zstd::MAGIC
            }
        };
        self.leave_member();
        loop {
            let window = self.packed.peek(TRIED_BYTES)?;
            let Some(found) = memchr::memmem::find(window, magic) else {
                if window.len() < TRIED_BYTES {
                    return Ok(false);
                }
                let n = window.len() + 1 - magic.len();
                self.packed.skip(n);
                continue;
            };
            self.packed.skip(found);
            let window = self.packed.peek(TRIED_BYTES)?;
            // Of a zstd frame nothing can be had before a whole block is there: its mark of four
            // bytes has to do.
            let mut first = vec![0; begin.len()];
            let fits = matches!(self.codec, Codec::Zstd(_)) || {
                let n = Inflate::begin_of(window, &mut first);
                first[..n] == *begin
            };
            if fits {
                return Ok(true);
            }
            self.packed.skip(1);
        }
    }

    /// Goes to behind the first byte of the damaged member.
    ///
    /// A wrong length in a header swallows what follows, and a damage may show only behind the
    /// member's end: so reading goes back, as far as memory and a budget reach that keeps the time
    /// linear in the packed size. Where it can't, the next member is looked for from here on.
    fn leave_member(&mut self) {
        let position = self.packed.position();
        let Some(start) = self.starts.back() else { return };
        if position <= start.packed {
            self.packed.skip(1);
            return;
        }
        let back = position - start.packed - 1;
        if self.rewound + back <= position && self.packed.rewind(back) {
            self.rewound += back;
        }
    }

    fn read_member(&mut self, target: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.begin_member()? {
                return Ok(0);
            }
            let n = match &mut self.codec {
                Codec::None => return self.packed.read_past(target),
                Codec::Deflate(inflate) => return inflate.read(&mut self.packed, target),
                Codec::Zstd(decoder) => decoder.read(&mut self.packed, target)?,
                Codec::Gzip(None) => 0,
                Codec::Gzip(Some(inflate)) => inflate.read(&mut self.packed, target)?,
            };
            if n > 0 || target.is_empty() {
                return Ok(n);
            }
            if let Codec::Gzip(member) = &mut self.codec {
                *member = None;
            }
        }
    }

    /// Begins the next member if none is open. Whether there is something to read.
    fn begin_member(&mut self) -> io::Result<bool> {
        let open = match &self.codec {
            Codec::None | Codec::Deflate(_) => true,
            Codec::Gzip(member) => member.is_some(),
            Codec::Zstd(decoder) => decoder.is_open(),
        };
        if open {
            return Ok(true);
        }
        loop {
            let packed = self.packed.position();
            let head = self.packed.peek(Packing::MAGIC_BYTES)?;
            if head.is_empty() {
                return Ok(false);
            }
            // Tapes and block devices fill the last block up with zeros.
            let zeros = head.iter().take_while(|b| **b == 0).count();
            if zeros > 0 {
                self.packed.skip(zeros);
                continue;
            }
            let next = Packing::of(head);
            if zstd::is_skippable(head) {
                zstd::skip_frame(&mut self.packed)?;
                continue;
            }
            self.remember(Start { unpacked: self.made, packed });
            match &mut self.codec {
                Codec::Zstd(decoder) if next == Packing::Zstd => decoder.begin(&mut self.packed)?,
                Codec::Gzip(member) if next == Packing::Gzip => *member = Some(Inflate::gzip()),
                _ => return Err(damaged("something else follows the packed data")),
            }
            return Ok(true);
        }
    }
}

impl Unpacked {
    /// Places are asked for close behind the reading, or never.
    fn remember(&mut self, start: Start) {
        const REMEMBERED: usize = 4096;
        if self.starts.len() == REMEMBERED {
            self.starts.pop_front();
        }
        self.starts.push_back(start);
    }
}

impl Read for Unpacked {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let n = self.read_member(target)?;
        self.made += n as u64;
        let free = EXPANSION_FREE_BYTES.max(self.packed.position() * EXPANSION_MAX);
        if self.is_packed() && self.made > free {
            let message = format!("unpacks to more than {EXPANSION_MAX} times its size");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(n)
    }
}
