//! Old encodings: declared, declared wrongly, and not declared at all.

use crate::folder::{Folder, text};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_8859_2, ISO_8859_5, ISO_8859_7, ISO_8859_8,
    ISO_8859_15, KOI8_R, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
};
use newstemma_ingest::ReadOptions;

/// A sentence for each encoding in which the press has published.
const SENTENCES: [(&Encoding, &str); 22] = [
    (GBK, "长江大桥昨晚恢复通车,市政府表示检修工作比计划提前两天完成。"),
    (GB18030, "渡轮公司说,今天早上六点起航班恢复正常,乘客无须改签。"),
    (BIG5, "港口今晨重新開放,市長表示風浪已經減弱,漁船可以出海。"),
    (SHIFT_JIS, "港は今朝六時に再開し、市長は「漁船の出港に支障はない」と述べた。"),
    (EUC_JP, "橋の補修工事は予定より二日早く終わり、通行止めは解除された。"),
    (EUC_KR, "항구가 오늘 아침 다시 열렸으며 시장은 어선 출항에 문제가 없다고 말했다."),
    (WINDOWS_1250, "Příliš silný vítr zavřel přístav, řekl starosta; loďka zůstala u mola."),
    (ISO_8859_2, "Wójt powiedział, że łódź wróciła do przystani, a wichura ucichła nad ranem."),
    (WINDOWS_1251, "Порт вновь открыт, сообщил мэр города; рыбацкие суда вышли в море утром."),
    (KOI8_R, "Мост через реку открыли раньше срока, сообщила администрация района."),
    (ISO_8859_5, "Паром вернулся в гавань, пассажиры не пострадали, заявил капитан порта."),
    (
        WINDOWS_1252,
        "Le port a rouvert dès l’aube, a déclaré la mairesse : « la tempête s’éloigne ».",
    ),
    (ISO_8859_15, "Hafengebühr: 12 € für Fähren, sagte der Bürgermeister früh am Morgen in Wörth."),
    (WINDOWS_1253, "Το λιμάνι άνοιξε ξανά σήμερα το πρωί, δήλωσε ο δήμαρχος της πόλης."),
    (ISO_8859_7, "Η γέφυρα παραδόθηκε στην κυκλοφορία δύο ημέρες νωρίτερα, είπε ο υπουργός."),
    (
        WINDOWS_1254,
        "Belediye başkanı, köprünün öğleden sonra yeniden açıldığını söyledi, şükretti.",
    ),
    (WINDOWS_1255, "הנמל נפתח מחדש הבוקר, אמר ראש העיר, וספינות הדיג יצאו שוב לים הפתוח."),
    (ISO_8859_8, "הגשר נפתח לתנועה יומיים לפני המועד, כך הודיעה העירייה לתושבי האזור."),
    (WINDOWS_1256, "أعيد فتح الميناء صباح اليوم، وقال رئيس البلدية إن قوارب الصيد عادت إلى البحر."),
    (WINDOWS_1257, "Uostas vėl atidarytas šįryt, sakė meras; žvejų laivai išplaukė į jūrą."),
    (WINDOWS_874, "ท่าเรือเปิดอีกครั้งเมื่อเช้านี้ นายกเทศมนตรีกล่าวว่าเรือประมงออกทะเลได้แล้ว"),
    (
        WINDOWS_1252,
        "El alcalde señaló que el puerto reabrió esta mañana; ningún barco sufrió daños.",
    ),
];

fn read(page: &[u8]) -> (String, usize) {
    let folder = Folder::new("encodings").with("a", page);
    let (pages, warnings) = folder.read(&["a"], ReadOptions::default());
    (pages.first().map(|p| text(p).to_owned()).unwrap_or_default(), warnings.len())
}

fn page(charset: &str, sentence: &str) -> String {
    let meta = if charset.is_empty() { String::new() } else { format!("<meta charset={charset}>") };
    format!("<!DOCTYPE html>{meta}<title>A</title><p>{sentence}</p>")
}

fn bytes(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{} can't write: {text}", encoding.name());
    bytes.into_owned()
}

#[test]
fn declared_encodings_are_read() {
    for (encoding, sentence) in SENTENCES {
        let page = page(encoding.name(), sentence);
        assert_eq!(read(&bytes(encoding, &page)), (page, 0), "{}", encoding.name());
    }
}

/// The encoding that can't be told: it is Latin-1 but for eight signs, the euro among them.
const NOT_GUESSED: [&str; 1] = ["ISO-8859-15"];

#[test]
fn undeclared_encodings_are_guessed() {
    let mut wrong = Vec::new();
    for (encoding, sentence) in SENTENCES {
        let page = page("", sentence);
        let (text, warnings) = read(&bytes(encoding, &page));
        if text != page || warnings != 1 {
            wrong.push(encoding.name());
        }
    }
    assert_eq!(wrong, NOT_GUESSED);
}

#[test]
fn wrong_declarations_are_not_believed() {
    for declared in ["utf-8", "iso-8859-1"] {
        for (encoding, sentence) in SENTENCES {
            let latin = sentence.chars().all(|c| c < '\u{250}' || !c.is_alphabetic());
            if latin {
                continue;
            }
            let page = page(declared, sentence);
            let (text, _) = read(&bytes(encoding, &page));
            assert_eq!(text, page, "{} declared as {declared}", encoding.name());
        }
    }
}

#[test]
fn wide_encodings_are_read_with_a_mark_and_without() {
    for (_, sentence) in SENTENCES {
        let page = page("utf-16", sentence);
        for mark in ["\u{feff}", ""] {
            let units = || mark.encode_utf16().chain(page.encode_utf16());
            let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
            assert_eq!(read(&little).0, page);
            let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
            assert_eq!(read(&big).0, page);
        }
    }
}
