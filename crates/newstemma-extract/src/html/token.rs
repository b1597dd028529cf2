//! A page in tokens: tags and the text between them.
//!
//! After the tokenizer of the HTML standard, without what changes no text: errors, doctypes and
//! comments are passed over. Nothing is copied; references in text are left to the reader of the
//! token. Cost: each byte is looked at once or twice, most of them by `memchr`.

use super::tag::{Attribute, Tag};
use memchr::{memchr, memchr_iter};

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text, its references not resolved; in what is `raw` they mean nothing.
    Text { text: &'a str, raw: bool },
    /// Start of an element; `closed` if it was written `<…/>`.
    Start { tag: Tag, name: &'a str, closed: bool },
    /// End of an element.
    End { tag: Tag, name: &'a str },
}

/// Takes a page apart.
pub(crate) struct Tokenizer<'a> {
    page: &'a str,
    /// First byte not yet read.
    at: usize,
    /// The element that was opened last, if what follows is its raw text.
    raw: Option<(Tag, &'a str)>,
    attributes: Vec<(Attribute, &'a str)>,
}

/// What begins at a "<".
enum Markup {
    Start,
    End,
    /// Comments, doctypes, instructions, and what browsers take for comments.
    Comment,
}

impl<'a> Tokenizer<'a> {
    pub(crate) fn new(page: &'a str) -> Tokenizer<'a> {
        Tokenizer { page, at: 0, raw: None, attributes: Vec::new() }
    }

    /// The attributes of the start tag that was read last, as far as they have a number, the first
    /// of each name; references in the values are not resolved.
    pub(crate) fn attributes(&self) -> &[(Attribute, &'a str)] {
        &self.attributes
    }

    /// The next token; `None` at the end. A tag that the page ends in is dropped.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        if let Some((tag, name)) = self.raw.take()
            && let text = self.take(self.raw_end(name))
            && !text.is_empty()
        {
            // Titles and text areas hold references, as all text that is shown.
            return Some(Token::Text { text, raw: !matches!(tag, Tag::Title | Tag::Textarea) });
        }
        while self.at < self.page.len() {
            match self.markup(self.at) {
                Some(Markup::Start) => return self.start_tag(),
                Some(Markup::End) => return self.end_tag(),
                Some(Markup::Comment) => self.skip_comment(),
                None => {
                    let text = self.take(self.text_end());
                    return Some(Token::Text { text, raw: false });
                }
            }
        }
        None
    }

    fn markup(&self, at: usize) -> Option<Markup> {
        let rest = &self.page.as_bytes()[at..];
        match rest {
            [b'<', b'a'..=b'z' | b'A'..=b'Z', ..] => Some(Markup::Start),
            [b'<', b'/', b'a'..=b'z' | b'A'..=b'Z', ..] => Some(Markup::End),
            [b'<', b'!' | b'?' | b'/', ..] => Some(Markup::Comment),
            _ => None,
        }
    }

    fn text_end(&self) -> usize {
        let rest = &self.page.as_bytes()[self.at..];
        let opens = memchr_iter(b'<', rest).map(|open| self.at + open);
        opens.into_iter().find(|open| self.markup(*open).is_some()).unwrap_or(self.page.len())
    }

    /// Where the raw text that begins here ends: at its own end tag.
    fn raw_end(&self, name: &str) -> usize {
        let rest = &self.page.as_bytes()[self.at..];
        let ends = |open: &usize| {
            let tag = rest[*open..].strip_prefix(b"</").unwrap_or_default();
            let named =
                tag.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            named
                && tag.get(name.len()).is_some_and(|b| b.is_ascii_whitespace() || b"/>".contains(b))
        };
        memchr_iter(b'<', rest).find(ends).map_or(self.page.len(), |open| self.at + open)
    }

    /// Comments end at "-->" or "--!>", all else at ">".
    fn skip_comment(&mut self) {
        let rest = &self.page.as_bytes()[self.at..];
        let end = if rest.starts_with(b"<!--") {
            // The dashes that open it may close it too.
            let closes = |end: &usize| {
                let inside = &rest[2..*end];
                inside.ends_with(b"--") || inside.ends_with(b"--!")
            };
            memchr_iter(b'>', rest).find(closes)
        } else {
            memchr(b'>', rest)
        };
        self.at = end.map_or(self.page.len(), |end| self.at + end + 1);
    }

    fn start_tag(&mut self) -> Option<Token<'a>> {
        self.at += 1;
        let name = self.take(self.run_end(|b| !is_name_end(b)));
        let tag = Tag::of(name);
        self.attributes.clear();
        let closed = self.read_attributes()?;
        self.raw = tag.is_raw().then_some((tag, name));
        Some(Token::Start { tag, name, closed })
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        self.at += 2;
        let name = self.take(self.run_end(|b| !is_name_end(b)));
        self.read_attributes()?;
        Some(Token::End { tag: Tag::of(name), name })
    }

    /// Reads up to behind the ">"; tells whether a "/" stood before it. `None` at the page's end.
    fn read_attributes(&mut self) -> Option<bool> {
        let mut closed = false;
        loop {
            match self.byte()? {
                b'>' => {
                    self.at += 1;
                    return Some(closed);
                }
                b'/' => {
                    closed = true;
                    self.at += 1;
                }
                b if b.is_ascii_whitespace() => self.at += 1,
                _ => {
                    closed = false;
                    self.attribute()?;
                }
            }
        }
    }

    fn attribute(&mut self) -> Option<()> {
        let begin = self.at;
        // A name may begin with "=".
        self.at += 1;
        while !self.page.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.at = self.run_end(|b| !is_name_end(b) && b != b'=');
        let name = &self.page[begin..self.at];
        self.at = self.run_end(|b| b.is_ascii_whitespace());
        let mut value = "";
        if self.byte()? == b'=' {
            self.at += 1;
            self.at = self.run_end(|b| b.is_ascii_whitespace());
            value = self.value()?;
        }
        if let Some(attribute) = Attribute::of(name)
            && self.attributes.iter().all(|(known, _)| *known != attribute)
        {
            self.attributes.push((attribute, value));
        }
        Some(())
    }

    fn value(&mut self) -> Option<&'a str> {
        match self.byte()? {
            quote @ (b'"' | b'\'') => {
                self.at += 1;
                let length = memchr(quote, &self.page.as_bytes()[self.at..]);
                let value = self.take(length.map_or(self.page.len(), |length| self.at + length));
                self.at += 1;
                length.map(|_| value)
            }
            _ => Some(self.take(self.run_end(|b| !b.is_ascii_whitespace() && b != b'>'))),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.page.as_bytes().get(self.at).copied()
    }

    /// Where the run of bytes of a kind that begins here ends. The kind must hold all bytes beyond
    /// ASCII, or none, so that it ends at a character.
    fn run_end(&self, kind: impl Fn(u8) -> bool) -> usize {
        let rest = &self.page.as_bytes()[self.at..];
        self.at + rest.iter().position(|b| !kind(*b)).unwrap_or(rest.len())
    }

    /// Reads on to `end`.
    fn take(&mut self, end: usize) -> &'a str {
        let taken = &self.page[self.at..end];
        self.at = end;
        taken
    }
}

fn is_name_end(b: u8) -> bool {
    b.is_ascii_whitespace() || matches!(b, b'/' | b'>')
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokenizer};

    fn check(page: &str, expected: &str) {
        let mut tokens = Tokenizer::new(page);
        let mut seen = String::new();
        while let Some(token) = tokens.next() {
            match token {
                Token::Text { text, raw } => {
                    seen += &format!("{text}{} ", if raw { "!" } else { "" })
                }
                Token::End { name, .. } => seen += &format!("/{name} "),
                Token::Start { name, closed, .. } => {
                    seen += &format!("{name}{}", if closed { "/" } else { "" });
                    for (attribute, value) in tokens.attributes() {
                        seen += &format!("[{attribute:?}={value}]");
                    }
                    seen.push(' ');
                }
            }
        }
        assert_eq!(seen.trim_end(), expected, "{page}");
    }

    #[test]
    fn tags_text_and_comments() {
        check("<p>Один<br/>два</P >", "p Один br/ два /P");
        check("<!doctype html><!-- <b> --><i>x<!-->y<!--->z<!-- --!>w", "i x y z w");
        check("3 < 4 <5 </> <3", "3 < 4 <5   <3");
        check("<?xml version='1.0'?>x<![CDATA[y]]>z", "x z");
        check("a <!-- never closed <p>", "a");
    }

    #[test]
    fn attributes_in_any_quotes() {
        check("<a href='ä b' class=\"c\nd\" id=e rel>x", "a[Href=ä b][Class=c\nd][Id=e][Rel=] x");
        check("<p id=1 ID=2 onclick='>' / class = x>y", "p[Id=1][Class=x] y");
        check("<p =x ё='1' \"='2' id=a/b>y", "p[Id=a/b] y");
        check("<p id='unclosed>x", "");
        check("<p id", "");
    }

    #[test]
    fn raw_text_ends_at_its_own_tag() {
        check("<script>if (a<b) '</p>'</Script >x", "script if (a<b) '</p>'! /Script x");
        check("<title>A &lt; B</title>", "title A &lt; B /title");
        check("<style></style><p>x", "style /style p x");
        check("<script>never closed <p>", "script never closed <p>!");
    }
}
