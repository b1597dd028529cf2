//! What pages tell of a report beyond its text, in several languages and scripts.

use crate::{read, read_given};
use newstemma_model::{AccessSign, Content, DatePlace, Given, InsertKind, Report, Role};

fn page(head: &str, title: &str, article: &str) -> String {
    format!(
        "<!doctype html><html><head><title>{title}</title>{head}</head><body>\
         <nav><a href=/>A</a> <a href=/b>B</a></nav><main><article><h1>{title}</h1>{article}</article></main>\
         <footer>© 2031</footer></body></html>"
    )
}

/// A headline, a standfirst, and three paragraphs, the second of which holds a sentence of its own.
const TEXTS: [(&str, &str, &str, [&str; 3], &str); 6] = [
    (
        "de",
        "Fähre läuft vor Nordhafen auf Grund",
        "Die »Zora« saß am Mittwoch sechs Stunden lang fest. Verletzt wurde niemand.",
        [
            "In Nordhafen ist am Mittwoch eine Fähre gegen die Mole gestoßen, verletzt wurde niemand.",
            "Der Hafenmeister sprach von einem Wunder. Wir haben seit Jahren vor dieser Mole gewarnt, sagte er am Abend vor der Presse.",
            "Bereits im März war ein Frachter an derselben Stelle auf Grund gelaufen, wie ein Sprecher sagte.",
        ],
        "Wir haben seit Jahren vor dieser Mole gewarnt",
    ),
    (
        "uk",
        "Пором сів на мілину біля Морська",
        "«Зоря» простояла на мілині шість годин. Ніхто не постраждав.",
        [
            "У порту Морськ у середу пором ударився об мол, ніхто не постраждав, повідомила капітанія.",
            "Начальник порту говорив про диво. Ми роками попереджали про цей мол, сказав він увечері журналістам.",
            "У березні на тому самому місці вже сів на мілину вантажний корабель, нагадали в порту.",
        ],
        "Ми роками попереджали про цей мол",
    ),
    (
        "ar",
        "جنوح عبارة قرب الميناء القديم",
        "ظلت العبارة عالقة ست ساعات يوم الأربعاء دون وقوع إصابات بين الركاب.",
        [
            "اصطدمت عبارة يوم الأربعاء برصيف الميناء القديم، دون وقوع إصابات، بحسب إدارة الميناء.",
            "وتحدث مدير الميناء عن معجزة. لقد حذرنا منذ سنوات من هذا الرصيف الخطير، كما قال للصحفيين في المساء.",
            "وكانت سفينة شحن قد جنحت في المكان نفسه في آذار الماضي، كما قال متحدث باسم الميناء.",
        ],
        "لقد حذرنا منذ سنوات من هذا الرصيف الخطير",
    ),
    (
        "he",
        "מעבורת עלתה על שרטון ליד הנמל",
        "המעבורת נתקעה במשך שש שעות ביום רביעי. איש מהנוסעים לא נפגע באירוע.",
        [
            "מעבורת התנגשה ביום רביעי ברציף הנמל הישן, ואיש לא נפגע, כך נמסר מהנהלת הנמל.",
            "מנהל הנמל דיבר על נס. אנחנו מזהירים כבר שנים מפני הרציף הזה, אמר בערב לעיתונאים שהגיעו למקום.",
            "כבר בחודש מרץ עלתה ספינת משא על שרטון באותו מקום, כך אמר דובר הנמל לכתבים.",
        ],
        "אנחנו מזהירים כבר שנים מפני הרציף הזה",
    ),
    (
        "ja",
        "北港でフェリーが座礁",
        "フェリーは二十日、六時間にわたり動けなくなった。乗客にけがはなかった。",
        [
            "北港で二十日、フェリーが防波堤に衝突した。港湾局によると、けが人はいないが、船の出入りは止まった。",
            "港長は奇跡だと語った。私たちは何年も前からこの防波堤の危険を訴えてきたと、夜の記者会見で述べた。",
            "三月にも貨物船が同じ場所で座礁しており、港湾局は、入港する船に追加の検査を求める方針を示した。",
        ],
        "私たちは何年も前からこの防波堤の危険を訴えてきた",
    ),
    (
        "hi",
        "उत्तरी बंदरगाह के पास नौका फंसी",
        "नौका बुधवार को छह घंटे तक फंसी रही। किसी यात्री को चोट नहीं आई।",
        [
            "बुधवार को उत्तरी बंदरगाह में एक नौका घाट से टकरा गई, अधिकारियों के अनुसार किसी को चोट नहीं आई।",
            "बंदरगाह प्रमुख ने इसे चमत्कार कहा। हम वर्षों से इस घाट के बारे में चेतावनी दे रहे थे, उन्होंने शाम को पत्रकारों से कहा।",
            "मार्च में भी एक मालवाहक जहाज इसी जगह फंस गया था, बंदरगाह के प्रवक्ता ने पत्रकारों को बताया।",
        ],
        "हम वर्षों से इस घाट के बारे में चेतावनी दे रहे थे",
    ),
];

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p class=x>{text}</p>")).collect()
}

