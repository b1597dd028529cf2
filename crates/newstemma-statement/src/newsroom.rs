//! Newsrooms that hear a statement and pass it on: "told Reuters", "a confié à l'AGL".
//!
//! Outlets and agencies are listed by language. Of those that no list has, many are agencies that
//! only the reports of one story name, by their letters: who speaks *to* a word of capitals that is
//! neither a known body nor a known place speaks to a newsroom.

use crate::clause::Clause;
use crate::gazetteer::place_of;
use crate::unit::Kind;
use newstemma_language::agency_name_at;
use newstemma_language::speech::Class;
use newstemma_model::Language;
use std::ops::Range;

/// Letters that the name of an agency may have if nothing else shows that it is one.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;

/// The newsroom that a phrase names, if a list has it.
pub(crate) fn listed(clause: Clause<'_>, phrase: &Range<usize>) -> Option<String> {
    // "Reporters" are nobody in particular.
    let named = |i: &usize| {
        let word = clause.units[*i].span.of(clause.text);
        let generic = word.starts_with(char::is_lowercase) && agency_name_at(word).is_none();
        !clause.is(*i, Class::Hearer) && !generic
    };
    let at = phrase.clone().filter(named).find(|&i| clause.is(i, Class::Outlet))?;
    Some(name_at(clause, at))
}

/// The newsroom that hears something, if the hearer is one.
pub(crate) fn hearing(
    clause: Clause<'_>,
    hearer: &Range<usize>,
    language: Language,
) -> Option<String> {
    listed(clause, hearer).or_else(|| {
        let opener =
            |i: &usize| clause.units[*i].any(&[Class::Determiner, Class::To, Class::Hearer]);
        let first = hearer.clone().find(|i| !opener(i))?;
        let name = name_at(clause, first);
        let unknown = is_lettered(clause, first) && place_of(&name, language).is_none();
        unknown.then_some(name)
    })
}

/// The name of a newsroom that is named at a unit.
pub(crate) fn name_at(clause: Clause<'_>, i: usize) -> String {
    clause.units[i].span.of(clause.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a unit is a few capital letters that mean nothing else here.
pub(crate) fn is_lettered(clause: Clause<'_>, i: usize) -> bool {
    let Some(unit) = clause.get(i).filter(|u| u.kind == Kind::Word && u.is_plain()) else {
        return false;
    };
    let name = unit.span.of(clause.text);
    LETTERS.contains(&name.chars().count()) && name.chars().all(char::is_uppercase)
}
