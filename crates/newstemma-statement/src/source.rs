//! Who a speaker is: the name and the kind of a phrase, with pronouns and roles resolved.

use crate::clause::Clause;
use crate::newsroom;
use crate::unit::{Kind, Unit};
use newstemma_language::speech::Class;
use newstemma_language::{Pack, Script};
use newstemma_model::{Document, EntityKind, NameMention, Source, SourceKind, Span};
use std::ops::Range;

/// Sentences that a pronoun may look back over.
const REACH_SENTENCES: usize = 6;
/// Speakers that are remembered: enough for any article, a bound for anything else.
const MEMORY: usize = 400;

/// A speaker and the hands it spoke through.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Voice {
    pub(crate) source: Source,
    pub(crate) chain: Vec<String>,
}

/// The speakers of a document so far.
pub(crate) struct Speakers<'a> {
    document: &'a Document,
    past: Vec<Past>,
}

struct Past {
    voice: Voice,
    /// The word for its role ("official"), folded.
    role: Option<String>,
    sentence: usize,
}

impl<'a> Speakers<'a> {
    pub(crate) fn new(document: &'a Document) -> Speakers<'a> {
        Speakers { document, past: Vec::new() }
    }

    /// The last speaker, if it spoke at most `reach` sentences ago, without its place.
    pub(crate) fn last(&self, sentence: usize, reach: usize) -> Option<Voice> {
        let past = self.past.last().filter(|p| sentence.saturating_sub(p.sentence) <= reach)?;
        let mut voice = past.voice.clone();
        voice.source.span = None;
        Some(voice)
    }

    /// The speaker that a phrase of a sentence names, who spoke to `hearer`.
    pub(crate) fn voice(
        &mut self,
        clause: Clause<'_>,
        phrase: &Range<usize>,
        hearer: Option<String>,
        sentence: usize,
    ) -> Voice {
        let span = clause.span(phrase);
        let units = clause.units.get(phrase.clone()).unwrap_or(&[]);
        let mut role = None;
        let mut voice = if let Some(found) = self.of_pronoun(units, span, sentence) {
            found
        } else {
            let (kind, head) = self.kind(clause, phrase);
            role = head;
            let name = self.name(clause, phrase, kind);
            // Who is told apart by a newsroom ("the official who told the Post") is not meant anew.
            let told_apart = units.iter().any(|u| u.is(Class::Outlet) && u.capital);
            let known = self.of_role(units, kind, role.as_deref());
            let resolved = known.filter(|_| !told_apart);
            resolved.unwrap_or_else(|| Voice {
                chain: self.chain(clause, phrase, kind, &name),
                source: Source { span: None, name, kind },
            })
        };
        voice.source.span = Some(span);
        if let Some(hearer) = hearer.filter(|h| !voice.chain.contains(h)) {
            voice.chain.push(hearer);
        }
        if self.past.len() < MEMORY {
            self.past.push(Past { voice: voice.clone(), role, sentence });
        } else {
            self.past.rotate_left(1);
            if let Some(last) = self.past.last_mut() {
                *last = Past { voice: voice.clone(), role, sentence };
            }
        }
        voice
    }

    /// A pronoun means the last speaker that it can mean; a person's pronoun also a person named
    /// just before.
    fn of_pronoun(&self, units: &[Unit], span: Span, sentence: usize) -> Option<Voice> {
        let pronoun = units.iter().all(|u| {
            u.any(&[Class::PersonPronoun, Class::Pronoun, Class::Possessive, Class::Relative])
        });
        if !pronoun || units.is_empty() {
            return None;
        }
        let personal = units.iter().any(|u| u.is(Class::PersonPronoun));
        let near = || {
            self.past
                .iter()
                .rev()
                .take_while(|p| sentence.saturating_sub(p.sentence) <= REACH_SENTENCES)
        };
        let is_person = |p: &&Past| {
            matches!(p.voice.source.kind, SourceKind::Person | SourceKind::AnonymousOfficial)
        };
        if personal {
            if let Some(past) = near().find(is_person) {
                return Some(past.voice.clone());
            }
            if let Some(name) = self.person_before(span) {
                let name = self.full_name(name.span.of(&self.document.report.text));
                let chain = vec![name.clone()];
                return Some(Voice {
                    source: Source { span: None, name, kind: SourceKind::Person },
                    chain,
                });
            }
        }
        // "It" and "they" are bodies and documents before they are persons.
        let other = near().find(|p| !is_person(p)).filter(|_| !personal);
        if let Some(past) = other.or_else(|| near().next()) {
            return Some(past.voice.clone());
        }
        let name = span.of(&self.document.report.text).to_owned();
        let kind = if personal { SourceKind::Person } else { SourceKind::Body };
        Some(Voice { chain: vec![name.clone()], source: Source { span: None, name, kind } })
    }

    /// The person named first in the sentence before `span`, or before it in its own sentence.
    fn person_before(&self, span: Span) -> Option<&NameMention> {
        let document = self.document;
        let at = document.sentence_at(span.start())?;
        let low = document.sentences.get(at.saturating_sub(1))?.span.start();
        document
            .names
            .iter()
            .skip(document.names.partition_point(|n| n.span.end() <= low))
            .take_while(|n| n.span.start() < span.start())
            .find(|n| n.kind == EntityKind::Person)
    }

    /// "The official" is the official of whom it was told before.
    fn of_role(&self, units: &[Unit], kind: SourceKind, role: Option<&str>) -> Option<Voice> {
        let definite = units.first()?.is(Class::Definite);
        if kind != SourceKind::AnonymousOfficial || !definite {
            return None;
        }
        let role = role?;
        let unnamed = || {
            self.past.iter().rev().filter(|p| p.voice.source.kind == SourceKind::AnonymousOfficial)
        };
        let same = unnamed().find(|p| p.role.as_deref() == Some(role));
        // By another word ("the source"), if only one unnamed speaker can be meant.
        let only = || {
            let last = unnamed().next()?;
            unnamed().all(|p| p.voice.source.name == last.voice.source.name).then_some(last)
        };
        same.or_else(only).map(|p| p.voice.clone())
    }

    /// The kind of speaker, and the folded word for the role that decides it.
    fn kind(&self, clause: Clause<'_>, phrase: &Range<usize>) -> (SourceKind, Option<String>) {
        let units = &clause.units[phrase.clone()];
        let head_end = units
            .iter()
            .position(|u| {
                u.is_break()
                    || u.any(&[Class::Preposition, Class::Relative, Class::By])
                        && !u.any(&[Class::Determiner])
            })
            .filter(|&n| n > 0)
            .unwrap_or(units.len());
        let roles = [Class::Official, Class::Title, Class::Body, Class::Document, Class::Outlet];
        let opening = &units[..units.iter().position(Unit::is_break).unwrap_or(units.len())];
        let full_name = (2..=4).contains(&opening.len())
            && opening.len() < units.len()
            && opening.iter().all(|u| u.capital && u.is_plain());
        if full_name {
            // "Anna Brel, director of the institute": the name goes first.
            return (SourceKind::Person, None);
        }
        if self.named_after_office(clause, phrase).is_some() {
            return (SourceKind::Person, None);
        }
        let mut heads = (0..head_end).filter(|&n| units[n].any(&roles));
        // "رئيس اللجنة": the office goes before what it is held in.
        let head = if is_head_first(clause, phrase) { heads.next() } else { heads.next_back() };
        let head = head.or_else(|| (0..units.len()).find(|&n| units[n].any(&roles)));
        let span = clause.span(phrase);
        let person = self.names_in(span).any(|n| n.kind == EntityKind::Person);
        let role = head.map(|n| clause.word(phrase.start + n));
        let named = person || self.has_bare_name(units, head);
        let kind = match head.map(|n| &units[n]) {
            Some(u) if u.any(&[Class::Official, Class::Title]) && named => SourceKind::Person,
            Some(u) if u.is(Class::Outlet) => SourceKind::Outlet,
            Some(u) if u.is(Class::Official) => SourceKind::AnonymousOfficial,
            Some(u) if u.is(Class::Title) => SourceKind::Person,
            Some(u) if u.is(Class::Document) => SourceKind::Document,
            Some(u) if u.is(Class::Body) => SourceKind::Body,
            _ if person => SourceKind::Person,
            _ if self.names_in(span).next().is_some() => SourceKind::Body,
            _ if self.looks_like_a_person(units) => SourceKind::Person,
            _ => SourceKind::Body,
        };
        (kind, role)
    }

    /// The name behind an office and what it is held in, at the end of its part between pauses or
    /// filling the next: "the commander of the fire brigade, Ivo Brand", "голова комісії Остап Римар". A
    /// name that stands at once behind the office is found without this; one that an article or a
    /// preposition goes before is no person's: "a spokesman for the Red Cross". Without capitals, what
    /// the office is held in shows its end by the article: "رئيسة البلدية مارتا كوفاتش".
    fn named_after_office(&self, clause: Clause<'_>, phrase: &Range<usize>) -> Option<Span> {
        const NAME_MAX: usize = 4;
        let governs = [Class::Preposition, Class::Determiner, Class::Definite, Class::Possessive];
        let units = &clause.units[phrase.clone()];
        let mut parts = units.split(Unit::is_break);
        let first = parts.next()?;
        let office = first.iter().position(|u| u.any(&[Class::Official, Class::Title]))?;
        let caseless = is_head_first(clause, phrase);
        let articled = |u: &Unit| self.is_articled(u.span.of(clause.text));
        let named = |u: &&Unit| u.is_plain() && (u.capital || caseless && !articled(u));
        let of = first.get(office + 1..)?;
        if of.first().is_some_and(|u| named(&u)) {
            return None;
        }
        let name = match of.iter().rev().take_while(named).count() {
            long @ 2..=NAME_MAX
                if of
                    .get(of.len() - long - 1)
                    .is_some_and(|seat| !seat.any(&governs) && (!caseless || articled(seat))) =>
            {
                &of[of.len() - long..]
            }
            _ => {
                let filled =
                    |p: &&[Unit]| (2..=NAME_MAX).contains(&p.len()) && p.iter().all(|u| named(&u));
                parts.next().filter(filled)?
            }
        };
        let span = name.first()?.span.cover(name.last()?.span);
        let other = self.names_in(span).any(|n| n.kind != EntityKind::Person);
        (!other).then_some(span)
    }

    /// Whether an article is written together with a word: "البلدية".
    fn is_articled(&self, word: &str) -> bool {
        let prefixes = &Pack::of(self.document.report.language).name.prefixes;
        let letters = |prefix: &&str| prefix.chars().nth(1).is_some();
        prefixes.iter().filter(letters).any(|prefix| word.starts_with(prefix))
    }

    /// Two or three capitals in a row that are no part of the role, or a known surname.
    fn has_bare_name(&self, units: &[Unit], head: Option<usize>) -> bool {
        let plain = |u: &Unit| u.capital && (u.is_plain() || u.is(Class::Time));
        let after = head.is_some_and(|h| units.get(h + 1).is_some_and(plain));
        let beside = units
            .split(|u| u.kind == Kind::Comma)
            .skip(1)
            .any(|part| part.len() <= 4 && part.len() >= 2 && part.iter().all(plain));
        let first = units.split(|u| u.kind == Kind::Comma).next().is_some_and(|part| {
            part.len() >= 2 && part.len() <= 4 && part.iter().all(plain) && part.len() < units.len()
        });
        after || beside || first
    }

    fn looks_like_a_person(&self, units: &[Unit]) -> bool {
        let names = units.iter().filter(|u| u.capital && u.is_plain()).count();
        let article = units.first().is_some_and(|u| u.any(&[Class::Determiner, Class::Possessive]));
        let joined = units.iter().any(|u| u.is(Class::Coordinator));
        !article
            && !joined
            && (1..=4).contains(&names)
            && names == units.iter().filter(|u| u.is_word()).count()
    }

    fn names_in(&self, span: Span) -> impl Iterator<Item = &NameMention> {
        let names = &self.document.names;
        let from = names.partition_point(|n| n.span.start() < span.start());
        names[from..].iter().take_while(move |n| n.span.end() <= span.end())
    }

    /// The name of a speaker: a person's name, or the phrase without its article.
    fn name(&self, clause: Clause<'_>, phrase: &Range<usize>, kind: SourceKind) -> String {
        let text = clause.text;
        let span = clause.span(phrase);
        if kind == SourceKind::Person {
            if let Some(name) = self.named_after_office(clause, phrase) {
                return self.full_name(name.of(text));
            }
            if let Some(name) = self.names_in(span).find(|n| n.kind == EntityKind::Person) {
                return self.full_name(name.span.of(text));
            }
            let run = name_run(&clause.units[phrase.clone()]);
            if let Some(run) = run.filter(|run| !self.is_seat(clause, phrase, *run)) {
                return self.full_name(run.of(text));
            }
        }
        let article =
            |u: &Unit| u.any(&[Class::Determiner, Class::Definite]) && !u.is(Class::Pronoun);
        let from = phrase.clone().find(|&i| !article(&clause.units[i])).unwrap_or(phrase.start);
        // What stands beside a noun between commas describes it; the name is the noun.
        let to = (from + 1..phrase.end)
            .find(|&i| matches!(clause.kind(i), Some(Kind::Comma | Kind::Dash | Kind::Open)))
            .filter(|_| kind != SourceKind::Person)
            .filter(|&i| !clause.units[i..phrase.end].iter().any(|u| u.is(Class::Coordinator)))
            .unwrap_or(phrase.end);
        let words: Vec<&str> = clause.span(&(from..to)).of(text).split_whitespace().collect();
        let words = words.iter().take(30).copied().collect::<Vec<_>>();
        words.join(" ")
    }

    /// Whether a name in a phrase is where an office is held, not who holds it: "the mayor of
    /// Velin", "мэр Праги".
    fn is_seat(&self, clause: Clause<'_>, phrase: &Range<usize>, name: Span) -> bool {
        let at = phrase.clone().find(|&i| clause.units[i].span.start() == name.start());
        let article =
            |i: usize| clause.is(i, Class::Determiner) && !clause.is(i, Class::Preposition);
        let governed = at.is_some_and(|at| {
            let before = (phrase.start..at).rev().find(|&i| !article(i));
            before.is_some_and(|i| {
                clause.is(i, Class::Preposition) && !clause.is(i, Class::Determiner)
            })
        });
        governed || self.names_in(name).any(|n| n.kind == EntityKind::Place)
    }

    /// A surname alone stands for the full name that went before.
    fn full_name(&self, name: &str) -> String {
        let single = !name.trim().contains(char::is_whitespace);
        if single {
            let longer = |full: &str| {
                full.len() > name.len() && full.split_whitespace().next_back() == Some(name)
            };
            let persons = self.past.iter().map(|p| &p.voice.source);
            let mut persons =
                persons.filter(|s| s.kind == SourceKind::Person).rev().map(|s| s.name.as_str());
            if let Some(full) = persons.find(|n| longer(n)) {
                return full.to_owned();
            }
            let text = &self.document.report.text;
            let named =
                self.document.names.iter().take(MEMORY).filter(|n| n.kind == EntityKind::Person);
            if let Some(full) = named.map(|n| n.span.of(text)).find(|n| longer(n)) {
                return full.to_owned();
            }
        }
        name.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The hands: the speaker, then newsrooms that the phrase itself names ("the official quoted
    /// by the Post").
    fn chain(
        &self,
        clause: Clause<'_>,
        phrase: &Range<usize>,
        kind: SourceKind,
        name: &str,
    ) -> Vec<String> {
        let mut chain = vec![name.to_owned()];
        if kind == SourceKind::AnonymousOfficial {
            let newsroom = phrase
                .clone()
                .find(|&i| clause.units[i].is(Class::Outlet) && clause.units[i].capital);
            chain.extend(newsroom.map(|i| newsroom::name_at(clause, i)));
        }
        chain
    }
}

/// Whether a phrase is in a script that has no capitals, and whose languages put the head of a phrase
/// first.
fn is_head_first(clause: Clause<'_>, phrase: &Range<usize>) -> bool {
    let letter = clause.span(phrase).of(clause.text).chars().find(|c| c.is_alphabetic());
    letter.is_some_and(|c| matches!(Script::of(c), Script::Arabic | Script::Hebrew))
}

/// The name in a phrase without known names: the last run of two or more capitals that are no
/// titles in the first part between pauses that has one, else a single capital.
fn name_run(units: &[Unit]) -> Option<Span> {
    let named = |u: &Unit| {
        u.capital
            && u.is_word()
            && !u.any(&[
                Class::Title,
                Class::Official,
                Class::Body,
                Class::Determiner,
                Class::Preposition,
            ])
    };
    let runs = |part: &[Unit]| -> Vec<(usize, Span)> {
        part.chunk_by(|a, b| named(a) == named(b))
            .filter(|run| run.first().is_some_and(named))
            .filter_map(|run| Some((run.len(), run.first()?.span.cover(run.last()?.span))))
            .collect()
    };
    let parts: Vec<Vec<(usize, Span)>> = units.split(Unit::is_break).map(runs).collect();
    let full = parts.iter().find_map(|part| part.iter().rev().find(|run| run.0 >= 2));
    full.or_else(|| parts.iter().find_map(|part| part.last())).map(|run| run.1)
}
