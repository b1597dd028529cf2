//! Feeds, and lists that hold no text.

use crate::folder::{Folder, references, text};
use newstemma_ingest::{Listed, ListingKind, ReadOptions, listing};
use newstemma_model::{Content, Page};

fn read(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<Page>, Vec<String>) {
    let folder = Folder::new("feed").with(name, bytes);
    folder.read(&[name], ReadOptions::default())
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>Vesti z&#160;Podunajska</title>
  <link>https://example.org/</link>
  <language>sk</language>
  <image><title>Logo</title><url>https://example.org/logo.png</url></image>
  <item>
    <title><![CDATA[Most je <em>opäť</em> otvorený]]></title>
    <link>https://example.org/most?a=1&amp;b=2</link>
    <dc:creator>Jana Malá</dc:creator>
    <dc:creator>Peter Veľký</dc:creator>
    <pubDate>Tue, 04 Mar 2031 06:00:00 +0100</pubDate>
    <description>Krátko o moste.</description>
    <media:content url="https://example.org/most.jpg"><media:title>Most</media:title></media:content>
    <content:encoded><![CDATA[<p>Most otvorili o šiestej ráno.</p><p>Autá </item> idú.</p>]]></content:encoded>
  </item>
  <item>
    <title>Prístav &amp; loď</title>
    <guid isPermaLink="true">https://example.org/lod</guid>
    <description>&lt;p&gt;Loď doplávala do prístavu.&lt;/p&gt;</description>
    <source url="https://example.net/rss">Denník Breh</source>
    <author>redakcia@example.org (Eva Tichá)</author>
  </item>
  <item><title>Len titulok</title><link>https://example.org/t</link></item>
  <item><title>Bez konca</title><description>Stratené
  <item><title>Posledná</title><description>Voda klesá & hladina tiež.</description></item>
</channel>
</rss>"#;

#[test]
fn items_of_rss_are_reports() {
    let (pages, warnings) = read("a.xml", RSS);
    assert_eq!(references(&pages), ["a.xml#1", "a.xml#2", "a.xml#5"]);
    let [bridge, ship, water] = &pages[..] else { panic!() };
    let html = "<p>Most otvorili o šiestej ráno.</p><p>Autá </item> idú.</p>";
    assert_eq!(bridge.content, Content::Html(html.to_owned()));
    let given = &bridge.given;
    assert_eq!(given.title.as_deref(), Some("Most je opäť otvorený"));
    assert_eq!(given.url.as_deref(), Some("https://example.org/most?a=1&b=2"));
    assert_eq!(given.outlet.as_deref(), Some("Vesti z Podunajska"));
    assert_eq!(given.lang.as_deref(), Some("sk"));
    assert_eq!(given.published.as_deref(), Some("Tue, 04 Mar 2031 06:00:00 +0100"));
    assert_eq!(given.authors, ["Jana Malá", "Peter Veľký"]);
    assert_eq!(ship.content, Content::Html("<p>Loď doplávala do prístavu.</p>".to_owned()));
    assert_eq!(ship.given.outlet.as_deref(), Some("Denník Breh"));
    assert_eq!(ship.given.url.as_deref(), Some("https://example.org/lod"));
    assert_eq!(ship.given.authors, ["Eva Tichá"]);
    assert_eq!(water.content, Content::Text("Voda klesá & hladina tiež.".to_owned()));
    let told = ["a.xml#4: <item> is not closed", "a.xml: items without a text: 1, the first #3"];
    assert_eq!(warnings, told);
}

#[test]
fn entries_of_atom_are_reports() {
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">
      <title type="text">Річковий вісник</title>
      <entry xml:lang="pl">
        <title type="html">Most &amp;amp; rzeka</title>
        <link rel="enclosure" href="https://example.org/a.mp3"/>
        <link href="https://example.org/most"/>
        <author><name>Ewa Mała</name><email>e@example.org</email></author>
        <published>2031-03-04T06:00:00Z</published><updated>2031-03-05T06:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Most otwarto.</p></div></content>
      </entry>
      <entry>
        <title>Вода</title><updated>2031-03-06</updated>
        <source><title>Інша газета</title></source>
        <summary type="text">Рівень 3 &lt; 4 метри.</summary>
      </entry></feed>"#;
    let (pages, warnings) = read("a", atom);
    assert_eq!(warnings, [""; 0]);
    let [bridge, water] = &pages[..] else { panic!() };
    assert_eq!(bridge.given.title.as_deref(), Some("Most & rzeka"));
    assert_eq!(bridge.given.url.as_deref(), Some("https://example.org/most"));
    assert_eq!(bridge.given.lang.as_deref(), Some("pl"));
    assert_eq!(bridge.given.published.as_deref(), Some("2031-03-04T06:00:00Z"));
    assert_eq!(bridge.given.authors, ["Ewa Mała"]);
    assert!(
        matches!(&bridge.content, Content::Html(html) if html.contains("<p>Most otwarto.</p>"))
    );
    assert_eq!(water.content, Content::Text("Рівень 3 < 4 метри.".to_owned()));
    assert!(water.given.is_summary && !bridge.given.is_summary);
    assert_eq!(water.given.outlet.as_deref(), Some("Інша газета"));
    assert_eq!(water.given.lang.as_deref(), Some("uk"));
    assert_eq!(water.given.published.as_deref(), Some("2031-03-06"));
}

#[test]
fn the_older_rss_and_its_encoding() {
    let rss = r#"<?xml version="1.0" encoding="windows-1251"?>
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://example.org/"><title>Вестник</title><dc:language>ru</dc:language>
      <items><rdf:Seq><rdf:li rdf:resource="https://example.org/1"/></rdf:Seq></items></channel>
      <item rdf:about="https://example.org/1"><title>Паром</title><link>https://example.org/1</link>
      <description>Паром вышел в рейс по расписанию.</description><dc:date>2031-03-04</dc:date></item>
      </rdf:RDF>"#;
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(rss);
    let (pages, warnings) = read("a.rdf", bytes);
    assert_eq!(warnings, [""; 0]);
    assert_eq!(references(&pages), ["a.rdf#1"]);
    assert_eq!(text(&pages[0]), "Паром вышел в рейс по расписанию.");
    assert_eq!(pages[0].given.outlet.as_deref(), Some("Вестник"));
    assert_eq!(pages[0].given.lang.as_deref(), Some("ru"));
    assert_eq!(pages[0].given.published.as_deref(), Some("2031-03-04"));
}

#[test]
fn items_of_a_json_feed_are_reports() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "ลำน้ำ", "language": "th",
      "items": [
        {"id": "1", "url": "https://example.org/1", "title": "สะพาน", "content_html": "<p>สะพานเปิดแล้ว</p>",
         "date_published": "2031-03-04T06:00:00+07:00", "authors": [{"name": "ก้อง"}]},
        {"id": "2", "content_text": "น้ำลดแล้ว", "author": {"name": "เอ"}},
        {"id": "3", "title": "ไม่มีข้อความ"}, 4]}"#;
    let (pages, warnings) = read("a.json", feed);
    assert_eq!(references(&pages), ["a.json#1", "a.json#2"]);
    assert_eq!(pages[0].content, Content::Html("<p>สะพานเปิดแล้ว</p>".to_owned()));
    assert_eq!(pages[0].given.outlet.as_deref(), Some("ลำน้ำ"));
    assert_eq!(pages[0].given.authors, ["ก้อง"]);
    assert_eq!(pages[1].given.authors, ["เอ"]);
    let told = ["a.json#4: the item is no object", "a.json: items without a text: 1, the first #3"];
    assert_eq!(warnings, told);
}

