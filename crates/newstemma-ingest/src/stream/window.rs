//! A buffer over a reader through which one can look ahead.

use std::io::{self, BufRead, Read};

/// Bytes that are fetched at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Bytes that were taken and are kept, for [`Window::rewind`].
const KEPT_BYTES: usize = 32 * 1024;

/// A reader of which the next bytes can be looked at before they are taken.
///
/// It is a `BufReader` that can be asked for more than what happens to lie in its buffer, and that
/// counts what was taken. An error of the reader below is told only when all bytes before it have
/// been taken, so that what came before a damage is not lost.
pub(crate) struct Window<R> {
    inner: R,
    buffer: Vec<u8>,
    /// The part of the buffer that was fetched and not yet taken.
    start: usize,
    end: usize,
    taken: u64,
    ended: bool,
    error: Option<io::Error>,
}

impl<R: Read> Window<R> {
    pub(crate) fn new(inner: R) -> Window<R> {
        Window { inner, buffer: Vec::new(), start: 0, end: 0, taken: 0, ended: false, error: None }
    }

    /// How many bytes were taken so far.
    pub(crate) fn position(&self) -> u64 {
        self.taken
    }

    /// The next bytes: at least `n`, unless the input ends or breaks before.
    pub(crate) fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        while self.end - self.start < n && !self.ended && self.error.is_none() {
            self.fetch(n);
        }
        if self.start == self.end
            && let Some(error) = self.error.take()
        {
            return Err(error);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    /// Steps over so many bytes that were looked at.
    pub(crate) fn skip(&mut self, n: usize) {
        let n = n.min(self.end - self.start);
        self.start += n;
        self.taken += n as u64;
    }

    /// Goes back by so many bytes, if they are still in memory; whether they were.
    pub(crate) fn rewind(&mut self, n: u64) -> bool {
        let kept = n <= self.start as u64;
        if kept {
            self.start -= n as usize;
            self.taken -= n;
        }
        kept
    }

    /// Puts an error back, for the next reading to meet it.
    pub(crate) fn put_back(&mut self, error: io::Error) {
        self.error = Some(error);
    }

    /// Reads on below: gives the reader under this window to `mend`, and forgets its error if
    /// `mend` says that reading can go on.
    pub(crate) fn mend<T>(&mut self, mend: impl FnOnce(&mut R) -> T) -> T {
        self.error = None;
        self.ended = false;
        mend(&mut self.inner)
    }

    /// The reader under this window.
    pub(crate) fn inner_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    /// What was fetched and not yet taken, and the reader of what comes after it.
    pub(crate) fn into_parts(mut self) -> io::Result<(Vec<u8>, R)> {
        self.peek(1)?;
        if let Some(error) = self.error {
            return Err(error);
        }
        self.buffer.truncate(self.end);
        self.buffer.drain(..self.start);
        Ok((self.buffer, self.inner))
    }

    /// As [`read`](Read::read), but long reads pass by the buffer, and there is no way back behind
    /// them.
    pub(crate) fn read_past(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let empty = self.start == self.end && !self.ended && self.error.is_none();
        if !empty || target.len() < CHUNK_BYTES {
            return self.read(target);
        }
        let n = self.inner.read(target)?;
        self.taken += n as u64;
        (self.start, self.end) = (0, 0);
        Ok(n)
    }

    fn fetch(&mut self, wanted: usize) {
        let room = wanted.max(CHUNK_BYTES);
        if self.buffer.is_empty() {
            // Most files are read in one go or two: there is nothing to keep yet.
            self.buffer.resize(room, 0);
        } else if self.start + room > self.buffer.len() || self.end == self.buffer.len() {
            let dropped = self.start.saturating_sub(KEPT_BYTES);
            self.buffer.copy_within(dropped..self.end, 0);
            (self.start, self.end) = (self.start - dropped, self.end - dropped);
            let size = self.buffer.len().max(KEPT_BYTES + 2 * room);
            self.buffer.resize(size, 0);
        }
        match self.inner.read(&mut self.buffer[self.end..]) {
            Ok(0) => self.ended = true,
            Ok(n) => self.end += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => self.error = Some(error),
        }
    }
}

impl<R: Read> Read for Window<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let bytes = self.peek(1)?;
        let n = bytes.len().min(target.len());
        target[..n].copy_from_slice(&bytes[..n]);
        self.skip(n);
        Ok(n)
    }
}

impl<R: Read> BufRead for Window<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, n: usize) {
        self.skip(n);
    }
}

#[cfg(test)]
mod tests {
    use super::Window;
    use std::io::{self, Read};

    /// Gives its bytes one at a time, then fails.
    struct Dripping<'a>(&'a [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else {
                return Err(io::Error::other("dry"));
            };
            target[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    #[test]
    fn what_was_looked_at_is_still_there() {
        let mut window = Window::new(Dripping("Überschrift".as_bytes()));
        assert_eq!(window.peek(4).unwrap(), "Übe".as_bytes());
        window.skip(2);
        assert_eq!(window.position(), 2);
        assert_eq!(window.peek(6).unwrap(), b"bersch");
        assert!(window.rewind(2) && !window.rewind(1));
        assert_eq!(window.peek(1).unwrap()[..2], *"Ü".as_bytes());
    }

    #[test]
    fn an_error_comes_after_the_bytes_before_it() {
        let mut window = Window::new(Dripping(b"abc"));
        assert_eq!(window.peek(9).unwrap(), b"abc");
        let mut bytes = [0; 3];
        window.read_exact(&mut bytes).unwrap();
        assert_eq!(window.peek(1).unwrap_err().to_string(), "dry");
    }
}