/// The text of the inserts of a kind.
fn inserts(report: &Report, kind: InsertKind) -> Vec<&str> {
    let own = report.about.inserts.iter().filter(|insert| insert.kind == kind);
    own.map(|insert| insert.span.of(&report.text)).collect()
}

#[test]
fn dates_say_where_they_come_from() {
    let [_, _, _, (_, title, _, body, _), ..] = TEXTS;
    let head = "<link rel=canonical href='https://namal.example/2031/05/03/a'>\
                <meta property='article:published_time' content='2031-05-03T09:00:00+03:00'>\
                <meta property='article:modified_time' content='2031-05-04T09:00:00+03:00'>\
                <meta name=date content=2031-04-30>\
                <script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"datePublished\": \"2031-05-03T09:00:00+03:00\"}</script>";
    let report = read(&page(head, title, &paragraphs(&body)));
    let source = report.about.published_from.unwrap();
    assert_eq!(source.place, DatePlace::JsonLd);
    assert_eq!(source.agreeing, [DatePlace::OpenGraph, DatePlace::Url]);
    assert_eq!(source.differing, [DatePlace::Meta]);
    assert!(source.sureness > 0.9);
    let source = report.about.updated_from.unwrap();
    assert_eq!(
        (source.place, report.updated.unwrap().day.to_string()),
        (DatePlace::OpenGraph, "2031-05-04".into())
    );

    let shown = format!("<p class=x>3 במאי 2031</p>{}", paragraphs(&body));
    let source = read(&page("<html lang=he>", title, &shown)).about.published_from.unwrap();
    assert_eq!(source.place, DatePlace::VisibleText);

    let given = Given { published: Some("2031-05-02".to_owned()), ..Given::default() };
    let report = read_given(Content::Html(page(head, title, &paragraphs(&body))), given).unwrap();
    let source = report.about.published_from.unwrap();
    assert_eq!((source.place, source.differing), (DatePlace::Given, vec![DatePlace::JsonLd]));
}

#[test]
fn a_standfirst_is_what_readers_see() {
    for (language, title, lead, body, _) in TEXTS {
        let head = format!("<meta property='og:description' content='{lead}'>");
        // Called a lead, or told by the description.
        for (head, markup) in [("", "div class=standfirst"), (&*head, "div class=k7")] {
            let html = page(head, title, &format!("<{markup}>{lead}</div>{}", paragraphs(&body)));
            let report = read(&html);
            let found = report.about.standfirst.unwrap();
            assert_eq!(found.text, lead, "{language} {markup}");
            if let Some(span) = found.span {
                assert_eq!(span.of(&report.text), lead, "{language} {markup}");
            }
        }
        // What only programs see, and what the text begins with, are none.
        let report = read(&page(&head, title, &paragraphs(&body)));
        assert_eq!(report.about.standfirst, None, "{language}");
        let head = format!("<meta property='og:description' content='{}'>", body[0]);
        let report = read(&page(&head, title, &paragraphs(&body)));
        assert_eq!(report.about.standfirst, None, "{language}");
    }
}

#[test]
fn a_section_is_read_from_breadcrumbs_too() {
    let (_, title, _, body, _) = TEXTS[2];
    let crumbs = "<div class=breadcrumbs><a href=/>الرئيسية</a> <a href=/economy>اقتصاد</a></div>";
    let report = read(&page("", title, &format!("{crumbs}{}", paragraphs(&body))));
    assert_eq!(report.about.section.as_deref(), Some("اقتصاد"));
}

