//! Loose text: every line gets its role, every agency its credit. The text itself stays as it is.

use crate::agency::{Named, named_in};
use crate::line::{LINE_BYTES_MAX, Line, Sign, lines};
use crate::part::{closing_credit, dateline, kicker};
use crate::phrase::{Token, tokens};
use crate::role::{COMPARED_LINES, roles};
use crate::title::headline;
use crate::unlisted::with_unlisted;
use newstemma_model::{Credit, CreditKind, Role, RoleSpan, Span};

/// What a text says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Marked {
    /// What each part is, in order, covering all but white space.
    pub(crate) roles: Vec<RoleSpan>,
    /// The agencies it names.
    pub(crate) credits: Vec<Credit>,
    /// Whether a line below its last paragraph tells that the rest is for those who pay or register.
    pub(crate) gated: bool,
}

/// A line of a text, and its role where markup says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) span: Span,
    pub(crate) role: Option<Role>,
}

/// Marks up loose text. `title` is the title that came with it.
pub(crate) fn mark_text(text: &str, title: Option<&str>) -> Marked {
    let blocks: Vec<Block> =
        lines(text).into_iter().map(|span| Block { span, role: None }).collect();
    mark_blocks(text, &blocks, title)
}

/// Marks up a text of which some lines are already known.
pub(crate) fn mark_blocks(text: &str, blocks: &[Block], title: Option<&str>) -> Marked {
    let spans: Vec<Span> = blocks.iter().map(|b| b.span).collect();
    let named = with_unlisted(text, &spans, named_in(text));
    let read = |block: &Block| Line::read(text, block.span, within(&named, block.span));
    let mut read: Vec<Line> = blocks.iter().map(read).collect();
    let above: Vec<Vec<Token<'_>>> =
        spans.iter().take(COMPARED_LINES).map(|span| compared(span.of(text))).collect();
    let given = title.map(tokens);
    let mut line_roles = roles(&mut read, &above, given.as_deref());
    for (role, block) in line_roles.iter_mut().zip(blocks) {
        *role = merged(*role, block.role);
    }
    let openings = openings(text, &read, &line_roles, &named);
    captions_below_credits(&read, &mut line_roles, &openings);
    let opens = |at: usize| openings[at].is_some_and(|(_, role)| role == Role::Credit);
    // Markup knows what is a title, and a text whose title came with it seldom repeats it in other
    // words.
    let marked = blocks.iter().any(|b| b.role.is_some());
    if title.is_none()
        && !marked
        && let Some(at) = headline(text, &read, &line_roles, opens)
    {
        line_roles[at] = Role::Title;
    }
    let spans = role_spans(text, &read, &line_roles, &openings, &named);
    let credits = credits(text, &read, &spans, &named);
    let below = read.iter().zip(&line_roles).rev().take_while(|(_, role)| !role.is_told());
    let gated = below.into_iter().any(|(line, _)| line.signs.get(Sign::Gate) > 0.0);
    Marked { roles: spans, credits, gated }
}

/// The words of a line that is compared with others; none of a long paragraph.
fn compared(line: &str) -> Vec<Token<'_>> {
    if line.len() > LINE_BYTES_MAX { Vec::new() } else { tokens(line) }
}

/// Markup decides, save that it knows less of credits and notices inside the body than the words.
fn merged(by_words: Role, by_markup: Option<Role>) -> Role {
    match by_markup {
        None => by_words,
        Some(Role::Body) => match by_words {
            Role::Title | Role::Subhead => Role::Body,
            other => other,
        },
        Some(Role::Boilerplate) if !by_words.is_told() => by_words,
        Some(Role::Subhead) if matches!(by_words, Role::Teaser | Role::Boilerplate) => by_words,
        Some(role) => role,
    }
}

/// The agencies named inside a span.
fn within(named: &[Named], span: Span) -> &[Named] {
    let from = named.partition_point(|n| n.span.start() < span.start());
    let to = named.partition_point(|n| n.span.start() < span.end());
    &named[from..to.max(from)]
}

