//! What a host allows, and what follows where it does not say so.

use crate::kit::{Case, Outcome, html, site};
use flate2::Compression;
use flate2::write::GzEncoder;
use newstemma_testkit::server::{Request, Server, Stream, answer};
use std::io::{self, Write};
use std::time::Duration;

/// A round over a site with one page and this robots.txt.
fn under(
    name: &str,
    robots: impl Fn(&Request, &mut Stream) -> io::Result<()> + Send + Sync + 'static,
) -> (Case, Outcome, Server) {
    let feed = crate::kit::feed(&["/page"]);
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/feed" => stream.write_all(&answer(200, "", &feed)),
        "/page" => stream.write_all(&html("Сторінка")),
        _ => robots(request, stream),
    });
    let case = Case::new(&format!("robots-{name}"), &[server.url("/feed")]);
    let outcome = case.round();
    (case, outcome, server)
}

#[test]
fn where_there_is_no_robots_txt_everything_is_allowed() {
    for status in [404, 403, 401, 410] {
        let (_, outcome, _server) =
            under("none", move |_, stream| stream.write_all(&answer(status, "", "gone")));
        assert_eq!((outcome.round.pages, outcome.warnings.len()), (1, 0), "{status}");
    }
}

#[test]
fn what_it_forbids_is_not_fetched_and_not_tried_again() {
    let robots = "User-agent: *\nDisallow: /\n\nUser-agent: Newstemma\nDisallow: /page";
    let (case, outcome, server) =
        under("forbids", move |_, stream| stream.write_all(&answer(200, "", robots)));
    outcome.warned("/page: robots.txt forbids it");
    assert_eq!((outcome.round.pages_refused, outcome.round.sources_failed), (1, 0));
    assert_eq!(server.paths(), ["/robots.txt", "/feed"]);
    assert_eq!(case.round().warnings, []);
    assert!(case.archived("lists").contains("Disallow: /page"));
}

#[test]
fn a_source_that_it_forbids_is_not_asked() {
    let (_, outcome, server) = under("source", |_, stream| {
        stream.write_all(&answer(200, "", "User-agent: newstemma\nDisallow: /feed"))
    });
    outcome.warned("/feed: robots.txt forbids it");
    assert_eq!(server.paths(), ["/robots.txt"]);
}

#[test]
fn while_it_can_not_be_had_nothing_is_fetched() {
    let (case, outcome, server) =
        under("fails", |_, stream| stream.write_all(&answer(500, "", "Allow: /")));
    outcome.warned("nothing is fetched while robots.txt can't be had: answered with status 500");
    assert_eq!(server.paths(), ["/robots.txt"]);
    case.clock.pass(Duration::from_secs(3600));
    assert_eq!(case.round().round.sources_failed, 1);
    let (_, outcome, server) = under("silent", |_, stream| stream.stay_silent());
    outcome.warned("robots.txt can't be had: no answer in time");
    assert_eq!(server.paths(), ["/robots.txt"]);
}

/// Nothing but a robots.txt like this is asked for, and this is why.
fn refused(
    name: &str,
    robots: impl Fn(&mut Stream) -> io::Result<()> + Send + Sync + 'static,
    why: &str,
) {
    let (case, outcome, server) = under(name, move |_, stream| robots(stream));
    outcome.warned(&format!("/feed: nothing is fetched while robots.txt can't be had: {why}"));
    assert_eq!(server.paths(), ["/robots.txt"], "{name}");
    assert!(case.archived("lists").contains("WARC-Target-URI"), "{name}");
}

#[test]
fn while_only_a_part_of_it_can_be_had_nothing_is_fetched() {
    refused(
        "breaks-off",
        |stream| stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nUser-agent: *\n"),
        "the answer breaks off",
    );
    refused(
        "slow",
        |stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\n")?;
            stream.repeat(b"# slowly\n", Duration::from_millis(50))
        },
        "the answer took too long",
    );
}

