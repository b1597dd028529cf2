//! The same battery for every language: a paragraph written for it, its sentences divided by `|`.
//!
//! Rows hold what divides wrongly most easily: abbreviations, initials, ordinals, decimal points,
//! quoted sentences, brackets. For every row the law must hold, too: sentences are in order and
//! cover all but white space, whatever they are cut into.

use newstemma_language::Pack;
use newstemma_model::Language;
use newstemma_segment::sentences;

fn check(tag: &str, marked: &str) {
    let language = Language::parse(tag).unwrap_or_default();
    assert_eq!(language.to_string(), tag);
    let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
    let text = marked.replace('|', "");
    let found: Vec<&str> = sentences(&text, language).iter().map(|s| s.of(&text)).collect();
    assert_eq!(found, expected, "{language}: see data/{language}/sentence.toml");
}

/// Defines one test a language: each paragraph with its sentences divided by `|`.
macro_rules! language {
    ($name:ident, $tag:literal, $($paragraph:literal),+ $(,)?) => {
        #[test]
        fn $name() {
            $(check($tag, $paragraph);)+
        }
    };
}

language!(
    english,
    "en",
    "Mr. Voss met J. K. Tarn in the U.S. on Nov. 20. |The talks, which began at 9.30 a.m., failed.",
    "The ferry is owned by Aurec Lines Inc. |The company did not answer. |It lost $3.5 million.",
    "“We will not sail,” Voss said. |“The charts are wrong. |They always were.” |Nobody objected.",
    "“Who drew them?” Voss asked. |“Nobody knows!” |The crew (it had been hired on Monday. ) left.",
    "She left the U.S. |The crew stayed. |See No. 5 of the report, p. 12, on www.aurec.example/Why?Now.",
    "The wind rose... and fell. |Then it stopped... |Nobody slept.",
    "Is it safe?! |Yes. |[...] The ferry sailed.|The crew cheered.",
    "1. The ferry sailed at dawn. |It sank.",
    "It is 5.2 km long. |iPhone maps show it. |“Don’t go!” |(They went.) |Who won?",
);

language!(
    french,
    "fr",
    "M. Voss a rencontré Mme Tarn le 20 nov. 2024. |« Nous ne partirons pas. » |Elle a ri.",
    "« Qui a dessiné ces cartes ? », a demandé M. Voss. |Personne n’a répondu !",
    "« Ne partez pas\u{A0}! » s’est-il écrié. |Le bac, long de 5,2 km (sic !), a coulé. |C’est l’art. 5.",
    "Selon J.-P. Aurec, le navire était sûr… |Il ne l’était pas.",
);

language!(
    german,
    "de",
    "Am 20. November traf Dr. Voss den 2. Vorsitzenden. |Sie sprachen z. B. über Seekarten.",
    "„Wir fahren nicht!“, sagte Voss. |„Die Karten sind falsch.“ |Niemand widersprach.",
    "Das steht in Art. 5 Abs. 2 des Vertrags, vgl. S. 12. |Die Fähre ist ca. 30 m lang.",
    "»Wer hat das gezeichnet?«, fragte sie. |Im 19. Jahrhundert war es anders. |Es war 1890. |Danach kam Wind.",
);

language!(
    spanish,
    "es",
    "El Sr. Voss llegó a EE. UU. el lunes. |¿Quién dibujó las cartas? |¡Nadie lo sabe!",
    "«No zarparemos», dijo la Dra. Tarn. |“Las cartas están mal.” |Nadie respondió.",
);

language!(
    italian,
    "it",
    "Il dott. Voss ha incontrato l’on. Tarn. |«Non partiremo!», ha detto. |La nave è lunga 3.500 m.",
);

language!(
    portuguese,
    "pt",
    "O Sr. Voss chegou na segunda. |“Não vamos partir”, disse a Dra. Tarn. |Foi às 9.30 horas.",
);

language!(
    dutch,
    "nl",
    "Dhr. Voss sprak met mevr. Tarn over o.a. de kaarten. |“Wij varen niet!”, zei hij. |’s Avonds was het stil.",
);

language!(
    polish,
    "pl",
    "20 listopada dr Voss spotkał się m.in. z prof. Tarn. |„Nie wypłyniemy” – powiedział. |To było w 2024 r. |Prom zatonął.",
);

language!(
    russian,
    "ru",
    "В 2024 г. И. О. Восс прибыл в г. Аурек. |«Мы не выйдем в море!» — сказал он. |Никто не возразил.",
    "Паром стоил 3,5 млн руб. |Его построили на ул. Портовой, т. е. рядом.",
);

