//! Cuts a JSON array, or objects one after the other, into the bytes of its objects.
//!
//! Each object is parsed alone and thrown away before the next, so a long array is in memory
//! once, as bytes. The cutting knows only strings and brackets, counts depth instead of
//! recursing, and reads each byte once.

use std::ops::Range;

/// The next top-level object at or after `at`: its range, or `None` at the end. What can't start
/// an object is stepped over.
pub(crate) fn next_object(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let start = at + bytes.get(at..)?.iter().position(|b| *b == b'{')?;
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (i, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(start..i + 1);
                }
            }
            _ => {}
        }
    }
    // Cut off: the rest is handed over, so that the parser can say what is wrong with it.
    Some(start..bytes.len())
}

#[cfg(test)]
mod tests {
    use super::next_object;

    fn check(json: &str, expected: &[&str]) {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(range) = next_object(json.as_bytes(), at) {
            at = range.end;
            found.push(&json[range]);
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn objects_are_cut_at_their_own_brackets() {
        check(
            r#"[{"a": "}"}, {"b": [{"c": "\"}"}]}]"#,
            &[r#"{"a": "}"}"#, r#"{"b": [{"c": "\"}"}]}"#],
        );
        check("{\n\"text\": \"दो\"\n}", &["{\n\"text\": \"दो\"\n}"]);
        check("[]", &[]);
    }

    #[test]
    fn a_cut_off_object_is_the_rest() {
        check(r#"[{"a": 1}, {"b": "x"#, &[r#"{"a": 1}"#, r#"{"b": "x"#]);
    }

    #[test]
    fn depth_is_counted_not_recursed() {
        let deep = format!("{}{}", "{\"a\":".repeat(500_000), "}".repeat(500_000));
        check(&deep, &[&deep]);
    }
}
