//! What each line of a report is: body, or one of the things that stand around and inside it.
//!
//! Problem: texts that someone else extracted come with titles, captions, credits, pointers to
//! other articles and notices of the site among the paragraphs, in any language and without
//! markup. Idea: every line bears signs ([`Sign`]); each role is a weighted sum of them, and a line
//! takes the best role whose sum reaches 1, or else is body. So body needs no sign at all, and
//! what is unusual but unmarked stays body: text wrongly taken out of a report is worse than a
//! notice left in it. Then neighbours are looked at: headings of lists make what follows theirs.
//!
//! The weights were set by hand, and looked at on texts of the development sets; a sum of 1 is one
//! strong sign or two weak ones.

use crate::line::{Line, Sign};
use crate::phrase::Token;
use newstemma_model::Role;

/// Roles that are scored, in the order of the columns of [`WEIGHTS`].
const ROLES: [Role; 6] =
    [Role::Title, Role::Subhead, Role::Caption, Role::Credit, Role::Teaser, Role::Boilerplate];

/// What each sign adds to the sum of each role.
#[rustfmt::skip]
const WEIGHTS: [(Sign, [f32; 6]); 34] = [
    //                          title subhead caption credit teaser boilerplate
    (Sign::TeaserMarked,       [-1.0,  -2.0,  -1.0,  -1.0,   2.2,   0.0]),
    (Sign::TeaserMarkedByWord, [-0.5,  -1.0,   0.0,   0.0,   0.8,   0.0]),
    (Sign::TeaserWhole,        [-1.0,  -2.0,   0.0,   0.0,   1.7,   0.4]),
    (Sign::TeaserPlain,        [-0.3,  -0.5,   0.0,   0.0,   0.6,   0.1]),
    (Sign::NoticeWhole,        [-2.0,  -2.0,  -0.5,  -0.5,  -0.3,   2.0]),
    (Sign::NoticeShare,        [ 0.0,  -0.4,   0.0,   0.0,   0.0,   0.9]),
    (Sign::ThingAndAsk,        [-0.5,  -0.5,   0.0,   0.0,   0.0,   0.5]),
    (Sign::MoreThings,         [ 0.0,   0.0,   0.0,   0.0,   0.0,   0.15]),
    (Sign::MoreAsks,           [ 0.0,   0.0,   0.0,   0.0,   0.0,   0.2]),
    (Sign::AskDensity,         [ 0.0,  -0.5,   0.0,   0.0,   0.0,   1.3]),
    (Sign::AskFirst,           [ 0.0,   0.0,   0.0,   0.0,   0.1,   0.3]),
    (Sign::Gate,               [-2.0,  -2.0,  -0.5,  -0.5,  -0.3,   1.6]),
    (Sign::PhotoMarked,        [-2.0,  -2.0,   1.6,   0.6,   0.0,   0.0]),
    (Sign::PhotoPlain,         [-0.5,  -0.5,   0.5,   0.2,   0.0,   0.0]),
    (Sign::PhotoTail,          [-2.0,  -2.0,   1.5,   0.3,   0.0,   0.0]),
    (Sign::AgencyTail,         [-1.0,  -1.0,   0.9,   0.2,   0.0,   0.0]),
    (Sign::PhotographerTail,   [-1.0,  -1.0,   1.5,   0.0,   0.0,   0.0]),
    (Sign::Scene,              [ 0.0,  -0.2,   0.3,  -1.8,   0.0,   0.0]),
    (Sign::CreditWhole,        [-2.0,  -2.0,   0.0,   2.2,   0.0,  -0.5]),
    (Sign::CreditNames,        [-2.0,  -2.0,   0.0,   2.0,   0.0,  -0.5]),
    (Sign::CreditLead,         [-1.0,  -1.0,   0.0,   1.0,   0.0,   0.0]),
    (Sign::Code,               [-2.0,  -2.0,   0.0,   0.0,   0.0,   2.0]),
    (Sign::NoWords,            [-2.0,  -2.0,   0.0,   0.0,   0.0,   1.5]),
    (Sign::SectionWhole,       [-1.0,  -0.5,   0.0,   0.0,   0.0,   1.2]),
    (Sign::Timestamp,          [-1.5,  -2.0,   0.0,   0.0,   0.0,   1.3]),
    (Sign::Framed,             [-0.5,   1.0,   0.0,   0.0,   0.0,   0.0]),
    (Sign::NoStop,             [ 0.3,   0.3,   0.2,   0.2,   0.2,   0.0]),
    (Sign::Short,              [ 0.0,   0.4,   0.1,   0.1,   0.1,   0.1]),
    (Sign::BeforeParagraph,    [ 0.1,   0.5,   0.0,   0.0,   0.0,   0.0]),
    (Sign::First,              [ 0.5,  -3.0,   0.2,   0.0,  -0.3,   0.0]),
    (Sign::RepeatsTitle,       [ 2.0,  -1.0,   0.0,   0.0,   0.0,   0.0]),
    (Sign::OutletSuffix,       [ 0.6,  -0.5,   0.0,   0.0,   0.0,   0.0]),
    (Sign::InTail,             [-1.0,  -2.0,   0.0,   0.2,   0.2,   0.2]),
    (Sign::Length,             [-0.5,  -3.0,  -0.2,  -0.5,  -0.2,  -0.08]),
];

