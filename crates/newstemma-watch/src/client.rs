//! One request and its answer, as they went over the wire.
//!
//! Every request has a connection of its own: a host is asked once in a while, and the addresses of
//! its name are checked each time. Of the answer the header is kept as the server wrote it, and the
//! body as the header's `Content-Encoding` has it; only what belongs to the connection (chunks) is
//! taken off. Redirects are not followed here, cookies are not kept, no proxy is asked.

use crate::error::FetchError;
use crate::resolve::{Guard, NotOpen};
use crate::tee::{Tee, Wire};
use newstemma_ingest::end_of_header;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::HeaderMap;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::{
    ConnectionDetails, Connector, Either, RustlsConnector, TcpConnector, Transport,
};
use ureq::{Agent, Body, http};
use url::Url;

/// Longest header of an answer.
const HEADER_BYTES_MAX: usize = 64 * 1024;

/// Longest value of a field that is sent back to the server.
const ECHO_BYTES_MAX: usize = 1024;

/// Asks servers.
pub(crate) struct Client {
    config: Config,
    tls: SharedTls,
    guard: Guard,
}

/// What to ask for.
pub(crate) struct Request<'a> {
    pub(crate) url: &'a Url,
    /// Kinds of content that are wanted, as `Accept` has them.
    pub(crate) accept: &'static str,
    /// What is known of an earlier answer.
    pub(crate) validators: Option<&'a Validators>,
    /// Bytes of the body that are read at most.
    pub(crate) body_bytes_max: usize,
}

/// By what a server tells whether something changed since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The request as it was sent.
    pub(crate) sent: Vec<u8>,
    /// The header as it came, its first line and the blank line behind it included.
    pub(crate) header: Vec<u8>,
    pub(crate) body: Vec<u8>,
    /// Why the body is not whole.
    pub(crate) truncated: Option<Truncated>,
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
    pub(crate) validators: Validators,
}

/// Why a body is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Truncated {
    /// It is longer than what is read.
    Length,
    /// It took too long.
    Time,
    /// The server ended it too early, or wrote it wrongly.
    Disconnect,
}

impl Answer {
    /// Whether the server says that it is asked too much.
    pub(crate) fn is_overloaded(&self) -> bool {
        matches!(self.status, 429 | 503)
    }

    /// What broke the body off, if it was not its length.
    pub(crate) fn broken(&self) -> Option<&'static str> {
        match self.truncated? {
            Truncated::Length => None,
            Truncated::Time => Some("the answer took too long and is cut off"),
            Truncated::Disconnect => Some("the answer breaks off"),
        }
    }
}

impl Client {
    /// A client that gives each answer so much time, from the name's resolution to the last byte.
    pub(crate) fn new(user_agent: &str, timeout: Duration, guard: Guard) -> Client {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&roots()))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Config::builder()
            .user_agent(user_agent)
            .accept_encoding("gzip")
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .max_response_header_size(HEADER_BYTES_MAX)
            .proxy(None)
            .timeout_global(Some(timeout))
            .tls_config(tls)
            .build();
        Client { config, tls: SharedTls::default(), guard }
    }

    /// Asks.
    ///
    /// # Errors
    /// If no answer came. A body that breaks off is no error.
    pub(crate) fn ask(&self, request: &Request<'_>) -> Result<Answer, FetchError> {
        let wire = Wire::default();
        let connector = TcpConnector::default().chain(self.tls.clone()).chain(Tee(wire.clone()));
        let agent = Agent::with_parts(self.config.clone(), connector, self.guard.clone());
        let mut builder = agent.get(request.url.as_str()).header("accept", request.accept);
        if let Some(validators) = request.validators {
            let fields = [
                ("if-none-match", &validators.etag),
                ("if-modified-since", &validators.last_modified),
            ];
            for (name, value) in fields {
                if let Some(value) = value {
                    builder = builder.header(name, value);
                }
            }
        }
        let response = builder.call().map_err(fetch_error)?;
        let (parts, body) = response.into_parts();
        let (body, truncated) = read_body(body, request.body_bytes_max);
        let text = |name| text(&parts.headers, name);
        let (sent, received) = wire.take();
        let header = header_of(received).ok_or(FetchError::Header)?;
        Ok(Answer {
            sent,
            header,
            body,
            truncated,
            status: parts.status.as_u16(),
            location: text(http::header::LOCATION),
            retry_after: text(http::header::RETRY_AFTER),
            validators: Validators {
                etag: text(http::header::ETAG).and_then(echo),
                last_modified: text(http::header::LAST_MODIFIED).and_then(echo),
            },
        })
    }
}

