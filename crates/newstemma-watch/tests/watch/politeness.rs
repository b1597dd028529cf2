//! How often a host is asked.

use crate::kit::{Case, NOON, feed, html, round_of, site};
use newstemma_testkit::server::{Server, answer};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn a_host_is_asked_one_request_at_a_time_with_a_pause() {
    let links = ["/1", "/2", "/3", "/4", "/5", "/6"];
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let site = || {
        let (now, most) = (now.clone(), most.clone());
        site(&links, move |_, stream| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(20));
            now.fetch_sub(1, Ordering::SeqCst);
            stream.write_all(&html("x"))
        })
    };
    let sites = [site(), site()];
    let sources: Vec<String> = sites.iter().map(|site| site.url("/feed")).collect();
    // Both servers are one host.
    let mut case = Case::new("one-at-a-time", &sources);
    case.settings.delay = Duration::from_secs(5);
    let outcome = case.round();
    assert_eq!(outcome.round.pages, 12);
    assert_eq!(most.load(Ordering::SeqCst), 1);
    assert!(case.clock.passed() >= Duration::from_secs(5 * 15), "{:?}", case.clock.passed());
}

#[test]
fn hosts_are_asked_side_by_side() {
    // Each answers only when both are being asked.
    let together = Arc::new(Barrier::new(2));
    let site = || {
        let together = together.clone();
        site(&["/1"], move |_, stream| {
            together.wait();
            stream.write_all(&html("x"))
        })
    };
    let sites = [site(), site()];
    let names = ["a.example", "b.example"];
    let source = |(site, name): (&Server, &str)| format!("http://{name}:{}/feed", site.port());
    let sources: Vec<String> = sites.iter().zip(names).map(source).collect();
    let mut case = Case::new("side-by-side", &sources);
    case.names = names.map(|name| (name, vec![Ipv4Addr::LOCALHOST.into()])).into();
    assert_eq!(case.round().round.pages, 2);
}

#[test]
fn no_more_pages_of_a_host_are_fetched_in_a_round_than_may_be() {
    let server = site(&["/1", "/2", "/3"], |_, stream| stream.write_all(&html("x")));
    let mut case = Case::new("limit", &[server.url("/feed")]);
    case.settings.pages_per_host = 2;
    let mut watch = case.open();
    let first = round_of(&mut watch).round;
    assert_eq!((first.pages, first.pages_put_off), (2, 1));
    // The feed did not change; what was left is fetched all the same.
    let second = round_of(&mut watch).round;
    assert_eq!((second.pages, second.pages_put_off, second.sources_unchanged), (1, 0, 1));
    assert_eq!(round_of(&mut watch).round.pages, 0);
}

#[test]
fn a_round_that_lasts_too_long_leaves_the_rest_for_the_next() {
    let server = site(&["/1", "/2", "/3", "/4"], |_, stream| stream.write_all(&html("x")));
    let mut case = Case::new("long-round", &[server.url("/feed")]);
    case.settings.delay = Duration::from_secs(10);
    case.settings.round_time_max = Some(Duration::from_secs(25));
    let mut watch = case.open();
    let first = round_of(&mut watch).round;
    assert!(first.pages >= 1 && first.pages_put_off >= 1, "{first:?}");
    assert_eq!(first.pages + first.pages_put_off, 4);
    case.settings.round_time_max = None;
    drop(watch);
    assert_eq!(case.round().round.pages, first.pages_put_off);
}

/// A site whose first page says this once, with the number of times that it was asked for.
fn overloaded_once(fields: &'static str, status: u16) -> Server {
    let asked = AtomicUsize::new(0);
    site(&["/1", "/2"], move |_, stream| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => stream.write_all(&answer(status, fields, "slow down")),
        _ => stream.write_all(&html("x")),
    })
}

#[test]
fn a_short_rest_is_waited_for() {
    let server = overloaded_once("Retry-After: 20", 429);
    let case = Case::new("short-rest", &[server.url("/feed")]);
    let outcome = case.round();
    assert_eq!((outcome.round.pages, outcome.warnings.len()), (2, 0));
    assert!(case.clock.passed() >= Duration::from_secs(20));
}

