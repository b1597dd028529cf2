//! Names to addresses, and the guard that lets only open ones through.
//!
//! The guard stands between name and connection: the addresses that it hands on are those that are
//! connected to, so that a name can't lead elsewhere between the check and its use.

use crate::address::is_open;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Most addresses of a name that are tried.
const ADDRESSES_MAX: usize = 16;

/// What finds the addresses of a name.
pub trait Resolve: Send + Sync {
    /// The addresses of a host, which is a name.
    ///
    /// # Errors
    /// If it has none, or they can't be had within this time.
    fn resolve(&self, host: &str, timeout: Duration) -> io::Result<Vec<IpAddr>>;
}

/// The resolver of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, host: &str, timeout: Duration) -> io::Result<Vec<IpAddr>> {
        let (sender, receiver) = sync_channel(1);
        let host = host.to_owned();
        // The system's call knows no limit of time: it is left behind if it takes too long.
        std::thread::spawn(move || {
            let found = (host.as_str(), 0).to_socket_addrs();
            let addresses = found.map(|found| found.map(|address| address.ip()).collect());
            let _ = sender.send(addresses);
        });
        receiver.recv_timeout(timeout).unwrap_or_else(|error| {
            Err(match error {
                RecvTimeoutError::Timeout => io::ErrorKind::TimedOut.into(),
                RecvTimeoutError::Disconnected => io::Error::other("the resolver failed"),
            })
        })
    }
}

/// Whether addresses that are not on the open net may be connected to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PrivateAddresses {
    /// They are refused.
    #[default]
    Refused,
    /// These are like any other, the rest is refused.
    These(Vec<IpAddr>),
    /// They are like any other.
    Allowed,
}

impl PrivateAddresses {
    fn allow(&self, address: IpAddr) -> bool {
        match self {
            PrivateAddresses::Refused => false,
            PrivateAddresses::These(allowed) => allowed.contains(&address),
            PrivateAddresses::Allowed => true,
        }
    }
}

/// Hands on the addresses of a host that may be connected to.
#[derive(Clone)]
pub(crate) struct Guard {
    pub(crate) resolver: Arc<dyn Resolve>,
    pub(crate) private: PrivateAddresses,
}

/// That a host has no address that may be connected to; with one of those that may not.
#[derive(Debug)]
pub(crate) struct NotOpen(pub(crate) IpAddr);

impl fmt::Display for NotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is not on the open net", self.0)
    }
}

impl std::error::Error for NotOpen {}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("private", &self.private).finish_non_exhaustive()
    }
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let literal = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let found = match literal {
            Some(address) => vec![address],
            None => self.resolver.resolve(host, *timeout.after)?,
        };
        let port =
            uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
        let (allowed, refused): (Vec<IpAddr>, Vec<IpAddr>) =
            found.into_iter().partition(|a| is_open(*a) || self.private.allow(*a));
        let mut addresses = self.empty();
        for address in allowed.into_iter().take(ADDRESSES_MAX) {
            addresses.push(SocketAddr::new(address, port));
        }
        match (addresses.is_empty(), refused.first()) {
            (true, Some(refused)) => Err(ureq::Error::Other(Box::new(NotOpen(*refused)))),
            (true, None) => Err(ureq::Error::HostNotFound),
            (false, _) => Ok(addresses),
        }
    }
}
