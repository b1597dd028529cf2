//! How sources are asked, and what of the world that rests on.

use crate::moment::{Clock, SystemClock};
use crate::resolve::{PrivateAddresses, Resolve, SystemResolver};
use std::sync::Arc;
use std::time::Duration;

/// How to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// The time that an answer may take, from the name's resolution to its last byte.
    pub timeout: Duration,
    /// Bytes of an answer that are read, as the server sends them.
    pub body_bytes_max: usize,
    /// Pages that are fetched from one host in one round; the others follow in the next.
    pub pages_per_host: usize,
    /// Where whoever runs this can be reached: an address of mail or of a page.
    pub contact: Option<String>,
    /// What to do about addresses that are not on the open net.
    pub private_addresses: PrivateAddresses,
    /// How long an archive may grow before the next begins.
    pub archive_bytes_max: u64,
    /// The time after which a round begins nothing more; what is left follows in the next.
    pub round_time_max: Option<Duration>,
}

impl Default for Settings {
    /// A pause of 2 seconds, 30 seconds and 10 MiB an answer, 100 pages a host and round, archives of
    /// 1 GiB, open addresses alone, rounds as long as they take.
    fn default() -> Settings {
        Settings {
            delay: Duration::from_secs(2),
            timeout: Duration::from_secs(30),
            body_bytes_max: 10 * 1024 * 1024,
            pages_per_host: 100,
            contact: None,
            private_addresses: PrivateAddresses::Refused,
            archive_bytes_max: 1 << 30,
            round_time_max: None,
        }
    }
}

impl Settings {
    /// What requests call us.
    pub(crate) fn user_agent(&self) -> String {
        let product = concat!("newstemma/", env!("CARGO_PKG_VERSION"));
        match &self.contact {
            Some(contact) => format!("{product} (+{contact})"),
            None => product.to_owned(),
        }
    }
}

/// What of the world a watch rests on.
pub struct World {
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// What finds the addresses of names.
    pub resolver: Arc<dyn Resolve>,
}

impl Default for World {
    /// The clock and the resolver of the machine.
    fn default() -> World {
        World { clock: Arc::new(SystemClock), resolver: Arc::new(SystemResolver) }
    }
}
