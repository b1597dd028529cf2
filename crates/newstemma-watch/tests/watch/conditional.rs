//! What is known is asked for conditionally, and what did not change is not stored twice.

use crate::kit::{Case, feed, html, round_of};
use newstemma_testkit::server::{Server, answer};
use newstemma_watch::{Batch, WatchError};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A site that knows its feed by an ETag and a date, behind a redirect.
fn conditional() -> Server {
    let feed = feed(&["/1"]);
    Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&answer(404, "", "")),
        "/old" => stream.write_all(&answer(301, "Location: /feed", "")),
        "/feed" => {
            let known = request.field("if-none-match") == Some("W/\"7\"")
                && request.field("if-modified-since") == Some("Sat, 24 May 2031 10:00:00 GMT");
            let fields = "ETag: W/\"7\"\r\nLast-Modified: Sat, 24 May 2031 10:00:00 GMT";
            if known {
                stream
                    .write_all(format!("HTTP/1.1 304 Not Modified\r\n{fields}\r\n\r\n").as_bytes())
            } else {
                stream.write_all(&answer(200, fields, &feed))
            }
        }
        _ => stream.write_all(&html("x")),
    })
}

#[test]
fn a_feed_that_did_not_change_is_not_sent_again() {
    for path in ["/feed", "/old"] {
        let server = conditional();
        let case = Case::new("conditional", &[server.url(path)]);
        assert_eq!(case.round().round.pages, 1);
        for _ in 0..2 {
            let second = case.round();
            assert_eq!((second.round.sources_unchanged, second.round.pages), (1, 0), "{path}");
            assert_eq!(second.warnings, []);
        }
        let lists = case.archived("lists");
        assert_eq!(lists.matches("WARC-Type: revisit").count(), 2);
        assert!(
            lists.contains(
                "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified"
            )
        );
        assert_eq!(lists.matches("Канал").count(), 1);
    }
}

#[test]
fn an_answer_with_the_same_body_is_not_stored_again() {
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/feed" => stream.write_all(&answer(200, "", feed(&[]))),
        _ => stream.write_all(&answer(404, "", "")),
    });
    let case = Case::new("identical", &[server.url("/feed")]);
    case.round();
    assert_eq!(case.round().round.sources_unchanged, 1);
    let lists = case.archived("lists");
    assert!(lists.contains("revisit/identical-payload-digest"));
    assert_eq!(lists.matches("Канал").count(), 1);
}

#[test]
fn a_list_that_another_names_is_asked_less_often_the_longer_it_does_not_change() {
    const HOUR: Duration = Duration::from_secs(3600);
    let changed = Arc::new(AtomicUsize::new(0));
    let server = {
        let changed = changed.clone();
        Server::start(move |request, stream| match request.path.as_str() {
            "/robots.txt" => stream.write_all(&answer(404, "", "")),
            "/list" => stream.write_all(&answer(200, "", "<opml><outline xmlUrl='/map'/></opml>")),
            _ => {
                let text = format!("<urlset><!-- {} --></urlset>", changed.load(Ordering::SeqCst));
                stream.write_all(&answer(200, "", text))
            }
        })
    };
    let case = Case::new("unchanged", &[server.url("/list")]);
    let mut watch = case.open();
    let mut asked_in = |rounds: usize, pause: Duration| {
        let before = server.paths().len();
        for _ in 0..rounds {
            round_of(&mut watch);
            case.clock.pass(pause);
        }
        let paths = server.paths().split_off(before);
        ["/list", "/map"].map(|path| paths.iter().filter(|asked| *asked == path).count())
    };
    assert_eq!(asked_in(10, HOUR), [10, 10]);
    assert_eq!(asked_in(1, 240 * HOUR), [1, 1]);
    assert_eq!(asked_in(48, HOUR), [48, 2]);
    changed.store(1, Ordering::SeqCst);
    assert_eq!(asked_in(10, HOUR), [10, 10]);
}

#[test]
fn what_was_not_taken_is_fetched_again() {
    let server = conditional();
    let case = Case::new("not-taken", &[server.url("/feed")]);
    let mut watch = case.open();
    let batches = AtomicUsize::new(0);
    let full = || WatchError::Source { source_name: "disk".to_owned(), message: "full".to_owned() };
    let failed = watch.round(|batch: Batch| {
        batches.fetch_add(1, Ordering::SeqCst);
        if batch.pages.is_empty() { Ok(()) } else { Err(full()) }
    });
    assert!(failed.is_err());
    let outcome = round_of(&mut watch);
    assert_eq!((outcome.round.pages, outcome.pages.len()), (1, 1));
}

#[test]
fn when_nothing_at_all_was_taken_everything_is_fetched_again() {
    let server = conditional();
    let case = Case::new("nothing-taken", &[server.url("/feed")]);
    let mut watch = case.open();
    let full = || WatchError::Source { source_name: "disk".to_owned(), message: "full".to_owned() };
    assert!(watch.round(|_| Err(full())).is_err());
    let outcome = round_of(&mut watch);
    assert_eq!((outcome.round.sources, outcome.round.pages), (1, 1));
}
