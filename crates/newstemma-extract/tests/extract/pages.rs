//! HTML pages in several languages and scripts, whole and damaged.

use crate::read_given;
use newstemma_model::{Content, Given, Report, Role};
use std::time::{Duration, Instant};

fn read(html: &str) -> Option<Report> {
    read_given(Content::Html(html.to_owned()), Given::default())
}

/// A page around an article, with everything that pages have around articles.
fn page(head: &str, article: &str) -> String {
    format!(
        "<!doctype html><html><head>{head}<style>p {{}}</style></head><body>\
         <div class=cookie-banner><p>We use cookies, and so do 512 partners, to make this page better, quicker and richer for you.</p></div>\
         <nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>\
         <div class=content-with-sidebar><article><h1>Head</h1>{article}\
         <div class=share-bar><a href=x>Share</a></div></article>\
         <aside><h3>Most read</h3><p><a href=1>Another article about something else altogether</a></p></aside></div>\
         <div id=comments><p>I was there, and it was nothing like that, believe me, all of you people here.</p></div>\
         <footer><p>All rights reserved, as always, by the publisher of this fine page.</p></footer></body></html>"
    )
}

const PARAGRAPHS: [(&str, [&str; 2]); 6] = [
    (
        "de",
        [
            "In Nordhafen ist am Mittwoch eine Fähre gegen die Mole gestoßen, verletzt wurde niemand.",
            "Bereits im März war ein Frachter an derselben Stelle auf Grund gelaufen, wie ein Sprecher sagte.",
        ],
    ),
    (
        "uk",
        [
            "У порту Морськ у середу пором ударився об мол, ніхто не постраждав, повідомила капітанія.",
            "У березні на тому самому місці вже сів на мілину вантажний корабель, нагадали в порту.",
        ],
    ),
    (
        "ar",
        [
            "اصطدمت عبارة يوم الأربعاء برصيف الميناء القديم، دون وقوع إصابات، بحسب إدارة الميناء.",
            "وكانت سفينة شحن قد جنحت في المكان نفسه في آذار الماضي، كما قال متحدث باسم الميناء.",
        ],
    ),
    (
        "ja",
        [
            "北港で二十日、フェリーが防波堤に衝突した。港湾局によると、けが人はいないが、船の出入りは止まった。",
            "三月にも貨物船が同じ場所で座礁しており、港湾局は、入港する船に追加の検査を求める方針を示した。",
        ],
    ),
    (
        "hi",
        [
            "बुधवार को उत्तरी बंदरगाह में एक नौका घाट से टकरा गई, अधिकारियों के अनुसार किसी को चोट नहीं आई।",
            "मार्च में भी एक मालवाहक जहाज इसी जगह फंस गया था, बंदरगाह के प्रवक्ता ने पत्रकारों को बताया।",
        ],
    ),
    (
        "es",
        [
            "Un transbordador chocó el miércoles contra el muelle de Puerto Viejo, sin causar heridos.",
            "En marzo, un carguero ya había encallado en el mismo lugar, según recordó un portavoz.",
        ],
    ),
];

#[test]
fn the_article_is_found_in_any_script() {
    for (language, paragraphs) in PARAGRAPHS {
        let article = paragraphs.map(|p| format!("<p>{p}</p>")).concat();
        let report = read(&page("", &article)).unwrap();
        let body: Vec<&str> = report
            .roles
            .iter()
            .filter(|r| r.role == Role::Body)
            .map(|r| r.span.of(&report.text))
            .collect();
        assert_eq!(body, paragraphs, "{language}");
        assert!(!report.text.contains("cookies") && !report.text.contains("I was there"));
    }
}

#[test]
fn a_page_says_who_wrote_it_and_when() {
    let head = r#"<title>Порт відкрито | Морський вісник</title>
        <meta property="og:site_name" content="Морський вісник"><link rel=canonical href="https://visnyk.example/a">
        <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Порт відкрито",
        "datePublished": "2024-11-20T08:05:00+02:00", "author": {"@type": "Person", "name": "Олена Коваль"}}</script>"#;
    let article = PARAGRAPHS[1].1.map(|p| format!("<p>{p}</p>")).concat();
    let report = read(&page(head, &article)).unwrap();
    assert_eq!(report.title.as_deref(), Some("Порт відкрито"));
    assert_eq!(report.authors, ["Олена Коваль"]);
    assert_eq!(report.outlet.as_deref(), Some("Морський вісник"));
    assert_eq!(report.url.as_deref(), Some("https://visnyk.example/a"));
    assert_eq!(report.published.unwrap().to_string(), "2024-11-20T08:05:00+02:00");
}

#[test]
fn captions_and_inserts_are_kept_and_marked() {
    let [first, second] = PARAGRAPHS[0].1;
    let article = format!(
        "<figure><img src=x><figcaption>Die Fähre an der Mole</figcaption></figure><p>{first}</p>\
         <p><a href=y>Lesen Sie auch: Werft vor dem Aus</a> und weitere Texte</p><h2>Zweiter Unfall</h2><p>{second} (dpa)</p>"
    );
    let report = read(&page("", &article)).unwrap();
    let role = |part: &str| report.role_at(report.text.find(part).unwrap());
    assert_eq!(role("Die Fähre an"), Role::Caption);
    assert_eq!(role("Lesen Sie auch"), Role::Teaser);
    assert_eq!(role("Zweiter Unfall"), Role::Subhead);
    assert_eq!(role("(dpa)"), Role::Credit);
    assert_eq!(role("Bereits"), Role::Body);
}

