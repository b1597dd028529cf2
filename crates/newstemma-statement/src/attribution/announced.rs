//! Words that announce a quotation of the next sentence: "He told the crowd, to loud applause:".
//!
//! A colon at the end of a sentence says that speech follows, whatever stands between the verb and
//! the colon, and also where only a noun tells that somebody speaks ("made this remark:").

use super::{Found, Reader, Side, Speaker};
use crate::clause::Clause;
use crate::unit::Kind;
use newstemma_language::speech::{Class, Form};
use newstemma_model::Act;

/// The attribution of what follows a sentence that ends with a colon. `found` is what the sentence
/// ascribes otherwise.
pub(crate) fn announced(clause: Clause<'_>, found: &[Found]) -> Option<Found> {
    let colon = clause.len().checked_sub(1).filter(|&c| clause.kind(c) == Some(Kind::Colon))?;
    // The last cue whose content is open to the right, and reaches the colon if it has any.
    let open = found.iter().rev().find(|f| f.side != Side::Left && f.content.end + 1 >= colon);
    if let Some(open) = open {
        return Some(Found { content: 0..0, side: Side::Below, ..open.clone() });
    }
    let reader = Reader { clause, found: found.to_vec() };
    let cue = (0..colon).rev().find(|&i| {
        let unit = &clause.units[i];
        let noun = unit.is(Class::SayingNoun) && is_object(clause, i);
        let verb = unit.entry.verb.is_some()
            && !noun
            && (unit.form(Form::Finite) || unit.form(Form::Gerund))
            && !clause.is_noun(i);
        verb || noun
    })?;
    let verb = clause.verb_at(cue).filter(|_| !is_object(clause, cue));
    let start = if verb.is_some() { clause.group_start(cue) } else { cue };
    let subject = verb.and_then(|_| clause.phrase_before(start));
    let subject = subject.or_else(|| reader.sentence_subject(start))?;
    let act = verb.map_or(Act::Say, |v| v.act);
    let own = subject.start..cue + 1;
    Some(Found::new(Speaker::Phrase(subject), start..cue + 1, 0..0, act, Side::Below, own))
}

/// Whether a word has an article a few words before it: "the following remark".
fn is_object(clause: Clause<'_>, index: usize) -> bool {
    (index.saturating_sub(3)..index)
        .rev()
        .take_while(|&i| !clause.units[i].is_break())
        .any(|i| clause.units[i].any(&[Class::Determiner, Class::Possessive]))
}
