//! Days with their months and weekdays in languages whose words come from Unicode CLDR, in digits of
//! their scripts. The sentences were written for these tests.

use super::tests::check;
use newstemma_model::DateExpression as E;
use newstemma_model::{Tense, Weekday};

/// A sentence with the day 20 November 2024 and one with a Tuesday; what stands for them.
fn day_and_tuesday(language: &str, on_day: (&str, &str), on_tuesday: (&str, &str)) {
    let day = E::Day { year: Some(2024), month: 11, day: 20, weekday: None };
    check(language, on_day.0, &[(on_day.1, day)]);
    let tuesday = E::Weekday { weekday: Weekday::Tuesday, tense: Tense::Open };
    check(language, on_tuesday.0, &[(on_tuesday.1, tuesday)]);
}

#[test]
fn languages_of_europe() {
    day_and_tuesday(
        "el",
        ("Η γέφυρα έκλεισε στις 20 Νοεμβρίου 2024.", "στις 20 Νοεμβρίου 2024"),
        ("Η γέφυρα έκλεισε την Τρίτη.", "την Τρίτη"),
    );
    day_and_tuesday(
        "bg",
        ("Мостът беше затворен на 20 ноември 2024.", "на 20 ноември 2024"),
        ("Мостът беше затворен във вторник.", "във вторник"),
    );
    day_and_tuesday(
        "cs",
        ("Most byl uzavřen 20. listopadu 2024.", "20. listopadu 2024"),
        ("Most byl uzavřen v úterý.", "v úterý"),
    );
    day_and_tuesday(
        "ro",
        ("Podul a fost închis pe 20 noiembrie 2024.", "pe 20 noiembrie 2024"),
        ("Podul a fost închis marți.", "marți"),
    );
    day_and_tuesday(
        "fi",
        ("Silta suljettiin 20. marraskuuta 2024.", "20. marraskuuta 2024"),
        ("Silta suljettiin tiistaina.", "tiistaina"),
    );
    day_and_tuesday(
        "sv",
        ("Bron stängdes den 20 november 2024.", "den 20 november 2024"),
        ("Bron stängdes på tisdag.", "på tisdag"),
    );
    day_and_tuesday(
        "ca",
        ("El pont es va tancar el 20 de novembre de 2024.", "el 20 de novembre de 2024"),
        ("El pont es va tancar dimarts.", "dimarts"),
    );
    day_and_tuesday(
        "sr",
        ("Мост је затворен 20. новембра 2024.", "20. новембра 2024"),
        ("Most je zatvoren u utorak.", "u utorak"),
    );
}

#[test]
fn languages_of_asia_and_africa() {
    day_and_tuesday(
        "he",
        ("הגשר נסגר ב-20 בנובמבר 2024.", "20 בנובמבר 2024"),
        ("הגשר נסגר ביום שלישי.", "ביום שלישי"),
    );
    day_and_tuesday(
        "fa",
        ("پل ۲۰ نوامبر ۲۰۲۴ بسته شد.", "۲۰ نوامبر ۲۰۲۴"),
        ("پل سه‌شنبه بسته شد.", "سه‌شنبه"),
    );
    day_and_tuesday(
        "hi",
        ("पुल २० नवंबर २०२४ को बंद हुआ।", "२० नवंबर २०२४"),
        ("पुल मंगलवार को बंद हुआ।", "मंगलवार"),
    );
    day_and_tuesday(
        "bn",
        ("সেতুটি ২০ নভেম্বর ২০২৪ বন্ধ হয়।", "২০ নভেম্বর ২০২৪"),
        ("সেতুটি মঙ্গলবার বন্ধ হয়।", "মঙ্গলবার"),
    );
    day_and_tuesday("km", ("ស្ពាន ត្រូវ បិទ ២០ វិច្ឆិកា ២០២៤", "២០ វិច្ឆិកា ២០២៤"), ("ស្ពាន បិទ អង្គារ", "អង្គារ"));
    day_and_tuesday(
        "ka",
        ("ხიდი 20 ნოემბერს 2024 დაიკეტა.", "20 ნოემბერს 2024"),
        ("ხიდი სამშაბათს დაიკეტა.", "სამშაბათს"),
    );
    day_and_tuesday("am", ("ድልድዩ 20 ኖቬምበር 2024 ተዘጋ።", "20 ኖቬምበር 2024"), ("ድልድዩ ማክሰኞ ተዘጋ።", "ማክሰኞ"));
    day_and_tuesday(
        "sw",
        ("Daraja lilifungwa tarehe 20 Novemba 2024.", "tarehe 20 Novemba 2024"),
        ("Daraja lilifungwa Jumanne.", "Jumanne"),
    );
    day_and_tuesday(
        "id",
        ("Jembatan ditutup pada 20 November 2024.", "pada 20 November 2024"),
        ("Jembatan ditutup pada Selasa.", "pada Selasa"),
    );
    day_and_tuesday(
        "kk",
        ("Көпір 20 қараша 2024 жабылды.", "20 қараша 2024"),
        ("Көпір сейсенбі жабылды.", "сейсенбі"),
    );
}

#[test]
fn words_for_today_and_its_neighbours() {
    for (language, text, word, days) in [
        ("el", "Η γέφυρα έκλεισε χθες.", "χθες", -1),
        ("he", "הגשר נסגר אתמול.", "אתמול", -1),
        ("hi", "पुल आज बंद है।", "आज", 0),
        ("bn", "সেতুটি গতকাল বন্ধ হয়।", "গতকাল", -1),
        ("ka", "ხიდი ხვალ გაიხსნება.", "ხვალ", 1),
        ("bg", "Мостът ще отвори утре.", "утре", 1),
        ("am", "ድልድዩ ትናንት ተዘጋ።", "ትናንት", -1),
    ] {
        check(language, text, &[(word, E::Relative { days })]);
    }
}