#[test]
fn an_article_that_only_the_metadata_has_is_taken_from_there() {
    let long = PARAGRAPHS[5].1.concat().repeat(4);
    let head = format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": \"{long}\"}}</script>"
    );
    let html = format!(
        "<html><head>{head}</head><body><div id=app></div><p>Cargando la página</p></body></html>"
    );
    assert!(read(&html).unwrap().text.contains("En marzo, un carguero"));
}

/// A live blog whose paragraphs, as the entries that its metadata list, begin alike for long.
fn live_blog(article: &str, entries: usize) -> String {
    let alike =
        "Die Fähre liegt fest, und zwar seit heute Morgen um acht Uhr, wie es heißt. ".repeat(4);
    let updates: Vec<String> = (0..entries)
        .map(|n| format!("{{\"headline\": \"{alike}{n}\", \"articleBody\": \"{alike}\"}}"))
        .collect();
    let shown: String = (0..entries).map(|n| format!("<p>{alike}x{n}</p>")).collect();
    format!(
        "<script type='application/ld+json'>{{\"@type\": \"LiveBlogPosting\", \"liveBlogUpdate\": [{}]}}</script>{article}{shown}",
        updates.join(",")
    )
}

/// An article with one class of megabytes around all its paragraphs and bare lines.
fn long_class(article: &str) -> String {
    let class = "k ".repeat(1_000_000);
    let lines = "<p class=x>Die Fähre liegt fest.</p>Sie liegt am Kai.".repeat(10_000);
    format!("<div class='{class}'>{article}{lines}</div>")
}

/// A page whose metadata name many parts that are not free, one of them by many names, and that
/// calls as many of its elements offers.
fn closed_parts(article: &str) -> String {
    let single: String = (0..20_000).map(|n| format!(".k{n},")).collect();
    let joint = ".x".repeat(20_000);
    let class = "x ".repeat(200);
    let offers = format!("<div class='paywall {class}'><a>1</a></div>").repeat(10_000);
    format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"hasPart\": {{\"isAccessibleForFree\": false, \"cssSelector\": \"{single}{joint}.y\"}}}}</script>{article}{offers}"
    )
}

