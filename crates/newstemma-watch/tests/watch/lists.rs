//! What lists list, and lists of lists.

use crate::kit::{Case, NOON, feed, html, round_of};
use flate2::Compression;
use flate2::write::GzEncoder;
use newstemma_testkit::server::{Server, answer};
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A server with these texts; everything else is a page.
fn serve(texts: &'static [(&'static str, &'static str)]) -> Server {
    Server::start(move |request, stream| {
        if request.path == "/robots.txt" {
            return stream.write_all(&answer(404, "", ""));
        }
        match texts.iter().find(|(path, _)| *path == request.path) {
            Some((_, text)) => stream.write_all(&answer(200, "Content-Type: text/xml", text)),
            None => stream.write_all(&html(&request.path)),
        }
    })
}

/// The paths that a round over `/list` asks for, without robots.txt and the list, in order.
fn asked_for(name: &str, server: &Server) -> Vec<String> {
    let outcome = Case::new(&format!("list-{name}"), &[server.url("/list")]).round();
    assert_eq!(outcome.warnings, [], "{name}");
    let mut paths = server.paths();
    paths.retain(|path| path != "/robots.txt" && path != "/list");
    paths.sort();
    paths
}

#[test]
fn feeds_of_every_kind_list_pages() {
    let rss = "<rss><channel><link>/home</link><item><link>/1</link></item>\
               <item><guid isPermaLink='false'>7</guid><link>2?a=1&amp;b=2#part</link></item></channel></rss>";
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><link href='/self' rel='self'/>\
                <entry><link rel='enclosure' href='/sound'/><link href='новина'/></entry></feed>";
    let json = "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": \"1\", \
                \"url\": \"/j\", \"content_text\": \"x\"}]}";
    let rdf = "<rdf:RDF xmlns:rdf='x' xmlns='http://purl.org/rss/1.0/'><channel/>\
               <item rdf:about='/r'><link>/r</link></item></rdf:RDF>";
    for (name, list, expected) in [
        ("rss", rss, &["/1", "/2?a=1&b=2"][..]),
        ("atom", atom, &["/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B0"]),
        ("json", json, &["/j"]),
        ("rdf", rdf, &["/r"]),
    ] {
        let texts: &'static [(&str, &str)] = Vec::leak(vec![("/list", list)]);
        assert_eq!(asked_for(name, &serve(texts)), expected, "{name}");
    }
}

#[test]
fn opml_lists_feeds_however_deep_in_it() {
    let opml = "<opml version='2.0'><body><outline text='Преса'><outline text='А' xmlUrl='/a'/>\
                <outline xmlUrl='/b'></outline></outline><outline htmlUrl='/no'/></body></opml>";
    let texts = vec![
        ("/list", opml),
        ("/a", "<rss><item><link>/1</link></item></rss>"),
        ("/b", "<rss><item><link>/1</link></item><item><link>/2</link></item></rss>"),
    ];
    assert_eq!(asked_for("opml", &serve(Vec::leak(texts))), ["/1", "/2", "/a", "/b"]);
}

#[test]
fn sitemaps_list_pages_also_of_news_and_indexes_list_sitemaps() {
    let index = "<?xml version='1.0'?><sitemapindex xmlns='x'><sitemap><loc>/news.xml</loc>\
                 <lastmod>2031-05-24</lastmod></sitemap><sitemap><loc> /more.xml </loc></sitemap>\
                 </sitemapindex>";
    let news = "<urlset xmlns='x' xmlns:news='y' xmlns:image='z'><url><loc>/1</loc>\
                <image:image><image:loc>/picture</image:loc></image:image>\
                <news:news><news:publication_date>2031-05-24T10:00:00Z</news:publication_date>\
                <news:title>Міст</news:title></news:news></url><url></url></urlset>";
    let more = "<s:urlset xmlns:s='x'><s:url><s:loc><![CDATA[/2]]></s:loc></s:url></s:urlset>";
    let texts = vec![("/list", index), ("/news.xml", news), ("/more.xml", more)];
    let server = serve(Vec::leak(texts));
    let outcome = Case::new("list-sitemap", &[server.url("/list")]).round();
    outcome.warned("/news.xml: entries that are damaged, too many or have no address: 1");
    let mut pages = outcome.texts();
    pages.sort();
    assert_eq!(pages, ["<!DOCTYPE html><p>/1", "<!DOCTYPE html><p>/2"]);
    assert_eq!(outcome.round.sources, 3);
}