#[test]
fn a_long_rest_is_kept_over_rounds_and_runs() {
    // Noon and twenty minutes.
    assert_eq!(NOON.to_string(), "2031-05-24T12:00:00Z");
    for (name, fields) in
        [("seconds", "Retry-After: 1200"), ("date", "Retry-After: Sat, 24 May 2031 12:20:00 GMT")]
    {
        let server = overloaded_once(fields, 503);
        let case = Case::new(&format!("long-rest-{name}"), &[server.url("/feed")]);
        let first = case.round();
        assert_eq!((first.round.pages, first.round.pages_put_off), (0, 2));
        assert!(first.warnings[0].message.ends_with("left alone until 2031-05-24T12:20:00Z"));
        case.clock.pass(19 * MINUTE);
        let before = server.paths().len();
        let second = case.round();
        assert_eq!((second.round.sources_failed, second.round.pages), (1, 0));
        assert_eq!(server.paths().len(), before);
        case.clock.pass(2 * MINUTE);
        assert_eq!(case.round().round.pages, 2, "{name}");
    }
}

#[test]
fn a_host_that_says_nothing_of_how_long_is_left_alone_for_longer_each_time() {
    let server = site(&["/1"], |_, stream| stream.write_all(&answer(503, "", "")));
    let case = Case::new("longer", &[server.url("/feed")]);
    let mut watch = case.open();
    round_of(&mut watch).warned("left alone until 2031-05-24T12:01:00Z");
    case.clock.pass(15 * MINUTE);
    // The feed answers well, and the failures of the host begin anew.
    round_of(&mut watch).warned("left alone until 2031-05-24T12:16:00Z");
    let server = Server::start(|_, stream| stream.write_all(&answer(503, "", "")));
    let case = Case::new("longer-still", &[server.url("/feed")]);
    let mut watch = case.open();
    round_of(&mut watch).warned("left alone until 2031-05-24T12:01:00Z");
    case.clock.pass(MINUTE);
    round_of(&mut watch).warned("left alone until 2031-05-24T12:03:00Z");
}

#[test]
fn a_page_that_fails_is_tried_five_times_ever_later() {
    let server = site(&["/1"], |_, stream| stream.write_all(&answer(500, "", "")));
    let case = Case::new("five-times", &[server.url("/feed")]);
    let mut watch = case.open();
    let tried = || server.paths().iter().filter(|path| *path == "/1").count();
    let mut tries = Vec::new();
    for _ in 0..60 {
        round_of(&mut watch);
        tries.push(tried());
        case.clock.pass(15 * MINUTE);
    }
    assert_eq!((tries[0], tries[1], tries[2], tries[3], tries[59]), (1, 2, 2, 3, 5));
    // A page that is not there is not tried again.
    let server = site(&["/1"], |_, stream| stream.write_all(&answer(404, "", "")));
    let case = Case::new("not-there", &[server.url("/feed")]);
    case.round().warned("/1: answered with status 404");
    case.clock.pass(90 * MINUTE);
    assert_eq!(case.round().warnings, []);
}

#[test]
fn a_page_that_is_always_overloaded_is_given_up_and_holds_no_other_back() {
    for (status, fields) in [(503, ""), (429, "Retry-After: 300"), (503, "Retry-After: 20")] {
        let server = site(&["/1", "/2"], move |request, stream| match request.path.as_str() {
            "/1" => stream.write_all(&answer(status, fields, "")),
            _ => stream.write_all(&html("Друга")),
        });
        let case = Case::new(&format!("always-overloaded-{status}"), &[server.url("/feed")]);
        let mut watch = case.open();
        let (mut came, mut given_up) = (Vec::new(), Vec::new());
        for number in 0..60 {
            let outcome = round_of(&mut watch);
            came.extend(outcome.pages.iter().map(|_| number));
            given_up.extend((outcome.round.pages_failed > 0).then_some(number));
            case.clock.pass(15 * MINUTE);
        }
        assert!(matches!(came[..], [0..3]), "{status} {fields}: {came:?}");
        assert!(matches!(given_up[..], [15..20]), "{status} {fields}: {given_up:?}");
        assert_eq!(round_of(&mut watch).warnings, []);
    }
}

#[test]
fn a_list_that_is_always_overloaded_holds_no_other_of_its_host_back() {
    for (status, fields) in [(503, ""), (429, "Retry-After: 300")] {
        let links: Vec<String> = (0..20).map(|number| format!("/{number}")).collect();
        let links: Vec<&str> = links.iter().map(String::as_str).collect();
        let good = feed(&links);
        let server = Server::start(move |request, stream| match request.path.as_str() {
            "/robots.txt" => stream.write_all(&answer(404, "", "")),
            "/bad" => stream.write_all(&answer(status, fields, "")),
            "/good" => stream.write_all(&answer(200, "", &good)),
            path => stream.write_all(&html(path)),
        });
        let sources = ["/bad", "/good"].map(|path| server.url(path));
        let case = Case::new(&format!("list-overloaded-{status}"), &sources);
        let mut watch = case.open();
        let mut pages = 0;
        for _ in 0..16 {
            pages += round_of(&mut watch).round.pages;
            case.clock.pass(15 * MINUTE);
        }
        assert_eq!(pages, 20, "{status} {fields}");
        let asked = server.paths().iter().filter(|path| *path == "/bad").count();
        assert!((4..=5).contains(&asked), "{asked}");
    }
}

