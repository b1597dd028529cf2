//! Line breaks and roles to the parts in which sentences are looked for.
//!
//! Problem: in loose text a line break ends a paragraph, or it only wraps a long line, and no mark
//! says which. Idea: text that was wrapped was filled greedily, so each line broke where the next
//! word would not have fitted into the width. A report is taken for wrapped only if nearly all its
//! breaks can be explained so, and then only those breaks that can be are joined. In other texts a
//! break joins only when the next line begins in lower case after a line that is cut off.
//!
//! Cost: two passes over the lines.

use crate::chars::{is_line_break, is_stop};
use newstemma_model::{Role, RoleSpan, Span};

/// A stretch of one paragraph in one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) span: Span,
    pub(crate) paragraph: u32,
    pub(crate) role: Role,
}

/// Divides a text at its paragraphs and its changes of role. White space at the ends of parts is
/// left out, and so are parts without anything else.
pub(crate) fn parts(text: &str, roles: &[RoleSpan]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut paragraph = 0;
    let mut next_role = 0;
    for span in paragraphs(text, roles) {
        let before = parts.len();
        let mut start = span.start();
        while start < span.end() {
            while roles.get(next_role).is_some_and(|r| r.span.end() <= start) {
                next_role += 1;
            }
            let (end, role) = match roles.get(next_role) {
                Some(r) if r.span.start() <= start => (r.span.end(), r.role),
                Some(r) => (r.span.start(), Role::Body),
                None => (span.end(), Role::Body),
            };
            let end = end.min(span.end());
            let part = Span::new(start, end).trimmed(text);
            if !part.is_empty() {
                parts.push(Part { span: part, paragraph, role });
            }
            start = end;
        }
        paragraph += u32::from(parts.len() > before);
    }
    parts
}

/// A line without its break and without white space at its ends; never empty.
#[derive(Clone, Copy, Debug)]
struct Line {
    span: Span,
    /// Characters in it.
    chars: usize,
    /// Whether only a single break, and no empty line, parts it from the line before.
    follows: bool,
}

fn paragraphs(text: &str, roles: &[RoleSpan]) -> Vec<Span> {
    let lines = lines(text);
    let wrapped = wrap_width(text, &lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut role = 0;
    for (index, line) in lines.iter().enumerate() {
        let joins = line.follows
            && index > 0
            && match wrapped {
                Some(width) => would_not_fit(text, &lines[index - 1], line, width),
                None => is_cut_off(text, &lines[index - 1], line),
            };
        // A change of role between two lines parts them, whatever they look like.
        while roles.get(role).is_some_and(|r| r.span.end() <= line.span.start()) {
            role += 1;
        }
        let in_one_role = paragraphs.last().is_some_and(|p| {
            roles
                .get(role)
                .is_none_or(|r| r.span.start() >= line.span.end() || r.span.start() < p.end())
        });
        match paragraphs.last_mut() {
            Some(last) if joins && in_one_role => *last = last.cover(line.span),
            _ => paragraphs.push(line.span),
        }
    }
    paragraphs
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut empty = 0;
    for raw in text.split_inclusive(is_line_break) {
        let span = Span::new(start, start + raw.len()).trimmed(text);
        let second_half = raw == "\n" && start > 0 && text.as_bytes()[start - 1] == b'\r';
        if !span.is_empty() {
            let chars = span.of(text).chars().count();
            lines.push(Line { span, chars, follows: empty == 0 });
            empty = 0;
        } else if !second_half {
            empty += 1;
        }
        start += raw.len();
    }
    lines
}

/// Widths that texts are wrapped to, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// Breaks without which nothing is said about wrapping.
const BREAKS_MIN: usize = 5;

/// The width to which a text was wrapped, if it was.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    // A single long address may stick out of the width.
    let width = lines.iter().filter(|l| l.span.of(text).contains(' ')).map(|l| l.chars).max()?;
    if !WIDTHS.contains(&width) {
        return None;
    }
    let (mut breaks, mut filled, mut running) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| pair[1].follows) {
        breaks += 1;
        if would_not_fit(text, &pair[0], &pair[1], width) {
            filled += 1;
            running += usize::from(!ends_with_stop(pair[0].span.of(text)));
        }
    }
    (breaks >= BREAKS_MIN && 4 * filled >= 3 * breaks && 2 * running >= filled).then_some(width)
}