language!(
    ukrainian,
    "uk",
    "У 2024 р. п. Восс прибув до м. Аурек. |«Ми не вийдемо!» — сказав він. |Ніхто не заперечив.",
);

language!(
    arabic,
    "ar",
    "وصل د. فوس يوم الاثنين. |هل العبارة آمنة؟ |قال: \"لن نبحر!\" |لم يعترض أحد.",
);

language!(
    turkish,
    "tr",
    "Dr. Voss 20. Kasım günü geldi. |“Denize açılmayacağız!” dedi. |Kimse itiraz etmedi.",
);

language!(
    chinese,
    "zh",
    "渡轮周一搁浅。|没有人受伤！|“我们不出海。”船长说。|谁画的海图？|（没有人知道。）|长3.5公里。",
    "他写道：“海图错了。|一直都错。”|没有人反对。",
);

language!(
    japanese,
    "ja",
    "フェリーは月曜日に座礁した。|けが人はいない。|船長は「出航しない。海図が違う。」と述べた。|誰が描いたのか？",
    "「出航しない！」と船長は言った。|反対はなかった。",
);

language!(
    korean,
    "ko",
    "여객선이 2024. 11. 20. 좌초했다. |다친 사람은 없다. |선장은 \"출항하지 않겠다.\"라고 말했다. |왜 그랬을까?",
);

language!(
    thai,
    "th",
    "เรือข้ามฟากออกจากท่าเมื่อเวลา 9.30 น. วันจันทร์ |นอกจากนี้ ดร. ทาร์น กล่าวว่าไม่มีผู้ได้รับบาดเจ็บจากเหตุการณ์",
);

language!(hindi, "hi", "नौका सोमवार को रेत में फँस गई। |डॉ. वोस ने कहा कि कोई घायल नहीं हुआ। |क्यों?",);

language!(greek, "el", "Το πορθμείο προσάραξε. |Ποιος σχεδίασε τους χάρτες; |Κανείς δεν ξέρει.",);

language!(
    swedish,
    "sv",
    "Dr. Voss sade bl.a. att sjökorten var fel. |”Vi seglar inte!” ropade han. |Ingen svarade.",
);

language!(
    czech,
    "cs",
    "Dne 20. listopadu 2024 přijel dr. Voss. |„Nevyplujeme!“ řekl. |Bylo to v ul. Přístavní č. 5, např. večer.",
);

language!(
    romanian,
    "ro",
    "Dl. Voss a sosit luni. |„Nu plecăm!”, a spus el. |Vezi art. 5 din lege.",
);

language!(
    unknown,
    "und",
    "Fery a brek. |Nimeni! |Ko? |Dr. Voss 3.5 km.",
    "ጀልባዋ ቆመች። |ማንም አልተጎዳም።",
    "လှေ ရပ်သည်။ |ဘယ်သူမှ မထိခိုက်ပါ။",
);

#[test]
fn text_without_capitals_is_divided_as_well() {
    let text = "the ferry ran aground on monday. nobody was hurt, the harbour master said. why?";
    let found = sentences(text, Language::parse("en").unwrap());
    assert_eq!(found.len(), 3);
}

#[test]
fn sentences_cover_all_but_white_space_whatever_the_text() {
    let pieces = [
        "Fähre",
        "渡轮",
        "เรือ",
        "паром",
        ".",
        "...",
        "!",
        "?",
        "。",
        "”",
        "“",
        "\"",
        "(",
        ")",
        "«",
        "»",
        " ",
        "\u{A0}",
        "20",
        "z. B.",
        "U.S.",
        "J",
        "「",
        "」",
        "’",
        "–",
        "…",
        "\u{200D}",
        "ก\u{e31}",
    ];
    let mut state = 7_u32;
    for _ in 0..100 {
        let mut text = String::new();
        for _ in 0..60 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(pieces[(state >> 16) as usize % pieces.len()]);
        }
        for pack in Pack::all() {
            let found = sentences(&text, pack.language);
            let mut at = 0;
            for span in &found {
                assert!(text[at..span.start()].trim().is_empty(), "{text:?}");
                assert!(!span.is_empty());
                at = span.end();
            }
            assert!(text[at..].trim().is_empty(), "{text:?}");
        }
    }
}

#[test]
fn a_text_of_any_length_takes_its_time_only() {
    let english = Language::parse("en").unwrap();
    for piece in
        ["a", ". ", "\"", "(", "a.b ", "。", "ก ", "「", "U.S. ", " ", "1. ", "!”", ". .", "z. "]
    {
        let text = piece.repeat(300_000 / piece.len());
        let found = sentences(&text, english);
        assert!(found.iter().all(|s| s.len() <= 12_000), "{piece:?}");
    }
}
