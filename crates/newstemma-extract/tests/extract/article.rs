//! Which parts of a page are its article, however they are wrapped and named.

use crate::read;

/// A headline, five paragraphs, and the beginnings of two other articles.
struct Story {
    language: &'static str,
    title: &'static str,
    paragraphs: [&'static str; 5],
    others: [&'static str; 2],
}

const STORIES: [Story; 4] = [
    Story {
        language: "de",
        title: "Fähre läuft vor Nordhafen auf Grund",
        paragraphs: [
            "In Nordhafen ist am Mittwoch eine Fähre gegen die Mole gestoßen, verletzt wurde niemand, teilte die Wache mit.",
            "Der Hafenmeister sprach am Abend von einem Wunder, denn an Bord waren zweihundert Menschen und vierzig Wagen.",
            "Zwei Boote der Wache brachten die Fahrgäste an Land, die letzten von ihnen kurz vor Mitternacht, bei Schnee und Wind.",
            "Bereits im März war ein Frachter an derselben Stelle auf Grund gelaufen, wie ein Sprecher des Hafens sagte.",
            "Die Reederei will die Strecke bis zum Wochenende mit einem kleineren Schiff bedienen, das aus Südhafen kommt.",
        ],
        others: [
            "Der Markt am Wasser zieht um, und die Händler sind sich noch nicht einig, wohin.",
            "Ein Leuchtturm wird hundert Jahre alt, gefeiert wird am Sonntag mit Musik.",
        ],
    },
    Story {
        language: "uk",
        title: "Пором сів на мілину біля Морська",
        paragraphs: [
            "У порту Морськ у середу пором ударився об мол, ніхто не постраждав, повідомила ввечері капітанія порту.",
            "Начальник порту говорив про диво, адже на борту було двісті пасажирів, сорок машин і вантаж борошна.",
            "Два човни рятувальників доправили пасажирів на берег, останніх із них уже перед самою північчю, попри вітер.",
            "У березні на тому самому місці вже сів на мілину вантажний корабель, нагадав журналістам речник порту.",
            "Компанія обіцяє до кінця тижня пустити на лінію менше судно, яке має прийти з південного порту.",
        ],
        others: [
            "Ринок біля води переїжджає, але торговці ще не дійшли згоди, куди саме.",
            "Маякові виповнюється сто років, святкуватимуть у неділю з музикою.",
        ],
    },
    Story {
        language: "ja",
        title: "北港でフェリーが座礁",
        paragraphs: [
            "北港で二十日、フェリーが防波堤に衝突した。港湾局によると、けが人はいないが、船の出入りは止まった。",
            "港長は奇跡だと語った。船には乗客二百人と車四十台、小麦粉の積み荷があったと、港湾局は説明している。",
            "海上保安部の救助艇二隻が乗客を陸に運び、最後の人が岸に着いたのは、雪と風の中、真夜中の直前だった。",
            "三月にも貨物船が同じ場所で座礁しており、港湾局は、入港する船に追加の検査を求める方針を示した。",
            "運航会社は、週末までに南港から小さな船を回し、航路を再開させたいとしている。詳しい日程は未定だ。",
        ],
        others: [
            "水辺の市場が移転するが、行き先について商人たちの意見はまだまとまっていない。",
            "灯台が百周年を迎え、日曜日に音楽とともに祝われる。",
        ],
    },
    Story {
        language: "ar",
        title: "جنوح عبارة قرب الميناء القديم",
        paragraphs: [
            "اصطدمت عبارة يوم الأربعاء برصيف الميناء القديم، دون وقوع إصابات، بحسب ما أعلنت إدارة الميناء مساء اليوم.",
            "وتحدث مدير الميناء عن معجزة، إذ كان على متن العبارة مئتا راكب وأربعون سيارة وشحنة من الدقيق.",
            "ونقل زورقان من خفر السواحل الركاب إلى الشاطئ، ووصل آخرهم قبيل منتصف الليل رغم الريح والثلج.",
            "وكانت سفينة شحن قد جنحت في المكان نفسه في آذار الماضي، كما قال متحدث باسم الميناء للصحفيين.",
            "وتعتزم الشركة تسيير سفينة أصغر على الخط حتى نهاية الأسبوع، على أن تأتي من الميناء الجنوبي.",
        ],
        others: [
            "ينتقل السوق المجاور للماء إلى مكان آخر، ولم يتفق التجار بعد على وجهته.",
            "تحتفل المدينة يوم الأحد بمرور مئة عام على بناء المنارة.",
        ],
    },
];

/// A page whose article is written by `article`, given the paragraphs in their elements.
fn page(story: &Story, article: impl Fn(&[String; 5]) -> String) -> String {
    let paragraphs = story.paragraphs.map(|text| format!("<p>{text}</p>"));
    format!(
        "<html><head><title>{0}</title></head><body><nav><a href=/>A</a> <a href=/b>B</a></nav>\
         <main><h1>{0}</h1>{1}</main></body></html>",
        story.title,
        article(&paragraphs)
    )
}

/// Checks that all paragraphs are read, and nothing of the other articles.
fn check(article: impl Fn(&Story, &[String; 5]) -> String) {
    for story in &STORIES {
        let text = read(&page(story, |paragraphs| article(story, paragraphs))).text;
        for paragraph in story.paragraphs {
            assert!(text.contains(paragraph), "{}: {paragraph} is missing", story.language);
        }
        for other in story.others {
            assert!(!text.contains(other), "{}: {other}", story.language);
        }
    }
}

#[test]
fn what_is_called_the_body_of_an_article_is_read_whole() {
    // The rest stands in a container of its own, which is shown when readers ask for more.
    check(|_, [a, b, rest @ ..]| {
        let rest = rest.concat().repeat(3);
        format!(
            "<section class=article-body><div class=c1>{a}<div class=c2>{b}{rest}</div></div></section>"
        )
    });
}

#[test]
fn paragraphs_beside_the_container_of_the_others_belong_to_the_article() {
    check(|_, [a, rest @ ..]| {
        format!("<div class=k1>{a}<div class=k2>{}</div></div>", rest.concat().repeat(3))
    });
}

#[test]
fn containers_of_the_same_kind_are_read_and_others_are_not() {
    check(|story, [a, b, rest @ ..]| {
        let rest = rest.concat().repeat(6);
        let columns = |inner: &str| {
            format!("<div class=row><div class='small-12 columns'>{inner}</div></div>")
        };
        let other = story.others.map(|text| format!("<p>{text}</p>")).concat();
        format!(
            "<div class=l0>{}<div class=row><div class=slot>1</div></div>{}{}<div class=row><div class=c7>{other}</div></div></div>",
            columns(&format!("{a}<h3>Mole 3</h3>")),
            columns(&rest),
            columns(b)
        )
    });
    let story = &STORIES[2];
    let report = read(&page(story, |[a, rest @ ..]| {
        let rest = rest.concat().repeat(6);
        format!(
            "<div><div class=k><div class=t><h3>港</h3>{a}</div></div><div class=k><div class=t>{rest}</div></div></div>"
        )
    }));
    assert!(report.text.contains("港\n\n北港で二十日"), "{}", report.text);
}

#[test]
fn ids_that_were_made_of_a_heading_name_nothing() {
    check(|_, paragraphs| {
        let [a, b, c, d, e] = paragraphs;
        format!(
            "<div>{a}<h2 id=social-media>1</h2>{b}{c}\
             <div id=what-the-ferry-says-of-social-media-and-newsletters>{d}</div>{e}</div>"
        )
    });
    let story = &STORIES[0];
    let text = read(&page(story, |[a, b, rest @ ..]| {
        format!("<div>{a}<h2 id=print-menu>Nach dem Unfall</h2>{b}{}</div>", rest.concat())
    }));
    assert!(text.text.contains("Nach dem Unfall"));
    // A short id is a name.
    let text = read(&page(story, |paragraphs| {
        let other = story.others[0];
        format!("<div>{}<div id=social-media><p>{other}</p></div></div>", paragraphs.concat())
    }));
    assert!(!text.text.contains(story.others[0]));
}

#[test]
fn a_sentence_of_a_list_may_be_a_link_for_the_most_part() {
    check(|story, [a, b, _, rest @ ..]| {
        let item = story.paragraphs[2];
        let middle = item.char_indices().nth(item.chars().count() / 3).unwrap().0;
        let (front, back) = item.split_at(middle);
        let link = story.others[0].trim_end_matches(['.', '。']);
        format!(
            "<div>{a}{b}<ul><li>{front}<a href=/c>{back}</a></li><li><a href=/d>{link}</a></li></ul>{}</div>",
            rest.concat()
        )
    });
}

#[test]
fn leads_of_other_articles_below_are_left_out() {
    check(|story, paragraphs| {
        let card = |text: &&str| {
            format!("<div class=c3><h3><a href=/e>1</a></h3><p class=row-excerpt>{text}</p></div>")
        };
        let cards: String = story.others.iter().map(card).collect();
        format!("<article><div class=c1>{}</div>{cards}</article>", paragraphs.concat())
    });
    // Some sites call all their paragraphs leads.
    check(|story, _| {
        let paragraph = |text: &str| format!("<p class=lead>{text}</p>");
        format!("<article>{}</article>", story.paragraphs.map(paragraph).concat())
    });
}
