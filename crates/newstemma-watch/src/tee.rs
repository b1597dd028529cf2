//! Keeps what goes over a connection, so that it can be archived as it was.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Bytes that are kept of each direction: more than any request or header of an answer has.
const KEPT_BYTES: usize = 256 * 1024;

/// What went over one connection, inside of TLS: its first bytes in each direction.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wire(Arc<Mutex<Directions>>);

#[derive(Debug, Default)]
struct Directions {
    sent: Vec<u8>,
    received: Vec<u8>,
}

impl Wire {
    /// What was sent, and what was received.
    pub(crate) fn take(&self) -> (Vec<u8>, Vec<u8>) {
        let kept = self.with(std::mem::take);
        (kept.sent, kept.received)
    }

    fn with<T>(&self, f: impl FnOnce(&mut Directions) -> T) -> T {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Puts a [`Wire`] into connections.
#[derive(Debug)]
pub(crate) struct Tee(pub(crate) Wire);

impl<In: Transport> Connector<In> for Tee {
    type Out = Teed<In>;

    fn connect(
        &self,
        _: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Teed<In>>, ureq::Error> {
        Ok(chained.map(|inner| Teed { inner, wire: self.0.clone() }))
    }
}

/// A connection of which the first bytes are kept.
pub(crate) struct Teed<T> {
    inner: T,
    wire: Wire,
}

impl<T: Transport> Transport for Teed<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let output = &self.inner.buffers().output()[..amount];
        self.wire.with(|kept| keep(&mut kept.sent, output));
        self.inner.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        let before = self.inner.buffers().input().len();
        let progress = self.inner.await_input(timeout)?;
        let input = self.inner.buffers().input();
        let new = input.get(before..).unwrap_or_default();
        self.wire.with(|kept| keep(&mut kept.received, new));
        Ok(progress)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

fn keep(kept: &mut Vec<u8>, new: &[u8]) {
    let room = KEPT_BYTES.saturating_sub(kept.len());
    kept.extend_from_slice(&new[..new.len().min(room)]);
}

impl<T> fmt::Debug for Teed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Teed").finish_non_exhaustive()
    }
}