#[test]
fn a_pull_quote_is_not_said_twice() {
    for (language, title, _, body, quote) in TEXTS {
        for markup in ["aside class=pull-quote", "blockquote", "aside"] {
            let tag = markup.split(' ').next().unwrap();
            let insert = format!("<{markup}><p>{quote}</p></{tag}>");
            let article = format!("{}{insert}{}", paragraphs(&body[..2]), paragraphs(&body[2..]));
            let report = read(&page("", title, &article));
            let quotes = inserts(&report, InsertKind::PullQuote);
            if quotes.is_empty() {
                // A box without a full sentence is furniture, and is left out.
                assert_eq!(
                    (markup, report.text.matches(quote).count()),
                    ("aside", 1),
                    "{language}"
                );
                continue;
            }
            assert_eq!(quotes, [quote], "{language} {markup}");
            let at = report.text.match_indices(quote).last().unwrap().0;
            assert_eq!(report.role_at(at), Role::Teaser, "{language} {markup}");
            assert_eq!(report.role_at(report.text.find(quote).unwrap()), Role::Body);
        }
        // What is quoted once is said.
        let quoted = format!("<blockquote><p>{}</p></blockquote>", body[2]);
        let report = read(&page("", title, &format!("{}{quoted}", paragraphs(&body[..2]))));
        assert_eq!(report.role_at(report.text.find(body[2]).unwrap()), Role::Body, "{language}");
        assert!(inserts(&report, InsertKind::PullQuote).is_empty());
    }
}

/// What a box beside the text of each language says.
const BOXES: [(&str, &str); 6] = [
    ("de", "Die »Zora« wurde 1998 gebaut und fasst dreihundert Fahrgäste und vierzig Wagen."),
    ("uk", "Пором «Зоря» збудували 1998 року; він бере триста пасажирів і сорок машин."),
    ("ar", "بنيت العبارة عام ١٩٩٨، وهي تتسع لثلاثمئة راكب وأربعين سيارة على سطحها."),
    ("he", "המעבורת נבנתה בשנת 1998, והיא נושאת שלוש מאות נוסעים וארבעים מכוניות."),
    ("ja", "このフェリーは一九九八年に建造され、乗客三百人と車四十台を運ぶことができる。"),
    ("hi", "यह नौका 1998 में बनी थी और इसमें तीन सौ यात्री और चालीस गाड़ियां आती हैं।"),
];

#[test]
fn tables_lists_boxes_and_posts_are_marked() {
    for ((language, title, lead, body, quote), (box_language, boxed)) in
        TEXTS.into_iter().zip(BOXES)
    {
        assert_eq!(language, box_language);
        let article = format!(
            "<p class=x>{}</p><table><tr><th></th><th>2030</th><th>2031</th></tr>\
             <tr><td>{quote}</td><td>12</td><td></td></tr></table>\
             <p class=x>{}</p><ul><li>{lead}</li><li>{quote}</li></ul>\
             <blockquote class=twitter-tweet><p>{lead}</p><a href='https://twitter.com/a/status/1'>1</a></blockquote>\
             <aside class=infobox><p>{boxed}</p></aside><p class=x>{}</p>",
            body[0], body[1], body[2]
        );
        let report = read(&page("", title, &article));
        assert_eq!(
            inserts(&report, InsertKind::Table),
            [format!("\t2030\t2031\n{quote}\t12")],
            "{language}"
        );
        assert_eq!(
            inserts(&report, InsertKind::List),
            [format!("{lead}\n\n{quote}")],
            "{language}"
        );
        assert!(inserts(&report, InsertKind::Embed)[0].starts_with(lead), "{language}");
        assert_eq!(inserts(&report, InsertKind::Box), [boxed], "{language}");
        let role = report.role_at(report.text.find(boxed).unwrap());
        assert_eq!(role, Role::Boilerplate, "{language}");
        let after = report.text.find(body[2]).unwrap();
        assert_eq!(report.role_at(after), Role::Body, "{language}");
    }
}