#[test]
fn of_a_slow_host_everything_comes_to_its_turn_over_rounds() {
    // In a round it can be asked three times.
    let server = Server::start(|request, stream| {
        let page = request.path.strip_prefix("/feed/").map(|number| format!("/page/{number}"));
        stream.write_all(&match (request.path.as_str(), page) {
            ("/robots.txt", _) => answer(404, "", ""),
            // These fail for ever.
            ("/feed/0" | "/feed/1" | "/feed/2", _) => answer(404, "", ""),
            (_, Some(page)) => answer(200, "", feed(&[&page])),
            _ => html("x"),
        })
    });
    let sources: Vec<String> = (0..6).map(|n| server.url(&format!("/feed/{n}"))).collect();
    let mut case = Case::new("slow-host", &sources);
    case.settings.delay = 10 * MINUTE;
    case.settings.round_time_max = Some(25 * MINUTE);
    let mut watch = case.open();
    for _ in 0..10 {
        round_of(&mut watch);
    }
    let paths = server.paths();
    for number in 0..6 {
        let asked = |kind: &str| paths.contains(&format!("/{kind}/{number}"));
        assert!(asked("feed") && asked("page") == (number > 2), "{number}: {paths:?}");
    }
}

#[test]
fn a_round_ends_in_time_also_for_what_is_led_to_another_host() {
    let names = ["a.example", "b.example", "c.example", "d.example", "slow.example"];
    let server = Server::start(move |request, stream| {
        let port = request.field("host").and_then(|host| host.split(':').nth(1)).unwrap_or("80");
        let link = |name: &&str| format!("http://{name}:{port}/1");
        stream.write_all(&match request.path.as_str() {
            "/robots.txt" => answer(404, "", ""),
            "/feed" => {
                let links: Vec<String> = names[..4].iter().map(link).collect();
                answer(200, "", feed(&links.iter().map(String::as_str).collect::<Vec<_>>()))
            }
            "/1" => answer(302, &format!("Location: http://slow.example:{port}{}", "/2"), ""),
            _ => html("x"),
        })
    });
    let mut case =
        Case::new("led-elsewhere", &[format!("http://a.example:{}/feed", server.port())]);
    case.names = names.map(|name| (name, vec![Ipv4Addr::LOCALHOST.into()])).into();
    case.settings.delay = 10 * MINUTE;
    case.settings.round_time_max = Some(25 * MINUTE);
    let round = case.round().round;
    assert!(round.pages_put_off >= 1, "{round:?}");
    assert_eq!(round.pages + round.pages_unchanged + round.pages_put_off, 4, "{round:?}");
    assert!(case.clock.passed() < 26 * MINUTE, "{:?}", case.clock.passed());
}

#[test]
fn what_was_not_asked_for_costs_no_pause() {
    let links: Vec<String> = (0..50).map(|number| format!("/secret/{number}")).collect();
    let feed = feed(&links.iter().map(String::as_str).collect::<Vec<_>>());
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/feed" => stream.write_all(&answer(200, "", &feed)),
        _ => stream.write_all(&answer(200, "", "User-agent: *\nDisallow: /secret")),
    });
    let mut case = Case::new("no-pause", &[server.url("/feed")]);
    case.settings.delay = Duration::from_secs(10);
    let round = case.round().round;
    assert_eq!(round.pages_refused, 50);
    // One behind robots.txt, and one behind the feed.
    assert!(case.clock.passed() <= Duration::from_secs(21), "{:?}", case.clock.passed());
}

#[test]
fn a_watch_that_is_stopped_ends_its_round() {
    let server = site(&["/1", "/2"], |_, stream| stream.write_all(&html("x")));
    let mut case = Case::new("stopped", &[server.url("/feed")]);
    case.settings.delay = Duration::from_secs(1);
    let mut watch = case.open();
    let stop = watch.stop();
    let round = watch.round(|_| {
        stop.store(true, Ordering::SeqCst);
        Ok::<(), newstemma_watch::WatchError>(())
    });
    assert!(round.unwrap().pages < 2);
    drop(watch);
    assert!(case.round().round.pages >= 1);
}