#[test]
fn a_sitemap_may_be_packed() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(b"<urlset><url><loc>/packed</loc></url></urlset>").unwrap();
    let packed = answer(200, "Content-Type: application/gzip", gzip.finish().unwrap());
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/list" => stream.write_all(&packed),
        "/robots.txt" => stream.write_all(&answer(404, "", "")),
        _ => stream.write_all(&html("x")),
    });
    assert_eq!(asked_for("packed", &server), ["/packed"]);
}

#[test]
fn lists_that_list_each_other_end() {
    let itself = "<sitemapindex><sitemap><loc>/list</loc></sitemap><sitemap><loc>/list#x</loc>\
                  </sitemap></sitemapindex>";
    assert_eq!(asked_for("itself", &serve(Vec::leak(vec![("/list", itself)]))), [""; 0]);
    // Each index lists two new ones: a tree without end, cut at its third level.
    let server = Server::start(|request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&answer(404, "", "")),
        path => {
            let two = format!(
                "<sitemapindex><sitemap><loc>{path}a</loc></sitemap><sitemap><loc>{path}b</loc>\
                 </sitemap></sitemapindex>"
            );
            stream.write_all(&answer(200, "", two))
        }
    });
    let outcome = Case::new("list-tree", &[server.url("/list")]).round();
    assert_eq!(outcome.round.sources, 1 + 2 + 4 + 8);
    assert_eq!(outcome.warnings.len(), 8);
    assert!(outcome.warnings[0].message.starts_with("lists that are nested too deep: 2"));
}

#[test]
fn lists_that_name_each_other_stay_below_the_one_that_the_user_named() {
    // Each is new every time, so that it is read again.
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |request, stream| {
        let names = match request.path.as_str() {
            "/list" => &["/a"][..],
            "/a" => &["/b", "/list", "/a"],
            "/b" => &["/a", "/list"],
            _ => return stream.write_all(&answer(404, "", "")),
        };
        let names: String =
            names.iter().map(|name| format!("<sitemap><loc>{name}</loc></sitemap>")).collect();
        let number = asked.fetch_add(1, Ordering::SeqCst);
        let index = format!("<sitemapindex><!-- {number} -->{names}</sitemapindex>");
        stream.write_all(&answer(200, "", index))
    });
    let case = Case::new("list-each-other", &[server.url("/list")]);
    let mut watch = case.open();
    for _ in 0..4 {
        let outcome = round_of(&mut watch);
        assert_eq!((outcome.round.sources, outcome.round.sources_unchanged), (3, 0));
    }
}

#[test]
fn a_page_is_that_of_the_list_that_named_it_last() {
    let server = serve(&[
        ("/first", "<rss><item><link>/1</link></item></rss>"),
        ("/second", "<rss><title>Друга</title><item><link>/1</link></item></rss>"),
    ]);
    let mut case = Case::new("list-last", &[server.url("/first")]);
    case.settings.pages_per_host = 0;
    assert_eq!(case.round().round.pages_put_off, 1);
    case.sources.push(server.url("/second"));
    let both = case.round().round;
    assert_eq!((both.sources, both.sources_unchanged, both.pages_put_off), (2, 1, 1));
    // The first is none of the user's any more.
    case.sources.remove(0);
    case.settings.pages_per_host = 1;
    let second = case.round();
    assert_eq!((second.round.sources_unchanged, second.round.pages), (1, 1));
}

