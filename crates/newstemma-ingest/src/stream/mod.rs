//! Bytes of a source, unpacked as they are read, of which the next can be looked at beforehand.
//!
//! Everything that is read goes through the same three layers, each with a fixed amount of memory:
//! the source, the unpacking ([`Unpacked`]: gzip, zstd, deflate, or nothing), and a [`Window`]
//! through which a reader looks ahead.

mod gzip;
mod unpacked;
mod window;
mod zstd;

pub(crate) use unpacked::{Packing, Unpacked};
pub(crate) use window::Window;

use std::io::{self, Read};

/// Bytes from anywhere.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// Unpacked bytes that can be looked at before they are taken.
pub(crate) type Stream = Window<Unpacked>;

/// Reads bytes that may be packed.
pub(crate) fn open(bytes: Bytes) -> Stream {
    let mut packed = Window::new(bytes);
    let packing = packed.peek(Packing::MAGIC_BYTES).map_or(Packing::None, Packing::of);
    Window::new(Unpacked::new(packed, packing))
}

/// Reads raw deflate, as members of ZIP archives are packed.
pub(crate) fn open_deflate(bytes: Bytes) -> Stream {
    Window::new(Unpacked::new(Window::new(bytes), Packing::Deflate))
}

/// Reads to the end; `None` if that is further than `bytes_max`.
pub(crate) fn read_to_end(input: Stream, bytes_max: usize) -> io::Result<Option<Vec<u8>>> {
    let (mut bytes, rest) = input.into_parts()?;
    let left = (bytes_max + 1).saturating_sub(bytes.len());
    rest.take(left as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= bytes_max).then_some(bytes))
}

/// The error for bytes that are not what they should be.
fn damaged(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

/// The error for bytes that end too early.
pub(crate) fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "cut off")
}
