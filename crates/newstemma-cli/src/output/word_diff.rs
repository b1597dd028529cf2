//! Which words two wordings do not have in common.

use newstemma_model::{Span, in_common};

/// The words of two passages, each a text and a span of it, that the other does not have in the
/// same order. Nothing where next to nothing is in common.
pub(crate) fn changed_words(a: (&str, Span), b: (&str, Span)) -> (Vec<Span>, Vec<Span>) {
    let (words_a, words_b) = (words(a), words(b));
    let folded = |(text, _): (&str, Span), words: &[Span]| -> Vec<String> {
        words.iter().map(|word| word.of(text).to_lowercase()).collect()
    };
    let common = in_common(&folded(a, &words_a), &folded(b, &words_b));
    if 3 * common.len() < words_a.len().min(words_b.len()) {
        return (Vec::new(), Vec::new());
    }
    let changed = |words: Vec<Span>, kept: Vec<usize>| {
        let is_changed = |at: &usize| kept.binary_search(at).is_err();
        (0..words.len()).filter(is_changed).map(|at| words[at]).collect()
    };
    let (kept_a, kept_b) = common.into_iter().unzip();
    (changed(words_a, kept_a), changed(words_b, kept_b))
}

/// Runs of letters and digits; in scripts that are written without spaces, single characters.
fn words((text, span): (&str, Span)) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in span.of(text).char_indices() {
        let at = span.start() + at;
        let stands_alone = is_unspaced(c);
        if let Some(from) = start.take_if(|_| stands_alone || !c.is_alphanumeric()) {
            words.push(Span::new(from, at));
        }
        if stands_alone {
            words.push(Span::new(at, at + c.len_utf8()));
        } else if c.is_alphanumeric() {
            start.get_or_insert(at);
        }
    }
    words.extend(start.map(|from| Span::new(from, span.end())));
    words
}

/// Thai, Lao, Burmese, Khmer, kana, Han.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff
        | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x3_fffd)
}

#[cfg(test)]
mod tests {
    use super::changed_words;
    use newstemma_model::Span;

    fn check(a: &str, b: &str, expected: (&[&str], &[&str])) {
        let whole = |text: &str| Span::new(0, text.len());
        let (in_a, in_b) = changed_words((a, whole(a)), (b, whole(b)));
        let of = |spans: &[Span], text| -> Vec<String> {
            spans.iter().map(|s| s.of(text).to_owned()).collect()
        };
        assert_eq!((of(&in_a, a), of(&in_b, b)), (of_str(expected.0), of_str(expected.1)));
    }

    fn of_str(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn the_words_that_differ_are_found_in_any_script() {
        check("Twelve men died, he said.", "Twenty men died, he said", (&["Twelve"], &["Twenty"]));
        check(
            "Міст закрили у вівторок.",
            "Міст відкрили у вівторок.",
            (&["закрили"], &["відкрили"]),
        );
        check("大桥星期一关闭", "大桥星期三关闭", (&["一"], &["三"]));
        check("", "one", (&[], &["one"]));
    }

    #[test]
    fn texts_without_anything_in_common_are_not_compared() {
        check("alpha beta gamma delta", "one two three four", (&[], &[]));
    }
}