/// An article behind a paywall: what asks readers to pay in each of the languages.
const GATES: [(&str, &str); 6] = [
    ("de", "Bereits Abonnent? Jetzt weiterlesen mit NordPlus."),
    ("uk", "Лише для передплатників. Щоб читати далі, оформіть передплату."),
    ("ar", "هذا المحتوى للمشتركين فقط. لمتابعة القراءة اشترك الآن."),
    ("he", "למנויים בלבד. כדי להמשיך לקרוא הירשמו לאתר."),
    ("ja", "この記事は有料会員限定です。続きを読むには会員登録が必要です。"),
    ("hi", "केवल सदस्यों के लिए। आगे पढ़ने के लिए सदस्यता लें।"),
];

#[test]
fn the_offer_below_a_beginning_is_no_body() {
    for ((language, title, _, body, _), (gate_language, gate)) in TEXTS.into_iter().zip(GATES) {
        assert_eq!(language, gate_language);
        let article = format!("{}<p class=x>{gate}</p>", paragraphs(&body));
        let report = read(&page("", title, &article));
        let role = report.role_at(report.text.find(gate).unwrap());
        assert_eq!(role, Role::Boilerplate, "{language}");
        let access = &report.about.access;
        assert_eq!((access.paywalled, access.truncated), (Some(true), true), "{language}");
        assert_eq!(access.signs, [AccessSign::Notice], "{language}");
    }
}

#[test]
fn access_is_what_is_declared_and_shown() {
    let (_, title, _, body, _) = TEXTS[1];
    let check = |head: &str, article: &str, paywalled: Option<bool>, truncated: bool| {
        let report = read(&page(head, title, article));
        let access = &report.about.access;
        assert_eq!(
            (access.paywalled, access.truncated),
            (paywalled, truncated),
            "{head} {article}"
        );
    };
    let json = |free: &str, more: &str| {
        format!(
            "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"isAccessibleForFree\": {free}{more}}}</script>"
        )
    };
    let whole = paragraphs(&body);
    let cut = format!(
        "{}<p class=x>Начальник порту говорив про диво, але за кілька годин після того…</p>",
        paragraphs(&body[..2])
    );
    check("", &whole, None, false);
    check("", &cut, None, false);
    check("", &format!("{cut}<p class=x><a href=/all>Читати далі</a></p>"), None, true);
    check(&json("true", ""), &whole, Some(false), false);
    check(&json("false", ""), &whole, Some(true), false);
    check(&json("false", ""), &cut, Some(true), true);
    check(&json("false", ", \"wordCount\": 900"), &whole, Some(true), true);
    check("<meta name='article:content_tier' content=locked>", &whole, Some(true), false);
    // An offer is boilerplate; the part of the text that has the same name is none.
    let offer = "<div class=paywall-box><p>Повний текст — у виданні «Морський вісник плюс».</p><a href=/abo>Далі</a></div>";
    let report = read(&page(&json("false", ""), title, &format!("{whole}{offer}")));
    if let Some(at) = report.text.find("Повний текст") {
        assert_eq!(report.role_at(at), Role::Boilerplate);
    }
    assert!(
        report.about.access.signs.contains(&AccessSign::Offer) && report.about.access.truncated
    );
    let article = format!(
        "{}<div class=paywall><p class=x><a href=/b>О.</a> {}</p></div>",
        paragraphs(&body[..2]),
        body[2]
    );
    for selector in [".paywall", "div.paywall", ".meteredContent, main > .paywall"] {
        let part = format!(
            ", \"hasPart\": {{\"isAccessibleForFree\": false, \"cssSelector\": \"{selector}\"}}"
        );
        let report = read(&page(&json("false", &part), title, &article));
        assert_eq!(report.role_at(report.text.find(body[2]).unwrap()), Role::Body, "{selector}");
        assert_eq!(report.about.access.signs, [AccessSign::JsonLd], "{selector}");
    }
    // However many words are declared.
    check(&json("false", ", \"wordCount\": 18446744073709551615"), &whole, Some(true), true);
}

#[test]
fn a_summary_of_a_feed_is_only_a_summary() {
    let (_, _, lead, ..) = TEXTS[4];
    let given = Given { is_summary: true, ..Given::default() };
    let access = read_given(Content::Text(lead.to_owned()), given).unwrap().about.access;
    assert_eq!((access.paywalled, access.truncated), (None, true));
    assert_eq!(access.signs, [AccessSign::Summary]);
}