#[test]
fn what_was_a_page_becomes_a_list_when_one_names_it_as_such() {
    let server = serve(&[
        ("/feed", "<rss><item><link>/other</link></item></rss>"),
        ("/other", "<rss><item><link>/1</link></item></rss>"),
        ("/opml", "<opml><outline xmlUrl='/other'/></opml>"),
    ]);
    let mut case = Case::new("list-of-a-page", &[server.url("/feed")]);
    case.round().warned("/other: no page of HTML");
    case.sources.push(server.url("/opml"));
    let outcome = case.round();
    assert_eq!(outcome.texts(), ["<!DOCTYPE html><p>/1"]);
    assert_eq!(outcome.round.sources, 3);
    // The feed goes on to name it as a page.
    assert_eq!(case.round().round.sources, 3);
}

#[test]
fn what_nobody_names_any_more_is_forgotten_after_a_month() {
    const DAY: Duration = Duration::from_secs(24 * 3600);
    let server = serve(&[
        ("/first", "<opml><outline xmlUrl='/feed'/></opml>"),
        ("/feed", "<rss><item><link>/1</link></item></rss>"),
        ("/second", "<rss><item><link>/2</link></item></rss>"),
    ]);
    let mut case = Case::new("list-forgotten", &["/first", "/second"].map(|path| server.url(path)));
    case.round();
    case.sources.remove(0);
    let known = |case: &Case| {
        ["/first", "/feed", "/1", "/second", "/2"].map(|path| case.known(&server.url(path)))
    };
    case.clock.pass(29 * DAY);
    case.round();
    assert_eq!(known(&case), [1, 1, 1, 1, 1]);
    case.clock.pass(2 * DAY);
    case.round();
    // The second list did not change, but is asked.
    assert_eq!(known(&case), [0, 0, 0, 1, 1]);
}

#[test]
fn no_more_lists_are_watched_than_can_be() {
    let opml: String = (0..6000).map(|number| format!("<outline xmlUrl='/{number}'/>")).collect();
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/list" => stream.write_all(&answer(200, "", format!("<opml>{opml}</opml>"))),
        _ => stream.write_all(&answer(404, "", "")),
    });
    let mut case = Case::new("list-many", &[server.url("/list")]);
    case.settings.body_bytes_max = 1 << 20;
    case.settings.delay = Duration::from_secs(60);
    case.settings.round_time_max = Some(Duration::from_secs(90));
    case.round().warned("lists beyond those that can be watched: 1001");
}

#[test]
fn a_list_that_is_gone_for_good_is_not_asked_again() {
    let server = Server::start(|request, stream| {
        let status = if request.path == "/robots.txt" { 404 } else { 410 };
        stream.write_all(&answer(status, "", ""))
    });
    let case = Case::new("gone", &[server.url("/list")]);
    case.round().warned("gone for good");
    let asked = server.paths().len();
    let outcome = case.round();
    assert_eq!((outcome.round.sources, server.paths().len()), (0, asked));
}

#[test]
fn what_a_list_does_not_list_any_more_is_not_asked() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&answer(404, "", "")),
        "/list" => {
            let name = ["a", "b"][asked.fetch_add(1, Ordering::SeqCst).min(1)];
            stream.write_all(&answer(200, "", format!("<opml><outline xmlUrl='/{name}'/></opml>")))
        }
        _ => stream.write_all(&answer(200, "", feed(&[]))),
    });
    let case = Case::new("dropped", &[server.url("/list")]);
    let mut watch = case.open();
    round_of(&mut watch);
    // Whether the feed is asked before the list says that it is out is left open.
    round_of(&mut watch);
    let before = server.paths().len();
    round_of(&mut watch);
    let mut third = server.paths().split_off(before);
    third.sort();
    assert_eq!(third, ["/b", "/list"]);
}

#[test]
fn a_list_that_breaks_off_costs_none_of_those_below_the_cut() {
    let whole = "<opml><body><outline xmlUrl='/a'/><outline xmlUrl='/b'/></body></opml>";
    let (cut, _) = whole.split_at(whole.find("<outline xmlUrl='/b'").unwrap());
    // One that says how long it is, and one that does not.
    let said = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{cut}", whole.len());
    for (name, broken) in [("said", said.into_bytes()), ("unsaid", answer(200, "", cut))] {
        let asked = AtomicUsize::new(0);
        let server = Server::start(move |request, stream| match request.path.as_str() {
            "/robots.txt" => stream.write_all(&answer(404, "", "")),
            "/list" if asked.fetch_add(1, Ordering::SeqCst) == 1 => stream.write_all(&broken),
            "/list" => stream.write_all(&answer(200, "", whole)),
            _ => stream.write_all(&answer(200, "", feed(&[]))),
        });
        let case = Case::new(&format!("list-breaks-off-{name}"), &[server.url("/list")]);
        let mut watch = case.open();
        for _ in 0..4 {
            assert_eq!(round_of(&mut watch).round.sources, 3, "{name}");
        }
    }
}

