//! Words in quotation marks.

use newstemma_model::Span;

/// Pairs of marks; where opening and closing are the same the next one closes.
const MARKS: &[(char, char)] = &[
    ('“', '”'),
    ('„', '“'),
    ('„', '”'),
    ('«', '»'),
    ('»', '«'),
    ('‹', '›'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('"', '"'),
    ('”', '”'),
    ('＂', '＂'),
];

/// The longest quotation, in bytes: a mark that is never closed shall not take in the rest.
const QUOTATION_BYTES_MAX: usize = 2_000;

/// The spans between quotation marks, marks left out, in order. A quotation may run over
/// sentences but not over an empty line.
pub(crate) fn quoted(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        if let Some((mark, start)) = open {
            let closes = MARKS.iter().any(|&(o, c)| o == mark && c == character);
            if closes {
                found.push(Span::new(start, at));
                open = None;
                before = character;
                continue;
            }
            if at - start > QUOTATION_BYTES_MAX || (character == '\n' && before == '\n') {
                open = None;
            }
        }
        if open.is_none() && MARKS.iter().any(|&(o, _)| o == character) {
            open = Some((character, at + character.len_utf8()));
        }
        before = character;
    }
    found
}

/// Whether a span lies in one of them.
pub(crate) fn is_quoted(quoted: &[Span], span: Span) -> bool {
    let after = quoted.partition_point(|q| q.end() < span.end());
    quoted.get(after).is_some_and(|q| q.contains(span))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn marks_of_many_languages_are_known() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = quoted(text).into_iter().map(|s| s.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("She said “no more” and “never”.", &["no more", "never"]);
        check("Er sagte: „Das reicht“, und ging.", &["Das reicht"]);
        check("Il a dit « assez » hier.", &[" assez "]);
        check("Er sagte »genug«.", &["genug"]);
        check("市长说：“够了”。", &["够了"]);
        check("市長は「十分だ」と述べた。", &["十分だ"]);
        check("Vienas \"du\" trys", &["du"]);
        check("An open \"quote\n\nends with the paragraph", &[]);
    }
}
