//! One frame of a zstd file.

use super::{Bytes, Window, cut_off, damaged};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder, errors};
use std::io::{self, Read};

/// What a frame of a zstd file begins with.
pub(super) const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Bytes of window that a frame may ask for: what the `zstd` command grants by itself.
const WINDOW_BYTES_MAX: u64 = 128 * 1024 * 1024;

/// Whether bytes begin with a frame that carries something else than content.
pub(super) fn is_skippable(bytes: &[u8]) -> bool {
    matches!(bytes, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Decodes one frame after the other, with the memory of the first.
pub(super) struct Decoder {
    frame: FrameDecoder,
    open: bool,
}

impl Decoder {
    pub(super) fn new() -> Decoder {
        let mut frame = FrameDecoder::new();
        frame.set_max_window_size(WINDOW_BYTES_MAX);
        Decoder { frame, open: false }
    }

    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// Reads the header of the next frame.
    pub(super) fn begin(&mut self, packed: &mut Window<Bytes>) -> io::Result<()> {
        self.frame.reset(packed).map_err(|error| plain(&error))?;
        self.open = true;
        Ok(())
    }

    /// Gives the frame up in the middle.
    pub(super) fn abandon(&mut self) {
        self.open = false;
    }

    /// Decodes the next bytes of the frame into `target`; 0 at its end.
    pub(super) fn read(
        &mut self,
        packed: &mut Window<Bytes>,
        target: &mut [u8],
    ) -> io::Result<usize> {
        while self.frame.can_collect() == 0 && !self.frame.is_finished() {
            self.frame
                .decode_blocks(&mut *packed, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(|error| plain(&error))?;
        }
        let n = self.frame.read(target)?;
        if n == 0 && !target.is_empty() {
            self.open = false;
            let written = self.frame.get_checksum_from_data();
            if written.is_some() && written != self.frame.get_calculated_checksum() {
                return Err(damaged("damaged zstd data: the checksum is another"));
            }
        }
        Ok(n)
    }
}

/// Steps over a skippable frame.
pub(super) fn skip_frame(packed: &mut Window<Bytes>) -> io::Result<()> {
    let mut header = [0; 8];
    packed.read_exact(&mut header)?;
    let length = u32::from_le_bytes([header[4], header[5], header[6], header[7]]);
    io::copy(&mut packed.take(length.into()), &mut io::sink())?;
    Ok(())
}

/// The decoder's error, told from that of the reader below it.
fn plain(error: &errors::FrameDecoderError) -> io::Error {
    use errors::FrameDecoderError as E;
    match error {
        E::DictNotProvided { .. } => damaged("zstd data that needs a dictionary"),
        E::WindowSizeTooBig { requested, .. } => {
            let mib = requested.div_ceil(1 << 20);
            damaged(format!("zstd data that needs {mib} MiB of memory, more than 128"))
        }
        _ if is_end(error) => cut_off(),
        _ => damaged("damaged zstd data"),
    }
}

/// Whether the reader below has come to its end, which the decoder wraps in errors of its own.
fn is_end(error: &errors::FrameDecoderError) -> bool {
    let mut cause = Some(error as &(dyn std::error::Error + 'static));
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.kind() == io::ErrorKind::UnexpectedEof;
        }
        cause = error.source();
    }
    false
}
