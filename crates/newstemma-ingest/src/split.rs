//! Cuts a JSON array, or objects one after the other, into the bytes of its objects.
//!
//! Each object is parsed alone and thrown away before the next, so that of a long array one object
//! is in memory. The cutting knows only strings and brackets, counts depth instead of recursing,
//! and reads each byte once.

use std::io::{self, BufRead};

/// What was found on the way to the end of the next object.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Object {
    /// Its bytes. Of one that is cut off this is the rest, so that the parser can say what is
    /// wrong with it.
    pub(crate) bytes: Vec<u8>,
    /// Line breaks before it.
    pub(crate) newlines_before: usize,
}

/// The next top-level object; `None` at the end. What can't start an object is stepped over.
/// Reading stops with an error where an object grows beyond `bytes_max`.
pub(crate) fn next_object(input: &mut dyn BufRead, bytes_max: usize) -> io::Result<Option<Object>> {
    let mut object = Object::default();
    if !skip_to_brace(input, &mut object.newlines_before)? {
        return Ok(None);
    }
    let mut cutter = Cutter::default();
    loop {
        let chunk = input.fill_buf()?;
        if chunk.is_empty() {
            return Ok(Some(object));
        }
        let end = chunk.iter().position(|byte| cutter.ends_at(*byte));
        let length = end.map_or(chunk.len(), |at| at + 1);
        object.bytes.extend_from_slice(&chunk[..length]);
        input.consume(length);
        if end.is_some() {
            return Ok(Some(object));
        }
        if object.bytes.len() > bytes_max {
            return Err(io::Error::other(format!(
                "an object of more than {} MiB",
                bytes_max >> 20
            )));
        }
    }
}

fn skip_to_brace(input: &mut dyn BufRead, newlines: &mut usize) -> io::Result<bool> {
    loop {
        let chunk = input.fill_buf()?;
        let brace = memchr::memchr(b'{', chunk);
        let length = brace.unwrap_or(chunk.len());
        *newlines += memchr::memchr_iter(b'\n', &chunk[..length]).count();
        let at_end = chunk.is_empty();
        input.consume(length);
        if brace.is_some() || at_end {
            return Ok(brace.is_some());
        }
    }
}

/// Where in an object a byte stands.
#[derive(Default)]
struct Cutter {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Cutter {
    /// Takes the next byte; whether the object ends with it.
    fn ends_at(&mut self, byte: u8) -> bool {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.in_string => self.escaped = true,
            b'"' => self.in_string = !self.in_string,
            _ if self.in_string => {}
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth -= 1;
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::next_object;
    use std::io::BufReader;

    fn check(json: &str, expected: &[&str]) {
        // Chunks of three bytes: every object lies across the borders of some.
        let mut input = BufReader::with_capacity(3, json.as_bytes());
        let mut found = Vec::new();
        while let Some(object) = next_object(&mut input, 1 << 30).unwrap() {
            found.push(String::from_utf8(object.bytes).unwrap());
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

    #[test]
    fn an_object_without_end_is_given_up() {
        let mut input = BufReader::with_capacity(64, std::io::repeat(b'{'));
        let error = next_object(&mut input, 2 << 20).unwrap_err();
        assert_eq!(error.to_string(), "an object of more than 2 MiB");
    }
}
