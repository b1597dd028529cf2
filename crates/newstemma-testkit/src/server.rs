//! A server on the loopback address that answers as a test tells it to, also wrongly.
//!
//! ```
//! use newstemma_testkit::server::{Server, answer};
//!
//! let server = Server::start(|request, stream| match request.path.as_str() {
//!     "/новость" => stream.write_all(&answer(200, "Content-Type: text/html", "<p>Текст")),
//!     _ => stream.write_all(&answer(404, "", "")),
//! });
//! assert!(server.url("/x").starts_with("http://127.0.0.1:"));
//! assert!(server.paths().is_empty());
//! ```
#![allow(clippy::disallowed_methods, reason = "a server listens")]

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Path and query as they were sent.
    pub path: String,
    /// The lines of the header, in lower case.
    pub header: Vec<String>,
}

impl Request {
    /// The value of a field, by its name in lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.header.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// Where an answer is written to.
pub struct Stream {
    inner: TcpStream,
    stop: Arc<AtomicBool>,
}

impl Stream {
    /// Writes, and sends at once.
    ///
    /// # Errors
    /// If the client is gone.
    pub fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.inner.write_all(bytes)
    }

    /// Writes the same again and again, with pauses, until the client is gone.
    ///
    /// # Errors
    /// If the client is gone.
    pub fn repeat(&mut self, bytes: &[u8], pause: Duration) -> io::Result<()> {
        while !self.stop.load(Ordering::Relaxed) {
            self.inner.write_all(bytes)?;
            std::thread::sleep(pause);
        }
        Ok(())
    }

    /// Writes nothing until the client is gone.
    ///
    /// # Errors
    /// None that matters.
    pub fn stay_silent(&mut self) -> io::Result<()> {
        self.inner.set_read_timeout(Some(Duration::from_millis(100)))?;
        while !self.stop.load(Ordering::Relaxed) {
            match io::Read::read(&mut self.inner, &mut [0; 16]) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if is_pause(&error) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

fn is_pause(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// A server; it ends when this is dropped.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Seen>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What was asked for, in order.
type Seen = Mutex<Vec<Request>>;

impl Server {
    /// Starts a server that answers every request by this function, and then ends the connection.
    pub fn start(
        answer: impl Fn(&Request, &mut Stream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, stop) = (Arc::new(Seen::default()), Arc::new(AtomicBool::new(false)));
        let answer = Arc::new(answer);
        let (kept, ends) = (seen.clone(), stop.clone());
        let thread = std::thread::spawn(move || {
            for connection in listener.incoming() {
                if ends.load(Ordering::Relaxed) {
                    break;
                }
                let (Ok(inner), seen, stop) = (connection, kept.clone(), ends.clone()) else {
                    continue;
                };
                let answer = answer.clone();
                // A client that goes away while it is answered is what some tests are about.
                std::thread::spawn(move || serve(Stream { inner, stop }, &seen, answer.as_ref()));
            }
        });
        Server { address, seen, stop, thread: Some(thread) }
    }

    /// The address of a path on this server.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was asked for so far.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().unwrap().clone()
    }

    /// The paths of that.
    pub fn paths(&self) -> Vec<String> {
        self.requests().into_iter().map(|request| request.path).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes whoever waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(
    mut stream: Stream,
    seen: &Seen,
    answer: &(dyn Fn(&Request, &mut Stream) -> io::Result<()> + Send + Sync),
) -> io::Result<()> {
    stream.inner.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.inner.set_nodelay(true)?;
    let lines = BufReader::new(stream.inner.try_clone()?).lines();
    let lines: io::Result<Vec<String>> =
        lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).collect();
    let lines = lines?;
    let Some(first) = lines.first() else { return Ok(()) };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let lower = |line: &String| match line.split_once(": ") {
        Some((name, value)) => format!("{}: {value}", name.to_ascii_lowercase()),
        None => line.clone(),
    };
    let request = Request { path, header: lines.iter().skip(1).map(lower).collect() };
    seen.lock().unwrap().push(request.clone());
    answer(&request, &mut stream)
}

/// An answer with its length. `fields` are lines of the header, without the last line's end.
pub fn answer(status: u16, fields: &str, body: impl AsRef<[u8]>) -> Vec<u8> {
    let body = body.as_ref();
    let fields = if fields.is_empty() { String::new() } else { format!("{fields}\r\n") };
    let head =
        format!("HTTP/1.1 {status} Said so\r\n{fields}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}