fn would_not_fit(text: &str, line: &Line, next: &Line, width: usize) -> bool {
    let room = width.saturating_sub(line.chars);
    let word = next.span.of(text).split_whitespace().next().unwrap_or("");
    word.chars().take(room + 1).count() + 1 > room
}

/// Characters of a line that may be the beginning of a sentence cut off by a break.
const CUT_OFF_CHARS_MIN: usize = 30;

/// Whether the break falls inside a sentence: the line before ends with a word or a comma, the
/// next begins in lower case or with what can't begin a sentence.
fn is_cut_off(text: &str, line: &Line, next: &Line) -> bool {
    let (Some(last), Some(first)) =
        (line.span.of(text).chars().next_back(), next.span.of(text).chars().next())
    else {
        return false;
    };
    let begins_inside = first.is_lowercase() || matches!(first, ',' | ')' | '”' | '’');
    let breaks_inside = last.is_alphanumeric() || matches!(last, ',' | '(' | '“');
    line.chars >= CUT_OFF_CHARS_MIN
        && begins_inside
        && breaks_inside
        && line.span.of(text).chars().any(char::is_uppercase)
}

fn ends_with_stop(line: &str) -> bool {
    line.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_stop(c)).ends_with(is_stop)
}

#[cfg(test)]
mod tests {
    use super::{Part, parts};
    use newstemma_model::{Role, RoleSpan, Span};

    fn check(text: &str, expected: &[&str]) {
        let found = parts(text, &[]);
        let texts: Vec<&str> = found.iter().map(|p| p.span.of(text)).collect();
        assert_eq!(texts, expected);
        let numbers: Vec<u32> = found.iter().map(|p| p.paragraph).collect();
        assert_eq!(numbers, (0..expected.len() as u32).collect::<Vec<_>>());
    }

    #[test]
    fn each_line_is_a_paragraph() {
        check(
            "Ferry aground\n\n  It ran aground. \r\nNobody was hurt.",
            &["Ferry aground", "It ran aground.", "Nobody was hurt."],
        );
        check(" \n\u{2028}\n", &[]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_short_ones_end_paragraphs() {
        let text = "The ferry Aurora ran aground on the Tarn sandbank early on\n\
                    Monday with 214 people on board, the harbour master said.\n\
                    All of them were taken off by fishing boats before noon,\n\
                    among them a school class from Aurec.\n\
                    The company that owns the ferry did not answer questions\n\
                    about the age of its charts, which the pilots had called\n\
                    useless a year ago.";
        let found = parts(text, &[]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[1].span.of(text).starts_with("The company"));
    }

    #[test]
    fn a_line_that_is_cut_off_goes_on_in_lower_case() {
        check(
            "The harbour master of Aurec, Ida Voss, said\nthat the ferry was safe.",
            &["The harbour master of Aurec, Ida Voss, said\nthat the ferry was safe."],
        );
        check("Wind\nrain\nsnow", &["Wind", "rain", "snow"]);
    }

    #[test]
    fn roles_divide_lines_and_keep_the_paragraph() {
        let text = "INLAND – The ferry is afloat.\nPhoto: I. Voss";
        let role = |from: usize, to: usize, role| RoleSpan { span: Span::new(from, to), role };
        let kicker = "INLAND –".len();
        let line = text.find('\n').unwrap();
        let roles = [
            role(0, kicker, Role::Boilerplate),
            role(kicker + 1, line, Role::Body),
            role(line + 1, text.len(), Role::Credit),
        ];
        let found = parts(text, &roles);
        let part = |from, to, paragraph, role| Part { span: Span::new(from, to), paragraph, role };
        assert_eq!(
            found,
            [
                part(0, kicker, 0, Role::Boilerplate),
                part(kicker + 1, line, 0, Role::Body),
                part(line + 1, text.len(), 1, Role::Credit),
            ]
        );
    }
}
