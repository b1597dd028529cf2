//! The same battery for every language: one row each, in sentences written for it.
//!
//! A row catches a language that detection mistakes for a relative, a tokeniser that drops or
//! splits its letters, and a fold that is not idempotent.

use newstemma_language::{Pack, detect, words};
use newstemma_model::Language;

/// Tag, a sentence of the press, and how many words it has.
const ROWS: &[(&str, &str, usize)] = &[
    ("en", "The ferry ran aground on Monday, but nobody was hurt, the harbour master said.", 14),
    ("fr", "Le bac s’est échoué lundi, mais personne n’a été blessé, selon la capitainerie.", 15),
    (
        "de",
        "Die Fähre lief am Montag auf Grund, verletzt wurde nach Angaben der Hafenbehörde niemand.",
        14,
    ),
    (
        "es",
        "El transbordador encalló el lunes, pero nadie resultó herido, dijo la capitanía del puerto.",
        14,
    ),
    (
        "it",
        "Il traghetto si è arenato lunedì, ma nessuno è rimasto ferito, ha detto la capitaneria.",
        15,
    ),
    (
        "pt",
        "A balsa encalhou na segunda-feira, mas ninguém ficou ferido, disse a capitania do porto.",
        15,
    ),
    (
        "nl",
        "De veerboot liep maandag aan de grond, maar niemand raakte gewond, zei de havenmeester.",
        14,
    ),
    (
        "pl",
        "Prom osiadł w poniedziałek na mieliźnie, ale nikt nie został ranny, powiedział kapitan portu.",
        14,
    ),
    ("ru", "Паром сел на мель в понедельник, но никто не пострадал, сообщил начальник порта.", 13),
    (
        "uk",
        "Пором сів на мілину в понеділок, але ніхто не постраждав, повідомив начальник порту.",
        13,
    ),
    ("be", "Паром сеў на мель у панядзелак, але ніхто не пацярпеў, паведаміў начальнік порта.", 13),
    (
        "bg",
        "Фериботът заседна в понеделник, но никой не е пострадал, съобщи началникът на пристанището.",
        13,
    ),
    ("sr", "Трајект се насукао у понедељак, али нико није повређен, рекао је лучки капетан.", 13),
    ("ar", "جنحت العبارة يوم الاثنين ولم يصب أحد بأذى، بحسب ما قال مدير الميناء.", 13),
    ("fa", "کشتی روز دوشنبه به گل نشست اما به گفته رئیس بندر کسی آسیب ندید.", 14),
    (
        "ur",
        "کشتی پیر کے روز ریت میں پھنس گئی لیکن بندرگاہ کے سربراہ کے مطابق کوئی زخمی نہیں ہوا۔",
        18,
    ),
    ("he", "המעבורת עלתה על שרטון ביום שני, אך איש לא נפגע, אמר מנהל הנמל.", 13),
    (
        "tr",
        "Feribot pazartesi günü karaya oturdu ancak liman başkanlığına göre yaralanan olmadı.",
        11,
    ),
    (
        "el",
        "Το πορθμείο προσάραξε τη Δευτέρα, αλλά κανείς δεν τραυματίστηκε, είπε ο λιμενάρχης.",
        12,
    ),
    ("sv", "Färjan gick på grund i måndags, men ingen skadades, säger hamnkaptenen.", 11),
    ("da", "Færgen gik på grund mandag, men ingen kom til skade, oplyser havnefogeden.", 12),
    (
        "fi",
        "Lautta ajoi karille maanantaina, mutta kukaan ei loukkaantunut, kertoi satamakapteeni.",
        10,
    ),
    (
        "hu",
        "A komp hétfőn zátonyra futott, de senki sem sérült meg, közölte a kikötőparancsnok.",
        13,
    ),
    (
        "cs",
        "Přívoz v pondělí najel na mělčinu, nikdo však nebyl zraněn, řekl velitel přístavu.",
        13,
    ),
    (
        "ro",
        "Feribotul a eșuat luni, dar nimeni nu a fost rănit, a declarat căpitanul portului.",
        14,
    ),
    (
        "hr",
        "Trajekt se nasukao u ponedjeljak, ali nitko nije ozlijeđen, rekao je lučki kapetan.",
        13,
    ),
    (
        "lt",
        "Keltas pirmadienį užplaukė ant seklumos, tačiau niekas nenukentėjo, sakė uosto kapitonas.",
        11,
    ),
    (
        "id",
        "Feri itu kandas pada hari Senin, tetapi tidak ada yang terluka, kata kepala pelabuhan.",
        14,
    ),
    ("vi", "Chiếc phà mắc cạn hôm thứ Hai nhưng không ai bị thương, giám đốc cảng cho biết.", 17),
    ("hi", "नौका सोमवार को रेत में फँस गई, लेकिन किसी को चोट नहीं आई, बंदरगाह प्रमुख ने कहा।", 17),
    ("bn", "সোমবার ফেরিটি চরে আটকে যায়, তবে কেউ আহত হয়নি বলে জানান বন্দরপ্রধান।", 12),
    ("ta", "திங்களன்று படகு தரைதட்டியது, ஆனால் யாருக்கும் காயம் இல்லை என்று துறைமுக அதிகாரி கூறினார்.", 11),
    ("ko", "월요일 여객선이 좌초했으나 다친 사람은 없다고 항만청장이 밝혔다.", 8),
    ("zh", "渡轮周一搁浅，但港务长说没有人受伤。", 16),
    ("zh-TW", "渡輪週一擱淺，但港務長說沒有人受傷。", 16),
    ("ja", "フェリーは月曜日に座礁したが、けが人はいないと港長は述べた。", 28),
    ("th", "เรือข้ามฟากเกยตื้นเมื่อวันจันทร์ แต่ไม่มีผู้ได้รับบาดเจ็บ", 39),
    ("ka", "ბორანი ორშაბათს მეჩეჩზე შეჯდა, მაგრამ არავინ დაშავებულა.", 7),
    ("hy", "Լաստանավը երկուշաբթի օրը ծանծաղուտ է նստել, բայց ոչ ոք չի տուժել։", 11),
    ("am", "ጀልባዋ ሰኞ ዕለት አሸዋ ላይ ተቀምጣለች፣ ነገር ግን ማንም አልተጎዳም።", 10),
    ("sw", "Kivuko kilikwama Jumatatu, lakini hakuna aliyejeruhiwa, alisema mkuu wa bandari.", 10),
];

