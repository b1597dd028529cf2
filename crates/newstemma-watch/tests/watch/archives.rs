//! What is fetched can be read again from its archives.

use crate::kit::{Case, feed, html, site};
use newstemma_ingest::{Input, ReadOptions, read};
use newstemma_model::{Page, Severity};
use newstemma_testkit::server::{Server, answer};

fn pages_of(case: &Case) -> Vec<Page> {
    let inputs: Vec<Input> = case.archives("pages").into_iter().map(Input::Path).collect();
    read(&inputs, ReadOptions::default()).value
}

#[test]
fn reading_the_archives_gives_the_same_pages() {
    let links = ["/1", "/2", "/moved", "/missing", "/notes.txt"];
    let server = site(&links, |request, stream| match request.path.as_str() {
        "/moved" => stream.write_all(&answer(302, "Location: /3", "<p>moved")),
        "/missing" => stream.write_all(&answer(404, "", "<p>missing")),
        "/notes.txt" => {
            let fields = "Content-Type: text/plain";
            stream.write_all(&answer(200, fields, "нотатки"))
        }
        path => stream.write_all(&html(&format!("Сторінка {path}"))),
    });
    let case = Case::new("again", &[server.url("/feed")]);
    let outcome = case.round();
    let mut pages = outcome.pages;
    pages.sort_by(|a, b| a.reference.cmp(&b.reference));
    assert_eq!(pages.len(), 3);
    let mut again = pages_of(&case);
    again.sort_by(|a, b| a.reference.cmp(&b.reference));
    assert_eq!(again, pages);
    assert!(again.iter().any(|page| page.given.url == Some(server.url("/3"))));
    let all = [Input::Path(case.folder.clone())];
    assert_eq!(read(&all, ReadOptions::default()).value.len(), 3, "lists hold no page");
}

#[test]
fn what_a_host_answers_in_the_place_of_its_rules_is_no_page() {
    let feed = feed(&["/1"]);
    let server = Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&html("Сторінку не знайдено")),
        "/feed" => stream.write_all(&answer(200, "", &feed)),
        _ => stream.write_all(&html("Сторінка")),
    });
    let case = Case::new("no-rules", &[server.url("/feed")]);
    let pages = case.round().pages;
    let all = read(&[Input::Path(case.folder.clone())], ReadOptions::default());
    assert_eq!(all.value, pages);
    let lists: Vec<Input> = case.archives("lists").into_iter().map(Input::Path).collect();
    let warnings = read(&lists, ReadOptions::default()).warnings;
    assert!(warnings.iter().all(|warning| warning.severity == Severity::Note), "{warnings:?}");
}

#[test]
fn an_archive_ends_when_it_is_long_enough() {
    let links: Vec<String> = (0..6).map(|number| format!("/{number}")).collect();
    let links: Vec<&str> = links.iter().map(String::as_str).collect();
    let server = site(&links, |request, stream| stream.write_all(&html(&request.path)));
    let mut case = Case::new("rotation", &[server.url("/feed")]);
    case.settings.archive_bytes_max = 2000;
    let pages = case.round().pages;
    let archives = case.archives("pages");
    assert!(archives.len() > 1, "{archives:?}");
    assert!(archives[0].ends_with("pages-20310524120000-00001.warc.gz"), "{archives:?}");
    assert_eq!(pages_of(&case).len(), pages.len());
}

#[test]
fn an_archive_that_was_cut_off_is_read_up_to_there() {
    let server = site(&["/1", "/2"], |request, stream| stream.write_all(&html(&request.path)));
    let case = Case::new("cut", &[server.url("/feed")]);
    case.round();
    let archive = &case.archives("pages")[0];
    let whole = std::fs::read(archive).unwrap();
    let mut counts = Vec::new();
    // From where gzip is told by its mark.
    for length in (3..whole.len()).step_by(19).chain([whole.len()]) {
        std::fs::write(archive, &whole[..length]).unwrap();
        counts.push(pages_of(&case).len());
    }
    assert!(counts.is_sorted() && counts.contains(&1));
    assert_eq!(counts.last(), Some(&2));
}

#[test]
fn requests_are_kept_as_they_were_sent() {
    let server = site(&["/1"], |_, stream| stream.write_all(&html("x")));
    let mut case = Case::new("requests", &[server.url("/feed")]);
    case.settings.contact = Some("mailto:desk@example.org".to_owned());
    case.round();
    let pages = case.archived("pages");
    assert!(pages.starts_with("WARC/1.1\r\nWARC-Type: warcinfo\r\n"));
    assert!(pages.contains("GET /1 HTTP/1.1\r\n"));
    let agent = format!("newstemma/{} (+mailto:desk@example.org)", env!("CARGO_PKG_VERSION"));
    assert!(pages.to_lowercase().contains(&format!("user-agent: {agent}\r\n")), "{pages}");
}

#[test]
fn two_watches_do_not_share_a_folder() {
    let case = Case::new("two", &["http://127.0.0.1:9/feed".to_owned()]);
    let _first = case.open();
    let second = newstemma_watch::Watch::open(
        &case.folder,
        &[],
        case.settings.clone(),
        newstemma_watch::World::default(),
    );
    assert!(matches!(second, Err(newstemma_watch::WatchError::Busy(_))));
}
