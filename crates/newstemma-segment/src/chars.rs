//! Classes of characters, and looking around in a text.

/// Whether capitals can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// Sentences begin with a capital in scripts that have them.
    Mixed,
    /// The text has letters of a script with case, but no capitals.
    LowerOnly,
}

/// Letters in lower case that a text without any capital must have before that means something.
const LOWER_LETTERS_MIN: usize = 40;

impl Case {
    pub(crate) fn of(text: &str) -> Case {
        let mut lower = 0;
        for c in text.chars() {
            if c.is_uppercase() {
                return Case::Mixed;
            }
            lower += usize::from(c.is_lowercase());
        }
        if lower >= LOWER_LETTERS_MIN { Case::LowerOnly } else { Case::Mixed }
    }
}

/// Line breaks of Unicode; all of them separate lines of a report.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}')
}

/// A stop that ends a sentence in any language, whether or not a space follows.
pub(crate) fn is_full_stop(c: char) -> bool {
    matches!(
        c,
        '。' | '｡'
            | '！'
            | '？'
            | '।'
            | '॥'
            | '۔'
            | '؟'
            | '։'
            | '።'
            | '፧'
            | '။'
            | '។'
            | '៕'
            | '᠃'
            | '᠉'
            | '꓿'
            | '꘎'
            | '．'
    )
}

/// An exclamation or question mark that other scripts share.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c, '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '\u{037E}')
}

/// Any character that may end a sentence.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '…') || is_mark(c) || is_full_stop(c)
}

/// Punctuation after which the sentence goes on.
pub(crate) fn goes_on(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '、' | '，' | '；' | '：' | '،' | '؛' | '/' | '%' | '&' | '=')
}

/// A closing bracket of any script; quotation marks are in [`crate::quote`].
pub(crate) fn is_closing_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '］' | '】' | '〕' | '｝' | '〗')
}

/// The bracket or corner mark that closes `open`.
pub(crate) fn closing_of(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        '［' => '］',
        '【' => '】',
        '〔' => '〕',
        '「' => '」',
        '『' => '』',
        '《' => '》',
        '〈' => '〉',
        _ => return None,
    })
}

/// The character at `at`.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The character before `at`.
pub(crate) fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// End of the white space that begins at `at`.
pub(crate) fn after_space(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + (rest.len() - rest.trim_start().len())
}

#[cfg(test)]
mod tests {
    use super::Case;

    #[test]
    fn a_text_without_capitals_is_known_by_its_length() {
        let lower = "the ferry left the harbour at dawn and nobody on the quay saw it come back";
        assert_eq!(Case::of(lower), Case::LowerOnly);
        assert_eq!(Case::of("ferry left"), Case::Mixed);
        assert_eq!(Case::of(&format!("{lower} Aurec")), Case::Mixed);
        assert_eq!(Case::of(&"渡船离开了港口".repeat(20)), Case::Mixed);
    }
}
