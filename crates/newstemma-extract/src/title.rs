//! The headline above a loose text that came without a title.
//!
//! Problem: a plain text often begins with its headline, which nothing marks as one. Idea: what
//! makes a headline in any language is its place and form beside the text below: it comes first,
//! stands apart, ends without a stop, and is shorter than the paragraphs, which do end in stops.
//! Words play no part. A text whose own paragraphs end without stops (as in Thai) is asked for a
//! greater difference in length instead.
//! Cost: the first few lines are looked at.

use crate::line::{Line, Sign};
use newstemma_model::{Role, Span};

/// Lines among which a headline is looked for: what stands above it is short.
const LINES: usize = 4;

/// Paragraphs that the headline is compared with.
const PARAGRAPHS: usize = 8;

/// Longest headline, in words.
const WORDS_MAX: f32 = 30.0;

/// Lines between a headline and the first paragraph: a standfirst, a by-line, a caption.
const BETWEEN_MAX: usize = 3;

/// How many times longer than the headline the paragraphs must be where none ends in a stop.
const LONGER_WITHOUT_STOPS: f32 = 2.0;

/// The line that is the headline of the text. `roles` are those that the lines have by their
/// words, `opens` tells whether a dateline stands in front of a line.
pub(crate) fn headline(
    text: &str,
    lines: &[Line],
    roles: &[Role],
    opens: impl Fn(usize) -> bool,
) -> Option<usize> {
    if roles.iter().take(LINES).any(|r| *r == Role::Title) {
        return None;
    }
    let told = |i: &usize| matches!(roles[*i], Role::Body | Role::Subhead);
    let at = (0..lines.len().min(LINES)).find(told)?;
    let (line, below) = (&lines[at], lines.get(at + 1)?);
    let apart = is_apart(text, line.span, below.span);
    let formed = line.signs.get(Sign::NoStop) > 0.0 && !has_open_end(line.span.of(text));
    let fits = apart && formed && line.words <= WORDS_MAX && !opens(at);
    (fits && stands_above(&lines[at + 1..], &roles[at + 1..], line)).then_some(at)
}

/// Whether longer paragraphs follow, most of which end in stops.
fn stands_above(lines: &[Line], roles: &[Role], title: &Line) -> bool {
    let body = lines.iter().zip(roles).enumerate().filter(|(_, (_, r))| **r == Role::Body);
    let mut paragraphs =
        body.map(|(i, (l, _))| (i, l)).filter(|(_, l)| l.is_paragraph()).peekable();
    let near = paragraphs.peek().is_some_and(|(i, _)| *i <= BETWEEN_MAX);
    let paragraphs: Vec<&Line> = paragraphs.take(PARAGRAPHS).map(|p| p.1).collect();
    let stops = paragraphs.iter().filter(|l| l.signs.get(Sign::NoStop) == 0.0).count();
    let words: f32 = paragraphs.iter().map(|l| l.words).sum();
    let least = if stops == 0 { LONGER_WITHOUT_STOPS } else { 1.0 };
    let longer = words > title.words * least * paragraphs.len() as f32;
    near && longer && (stops == 0 || stops * 2 >= paragraphs.len())
}

/// Whether an empty line stands between two lines.
fn is_apart(text: &str, above: Span, below: Span) -> bool {
    let gap = text.get(above.end()..below.start()).unwrap_or("");
    gap.replace("\r\n", "\n").chars().filter(|c| !matches!(c, ' ' | '\t')).count() >= 2
}

/// Whether a line ends as if it went on.
fn has_open_end(line: &str) -> bool {
    line.ends_with([',', ';', ':', '、', '，', '；', '：', '،', '؛'])
}