#[test]
fn hostile_pages_cost_little_and_keep_their_text() {
    let [first, second] = PARAGRAPHS[0].1;
    let article = format!("<p>{first}</p><p>{second}</p>");
    let hostile = [
        format!("{}{article}", "<div>".repeat(20_000)),
        format!("{article}{}", "<b>".repeat(1_700_000)),
        format!("{article}{}", "<table><tr><td>".repeat(30_000)),
        format!("<html><body>{article}<!-- never closed"),
        format!("<p>\0{first}\0<p>{second}"),
        format!(
            "{article}<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"a\": [[[["
        ),
        format!("{article}{}", "<a href='x".repeat(10_000)),
        format!("{article}<table><tr>{}<tr><td>1<td>2</table><p>{second}", "<td>1".repeat(40_000)),
        format!("{article}{}", "<ul><li><aside>".repeat(8_000)),
        format!(
            "<div class=live-blog>{article}{}</div>",
            "<div><p>08:05</p><time>08:05</time><p>1</p>".repeat(4_000)
        ),
        live_blog(&article, 4_000),
        long_class(&article),
        closed_parts(&article),
    ];
    for html in hostile {
        let start = Instant::now();
        let report = read(&html).unwrap();
        assert!(report.text.contains("Fähre gegen die Mole"), "{}", &html[..60]);
        // A release build takes milliseconds; tests run unoptimised on crowded machines.
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
    assert_eq!(read("<html><body><script>x</script></body></html>"), None);
}

#[test]
fn what_is_built_unlike_the_paragraphs_is_no_body() {
    let [first, second] = PARAGRAPHS[4].1;
    let article = format!(
        "<div class=c1><p class=x1>{first}</p>\
         <div class=x2><img src=a><div class=x3>घाट पर नौका</div></div>\
         <p class=x1>{second}</p><div class=x4>दो मिनट का पाठ</div>\
         <ul><li>नौका सुबह रवाना हुई।</li></ul>\
         <blockquote><p class=x5>हम घाट की जांच करेंगे।</p></blockquote></div>"
    );
    let report = read(&page("", &article)).unwrap();
    let role = |part: &str| report.text.find(part).map(|at| report.role_at(at));
    assert_eq!(role("घाट पर नौका"), Some(Role::Caption));
    assert_eq!(role("दो मिनट"), None);
    assert_eq!(role("नौका सुबह"), Some(Role::Body));
    assert_eq!(role("हम घाट"), Some(Role::Body));
}

#[test]
fn what_only_readers_are_told_is_read_too() {
    let [first, second] = PARAGRAPHS[1].1;
    let article = format!(
        "<p class=x1>Автор: <a href=/author/koval>Олена Коваль</a> | 20 листопада 2024, 08:05</p>\
         <p>{first}</p><p>{second}</p>"
    );
    let report = read(&page("<meta name=author content=admin7>", &article)).unwrap();
    assert_eq!(report.authors, ["Олена Коваль"]);
    assert_eq!(report.published.unwrap().to_string(), "2024-11-20");
}

#[test]
fn a_day_is_that_of_the_outlet() {
    let article = PARAGRAPHS[5].1.map(|p| format!("<p>{p}</p>")).concat();
    let head = "<link rel=canonical href='https://faro.example/2024/11/20/puerto'>\
                <meta property='article:published_time' content='2024-11-21T02:10:00Z'>";
    let report = read(&page(head, &article)).unwrap();
    assert_eq!(report.published.unwrap().to_string(), "2024-11-20");
}

#[test]
fn names_and_hiding_mean_nothing_where_they_hold_the_article() {
    let [first, second] = PARAGRAPHS[3].1.map(|p| format!("<p>{}</p>", p.repeat(4)));
    let built =
        format!("<div class='b-widget b1'>{first}</div><div class='b-widget b2'>{second}</div>");
    let html =
        format!("<html><body><div class=b>{built}</div><div hidden><p>x</p></div></body></html>");
    assert!(read(&html).unwrap().text.contains("三月にも貨物船"));
    let streamed =
        format!("<html><body><p>…</p><div hidden id=s1>{first}{second}</div></body></html>");
    assert!(read(&streamed).unwrap().text.contains("三月にも貨物船"));
}

#[test]
fn a_lead_outside_the_article_belongs_to_it() {
    let [first, second] = PARAGRAPHS[2].1;
    let head = "<title>ميناء مغلق</title>";
    let lead = "أغلقت السلطات الميناء القديم بعد حادث اصطدام وقع صباح الأربعاء دون إصابات.";
    let html = format!(
        "<html><head>{head}</head><body><div class=x1><h1>ميناء مغلق</h1><div class=x2>{lead}</div>\
         <div class=x3>دقيقتان</div></div><div class=x4><p>{first}</p><p>{second}</p></div></body></html>"
    );
    let report = read(&html).unwrap();
    assert!(report.text.contains(lead) && !report.text.contains("دقيقتان"));
}

#[test]
fn what_leads_an_article_is_kept_whatever_a_site_calls_it() {
    const LEAD: &str =
        "Mitten in der Nacht lief die »Zora« auf Grund, und niemand an Bord hat es gleich gemerkt";
    for (_, [first, second]) in PARAGRAPHS {
        for lead in [
            format!("<div class=teaser-text><p>{LEAD}</p></div>"),
            format!("<h2 class=article-deck>{LEAD}</h2>"),
            format!("<p>{LEAD}.</p>"),
        ] {
            let html = page(
                "<title>Head</title>",
                &format!("{lead}<div class=x><p>{first}<p>{second}<p>{first}</div>"),
            );
            let text = read(&html).unwrap().text;
            assert!(text.contains(LEAD), "{lead}: {text}");
            assert!(!text.contains("Most read") && !text.contains("cookies"), "{text}");
        }
    }
}

#[test]
fn classes_that_say_how_a_thing_looks_do_not_hide_it() {
    for class in [
        "field--label-hidden",
        "hidden-xs",
        "content-sidebar-wrap",
        "no-sidebar",
        "hasRightSidebar",
    ] {
        for (_, [first, second]) in PARAGRAPHS {
            let article =
                format!("<p>{second}<div class={class}><p>{first}</div><p>{second}<p>{second}");
            let text = read(&page("", &article)).unwrap().text;
            assert!(text.contains(first), "{class}: {text}");
        }
    }
}

#[test]
fn an_article_in_many_containers_is_read_whole() {
    // Each entry of a list has containers of its own, deep ones, and short lines between them.
    let entry = |(at, [first, second]): (usize, [&str; 2])| {
        format!(
            "<div class=row><div class=cell><div class=box><div class=inner><div class=card><div class=rich>\
             <h2>{at}. Der Hafen, den man sehen muss</h2></div>\
             <div class=facts><div>Eröffnet im Sommer von Ida Voss</div><div>Geöffnet von Montag bis Freitag</div></div>\
             <div class=wrap><div class=text><p>{first}</p><p>{second}</p></div></div></div></div></div></div></div>"
        )
    };
    let texts = [0, 1, 2, 5].map(|at: usize| PARAGRAPHS[at].1);
    let entries: String = texts.into_iter().enumerate().map(entry).collect();
    let html = format!(
        "<html><body><div class=page><h1>Sechs Häfen</h1>{entries}</div>\
         <div class=teasers><div><a href=1>Fähre rammt Mole in Nordhafen, Verkehr ruht den ganzen Tag</a></div></div></body></html>"
    );
    let text = read(&html).unwrap().text;
    for paragraph in texts.concat() {
        assert!(text.contains(paragraph), "{paragraph}");
    }
    assert!(!text.contains("Verkehr ruht"));
}
