//! One member of a gzip file, or one raw deflate stream.

use super::{Bytes, Window, cut_off, damaged};
use flate2::{Decompress, FlushDecompress, Status};
use std::io;

/// What a member of a gzip file begins with: the mark, and the only method there is.
pub(super) const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// Inflates one member.
pub(super) struct Inflate {
    state: Decompress,
    ended: bool,
}

impl Inflate {
    /// A member of a gzip file, with its header and its checksum.
    pub(super) fn gzip() -> Inflate {
        /// The largest window that deflate has, 32 KiB.
        const WINDOW_BITS: u8 = 15;
        Inflate { state: Decompress::new_gzip(WINDOW_BITS), ended: false }
    }

    /// Deflate without any header.
    pub(super) fn raw() -> Inflate {
        Inflate { state: Decompress::new(false), ended: false }
    }

    /// Inflates the next bytes into `target`; 0 at the end of the member.
    pub(super) fn read(
        &mut self,
        packed: &mut Window<Bytes>,
        target: &mut [u8],
    ) -> io::Result<usize> {
        while !self.ended && !target.is_empty() {
            let input = packed.peek(1)?;
            let at_end = input.is_empty();
            let (taken, made) = (self.state.total_in(), self.state.total_out());
            let status = self
                .state
                .decompress(input, target, FlushDecompress::None)
                .map_err(|error| damaged(format!("damaged gzip data: {error}")))?;
            let taken = (self.state.total_in() - taken) as usize;
            let made = (self.state.total_out() - made) as usize;
            packed.skip(taken);
            self.ended = status == Status::StreamEnd;
            match (made, taken) {
                (1.., _) => return Ok(made),
                (0, 0) if !self.ended && at_end => return Err(cut_off()),
                (0, 0) if !self.ended => return Err(damaged("damaged gzip data")),
                _ => {}
            }
        }
        Ok(0)
    }

    /// The first bytes of the member that begins with `packed`, as far as they can be inflated.
    pub(super) fn begin_of(packed: &[u8], target: &mut [u8]) -> usize {
        let mut state = Inflate::gzip().state;
        match state.decompress(packed, target, FlushDecompress::None) {
            Ok(_) => state.total_out() as usize,
            Err(_) => 0,
        }
    }
}
