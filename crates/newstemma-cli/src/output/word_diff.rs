//! Which words two wordings do not have in common.
//!
//! The longest common subsequence of words by the textbook table, `O(n·m)` in time and space, which
//! is why longer passages are not compared: 400 words on each side make 160,000 cells.

use newstemma_model::Span;

/// Words of a passage that are compared at most.
const WORDS_MAX: usize = 400;

/// The words of two passages, each a text and a span of it, that the other does not have in the
/// same order. Nothing where a passage is too long, or where next to nothing is in common.
pub(crate) fn changed_words(a: (&str, Span), b: (&str, Span)) -> (Vec<Span>, Vec<Span>) {
    let (words_a, words_b) = (words(a), words(b));
    if words_a.len().max(words_b.len()) > WORDS_MAX {
        return (Vec::new(), Vec::new());
    }
    let folded = |(text, _): (&str, Span), words: &[Span]| -> Vec<String> {
        words.iter().map(|word| word.of(text).to_lowercase()).collect()
    };
    let (kept_a, kept_b) = in_common(&folded(a, &words_a), &folded(b, &words_b));
    let common = kept_a.iter().filter(|&&kept| kept).count();
    if 3 * common < words_a.len().min(words_b.len()) {
        return (Vec::new(), Vec::new());
    }
    let changed = |words: Vec<Span>, kept: Vec<bool>| {
        words.into_iter().zip(kept).filter(|(_, kept)| !kept).map(|(word, _)| word).collect()
    };
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

/// Which words of each side belong to a longest common subsequence.
fn in_common(a: &[String], b: &[String]) -> (Vec<bool>, Vec<bool>) {
    let width = b.len() + 1;
    // Cell (i, j) holds the length for a[i..] and b[j..].
    let mut length = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            length[i * width + j] = if a[i] == b[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut kept_a, mut kept_b) = (vec![false; a.len()], vec![false; b.len()]);
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            (kept_a[i], kept_b[j]) = (true, true);
            i += 1;
            j += 1;
        } else if length[(i + 1) * width + j] >= length[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (kept_a, kept_b)
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