/// The certificates that this machine trusts. Where there are none, every server is refused, and the
/// warning about it says why.
fn roots() -> Vec<Certificate<'static>> {
    let found = rustls_native_certs::load_native_certs();
    found.certs.iter().map(|root| Certificate::from_der(root).to_owned()).collect()
}

fn read_body(body: Body, bytes_max: usize) -> (Vec<u8>, Option<Truncated>) {
    let mut bytes = Vec::new();
    let reader = body.into_with_config().limit(u64::MAX).reader();
    let read = reader.take(bytes_max as u64 + 1).read_to_end(&mut bytes);
    let truncated = match read {
        _ if bytes.len() > bytes_max => {
            bytes.truncate(bytes_max);
            Some(Truncated::Length)
        }
        Ok(_) => None,
        Err(error) => match ureq::Error::from(error) {
            ureq::Error::Timeout(_) => Some(Truncated::Time),
            _ => Some(Truncated::Disconnect),
        },
    };
    (bytes, truncated)
}

/// The header that received bytes begin with, answers that only announce another left away.
fn header_of(mut received: Vec<u8>) -> Option<Vec<u8>> {
    loop {
        let (length, blank) = end_of_header(&received)?;
        let end = length + blank;
        let announces = received.get(9).is_some_and(|first_digit| *first_digit == b'1');
        if !announces {
            received.truncate(end);
            return Some(received);
        }
        received.drain(..end);
    }
}

/// A field's text; what is no UTF-8 in it is replaced.
fn text(headers: &HeaderMap, name: http::HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// A value that can be sent back as it is.
fn echo(value: String) -> Option<String> {
    let sound = value.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    (sound && !value.is_empty() && value.len() <= ECHO_BYTES_MAX).then_some(value)
}

fn fetch_error(error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::Timeout(_) => FetchError::Timeout,
        ureq::Error::HostNotFound => FetchError::Name,
        ureq::Error::Other(other) => match other.downcast::<NotOpen>() {
            Ok(refused) => FetchError::NotOpen(refused.0),
            Err(other) => FetchError::Connection(other.to_string()),
        },
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            FetchError::Timeout
        }
        ureq::Error::Io(error) => FetchError::Connection(error.to_string()),
        ureq::Error::LargeResponseHeader(..) => FetchError::Header,
        error @ (ureq::Error::Protocol(_) | ureq::Error::Http(_)) => {
            FetchError::Answer(error.to_string())
        }
        error => FetchError::Connection(error.to_string()),
    }
}

/// TLS that all requests share: making it reads all certificates.
#[derive(Clone, Debug, Default)]
struct SharedTls(Arc<RustlsConnector>);

impl<In: Transport> Connector<In> for SharedTls {
    type Out = Either<In, <RustlsConnector as Connector<In>>::Out>;

    fn connect(
        &self,
        details: &ConnectionDetails,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(self.0.connect(details, chained)?.map(Either::B))
    }
}

#[cfg(test)]
mod tests {
    use super::{echo, header_of};

    #[test]
    fn the_header_is_that_of_the_answer_itself() {
        let check = |received: &[u8], expected: Option<&[u8]>| {
            assert_eq!(header_of(received.to_vec()).as_deref(), expected);
        };
        let answer = b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
        check(&[&answer[..], b"body\r\n\r\n"].concat(), Some(answer));
        check(
            &[b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", &answer[..]].concat(),
            Some(answer),
        );
        check(b"HTTP/1.1 200 OK\nA: b\n\nbody", Some(b"HTTP/1.1 200 OK\nA: b\n\n"));
        check(b"HTTP/1.1 200 OK\nA: b\n\n<p>x\r\n\r\ny", Some(b"HTTP/1.1 200 OK\nA: b\n\n"));
        check(b"HTTP/1.1 200 OK\r\n\r\nbody\n\n", Some(b"HTTP/1.1 200 OK\r\n\r\n"));
        check(b"HTTP/1.1 200 OK\r\n", None);
    }

    #[test]
    fn only_sound_values_are_sent_back() {
        assert!(echo("W/\"a b\"".to_owned()).is_some());
        for value in ["", "a\r\nB: c", "\u{fffd}", &"x".repeat(2000)] {
            assert_eq!(echo(value.to_owned()), None);
        }
    }
}
