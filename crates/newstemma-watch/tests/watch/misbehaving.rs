//! Servers that do what servers must not do.

use crate::kit::{Case, Outcome, feed, html, round_of, site};
use flate2::Compression;
use flate2::write::GzEncoder;
use newstemma_testkit::server::{Request, Server, Stream, answer};
use newstemma_watch::{Resolve, Watch, World};
use std::io::{self, Write};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// One round over a site whose one page is answered so; it must take less than two seconds.
fn fetched(
    name: &str,
    page: impl Fn(&Request, &mut Stream) -> io::Result<()> + Send + Sync + 'static,
) -> (Case, Outcome, Server) {
    let server = site(&["/page"], page);
    let case = Case::new(name, &[server.url("/feed")]);
    let began = Instant::now();
    let outcome = case.round();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    (case, outcome, server)
}

#[test]
fn a_slow_answer_is_cut_off_and_tried_again() {
    let (case, outcome, _server) = fetched("slow", |_, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><p>")?;
        stream.repeat("повільно ".as_bytes(), Duration::from_millis(50))
    });
    outcome.warned("took too long");
    assert!(case.archived("pages").contains("WARC-Truncated: time"));
    assert!(outcome.texts()[0].contains("повільно"));
    case.clock.pass(Duration::from_secs(14 * 60));
    assert_eq!(case.round().round.pages, 0);
    case.clock.pass(Duration::from_secs(2 * 60));
    assert_eq!(case.round().round.pages, 1);
}

#[test]
fn a_server_that_never_answers_is_given_up_in_time() {
    let (case, outcome, _server) = fetched("silent", |_, stream| stream.stay_silent());
    outcome.warned("/page: no answer in time");
    assert_eq!((outcome.round.pages, outcome.round.pages_failed), (0, 1));
    assert!(!case.archived("lists").is_empty() && case.archived("pages").is_empty());
}

#[test]
fn an_endless_answer_is_cut_at_the_limit() {
    let (case, outcome, _server) = fetched("endless", |_, stream| {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><p>")?;
        stream.repeat(&[b'a'; 8192], Duration::ZERO)
    });
    assert_eq!(outcome.texts()[0].len(), 64 * 1024);
    assert!(case.archived("pages").contains("WARC-Truncated: length"));
    outcome.warned("pages that the crawler cut off: 1");
}

#[test]
fn a_small_answer_that_unpacks_to_a_large_one_is_no_page_and_no_list() {
    let mut gzip = GzEncoder::new(b"".to_vec(), Compression::best());
    gzip.write_all(b"<!DOCTYPE html><p>").unwrap();
    for _ in 0..40 {
        gzip.write_all(&vec![b'a'; 1 << 20]).unwrap();
    }
    let bomb = gzip.finish().unwrap();
    assert!(bomb.len() < 64 * 1024);
    let bomb = answer(200, "Content-Type: text/html\r\nContent-Encoding: gzip", bomb);
    let (_, outcome, server) = fetched("bomb", move |_, stream| stream.write_all(&bomb));
    outcome.warned("/page: no page of HTML");
    assert_eq!(server.requests()[2].field("accept-encoding"), Some("gzip"));
    let outcome = Case::new("bomb-list", &[server.url("/page")]).round();
    outcome.warned("neither a feed nor OPML nor a sitemap");
}

#[test]
fn redirects_in_a_circle_or_without_end_are_left() {
    let (_, outcome, server) = fetched("circle", |request, stream| {
        let to = if request.path == "/page" { "/other" } else { "/page" };
        stream.write_all(&answer(302, &format!("Location: {to}"), ""))
    });
    outcome.warned("/page: redirected in a circle");
    assert_eq!(server.paths(), ["/robots.txt", "/feed", "/page", "/other"]);
    let (_, outcome, server) = fetched("longer", |request, stream| {
        stream.write_all(&answer(302, &format!("Location: {}x", request.path), ""))
    });
    outcome.warned("/page: redirected more than 10 times");
    assert_eq!(server.paths().len(), 2 + 11);
    let (_, outcome, _server) =
        fetched("nowhere", |_, stream| stream.write_all(&answer(301, "Location: http://[", "")));
    outcome.warned("redirected to no address: `http://[`");
    let (_, outcome, _server) = fetched("scheme", |_, stream| {
        stream.write_all(&answer(301, "Location: file:///etc/passwd", ""))
    });
    outcome.warned("the scheme `file` is none of the web");
}

#[test]
fn redirects_with_long_bodies_are_bounded_together() {
    let (case, outcome, _server) = fetched("long-redirects", |request, stream| {
        let fields = format!("Location: {}x", request.path);
        stream.write_all(&answer(302, &fields, vec![b'a'; 40 * 1024]))
    });
    outcome.warned("redirected more than 10 times");
    let stored = case.archived("pages").bytes().filter(|byte| *byte == b'a').count();
    assert!((64 * 1024..66 * 1024).contains(&stored), "{stored}");
}

#[test]
fn nothing_new_where_nothing_is_known_is_no_answer() {
    let (_, outcome, _server) =
        fetched("not-modified", |_, stream| stream.write_all(b"HTTP/1.1 304 Not Modified\r\n\r\n"));
    outcome.warned("/page: answered with status 304");
}

