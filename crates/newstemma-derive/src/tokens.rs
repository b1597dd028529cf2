//! Texts as sequences of hashed tokens, in any script.
//!
//! A token is a run of letters and digits, lower-cased and without its diacritics' case; in scripts
//! written without spaces every character is a token of its own. So that "five words" means about
//! as much text everywhere, each token has a *weight*: 1 for a word, less for a character of a
//! script whose words are several characters long.

use newstemma_model::digest;
use std::collections::BTreeSet;

/// One token: what it says and how much text it stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Token {
    /// Hash of the lower-cased form.
    pub(crate) hash: u64,
    /// Hash of the first five characters of the lower-cased form in a common alphabet where it
    /// has several; equal for names and cognates that other languages spell nearly alike.
    pub(crate) stem: u64,
    /// How much of a word it is.
    pub(crate) weight: f32,
    /// Whether it is a number in digits.
    pub(crate) number: bool,
    /// Whether it starts with a capital letter.
    pub(crate) capital: bool,
    /// Whether it is written in Latin letters.
    pub(crate) latin: bool,
}

/// How many characters of scripts without spaces make up one word, on average.
const HAN_WEIGHT: f32 = 0.6;
const SOUTH_EAST_ASIAN_WEIGHT: f32 = 0.22;

/// The tokens of a text, in order.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut word = String::new();
    for c in text.chars() {
        let kind = Kind::of(c);
        match kind {
            Kind::Letter if word_goes_on(&word, c) => word.push(c),
            Kind::Letter => {
                flush(&mut word, &mut found);
                word.push(c);
            }
            Kind::Joiner => {}
            Kind::Alone(weight) => {
                flush(&mut word, &mut found);
                let mut buffer = [0; 4];
                let hash = digest(&[c.encode_utf8(&mut buffer).as_bytes()]);
                found.push(Token {
                    hash,
                    stem: hash,
                    weight,
                    number: false,
                    capital: false,
                    latin: false,
                });
            }
            Kind::Break => flush(&mut word, &mut found),
        }
    }
    flush(&mut word, &mut found);
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Letter,
    /// Belongs to the word but says nothing: soft hyphens, joiners.
    Joiner,
    Alone(f32),
    Break,
}

impl Kind {
    fn of(c: char) -> Kind {
        match c {
            '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Kind::Joiner,
            // Kana and Han; Korean is written with spaces and stays with the letters.
            '\u{3041}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}' => Kind::Alone(HAN_WEIGHT),
            // Thai, Lao, Burmese, Khmer.
            '\u{0e01}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => {
                Kind::Alone(SOUTH_EAST_ASIAN_WEIGHT)
            }
            // Full-width Latin letters and digits.
            '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
                Kind::Letter
            }
            // Combining marks stay in their word.
            '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{065f}' | '\u{0900}'..='\u{0dff}' => {
                Kind::Letter
            }
            c if c.is_alphanumeric() => Kind::Letter,
            _ => Kind::Break,
        }
    }
}

/// Digits and letters part: `24日`, `50km` and `50 km` share their number.
fn word_goes_on(word: &str, c: char) -> bool {
    word.chars().next_back().is_none_or(|last| last.is_numeric() == c.is_numeric())
}

fn flush(word: &mut String, found: &mut Vec<Token>) {
    let Some(first) = word.chars().next() else { return };
    let lower: String = word.chars().map(narrow).flat_map(char::to_lowercase).collect();
    let number = first.is_numeric();
    let latin = lower.chars().next().is_some_and(|c| matches!(c, 'a'..='z' | '\u{df}'..='\u{24f}'));
    let stem: String =
        if number { lower.clone() } else { lower.chars().map(bare).take(5).collect() };
    found.push(Token {
        hash: digest(&[lower.as_bytes()]),
        stem: digest(&[stem.as_bytes(), b"stem"]),
        weight: 1.0,
        number,
        capital: first.is_uppercase(),
        latin,
    });
    word.clear();
}

/// The usual width of a full-width character.
fn narrow(c: char) -> char {
    match c {
        '\u{ff10}'..='\u{ff5a}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// A Latin letter without its diacritic, so that `Kurakhové` begins like `Kurakhovo`.
fn bare(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'š' | 'ś' | 'ş' | 'ș' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ł' => 'l',
        'ğ' => 'g',
        'ţ' | 'ț' => 't',
        'ý' => 'y',
        'к' | 'ќ' => 'к',
        other => other,
    }
}

/// The total weight of tokens, in words.
pub(crate) fn weight(tokens: &[Token]) -> f32 {
    tokens.iter().map(|t| t.weight).sum()
}

/// Hashes of the windows of tokens that together weigh `words` or more, each with the index of
/// its first token. A text that is shorter than one window has none.
pub(crate) fn shingles(tokens: &[Token], words: f32) -> Vec<(u64, u32)> {
    let mut found = Vec::new();
    let (mut end, mut sum) = (0, 0.0f32);
    for start in 0..tokens.len() {
        while end < tokens.len() && sum < words - 1e-3 {
            sum += tokens[end].weight;
            end += 1;
        }
        if sum < words - 1e-3 {
            break;
        }
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for t in &tokens[start..end] {
            hash = (hash.rotate_left(7) ^ t.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        found.push((hash ^ (hash >> 29), start as u32));
        sum -= tokens[start].weight;
        end = end.max(start + 1);
    }
    found
}

/// How far the numbers of two passages go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Those that both have.
    pub(crate) shared: usize,
    /// Those of one side that the other lacks, as far as the other has some that this one lacks.
    pub(crate) disagreeing: usize,
}

impl Numbers {
    pub(crate) fn of((a, b): (&[Token], &[Token])) -> Numbers {
        let numbers = |tokens: &[Token]| -> BTreeSet<u64> {
            tokens.iter().filter(|t| t.number).map(|t| t.hash).collect()
        };
        let (a, b) = (numbers(a), numbers(b));
        let shared = a.intersection(&b).count();
        Numbers { shared, disagreeing: a.len().min(b.len()) - shared }
    }
}

#[cfg(test)]
mod tests {
    use super::{shingles, tokens, weight};

    #[track_caller]
    fn check(text: &str, count: usize) {
        assert_eq!(tokens(text).len(), count, "{text}");
    }

    #[test]
    fn words_in_several_scripts() {
        check("The mayor of Oxwick, aged 61.", 6);
        check("Мэр Никольска сообщил", 3);
        check("市长说", 3);
        check("50km", 2);
        check("٢٤ يناير", 2);
        check("", 0);
        check("\u{200b}…!", 0);
    }

    #[test]
    fn width_case_and_soft_hyphens_make_no_difference() {
        assert_eq!(tokens("ＡＢＣ")[0].hash, tokens("abc")[0].hash);
        assert_eq!(tokens("Bür\u{ad}ger")[0].hash, tokens("bürger")[0].hash);
    }

    #[test]
    fn names_of_two_spellings_share_their_stem() {
        assert_eq!(tokens("Kurakhové")[0].stem, tokens("Kurakhovo")[0].stem);
        assert_ne!(tokens("1945")[0].stem, tokens("19450")[0].stem);
    }

    #[test]
    fn a_window_holds_about_as_much_text_in_every_script() {
        assert_eq!(shingles(&tokens("a b c d e f"), 5.0).len(), 2);
        assert_eq!(shingles(&tokens("a b c d"), 5.0).len(), 0);
        let han = tokens("市长星期三在议会说桥梁将在春天重建");
        assert_eq!(shingles(&han, 5.0).len(), han.len() - 8);
        assert!((weight(&han) - 10.2).abs() < 1e-3);
    }
}