#[test]
fn lists_hold_no_text_and_say_so() {
    let opml = "<opml version='2.0'><body><outline text='A' xmlUrl='https://example.org/a'/>\
                <outline text='B' xmlUrl='https://example.org/b'/></body></opml>";
    let (pages, warnings) = read("a.opml", opml);
    assert!(pages.is_empty());
    assert_eq!(warnings, ["a.opml: a list of 2 feeds, which are not fetched: it holds no text"]);
    let sitemap = "<?xml version='1.0'?><urlset><url><loc>https://example.org/1</loc>\
      <news:news><news:title>Brücke frei</news:title></news:news></url>\
      <url><loc>https://example.org/2</loc></url></urlset>";
    let (pages, warnings) = read("a.xml", sitemap);
    assert!(pages.is_empty());
    let told = "a.xml: a list of 2 pages (1 of news), which are not fetched: it holds no text";
    assert_eq!(warnings, [told]);
}

#[test]
fn a_feed_that_is_cut_off_gives_what_it_has() {
    let cut = &RSS[..RSS.find("<item>\n    <title>Prístav").unwrap() + 60];
    let (pages, warnings) = read("a.xml", cut);
    assert_eq!(references(&pages), ["a.xml#1"]);
    assert_eq!(warnings, ["a.xml#2: <item> is not closed"]);
    let (pages, warnings) = read("a.xml", "<rss version='2.0'><channel></channel></rss>");
    assert!(pages.is_empty());
    assert_eq!(warnings, ["a.xml: a feed without items"]);
}

