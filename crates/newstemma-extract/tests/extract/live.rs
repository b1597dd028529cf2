//! Live blogs in several languages and scripts, newest and oldest first, however they are built.

use crate::read;

struct Blog {
    language: &'static str,
    title: &'static str,
    /// Heading, time of day and text of each entry, the oldest first.
    entries: [(&'static str, &'static str, &'static str); 4],
}

const BLOGS: [Blog; 6] = [
    Blog {
        language: "de",
        title: "Fähre auf Grund: alle Entwicklungen",
        entries: [
            (
                "Fähre sitzt fest",
                "08:05",
                "Die Fähre »Zora« sitzt seit dem Morgen an der Mole von Nordhafen fest, teilte die Wache mit.",
            ),
            (
                "Erste Boote unterwegs",
                "09:40",
                "Zwei Boote der Wache sind auf dem Weg zur Fähre, um die Fahrgäste von Bord zu holen.",
            ),
            (
                "Alle Fahrgäste an Land",
                "11:15",
                "Alle zweihundert Fahrgäste sind nach Angaben der Wache wieder an Land, niemand ist verletzt.",
            ),
            (
                "Fähre wieder frei",
                "14:32",
                "Mit der Flut ist die Fähre freigekommen und wird nun in die Werft geschleppt, hieß es am Hafen.",
            ),
        ],
    },
    Blog {
        language: "uk",
        title: "Пором на мілині: усі новини дня",
        entries: [
            (
                "Пором застряг",
                "08:05",
                "Пором «Зоря» з самого ранку стоїть на мілині біля молу Морська, повідомила капітанія.",
            ),
            (
                "Перші човни в дорозі",
                "09:40",
                "Два човни рятувальників прямують до порома, щоб забрати пасажирів на берег.",
            ),
            (
                "Усі пасажири на березі",
                "11:15",
                "Усі двісті пасажирів уже на березі, ніхто не постраждав, запевнили рятувальники.",
            ),
            (
                "Пором звільнено",
                "14:32",
                "З припливом пором зійшов із мілини, і тепер його буксирують на верф, сказали в порту.",
            ),
        ],
    },
    Blog {
        language: "ar",
        title: "جنوح العبارة: تغطية مباشرة",
        entries: [
            (
                "العبارة عالقة",
                "٠٨:٠٥",
                "العبارة عالقة منذ الصباح عند رصيف الميناء القديم، بحسب ما أعلنت إدارة الميناء للصحفيين.",
            ),
            (
                "أول القوارب في الطريق",
                "٠٩:٤٠",
                "زورقان للإنقاذ في طريقهما إلى العبارة لنقل الركاب إلى الشاطئ، وفق ما قاله خفر السواحل.",
            ),
            (
                "جميع الركاب بأمان",
                "١١:١٥",
                "وصل جميع الركاب المئتين إلى البر دون وقوع إصابات، كما أكدت فرق الإنقاذ في الميناء.",
            ),
            (
                "تعويم العبارة",
                "١٤:٣٢",
                "تم تعويم العبارة مع المد، وتجري الآن قطرها إلى حوض السفن، كما قال مسؤول في الميناء.",
            ),
        ],
    },
    Blog {
        language: "ja",
        title: "フェリー座礁、最新の動き",
        entries: [
            (
                "フェリーが動けず",
                "08:05",
                "フェリーは朝から北港の防波堤のそばで動けなくなっていると、港湾局が明らかにした。乗客は船内にいる。",
            ),
            (
                "救助艇が出発",
                "09:40",
                "救助艇二隻が乗客を陸に運ぶためにフェリーに向かっていると、海上保安部が発表した。到着は昼前の見込み。",
            ),
            (
                "乗客全員が上陸",
                "11:15",
                "乗客二百人は全員が無事に上陸し、けが人はいないと、港湾局の担当者が記者団に語った。",
            ),
            (
                "フェリーが離礁",
                "14:32",
                "満ち潮とともにフェリーは離礁し、造船所に曳航されていると、港の関係者が話している。",
            ),
        ],
    },
    Blog {
        language: "hi",
        title: "नौका फंसी: ताज़ा जानकारी",
        entries: [
            (
                "नौका फंसी",
                "०८:०५",
                "नौका सुबह से उत्तरी बंदरगाह के घाट के पास फंसी हुई है, बंदरगाह प्रशासन ने बताया।",
            ),
            (
                "नावें रवाना",
                "०९:४०",
                "बचाव दल की दो नावें यात्रियों को किनारे लाने के लिए नौका की ओर जा रही हैं।",
            ),
            (
                "सभी यात्री सुरक्षित",
                "११:१५",
                "सभी दो सौ यात्री किनारे पर पहुंच गए हैं और किसी को चोट नहीं आई, बचाव दल ने कहा।",
            ),
            (
                "नौका मुक्त",
                "१४:३२",
                "ज्वार के साथ नौका मुक्त हो गई और अब उसे मरम्मत के लिए ले जाया जा रहा है।",
            ),
        ],
    },
    Blog {
        language: "es",
        title: "Transbordador varado: última hora",
        entries: [
            (
                "El barco no se mueve",
                "08:05",
                "El transbordador sigue varado desde la mañana junto al muelle de Puerto Viejo, según la capitanía.",
            ),
            (
                "Salen las lanchas",
                "09:40",
                "Dos lanchas de salvamento van hacia el transbordador para llevar a los pasajeros a tierra.",
            ),
            (
                "Todos a salvo",
                "11:15",
                "Los doscientos pasajeros están ya en tierra y no hay heridos, según el servicio de salvamento.",
            ),
            (
                "El barco, a flote",
                "14:32",
                "Con la marea el transbordador ha quedado a flote y es remolcado al astillero, dijo el puerto.",
            ),
        ],
    },
];

/// The instants of the entries, as programs are told.
const INSTANTS: [&str; 4] = [
    "2031-05-03T08:05:00+02:00",
    "2031-05-03T09:40:00+02:00",
    "2031-05-03T11:15:00+02:00",
    "2031-05-03T14:32:00+02:00",
];

const HEAD: &str = "<meta property='article:published_time' content='2031-05-03T08:00:00+02:00'>";

/// A page of a live blog whose entries are written by `entry`, given heading, time of day, text and
/// instant.
fn page(
    blog: &Blog,
    newest_first: bool,
    head: &str,
    entry: impl Fn(&str, &str, &str, &str) -> String,
) -> String {
    let mut entries: Vec<String> = blog
        .entries
        .iter()
        .zip(INSTANTS)
        .map(|((title, clock, text), instant)| entry(title, clock, text, instant))
        .collect();
    if newest_first {
        entries.reverse();
    }
    let title = blog.title;
    format!(
        "<html><head><title>{title}</title>{HEAD}{head}</head><body><main><h1>{title}</h1>\
         <div class=live-blog>{}</div></main></body></html>",
        entries.concat()
    )
}

/// Checks that all entries were found, each with its own text, heading and time.
fn check(blog: &Blog, newest_first: bool, html: &str, how: &str) {
    let report = read(html);
    let at = |place: usize| if newest_first { 3 - place } else { place };
    let language = blog.language;
    assert_eq!(report.about.entries.len(), 4, "{language} {how}: {:?}", report.about.entries);
    for (place, entry) in report.about.entries.iter().enumerate() {
        let (title, _, text) = blog.entries[at(place)];
        let own = entry.span.of(&report.text);
        assert!(own.contains(text), "{language} {how}: {own}");
        let others = blog.entries.iter().filter(|other| own.contains(other.2)).count();
        assert_eq!(others, 1, "{language} {how}: {own}");
        let published = entry.published.unwrap().to_string();
        assert_eq!(published, INSTANTS[at(place)], "{language} {how}");
        if how != "paragraphs" {
            assert_eq!(entry.title.as_deref(), Some(title), "{language} {how}");
        }
    }
}

#[test]
fn entries_are_kept_apart_with_their_times() {
    for blog in &BLOGS {
        for newest_first in [false, true] {
            let html = page(blog, newest_first, "", |title, clock, text, instant| {
                format!(
                    "<article><time datetime='{instant}'>{clock}</time><h2>{title}</h2><p>{text}</p></article>"
                )
            });
            check(blog, newest_first, &html, "elements");
            // Elements inside elements, and times without a day.
            let html = page(blog, newest_first, "", |title, clock, text, _| {
                format!(
                    "<li><div class=k1><time>{clock}</time></div><div><h3>{title}</h3><div><p>{text}</p></div></div></li>"
                )
            });
            check(blog, newest_first, &html, "list");
            let html = page(blog, newest_first, "", |title, clock, text, _| {
                format!("<h3>{title}</h3><p>{clock} – {text}</p>")
            });
            check(blog, newest_first, &html, "paragraphs");
        }
    }
}

#[test]
fn a_list_of_times_above_the_entries_is_no_rival_of_them() {
    for blog in &BLOGS {
        let point = |(title, clock, _): &(&str, &str, &str)| {
            format!("<li><time>{clock}</time> {title}, {title}, {title}</li>")
        };
        let points = blog.entries.iter().chain(&blog.entries[..2]).map(point);
        let points = format!("<ul>{}</ul>", points.collect::<String>());
        let html = page(blog, false, "", |title, clock, text, _| {
            format!(
                "<section><time>{clock}</time><h2>{title}</h2><p>{text}</p><p>{text}</p></section>"
            )
        });
        let html = html
            .replace("<div class=live-blog>", &format!("<div>{points}</div><div class=live-blog>"));
        check(blog, false, &html, "points");
    }
}

/// What JSON-LD lists, the newest first.
fn listed(blog: &Blog) -> String {
    let update = |title: &str, text: &str, instant: &str| {
        format!(
            "{{\"@type\": \"BlogPosting\", \"headline\": \"{title}\", \"articleBody\": \"{text}\", \"datePublished\": \"{instant}\"}}"
        )
    };
    listed_as(blog, update)
}

/// The same, each entry written by `update`, given heading, text and instant.
fn listed_as(blog: &Blog, update: impl Fn(&str, &str, &str) -> String) -> String {
    let update =
        |((title, _, text), instant): (&(&str, &str, &str), &str)| update(title, text, instant);
    let updates: Vec<String> = blog.entries.iter().zip(INSTANTS).map(update).rev().collect();
    format!(
        "<script type='application/ld+json'>{{\"@type\": \"LiveBlogPosting\", \"headline\": \"{}\", \"liveBlogUpdate\": [{}]}}</script>",
        blog.title,
        updates.join(", ")
    )
}

#[test]
fn what_metadata_list_gives_times_that_the_page_does_not_mark() {
    for blog in &BLOGS {
        let head = listed(blog);
        for newest_first in [false, true] {
            let html = page(blog, newest_first, &head, |title, _, text, _| {
                format!("<h3>{title}</h3><p>{text}</p>")
            });
            check(blog, newest_first, &html, "listed");
        }
    }
}

/// An entry as metadata list it without a heading, its text in paragraphs.
fn update_in_markup(title: &str, text: &str, instant: &str) -> String {
    format!(
        "{{\"@type\": \"BlogPosting\", \"articleBody\": \"<p>{text}</p>\\n<p class='k'>{title}.<br>\", \"datePublished\": \"{instant}\"}}"
    )
}

#[test]
fn entries_that_metadata_list_with_their_markup_are_found_by_their_text() {
    for blog in &BLOGS {
        let head = listed_as(blog, update_in_markup);
        for newest_first in [false, true] {
            let html = page(blog, newest_first, &head, |title, _, text, _| {
                format!("<p>{text}</p><p>{title}.</p>")
            });
            check(blog, newest_first, &html, "paragraphs");
        }
        let html = page(blog, true, &head, |_, _, _, _| String::new());
        check(blog, true, &html, "paragraphs");
        let text = read(&html).text;
        assert!(
            !text.contains('<') && text.contains(&format!("\n\n{}.", blog.entries[0].0)),
            "{text}"
        );
    }
}

#[test]
fn a_page_that_shows_no_entries_has_those_that_its_metadata_list() {
    for blog in &BLOGS {
        let html = page(blog, true, &listed(blog), |_, _, _, _| String::new());
        check(blog, true, &html, "metadata");
    }
}

#[test]
fn an_article_with_times_in_it_is_no_live_blog() {
    for blog in &BLOGS {
        let texts: Vec<String> =
            blog.entries.iter().map(|(_, _, text)| format!("<p>{text}</p>")).collect();
        let html = format!(
            "<html><head>{HEAD}</head><body><article><h1>{}</h1><time datetime={}>3</time>{}\
             <ul><li><a href=/a><time datetime=2031-05-01>1</time> {}</a></ul></article></body></html>",
            blog.title,
            INSTANTS[0],
            texts.concat(),
            blog.entries[0].0
        );
        assert!(read(&html).about.entries.is_empty(), "{}", blog.language);
    }
}