#[test]
fn every_language_is_detected() {
    let wrong: Vec<_> = ROWS
        .iter()
        .map(|(tag, sentence, _)| (*tag, detect(sentence)))
        .filter(|(tag, found)| found.language.to_string() != *tag)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_language_has_its_words() {
    let mut wrong = Vec::new();
    for (tag, sentence, count) in ROWS {
        let found = words(sentence, Language::parse(tag).unwrap());
        let forms: Vec<String> = found.map(|w| w.form.into_owned()).collect();
        if forms.len() != *count {
            wrong.push((tag, forms.len(), forms));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_second_pass_changes_no_form() {
    for (tag, sentence, _) in ROWS {
        let language = Language::parse(tag).unwrap();
        for word in words(sentence, language) {
            let bare = word.form.trim_matches('\'');
            let again: Vec<_> = words(bare, language).map(|w| w.form).collect();
            assert_eq!(again.concat(), bare, "{tag}");
        }
    }
}

#[test]
fn every_word_list_is_in_normal_form() {
    for pack in Pack::all() {
        for common in &pack.word.common {
            // Enclitics are met behind another word only, elided words in front of one.
            let before = if common.starts_with('\'') { "x" } else { "" };
            let after = if common.ends_with('\'') { "x" } else { "" };
            let text = format!("{before}{common}{after}");
            let forms: Vec<_> = words(&text, pack.language).map(|w| w.form).collect();
            assert_eq!(forms.concat(), text, "{:?}: never met in a text", pack.language);
        }
    }
}