/// What stands in front of each line of the body: a dateline, or among the first, a kicker.
fn openings(
    text: &str,
    lines: &[Line],
    roles: &[Role],
    named: &[Named],
) -> Vec<Option<(Span, Role)>> {
    const KICKER_LINES: usize = 2;
    let mut body_lines = 0;
    let mut found = Vec::with_capacity(lines.len());
    for (line, role) in lines.iter().zip(roles) {
        if *role != Role::Body {
            found.push(None);
            continue;
        }
        let kicker = if body_lines < KICKER_LINES { kicker(text, line.span) } else { None };
        found.push(kicker.or_else(|| dateline(text, line.span, within(named, line.span))));
        body_lines += 1;
    }
    found
}

/// A line between the credit of the first picture and the line that opens the article is the
/// picture's caption.
fn captions_below_credits(lines: &[Line], roles: &mut [Role], openings: &[Option<(Span, Role)>]) {
    const LINES: usize = 4;
    for i in 0..lines.len().min(LINES) {
        let credits_picture =
            roles[i] == Role::Credit && lines[i].signs.get(Sign::CreditNames) > 0.0;
        let opens = openings.get(i + 2).is_some_and(Option::is_some);
        if credits_picture && opens && roles[i + 1] == Role::Body && lines[i + 1].words <= 50.0 {
            roles[i + 1] = Role::Caption;
        }
    }
}

fn role_spans(
    text: &str,
    lines: &[Line],
    roles: &[Role],
    openings: &[Option<(Span, Role)>],
    named: &[Named],
) -> Vec<RoleSpan> {
    let mut spans = Vec::with_capacity(lines.len());
    for ((line, role), opening) in lines.iter().zip(roles).zip(openings) {
        let mut rest = line.span;
        if let Some((span, role)) = opening {
            push(&mut spans, span.trimmed(text), *role);
            rest = Span::new(span.end(), rest.end());
        }
        let closing = match role {
            Role::Body => closing_credit(text, rest, within(named, rest)),
            _ => None,
        };
        let end = closing.map_or(rest.end(), |(span, _)| span.start());
        push(&mut spans, Span::new(rest.start(), end).trimmed(text), *role);
        if let Some((span, role)) = closing {
            push(&mut spans, span, role);
        }
    }
    spans
}

fn push(spans: &mut Vec<RoleSpan>, span: Span, role: Role) {
    if !span.is_empty() {
        spans.push(RoleSpan { span, role });
    }
}

/// The agencies as credits: what they vouch for follows from the role of the place.
fn credits(text: &str, lines: &[Line], spans: &[RoleSpan], named: &[Named]) -> Vec<Credit> {
    let first_paragraph = lines.iter().find(|l| l.is_paragraph()).map_or(0, |l| l.span.start());
    let mut credits = Vec::new();
    for name in named {
        let at = spans.partition_point(|s| s.span.end() <= name.span.start());
        let Some(place) = spans.get(at).filter(|s| s.span.contains(name.span)) else { continue };
        let line = lines.partition_point(|l| l.span.end() <= name.span.start());
        let names_person = lines.get(line).is_some_and(|l| l.signs.get(Sign::CreditNames) > 0.0);
        let copyright = place.span.of(text).contains('©');
        let above = place.span.start() < first_paragraph;
        let kind = match place.role {
            Role::Caption => CreditKind::Picture,
            Role::Credit if name.is_of_pictures() || names_person => CreditKind::Picture,
            Role::Credit if copyright && above => CreditKind::Picture,
            Role::Credit => CreditKind::Text,
            Role::Boilerplate if copyright => CreditKind::Text,
            Role::Teaser | Role::Boilerplate => continue,
            _ if name.is_code => continue,
            _ => CreditKind::Mention,
        };
        credits.push(Credit { agency: name.name(text).to_owned(), span: name.span, kind });
    }
    credits
}
