//! How the words of a report are written elsewhere in it, and whether capitals mean anything in a
//! line.

use super::Line;
use crate::token::Kind;
use std::collections::BTreeSet;

/// How the words of a report are written elsewhere in it.
#[derive(Debug, Default)]
pub(super) struct Usage {
    pub(super) small: BTreeSet<u64>,
    pub(super) capital_inside: BTreeSet<u64>,
}

impl Usage {
    pub(super) fn of(lines: &[Line]) -> Usage {
        let mut usage = Usage::default();
        for line in lines {
            if is_headline(line) {
                continue;
            }
            let mut first = true;
            for (i, token) in line.tokens.list.iter().enumerate() {
                if token.kind != Kind::Word {
                    first |= matches!(line.tokens.str(i), "“" | "«" | "\"" | "„" | ":" | "–" | "•");
                    continue;
                }
                if !token.capital && token.glued {
                    // Behind a hyphen or apostrophe: no word of its own.
                } else if !token.capital {
                    usage.small.insert(token.hash);
                } else if !first {
                    usage.capital_inside.insert(token.hash);
                }
                first = false;
            }
        }
        usage
    }
}

/// Whether most long words of a line have capitals, as in headlines of the English press.
pub(super) fn is_headline(line: &Line) -> bool {
    let words = line.tokens.list.iter().filter(|t| t.kind == Kind::Word && t.span.len() >= 4);
    let (mut all, mut capital) = (0, 0);
    for token in words {
        all += 1;
        capital += usize::from(token.capital);
    }
    all >= 4 && capital * 20 >= all * 17 && !line.lexicon.name().capital_nouns
}
