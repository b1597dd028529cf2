//! Sites whose address is given in the place of that of their feed.

use crate::kit::{Case, feed, html, round_of};
use newstemma_ingest::{Input, ReadOptions, read};
use newstemma_testkit::server::{Server, answer};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A site with this head of its front page and this robots.txt, with a feed, and a sitemap of another
/// page.
fn site(head: &str, robots: &str) -> Server {
    let (front, robots) =
        (format!("<!DOCTYPE html><head>{head}</head><p>Головна"), robots.to_owned());
    Server::start(move |request, stream| {
        let page = "Content-Type: text/html; charset=utf-8";
        stream.write_all(&match request.path.as_str() {
            "/" => answer(200, &format!("ETag: \"1\"\r\n{page}"), &front),
            "/old" => answer(301, "Location: /", ""),
            "/robots.txt" => answer(200, page, &robots),
            "/news/feed" => answer(200, "", feed(&["/1"])),
            "/map" => answer(200, "", "<urlset><url><loc>/2</loc></url></urlset>"),
            "/index" => {
                answer(200, "", "<sitemapindex><sitemap><loc>/map</loc></sitemap></sitemapindex>")
            }
            path => html(path),
        })
    })
}

const FEED: &str =
    "<link rel=alternate type='application/rss+xml' href='feed'><base href='/news/'>";

#[test]
fn the_feeds_that_a_page_declares_are_watched() {
    for path in ["/", "/old"] {
        let server = site(FEED, "Sitemap: /map");
        let case = Case::new("site-feed", &[server.url(path)]);
        let first = case.round();
        assert_eq!(
            (first.round.sources, first.texts().as_slice()),
            (2, &["<!DOCTYPE html><p>/1".to_owned()][..])
        );
        assert_eq!(first.warnings, []);
    }
}

#[test]
fn without_feeds_the_sitemaps_of_its_robots_txt_are_watched() {
    let server = site("", "Sitemap: /index\nUser-agent: *\nDisallow: /x");
    let case = Case::new("site-map", &[server.url("/")]);
    assert_eq!(case.round().texts(), ["<!DOCTYPE html><p>/2"]);
    // Its robots.txt is not asked for again, and what it names is known all the same.
    std::fs::write(case.folder.join("watch.jsonl"), {
        let text = std::fs::read_to_string(case.folder.join("watch.jsonl")).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.contains("\"known\"")).collect();
        kept.join("\n")
    })
    .unwrap();
    assert_eq!(case.round().round.sources, 3);
    assert_eq!(server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1);
}

#[test]
fn a_site_is_asked_where_its_feeds_are_once_a_day() {
    let server = site(FEED, "");
    let case = Case::new("site-daily", &[server.url("/")]);
    let mut watch = case.open();
    let asked = || server.paths().iter().filter(|path| *path == "/").count();
    let mut rounds = Vec::new();
    for _ in 0..9 {
        let round = round_of(&mut watch).round;
        rounds.push((asked(), round.sources, round.sources_unchanged, round.sources_failed));
        case.clock.pass(DAY / 4);
    }
    let (read, rests) = (|days| (days, 2, 1, 0), |days| (days, 1, 1, 0));
    let second_day = [read(2), rests(2), rests(2), rests(2), read(3)];
    assert_eq!(rounds[0], (1, 2, 0, 0));
    assert_eq!(rounds[1..4], [rests(1); 3]);
    assert_eq!(rounds[4..], second_day);
}

#[test]
fn a_site_that_names_no_list_is_told() {
    let server = site("<link rel=canonical href=/>", "");
    let outcome = Case::new("site-none", &[server.url("/")]).round();
    outcome.warned("/: neither a feed nor OPML nor a sitemap, nor a site that names any");
    assert_eq!(outcome.round.sources_failed, 1);
}

#[test]
fn a_page_that_a_list_names_as_a_list_is_no_site() {
    let server = Server::start(|request, stream| {
        stream.write_all(&match request.path.as_str() {
            "/opml" => answer(200, "", "<opml><outline xmlUrl='/page'/></opml>"),
            _ => html(FEED),
        })
    });
    let outcome = Case::new("site-listed", &[server.url("/opml")]).round();
    outcome.warned("/page: neither a feed");
    assert_eq!(outcome.round.sources, 2);
}

#[test]
fn the_page_of_a_site_is_no_page_of_the_archives() {
    let server = site(FEED, "");
    let case = Case::new("site-archives", &[server.url("/")]);
    let pages = case.round().pages;
    assert_eq!(pages.len(), 1);
    let all = read(&[Input::Path(case.folder.clone())], ReadOptions::default());
    assert_eq!(all.value, pages);
}