#[test]
fn what_one_list_drops_and_another_names_stays() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&answer(404, "", "")),
        "/first" => stream.write_all(&answer(200, "", "<opml><outline xmlUrl='/feed'/></opml>")),
        "/second" => {
            let name = ["feed", "other"][asked.fetch_add(1, Ordering::SeqCst).min(1)];
            stream.write_all(&answer(200, "", format!("<opml><outline xmlUrl='/{name}'/></opml>")))
        }
        _ => stream.write_all(&answer(200, "", feed(&[]))),
    });
    let mut case = Case::new("list-drops", &[server.url("/first")]);
    assert_eq!(case.round().round.sources, 2);
    case.sources.push(server.url("/second"));
    let mut watch = case.open();
    assert_eq!(round_of(&mut watch).round.sources, 3);
    for _ in 0..3 {
        assert_eq!(round_of(&mut watch).round.sources, 4);
    }
}

#[test]
fn what_a_list_names_that_is_gone_and_another_names_stays() {
    let server = serve(&[
        ("/first", "<opml><outline xmlUrl='/feed'/></opml>"),
        ("/second", "<opml><outline xmlUrl='/feed'/><outline xmlUrl='/feed'/></opml>"),
        ("/feed", "<rss><item><link>/1</link></item></rss>"),
    ]);
    let mut case = Case::new("list-gone", &[server.url("/first")]);
    assert_eq!(case.round().round.sources, 2);
    case.sources.push(server.url("/second"));
    assert_eq!(case.round().round.sources, 3);
    case.sources.pop();
    assert_eq!(case.round().round.sources, 2);
    // What the user named for a while.
    case.sources.push(server.url("/feed"));
    assert_eq!(case.round().round.sources, 2);
    case.sources.pop();
    assert_eq!(case.round().round.sources, 2);
}

#[test]
fn a_page_is_fetched_again_only_when_a_list_tells_of_a_change() {
    // The change of 12:40 comes too soon after the last time that the page was fetched.
    let dates = ["10:00", "10:00", "12:30", "11:00", "12:30", "12:40", "12:50"];
    let minutes = [0, 30, 45, 10, 10, 1, 70];
    let expected = [1, 0, 1, 0, 0, 0, 1];
    for (name, changes) in [("changes", true), ("stays", false)] {
        let asked = AtomicUsize::new(0);
        let server = Server::start(move |request, stream| match request.path.as_str() {
            "/robots.txt" => stream.write_all(&answer(404, "", "")),
            "/list" => {
                let date = dates[asked.fetch_add(1, Ordering::SeqCst)];
                let feed = format!(
                    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/1'/>\
                     <published>2031-05-24T09:00:00Z</published>\
                     <updated>2031-05-24T{date}:00Z</updated></entry></feed>"
                );
                stream.write_all(&answer(200, "", feed))
            }
            _ if changes => stream.write_all(&html(&format!("{:?}", std::time::Instant::now()))),
            _ => stream.write_all(&html("Без змін")),
        });
        let case = Case::new(&format!("changed-{name}"), &[server.url("/list")]);
        let mut watch = case.open();
        let mut fetched = Vec::new();
        for minutes in minutes {
            case.clock.pass(Duration::from_secs(minutes * 60));
            let round = round_of(&mut watch).round;
            assert!(
                fetched.is_empty() || changes || round.pages == 0,
                "only its first text is new"
            );
            fetched.push(round.pages + round.pages_unchanged);
        }
        assert_eq!(fetched, expected, "{name}, from {NOON}");
    }
}
