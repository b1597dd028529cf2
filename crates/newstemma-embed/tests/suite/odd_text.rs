//! Any text has tokens and a vector of unit length.

use newstemma_embed::{Encoder, Text};
use newstemma_model::Language;
use proptest::prelude::*;
use std::sync::LazyLock;

static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::embedded().unwrap());

/// Rows of the larger table.
const ROWS: u32 = 128_010;

/// A language of either encoder.
const LANGUAGES: [&str; 2] = ["de", "uk"];

fn check(text: &str) {
    for tag in LANGUAGES {
        check_in(Text { text, language: Language::parse(tag).unwrap() });
    }
}

fn check_in(text: Text<'_>) {
    let ids = ENCODER.token_ids(text);
    assert!(ids.len() >= 3, "{text:?}");
    assert_eq!((ids[0], ids[ids.len() - 1]), (1, 2), "{text:?}");
    assert!(ids.iter().all(|&id| id < ROWS), "{text:?}");
    let vector = ENCODER.encode(&[text]);
    let length: f32 = vector.iter().map(|value| value * value).sum();
    assert!((length - 1.0).abs() < 1e-5, "{text:?} has length {length}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_characters(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn characters_that_are_not_what_they_seem(
        text in "[ \\x00-\\x20\u{300}-\u{308}\u{1100}-\u{11ff}\u{200b}-\u{200f}\u{2581}\u{fb00}-\u{ffff}🇦-🇿ａ-ｚa-f]{0,80}"
    ) {
        check(&text);
    }

    /// Spaces at the ends and runs of them mean nothing.
    #[test]
    fn spaces_do_not_count(words in prop::collection::vec("[a-zа-яก-ฮ一-七]{1,8}", 1..8)) {
        let plain = words.join(" ");
        let spaced = format!(" \t{}\u{3000}\n", words.join(" \u{a0} "));
        prop_assert_eq!(ENCODER.token_ids(plain.as_str()), ENCODER.token_ids(spaced.as_str()));
    }
}

/// A "sentence" of 700 KB is worked through in spans; a token takes some twenty bytes.
#[test]
fn a_text_of_any_length_passes() {
    let text = "Die Fähre fiel aus. 渡轮停航。 ".repeat(20_000);
    assert!(ENCODER.token_ids(text.as_str()).len() > 200_000);
    // Long enough for many batches, short enough for a test.
    check(&"Die Fähre fiel aus. 渡轮停航。 ".repeat(500));
}