/// Lines at the beginning that are compared with the title and with each other.
pub(crate) const COMPARED_LINES: usize = 4;

/// Sum from which on a line is not body.
const THRESHOLD: f32 = 1.0;

/// The roles of the lines of a text. `above` are the words of its first lines, `title` those of the
/// title that came with it.
pub(crate) fn roles(
    lines: &mut [Line],
    above: &[Vec<Token<'_>>],
    title: Option<&[Token<'_>]>,
) -> Vec<Role> {
    add_places(lines);
    add_titles(lines, above, title);
    let mut roles: Vec<Role> = lines.iter().map(best).collect();
    teasers_below_headings(lines, &mut roles);
    roles
}

/// The best role of a line by its own signs.
fn best(line: &Line) -> Role {
    let mut sums = [0.0_f32; ROLES.len()];
    for (sign, weights) in &WEIGHTS {
        let strength = line.signs.get(*sign);
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += strength * weight;
        }
    }
    let mut best = (THRESHOLD, Role::Body);
    for (sum, role) in sums.into_iter().zip(ROLES) {
        if sum >= best.0 && (best.1 == Role::Body || sum > best.0) {
            best = (sum, role);
        }
    }
    best.1
}

/// Signs that a line bears by its place among the others.
fn add_places(lines: &mut [Line]) {
    let last_paragraph = lines.iter().rposition(|l| l.is_paragraph() && !looks_like_notice(l));
    let paragraph: Vec<bool> = lines.iter().map(Line::is_paragraph).collect();
    for (i, line) in lines.iter_mut().enumerate() {
        if i == 0 {
            line.signs.set(Sign::First, 1.0);
        }
        if paragraph.get(i + 1) == Some(&true) {
            line.signs.set(Sign::BeforeParagraph, 1.0);
        }
        if last_paragraph.is_some_and(|last| i > last) {
            line.signs.set(Sign::InTail, 1.0);
        }
    }
}

fn looks_like_notice(line: &Line) -> bool {
    line.signs.get(Sign::ThingAndAsk) > 0.0 && line.signs.get(Sign::AskDensity) > 0.15
}

/// The first lines are compared with the title that came with the text, and with each other.
fn add_titles(lines: &mut [Line], above: &[Vec<Token<'_>>], title: Option<&[Token<'_>]>) {
    for (i, (line, words)) in lines.iter_mut().zip(above).enumerate() {
        let given = title.is_some_and(|title| is_same_title(words, title));
        let others = || above.iter().enumerate().filter(|(other, _)| *other != i);
        let neighbour = !line.is_long_sentence() && others().any(|(_, w)| repeats(words, w));
        if given || neighbour {
            line.signs.set(Sign::RepeatsTitle, 1.0);
        }
    }
}

impl Line {
    /// A sentence of a body may repeat the title too; a title has no stop.
    fn is_long_sentence(&self) -> bool {
        self.signs.get(Sign::NoStop) == 0.0 || self.words > 30.0
    }
}

/// Whether a line is a title, perhaps with the outlet's name behind it or cut off.
fn is_same_title(line: &[Token<'_>], title: &[Token<'_>]) -> bool {
    let shared = shared(line, title);
    shared >= 3.min(title.len())
        && shared > 0
        && shared * 10 >= title.len() * 7
        && shared * 10 >= line.len() * 6
}

/// Whether one line is the beginning of the other.
fn repeats(a: &[Token<'_>], b: &[Token<'_>]) -> bool {
    let shared = shared(a, b);
    shared >= 4 && shared == a.len().min(b.len()) && shared * 2 >= a.len().max(b.len())
}

/// How many words two lines have in common from their beginning on.
fn shared(a: &[Token<'_>], b: &[Token<'_>]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a.form == b.form).count()
}

/// Lines without stop below the heading of a list of links are its links: below one that ends
/// the text, all of them, inside the text, one.
fn teasers_below_headings(lines: &[Line], roles: &mut [Role]) {
    for i in 0..lines.len() {
        let heading = roles[i] == Role::Teaser && lines[i].signs.get(Sign::TeaserWhole) > 0.0;
        if !heading {
            continue;
        }
        let in_tail = lines[i].signs.get(Sign::InTail) > 0.0;
        let links_max = if in_tail { 12 } else { 1 };
        for j in i + 1..lines.len().min(i + 1 + links_max) {
            let is_link = lines[j].signs.get(Sign::NoStop) > 0.0 && lines[j].words <= 25.0;
            if !is_link {
                break;
            }
            if roles[j] == Role::Body || roles[j] == Role::Subhead {
                roles[j] = Role::Teaser;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WEIGHTS;
    use crate::line::SIGNS;

    #[test]
    fn every_sign_has_its_row_in_order() {
        assert_eq!(WEIGHTS.len(), SIGNS);
        for (i, (sign, _)) in WEIGHTS.iter().enumerate() {
            assert_eq!(*sign as usize, i);
        }
    }
}