#[test]
fn what_lists_list_is_given_to_who_fetches_it() {
    let check =
        |list: &[u8], kind, expected: &[(&str, Option<&str>, Option<&str>)], passed_over| {
            let listing = listing(list.to_vec(), None).unwrap();
            let entry =
                |entry: &Listed| (entry.url.clone(), entry.title.clone(), entry.changed.clone());
            let own = |text: &Option<&str>| text.map(str::to_owned);
            let expected: Vec<_> =
                expected.iter().map(|(u, t, c)| ((*u).to_owned(), own(t), own(c))).collect();
            assert_eq!(listing.entries.iter().map(entry).collect::<Vec<_>>(), expected);
            assert_eq!((listing.kind, listing.passed_over), (kind, passed_over));
        };
    let most = "Most je opäť otvorený";
    let items = [
        ("https://example.org/most?a=1&b=2", Some(most), Some("Tue, 04 Mar 2031 06:00:00 +0100")),
        ("https://example.org/lod", Some("Prístav & loď"), None),
        ("https://example.org/t", Some("Len titulok"), None),
    ];
    check(RSS.as_bytes(), ListingKind::Items, &items, 2);
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='a'/><published>2031</published>\
                <updated>2032</updated></entry></feed>";
    check(atom.as_bytes(), ListingKind::Items, &[("a", None, Some("2032"))], 0);
    let opml =
        "<opml><body><outline text='Преса' xmlUrl='/п'/><outline text='Papka'/></body></opml>";
    check(opml.as_bytes(), ListingKind::Feeds, &[("/п", Some("Преса"), None)], 0);
    let sitemap = "<urlset><url><loc> /1 </loc><lastmod>2031-03-04</lastmod><news:news>\
                   <news:publication_date>2030</news:publication_date><news:title>A &amp; B</news:title>\
                   </news:news></url><url/><url><loc>/2</loc></url";
    let pages = [("/1", Some("A & B"), Some("2031-03-04"))];
    check(sitemap.as_bytes(), ListingKind::Pages, &pages, 1);
    let index =
        crate::warc_writer::gzip(b"<sitemapindex><sitemap><loc>/a</loc></sitemap></sitemapindex>");
    check(&index, ListingKind::Lists, &[("/a", None, None)], 0);
    for other in [&b"<html>"[..], b"", b"[{\"text\": \"x\"}]", b"\x1f\x8b\x08cut"] {
        assert_eq!(listing(other.to_vec(), None), None);
    }
}

#[test]
fn a_list_of_lists_that_breaks_off_says_so() {
    for whole in [
        "<opml><body><outline xmlUrl='/a'/><outline text='Б'><outline xmlUrl='/b'/></outline></body></opml>",
        "<sitemapindex><sitemap><loc>/a</loc></sitemap><sitemap><loc>/b</loc></sitemap></sitemapindex>",
        "<urlset><url><loc>/a</loc></url><url><loc>/b</loc></url></urlset>\n",
    ] {
        let breaks_off = |text: &str| listing(text.as_bytes().to_vec(), None).unwrap().breaks_off;
        assert!(!breaks_off(whole), "{whole}");
        // In the midst of a tag, and behind one.
        let cut = whole.find("/b").unwrap();
        for cut in [cut, whole[cut..].find('>').unwrap() + cut + 1] {
            assert!(breaks_off(&whole[..cut]), "{}", &whole[..cut]);
        }
    }
}