#[test]
fn one_that_unpacks_to_far_too_much_is_none() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..40 {
        gzip.write_all(&vec![b'#'; 1 << 20]).unwrap();
    }
    let bomb = answer(200, "Content-Encoding: gzip", gzip.finish().unwrap());
    refused("bomb", move |stream| stream.write_all(&bomb), "its body can't be unpacked");
}

#[test]
fn of_a_long_one_the_beginning_counts() {
    let (_, outcome, _server) = under("long", |_, stream| {
        let rules = format!("User-agent: *\nDisallow: /page\n{}", "# long\n".repeat(100_000));
        stream.write_all(&answer(200, "", rules))
    });
    outcome.warned("/page: robots.txt forbids it");
}

#[test]
fn it_is_followed_through_redirects_but_not_for_ever() {
    let (_, outcome, server) = under("redirects", |request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&answer(301, "Location: /r5", "")),
        "/r1" => stream.write_all(&answer(200, "", "User-agent: *\nDisallow: /page")),
        path => {
            let number: u32 = path[2..].parse().unwrap_or(2);
            stream.write_all(&answer(302, &format!("Location: /r{}", number - 1), ""))
        }
    });
    outcome.warned("/page: robots.txt forbids it");
    assert_eq!(server.paths().len(), 1 + 5 + 1);
    let (_, outcome, _server) = under("for-ever", |request, stream| {
        stream.write_all(&answer(302, &format!("Location: {}x", request.path), ""))
    });
    assert_eq!((outcome.round.pages, outcome.warnings.len()), (1, 0));
}

#[test]
fn the_delay_that_it_asks_for_is_kept() {
    let (case, outcome, _server) = under("delay", |_, stream| {
        stream.write_all(&answer(200, "", "User-agent: *\nCrawl-delay: 20"))
    });
    assert_eq!(outcome.round.pages, 1);
    // Robots, feed, page: two pauses.
    assert!(case.clock.passed() >= Duration::from_secs(40), "{:?}", case.clock.passed());
}

#[test]
fn it_is_asked_for_once_a_day() {
    let server = site(&["/a", "/b"], |_, stream| stream.write_all(&html("x")));
    let case = Case::new("robots-once", &[server.url("/feed")]);
    let mut watch = case.open();
    let asked = || server.paths().iter().filter(|path| *path == "/robots.txt").count();
    crate::kit::round_of(&mut watch);
    crate::kit::round_of(&mut watch);
    assert_eq!(asked(), 1);
    case.clock.pass(Duration::from_secs(25 * 3600));
    crate::kit::round_of(&mut watch);
    assert_eq!(asked(), 2);
}

#[test]
fn it_is_believed_for_a_day_over_runs() {
    const HOUR: Duration = Duration::from_secs(3600);
    let (case, _, server) = under("over-runs", |_, stream| {
        let rules = "User-agent: *\nDisallow: /feed?*утро$\nCrawl-delay: 20";
        stream.write_all(&answer(200, "", rules))
    });
    let asked = || server.paths().iter().filter(|path| *path == "/robots.txt").count();
    assert_eq!(asked(), 1);
    case.clock.pass(23 * HOUR);
    let mut second =
        Case { sources: vec![server.url("/feed?утро"), server.url("/feed")], ..case };
    let before = second.clock.passed();
    let outcome = second.round();
    outcome.warned("/feed?утро: robots.txt forbids it");
    assert_eq!((asked(), outcome.round.sources_unchanged), (1, 1));
    // Another run may have asked a moment ago.
    assert!(second.clock.passed() - before >= Duration::from_secs(20));
    second.clock.pass(2 * HOUR);
    second.sources.remove(0);
    second.round();
    assert_eq!(asked(), 2);
}

#[test]
fn while_it_can_not_be_had_every_run_asks() {
    let (case, _, server) = under("every-run", |_, stream| stream.write_all(&answer(500, "", "")));
    case.round();
    assert_eq!(server.paths(), ["/robots.txt"; 2]);
}