#[test]
fn an_answer_shorter_than_it_says_is_tried_again() {
    let (case, outcome, _server) = fetched("short", |_, stream| {
        stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999\r\n\r\n",
        )?;
        stream.write_all("<!DOCTYPE html><p>Кінець".as_bytes())
    });
    outcome.warned("the answer breaks off");
    assert!(case.archived("pages").contains("WARC-Truncated: disconnect"));
    assert_eq!(outcome.texts(), ["<!DOCTYPE html><p>Кінець"]);
}

#[test]
fn of_an_answer_longer_than_it_says_the_rest_is_left() {
    let (case, outcome, _server) = fetched("long", |_, stream| {
        stream.write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 21\r\n\r\n",
        )?;
        stream.write_all(b"<!DOCTYPE html><p>abcdef")
    });
    assert_eq!(outcome.warnings, []);
    assert_eq!(outcome.texts(), ["<!DOCTYPE html><p>abc"]);
    assert!(!case.archived("pages").contains("abcd"));
}

#[test]
fn chunks_are_taken_off_and_the_header_says_so() {
    let (case, outcome, _server) = fetched("chunks", |_, stream| {
        stream.write_all(b"HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\nX-Odd:  kept\r\n")?;
        stream.write_all(
            b"Content-Type: text/html\r\n\r\n12\r\n<!DOCTYPE html><p>\r\n3\r\nabc\r\n0\r\n\r\n",
        )
    });
    assert_eq!(outcome.texts(), ["<!DOCTYPE html><p>abc"]);
    let stored = "HTTP/1.1 200 Fine\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\nX-Odd:  kept\r\n\
                  Content-Type: text/html\r\n\r\n<!DOCTYPE html><p>abc\r\n\r\n";
    assert!(case.archived("pages").contains(stored));
}

#[test]
fn a_header_without_end_is_left() {
    let (_, outcome, _server) = fetched("header", |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        stream.repeat(&[&b"X-A: "[..], &[b'b'; 4000], b"\r\n"].concat(), Duration::ZERO)
    });
    outcome.warned("/page: the header of the answer is too long");
}

#[test]
fn what_is_no_http_is_told() {
    for (name, said) in [
        ("ssh", &b"SSH-2.0-OpenSSH_9\r\n\r\n"[..]),
        ("field", b"HTTP/1.1 200 OK\r\nno field at all\r\n\r\n"),
        ("status", b"HTTP/1.1 2x OK\r\n\r\n"),
        ("nothing", b""),
    ] {
        let (_, outcome, _server) = fetched(name, move |_, stream| stream.write_all(said));
        assert_eq!(outcome.round.pages_failed, 1, "{name}");
        outcome.warned("/page: ");
    }
}

/// What finds addresses has a fault.
struct Faulty;

impl Resolve for Faulty {
    fn resolve(&self, host: &str, _: Duration) -> io::Result<Vec<IpAddr>> {
        panic!("no addresses of {host}")
    }
}

#[test]
fn a_fault_while_something_is_fetched_does_not_end_the_round_of_the_others() {
    let server = site(&["/page", "http://faulty.example/page"], |_, stream| {
        stream.write_all(&html("Добре"))
    });
    let mut case = Case::new("fault", &[server.url("/feed")]);
    // More than there are workers.
    case.sources.extend((0..20).map(|number| format!("http://{number}.example/feed")));
    let world = World { clock: case.clock.clone(), resolver: Arc::new(Faulty) };
    let opened = Watch::open(&case.folder, &case.sources, case.settings.clone(), world);
    let outcome = round_of(&mut opened.unwrap().value);
    assert_eq!((outcome.round.sources_failed, outcome.round.pages_failed), (20, 1));
    assert_eq!(outcome.round.pages, 1);
    assert!(outcome.warnings[0].message.contains("a fault in this program"));
}

#[test]
fn neither_cookies_nor_broken_fields_are_sent_back() {
    let feed = feed(&["/page"]);
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&answer(404, "Set-Cookie: id=robot", "")),
        "/feed" => {
            let fields = "Set-Cookie: id=7; Path=/\r\nLast-Modified: yesterday\r\nETag: \"\u{e9}\"";
            stream.write_all(&answer(200, fields, &feed))
        }
        _ => stream.write_all(&[&answer(200, "Set-Cookie: id=8\r\nX-Bad: \u{1}", "")[..]].concat()),
    });
    let case = Case::new("cookies", &[server.url("/feed")]);
    case.round();
    case.round();
    let requests = server.requests();
    assert!(requests.len() >= 4, "{:?}", server.paths());
    for request in &requests {
        assert_eq!((request.field("cookie"), request.field("if-none-match")), (None, None));
        assert!(request.field("user-agent").unwrap().starts_with("newstemma/"));
    }
    let again = requests.iter().rfind(|request| request.path == "/feed").unwrap();
    assert_eq!(again.field("if-modified-since"), Some("yesterday"));
}

#[test]
fn a_page_in_another_encoding_is_read_as_the_server_says() {
    let (_, outcome, _server) = fetched("encoding", |_, stream| {
        let body = b"<!DOCTYPE html><p>\xcc\xee\xf1\xf2 \xee\xf2\xea\xf0\xfb\xf2";
        stream.write_all(&answer(200, "Content-Type: text/html; charset=windows-1251", body))
    });
    assert_eq!(outcome.texts(), ["<!DOCTYPE html><p>Мост открыт"]);
    let (_, outcome, _server) = fetched("good", |_, stream| stream.write_all(&html("Добре")));
    assert_eq!(outcome.warnings, []);
}
