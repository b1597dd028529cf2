//! Who says what in a sentence, where verbs stand in the middle: patterns around cues.
//!
//! Cues are found from left to right: prepositions ("according to"), verbs of saying, nouns
//! ("the claim that"), words of hearsay, a colon before a quotation. Around each, the speaker is
//! the noun phrase where the order of words puts it, and the content lies on the side that is
//! marked (by "that", a quotation, a colon), else on the side that has text. What a later cue of
//! the same speaker takes is cut from the one before it.

use crate::clause::{Clause, Introduced, Next};
use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form, Takes, Verb};
use newstemma_model::Act;
use std::ops::Range;

/// Cues in one sentence beyond which nothing more is looked for.
const CUES_MAX: usize = 24;

/// An attribution as units of its sentence.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) speaker: Speaker,
    pub(crate) cue: Range<usize>,
    /// Empty where the content stands in the sentence before.
    pub(crate) content: Range<usize>,
    pub(crate) act: Act,
    pub(crate) hearer: Option<Range<usize>>,
    /// Whether the content lies before the cue.
    pub(crate) side: Side,
    /// First unit of its own words: speaker or cue.
    own: Range<usize>,
}

impl Found {
    pub(crate) fn new(
        speaker: Speaker,
        cue: Range<usize>,
        content: Range<usize>,
        act: Act,
        side: Side,
        own: Range<usize>,
    ) -> Found {
        Found { speaker, cue, content, act, hearer: None, side, own }
    }
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Speaker {
    /// A phrase of this sentence.
    Phrase(Range<usize>),
    /// The speaker of the attribution before, in this sentence or an earlier one.
    Same,
    /// Nobody is named.
    Unstated,
}

/// Where the content lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Before speaker and cue.
    Left,
    /// After them.
    Right,
    /// On both sides of them.
    Both,
}

/// The attributions of a sentence, in order of their cues.
pub(crate) fn attributions(clause: Clause<'_>) -> Vec<Found> {
    let mut reader = Reader { clause, found: Vec::new() };
    let mut i = 0;
    while i < clause.len() && reader.found.len() < CUES_MAX {
        let found = reader.read(i);
        let next = found.as_ref().map_or(i + 1, |f| f.own.end.max(f.cue.end).max(i + 1));
        if let Some(found) = found {
            // What stands between a preposition and its content is no cue of its own.
            let own = clause.is(i, Class::According);
            i = match found.side {
                Side::Right if own => found.content.start.max(i + 1),
                Side::Right => found.cue.end.max(i + 1),
                Side::Left | Side::Both => next,
            };
            reader.found.push(found);
        } else {
            i += 1;
        }
    }
    if reader.found.is_empty() {
        let other = reader.hearsay().or_else(|| reader.colon()).or_else(|| reader.dash());
        reader.found.extend(other);
    }
    cut_contents(&clause, &mut reader.found);
    reader.found.retain(|f| !f.content.is_empty() || f.side == Side::Left);
    reader.found
}

/// Ends contents where the next attribution begins that does not lie in them.
fn cut_contents(clause: &Clause<'_>, found: &mut [Found]) {
    for i in 0..found.len() {
        let (here, later) = found.split_at_mut(i + 1);
        let this = &mut here[i];
        if this.side == Side::Left {
            continue;
        }
        for next in later.iter() {
            let from = next.own.start;
            // A relative clause inside the next speaker's phrase ends before that one's verb.
            let around =
                next.own.start < this.content.start && next.own.contains(&this.content.start);
            if around && this.content.contains(&next.cue.start) {
                this.content.end = next.cue.start;
                break;
            }
            if !this.content.contains(&from) || this.content.start == from {
                continue;
            }
            if joins_anew(clause, next, this) {
                this.content.end = from;
                break;
            }
        }
        while this.content.end > this.content.start {
            let last = &clause.units[this.content.end - 1];
            if !last.is_break() && !last.is(Class::Coordinator) && !last.is(Class::Subordinator) {
                break;
            }
            this.content.end -= 1;
        }
    }
}

/// Whether an attribution stands beside another rather than inside its content.
fn joins_anew(clause: &Clause<'_>, next: &Found, this: &Found) -> bool {
    if next.side == Side::Left && next.content.start <= this.content.start {
        return false;
    }
    if next.speaker == Speaker::Same {
        return true;
    }
    if next.speaker == this.speaker {
        return true;
    }
    let Some(before) = next.own.start.checked_sub(1).and_then(|i| clause.get(i)) else {
        return false;
    };
    let pronoun = matches!(&next.speaker, Speaker::Phrase(p)
        if p.len() == 1 && clause.units[p.start].any(&[Class::PersonPronoun, Class::Pronoun]));
    before.kind == Kind::Semicolon
        || (before.any(&[Class::Coordinator, Class::Subordinator])
            && !pronoun
            && next.own.start >= this.content.start + 2)
}

/// Whether no text stands before a cue that it could ascribe.
fn left_is_empty(reader: &Reader<'_>, cue: &Range<usize>) -> bool {
    reader.left(cue.start).is_empty()
}

struct Reader<'a> {
    clause: Clause<'a>,
    found: Vec<Found>,
}

impl Reader<'_> {
    fn read(&self, i: usize) -> Option<Found> {
        let unit = self.clause.get(i)?;
        if unit.is(Class::According) {
            return self.according(i);
        }
        if unit.is(Class::Postposition) {
            return self.postposition(i);
        }
        if unit.is(Class::Thus) {
            return self.thus(i);
        }
        if unit.entry.verb.is_some() && !self.clause.is_noun(i) {
            return self.verb(i);
        }
        if unit.is(Class::SayingNoun) {
            return self.noun(i);
        }
        None
    }

    /// Where the text begins that no earlier attribution of the sentence took for its own words.
    fn left_start(&self, before: usize) -> usize {
        let mut start = 0;
        for f in &self.found {
            if f.own.end <= before {
                start = match f.side {
                    Side::Left => start.max(f.own.end),
                    // Content to its right may itself be what is ascribed here.
                    Side::Right | Side::Both => start,
                };
            }
        }
        while start < before
            && (self.clause.units[start].is_break()
                || self.clause.units[start].is(Class::Coordinator) && start > 0)
        {
            start += 1;
        }
        start
    }

    /// The end of what a clause that begins at `from` says: the end of the sentence without its
    /// stop, or a closing bracket that was opened before.
    fn right_end(&self, from: usize) -> usize {
        let mut end = self.clause.len();
        while end > from
            && matches!(self.clause.kind(end - 1), Some(Kind::Stop | Kind::Sign | Kind::Close))
        {
            end -= 1;
        }
        let mut depth = 0i32;
        for i in from..end {
            match self.clause.kind(i) {
                Some(Kind::Open) => depth += 1,
                Some(Kind::Close) if depth == 0 => return i,
                Some(Kind::Close) => depth -= 1,
                _ => {}
            }
        }
        end
    }

    /// The end of the clause that begins at `from`: the first comma, or the end of the sentence.
    fn clause_end(&self, from: usize) -> usize {
        let end = self.right_end(from);
        (from..end).find(|&i| self.clause.kind(i) == Some(Kind::Comma)).unwrap_or(end)
    }

    /// The text on the left that ends before `end`, without the pause there.
    fn left(&self, end: usize) -> Range<usize> {
        let mut end = end;
        while end > 0 && self.clause.units[end - 1].is_break() {
            end -= 1;
        }
        let start = self.left_start(end);
        start.min(end)..end
    }

    /// "according to X", at the front, in the middle, or at the end of its clause.
    fn according(&self, i: usize) -> Option<Found> {
        let phrase = self.clause.phrase_after(i + 1)?;
        let phrase = self.clause.with_apposition_after(phrase);
        let left = self.left(i);
        let unmarked = left.is_empty() && self.right_end(phrase.end) <= phrase.end;
        let phrase = if unmarked { self.clause.short_phrase_after(i + 1)? } else { phrase };
        let end = phrase.end;
        let own = i..end;
        let pause =
            |at| matches!(self.clause.kind(at), Some(Kind::Comma | Kind::Dash | Kind::Colon));
        // "据警方称，…": a verb may close the phrase.
        let closed = self.clause.verb_at(end).is_some() && pause(end + 1);
        let rest = match (pause(end), closed) {
            (true, _) => end + 1,
            (false, true) => end + 2,
            (false, false) => end,
        };
        // "as" or "while" may stand before it without being content; a lone participle too.
        let front = left.len() <= 2 && !self.clause.units[left.clone()].iter().any(Unit::is_quote)
            || left.is_empty();
        let right = rest..self.right_end(rest);
        let tail = right.is_empty() || self.begins_anew(rest);
        let comma_before = i > 0 && self.clause.units[i - 1].kind == Kind::Comma;
        let short = comma_before && self.short_before(i - 1);
        let (content, side) = if front || (short && !tail) || self.after_subordinator(i) && !tail {
            (right, Side::Right)
        } else if tail || !comma_before {
            (left, Side::Left)
        } else {
            (left.start..right.end, Side::Both)
        };
        Some(Found {
            speaker: Speaker::Phrase(phrase),
            cue: i..i + 1,
            content,
            act: Act::Say,
            hearer: None,
            side,
            own,
        })
    }

    /// Whether only one or two words lie between the pause at `pause` and the one before it.
    fn short_before(&self, pause: usize) -> bool {
        (1..=2).any(|n| {
            pause > n
                && self.clause.units[pause - n - 1].is_break()
                && self.clause.units[pause - n].is_word()
        })
    }

    fn after_subordinator(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|b| self.clause.get(b));
        let before = match before {
            Some(u) if u.kind == Kind::Comma => i.checked_sub(2).and_then(|b| self.clause.get(b)),
            other => other,
        };
        before.is_some_and(|u| u.any(&[Class::Subordinator, Class::That, Class::Coordinator]))
    }

    /// Whether what begins at `i` is a clause beside the ascribed one.
    fn begins_anew(&self, i: usize) -> bool {
        self.clause.get(i).is_some_and(|u| {
            u.any(&[Class::Coordinator, Class::Subordinator, Class::Relative])
                && !u.is(Class::Determiner)
                || u.entry.verb.is_some() && u.form(Form::Gerund)
        })
    }

    /// "X zufolge": the speaker before the word.
    fn postposition(&self, i: usize) -> Option<Found> {
        let phrase = self.clause.phrase_before(i)?;
        let own = phrase.start..i + 1;
        let left = self.left(phrase.start);
        let comma = self.clause.kind(i + 1) == Some(Kind::Comma);
        let rest = if comma { i + 2 } else { i + 1 };
        let right = rest..self.right_end(rest);
        let (content, side) = match (left.is_empty(), right.is_empty()) {
            (true, _) => (right, Side::Right),
            (false, true) => (left, Side::Left),
            (false, false) => (left.start..right.end, Side::Both),
        };
        let speaker = Speaker::Phrase(phrase);
        Some(Found { speaker, cue: i..i + 1, content, act: Act::Say, hearer: None, side, own })
    }

    /// "…", so der Minister: a small word between the quotation and its speaker.
    fn thus(&self, i: usize) -> Option<Found> {
        let paused =
            i > 0 && (self.clause.units[i - 1].is_break() || self.clause.units[i - 1].is_quote());
        let phrase = self.clause.phrase_after(i + 1).filter(|_| paused)?;
        let phrase = self.clause.with_apposition_after(phrase);
        let ends = self.clause.get(phrase.end).is_none_or(Unit::is_break);
        let opens = self.clause.get(i + 1)?;
        let named = opens.capital
            || opens.any(&[Class::Determiner, Class::PersonPronoun, Class::Official, Class::Title]);
        let left = self.left(i);
        if !ends || !named || left.is_empty() {
            return None;
        }
        Some(Found {
            own: i..phrase.end,
            speaker: Speaker::Phrase(phrase),
            cue: i..i + 1,
            content: left,
            act: Act::Say,
            hearer: None,
            side: Side::Left,
        })
    }

    fn verb(&self, i: usize) -> Option<Found> {
        let clause = &self.clause;
        let verb = clause.verb_at(i)?;
        let unit = clause.get(i)?;
        let start = clause.group_start(i);
        let group = &clause.units[start..i];
        let helped = group.iter().any(|u| u.is(Class::Auxiliary));
        let negated = group.iter().any(|u| u.is(Class::Negation))
            || clause.is(i + 1, Class::Negation) && !clause.is(i + 1, Class::Adverb);
        let act = if negated { verb.negated? } else { verb.act };
        let verb = Verb { act, ..verb };
        let end = i + 1;
        let reflexive = group.iter().any(|u| u.is(Class::Clitic));
        let passive =
            group.iter().any(|u| u.is(Class::Be)) && !unit.form(Form::Gerund) && !reflexive;
        let by = clause.is(end, Class::By) && !clause.is(end, Class::That);
        let infinitive = start > 0 && clause.units[start - 1].is(Class::Infinitive);
        let finite = unit.form(Form::Finite);
        let participle = unit.form(Form::Participle);
        let active_participle =
            participle && (helped || self.far_helper(start) || self.joined(start));
        if unit.form(Form::Gerund) && !(finite && !helped) && !helped {
            return self.gerund(start..end, verb);
        }
        if !finite && !participle && !unit.form(Form::Gerund) || infinitive && !helped {
            return None;
        }
        if passive || by && !helped || (!finite && !active_participle) {
            return self.passive(start..end, verb);
        }
        let accused = verb.act == Act::Accuse && clause.is(end, Class::Preposition);
        if accused && !helped && !clause.is(end, Class::Determiner) {
            return self.passive(start..end, verb);
        }
        self.active(start..end, i, verb)
    }

    /// Whether an auxiliary stands farther left in the clause: "hat am Mittwoch … gesagt".
    fn far_helper(&self, start: usize) -> bool {
        let low = start.saturating_sub(14);
        (low..start)
            .rev()
            .take_while(|&i| !self.clause.units[i].is_break() && !self.clause.units[i].is_quote())
            .any(|i| {
                self.clause.units[i].is(Class::Auxiliary)
                    && !self.clause.units[i].any(&[Class::Preposition, Class::Determiner])
            })
    }

    /// Whether a conjunction joins this to a cue before it: "a condamné … et exhorté".
    fn joined(&self, start: usize) -> bool {
        !self.found.is_empty() && start > 0 && self.clause.is(start - 1, Class::Coordinator)
    }

    fn active(&self, group: Range<usize>, index: usize, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let mut end = group.end;
        if let Some(apart) =
            clause.get(index).and_then(|u| clause.rules.lexicon.apart(u.entry.verb?))
        {
            // "teilte … mit": without its other part it is another verb.
            end = self.part_after(end, apart)?;
        }
        let joined = group.start > 0 && clause.is(group.start - 1, Class::Coordinator);
        let subject = clause.phrase_before(group.start).filter(|p| {
            !joined
                && clause.units[p.end..group.start].iter().all(|u| !u.is_break() && !u.is_quote())
        });
        match subject {
            Some(subject) => self.after_subject(subject, group.start..end, verb),
            None => self.before_subject(group.start..end, verb),
        }
    }

    /// The end of a verb's part that stands apart, before content begins.
    fn part_after(&self, from: usize, apart: &str) -> Option<usize> {
        (from..self.clause.len().min(from + 25))
            .take_while(|&i| !self.clause.units[i].is_quote())
            .find(|&i| self.clause.word(i) == apart)
            .map(|i| if i == from { from + 1 } else { from })
    }

    /// "X said …", "…, X said", "as X said".
    fn after_subject(&self, subject: Range<usize>, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let (next, hearer) = clause.next_after(cue.end - 1, verb);
        let before = subject.start.checked_sub(1);
        if before.is_some_and(|b| clause.is(b, Class::As)) {
            // "As the service predicted rain, …" gives a reason, not a source.
            return match next {
                Next::Pause(_) | Next::End => self.as_clause(subject, cue, verb, hearer),
                _ => None,
            };
        }
        let own = subject.start..cue.end;
        let left = before.map_or(0..0, |_| self.left(subject.start));
        let paused =
            before.is_some_and(|b| clause.units[b].is_break() || clause.units[b].is_quote());
        let quoted = left.end > left.start
            && clause.units[left.end - 1].is_quote()
            && before.is_some_and(|b| b + 1 >= left.end && b <= left.end);
        let (content, side) = match next {
            Next::Quotation(q, introduced) => {
                let right = self.quoted_content(q, introduced);
                if quoted && paused && self.is_speech(left.end - 1) {
                    (left.start..right.end, Side::Both)
                } else {
                    (right, Side::Right)
                }
            }
            Next::Clause(c) | Next::Colon(c) => (c..self.right_end(c), Side::Right),
            Next::Bare(c) => {
                if quoted && paused && self.is_speech(left.end - 1) && verb.takes != Takes::Thing {
                    (left, Side::Left)
                } else if !self.may_be_bare(c, verb) {
                    return None;
                } else {
                    (c..self.right_end(c), Side::Right)
                }
            }
            Next::Pause(p) => self.around(left, paused, p, verb)?,
            Next::End
                if paused && !left.is_empty() && (quoted || verb.takes != Takes::Quotation) =>
            {
                (left, Side::Left)
            }
            Next::End
                if before.is_none_or(|b| clause.units[b].is_break())
                    && verb.takes != Takes::Belief =>
            {
                (0..0, Side::Left)
            }
            Next::End => return None,
        };
        let speaker = self.speaker(subject);
        Some(Found { speaker, cue, content, act: verb.act, hearer, side, own })
    }

    /// A pause after speaker and verb: they stand between two parts of the content, or behind it,
    /// or the content follows after a comma.
    fn around(
        &self,
        left: Range<usize>,
        paused: bool,
        pause: usize,
        verb: Verb,
    ) -> Option<(Range<usize>, Side)> {
        let clause = &self.clause;
        let rest = pause + 1;
        let right = rest..self.right_end(rest);
        if left.is_empty() || !paused {
            let comma = clause.kind(pause) == Some(Kind::Comma);
            let says = matches!(verb.takes, Takes::Clause | Takes::Hearer);
            let allowed = comma && says && !self.begins_anew(rest) && right.len() > 2;
            return (allowed && left.is_empty()).then_some((right, Side::Right));
        }
        let quoted = clause.units[left.end - 1].is_quote();
        let resumes = clause.get(rest).is_some_and(Unit::is_quote);
        if let Some(q) = self.resumed(rest).filter(|_| quoted && !resumes) {
            return Some((left.start..q + 1, Side::Both));
        }
        let both = clause.kind(pause) == Some(Kind::Comma)
            && right.len() > 1
            && !self.begins_anew(rest)
            && clause.after_time(rest) == rest
            && (!quoted || resumes);
        if both {
            let end =
                if resumes { self.quoted_content(rest, Introduced::Yes).end } else { right.end };
            return Some((left.start..end, Side::Both));
        }
        Some((left, Side::Left))
    }

    /// A quotation that goes on after an aside: “…,” he said, pointing to the river, “…”.
    fn resumed(&self, from: usize) -> Option<usize> {
        let high = self.clause.len().min(from + 25);
        let q = (from..high).find(|&i| self.clause.units[i].is_quote())?;
        let set_off = q > 0 && self.clause.kind(q - 1) == Some(Kind::Comma);
        let aside = (from..q).all(|i| {
            let u = &self.clause.units[i];
            u.entry.verb.is_none() || !u.form(Form::Finite) || self.clause.is_noun(i)
        });
        (set_off && aside && self.is_speech(q)).then_some(q)
    }

    /// The verb stands first or behind its content: the speaker follows, or is the one before.
    fn before_subject(&self, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let before = cue.start.checked_sub(1);
        let (next, hearer) = clause.next_after(cue.end - 1, verb);
        if before.is_some_and(|b| clause.is(b, Class::Relative)) {
            return self.relative(cue, verb, next, hearer);
        }
        let joined = before.is_some_and(|b| clause.is(b, Class::Coordinator));
        let inverted = match next {
            Next::Bare(at) => clause.phrase_after(at).map(|p| clause.with_apposition_after(p)),
            _ => None,
        };
        if let Some(pause) = before.filter(|&b| !joined && clause.units[b].is_break()) {
            let opens = clause.is(0, Class::As) && inverted.is_some();
            let apposed = clause.phrase_with_apposition_before(pause).filter(|_| !opens);
            let complement = match next {
                Next::Clause(_) | Next::Quotation(..) | Next::Colon(_) => true,
                Next::Bare(_) => verb.takes == Takes::Thing || !self.ends_after(&inverted),
                Next::Pause(_) | Next::End => false,
            };
            if let Some(phrase) = apposed.filter(|p| complement && p.start < pause) {
                return self.after_subject(phrase, cue, verb);
            }
        }
        if joined && self.found.is_empty() && !self.ends_after(&inverted) {
            let subject = self.sentence_subject(cue.start)?;
            return self.after_subject(subject, cue, verb);
        }
        let shared = verb.takes == Takes::Thing || !self.ends_after(&inverted);
        if joined && !self.found.is_empty() && shared {
            return self.same_speaker(cue, verb, next, hearer);
        }
        self.inverted(inverted?, cue, verb, hearer)
    }

    /// Whether a speaker to the right is followed by a pause, the content, or nothing more.
    fn ends_after(&self, speaker: &Option<Range<usize>>) -> bool {
        let Some(speaker) = speaker else { return false };
        let end = self.clause.after_time(speaker.end);
        self.clause.get(end).is_none_or(|u| {
            u.is_break()
                || u.is_quote()
                || u.any(&[Class::That, Class::To, Class::Setting, Class::Subordinator])
                || u.form(Form::Gerund)
        })
    }

    fn inverted(
        &self,
        speaker: Range<usize>,
        cue: Range<usize>,
        verb: Verb,
        hearer: Option<Range<usize>>,
    ) -> Option<Found> {
        let clause = &self.clause;
        let before = cue.start.checked_sub(1);
        if before.is_some_and(|b| clause.is(b, Class::As)) {
            return self.as_clause(speaker, cue, verb, hearer);
        }
        let left = self.left(cue.start);
        // Looking on from the speaker's last unit passes over time, setting and hearer.
        let says = Verb { takes: Takes::Clause, ..verb };
        let (mut next, mut heard) = clause.next_after(speaker.end - 1, says);
        let mut speaker = speaker;
        if verb.takes == Takes::Thing && next == Next::End && left_is_empty(self, &cue) {
            // Verb, speaker and object in a row: only the speaker's head tells where it ends.
            speaker = clause.short_phrase_after(speaker.start)?;
            (next, heard) = clause.next_after(speaker.end - 1, verb);
        }
        let own = cue.start.min(speaker.start)..speaker.end;
        let hearer = hearer.or(heard);
        let adverbial = left.is_empty()
            || before.is_some_and(|b| !clause.units[b].is_break() && !clause.units[b].is_quote());
        let quoted = !left.is_empty() && clause.units[left.end - 1].is_quote();
        let (content, side) = match next {
            Next::Quotation(q, introduced) if adverbial => {
                (self.quoted_content(q, introduced), Side::Right)
            }
            Next::Quotation(q, introduced) if quoted && introduced == Introduced::Yes => {
                (left.start..self.quoted_content(q, introduced).end, Side::Both)
            }
            Next::Clause(c) | Next::Colon(c) if adverbial || !quoted => {
                (c..self.right_end(c), Side::Right)
            }
            Next::Bare(c) if adverbial && self.may_be_bare(c, verb) => {
                (c..self.right_end(c), Side::Right)
            }
            Next::Pause(p) if adverbial => self.around(0..0, false, p, verb)?,
            Next::Pause(p) => self.around(left, true, p, verb)?,
            _ if !adverbial => (left, Side::Left),
            Next::End if left.is_empty() && cue.start == 0 => (0..0, Side::Left),
            _ => return None,
        };
        let speaker = self.speaker(speaker);
        Some(Found { speaker, cue, content, act: verb.act, hearer, side, own })
    }

    /// "X condemned … and called on …": the second verb has the first one's speaker.
    fn same_speaker(
        &self,
        cue: Range<usize>,
        verb: Verb,
        next: Next,
        hearer: Option<Range<usize>>,
    ) -> Option<Found> {
        let content = match next {
            Next::Quotation(q, introduced) => self.quoted_content(q, introduced),
            Next::Clause(c) | Next::Colon(c) => c..self.right_end(c),
            Next::Bare(c) if self.may_be_bare(c, verb) => c..self.right_end(c),
            _ => return None,
        };
        let speaker = self.last_speaker()?;
        let own = cue.clone();
        Some(Found { speaker, cue, content, act: verb.act, hearer, side: Side::Right, own })
    }

    /// The speaker of the last attribution that is not part of what another one says.
    fn last_speaker(&self) -> Option<Speaker> {
        let outer = |n: usize| {
            let own = &self.found[n].own;
            !self.found[..n].iter().any(|f| f.side == Side::Right && f.content.contains(&own.start))
        };
        let n = (0..self.found.len()).rev().find(|&n| outer(n))?;
        match &self.found[n].speaker {
            Speaker::Unstated => None,
            other => Some(other.clone()),
        }
    }

    /// "X, who said that …": the speaker is what the relative clause belongs to.
    fn relative(
        &self,
        cue: Range<usize>,
        verb: Verb,
        next: Next,
        hearer: Option<Range<usize>>,
    ) -> Option<Found> {
        let relative = cue.start.checked_sub(1)?;
        let comma = relative.checked_sub(1).filter(|&b| self.clause.kind(b) == Some(Kind::Comma));
        let speaker = self.clause.phrase_before(comma.unwrap_or(relative))?;
        let content = match next {
            Next::Quotation(q, introduced) => self.quoted_content(q, introduced),
            Next::Clause(c) | Next::Colon(c) => c..self.right_end(c),
            Next::Bare(c) if self.may_be_bare(c, verb) => {
                let end = self.right_end(c);
                c..(c..end).find(|&i| self.clause.kind(i) == Some(Kind::Comma)).unwrap_or(end)
            }
            _ => return None,
        };
        let own = speaker.start..cue.end;
        let speaker = self.speaker(speaker);
        Some(Found { speaker, cue, content, act: verb.act, hearer, side: Side::Right, own })
    }

    /// "as X said": the content is the sentence around it.
    fn as_clause(
        &self,
        speaker: Range<usize>,
        cue: Range<usize>,
        verb: Verb,
        hearer: Option<Range<usize>>,
    ) -> Option<Found> {
        let from = speaker.start.min(cue.start);
        let end = speaker.end.max(cue.end);
        let pause = (end..self.clause.len().min(end + 25)).find(|&i| {
            matches!(self.clause.kind(i), Some(Kind::Comma | Kind::Dash | Kind::Semicolon))
        });
        let left = self.left(from.checked_sub(1)?);
        let (content, side) = match pause {
            Some(p) if left.len() <= 1 => (p + 1..self.right_end(p + 1), Side::Right),
            _ if left.is_empty() => return None,
            Some(p) if !self.begins_anew(p + 1) && self.right_end(p + 1) > p + 2 => {
                (left.start..self.right_end(p + 1), Side::Both)
            }
            _ => (left, Side::Left),
        };
        let own = from - 1..end;
        let speaker = self.speaker(speaker);
        Some(Found { speaker, cue, content, act: verb.act, hearer, side, own })
    }

    /// ", saying that …": the speaker is that of the sentence.
    fn gerund(&self, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let (next, hearer) = clause.next_after(cue.end - 1, verb);
        let content = match next {
            Next::Quotation(q, introduced) => self.quoted_content(q, introduced),
            Next::Clause(c) | Next::Colon(c) => c..self.right_end(c),
            Next::Bare(c) => c..self.right_end(c),
            _ => return None,
        };
        let before = cue.start.checked_sub(1).and_then(|b| clause.get(b));
        let paused =
            before.is_none_or(|u| u.is_break() || u.is_quote() || u.is(Class::Coordinator));
        let own_subject = if paused { None } else { clause.phrase_before(cue.start) };
        let (speaker, from) = match own_subject {
            Some(subject) if !before.is_some_and(|u| u.any(&[Class::Preposition, Class::By])) => {
                let from = subject.start;
                (self.speaker(subject), from)
            }
            _ if !self.found.is_empty() => (self.last_speaker()?, cue.start),
            _ => (Speaker::Phrase(self.sentence_subject(cue.start)?), cue.start),
        };
        let own = from..cue.end;
        Some(Found { speaker, cue, content, act: verb.act, hearer, side: Side::Right, own })
    }

    /// The subject of a sentence that has no cue so far: its first noun phrase, as far as it can
    /// be told from the verb.
    fn sentence_subject(&self, before: usize) -> Option<Range<usize>> {
        let clause = &self.clause;
        let mut at = usize::from(clause.is(0, Class::Coordinator));
        // Circumstances at the front end with a comma.
        let adjunct =
            clause.get(at)?.any(&[Class::Preposition, Class::Time, Class::Adverb, Class::Setting]);
        if (adjunct && !clause.is(at, Class::Determiner)) || clause.after_time(at) > at {
            at = (0..before.min(20)).find(|&i| clause.kind(i) == Some(Kind::Comma))? + 1;
        }
        let phrase = clause.phrase_after(at)?;
        if clause.is_verbal(phrase.end) || phrase.len() == 1 {
            return Some(phrase);
        }
        let name = phrase.clone().take_while(|&i| clause.units[i].capital).count();
        if (1..phrase.len()).contains(&name) && clause.units[phrase.start].is_plain() {
            return Some(phrase.start..phrase.start + name);
        }
        // Without a known verb behind it, only a phrase whose head is known is believed.
        let head = phrase.clone().take(7).position(|i| {
            clause.units[i].any(&[
                Class::Body,
                Class::Official,
                Class::Title,
                Class::Document,
                Class::Outlet,
            ])
        })?;
        let mut end = phrase.start + head + 1;
        while end < phrase.end && clause.units[end].capital {
            end += 1;
        }
        Some(phrase.start..end)
    }

    /// "accused by X of …", "is said to …".
    fn passive(&self, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        if clause.units[cue.clone()].iter().any(|u| u.is(Class::Determiner))
            && !clause.units[cue.clone()].iter().any(|u| u.is(Class::Auxiliary))
        {
            return None;
        }
        let high = clause.len().min(cue.end + 12);
        let by = (cue.end..high)
            .take_while(|&i| !clause.units[i].is_break() && !clause.units[i].is(Class::That))
            .find(|&i| clause.is(i, Class::By));
        let named = by.and_then(|by| clause.phrase_after(by + 1)).filter(|p| {
            clause.units[p.clone()].iter().any(|u| {
                u.capital
                    || u.any(&[
                        Class::Official,
                        Class::Body,
                        Class::Title,
                        Class::Outlet,
                        Class::Document,
                        Class::PersonPronoun,
                        Class::Determiner,
                    ])
            })
        });
        let named = named.and_then(|p| match p.len() {
            0..=5 => Some(p),
            _ => clause.short_phrase_after(p.start),
        });
        let (speaker, after) = match &named {
            Some(phrase) => (self.speaker(phrase.clone()), phrase.end),
            None => (Speaker::Unstated, cue.end),
        };
        let opened = clause.get(after).is_some_and(|u| {
            u.any(&[Class::Infinitive, Class::Preposition, Class::That, Class::As])
                && !u.any(&[Class::By])
        });
        let right = if opened { after + 1..self.clause_end(after + 1) } else { 0..0 };
        let ascribes = match verb.act {
            Act::Accuse => opened,
            _ => opened && (clause.is(after, Class::That) || clause.is(after, Class::Infinitive)),
        };
        let own = cue.start..after;
        if self.found.iter().any(|f| f.side == Side::Right && clause.is(f.own.start, Class::As))
            && named.is_some()
        {
            let content = self.found.last()?.content.clone();
            return Some(Found {
                speaker,
                cue,
                content,
                act: verb.act,
                hearer: None,
                side: Side::Right,
                own,
            });
        }
        // "announced by", "written by" tell who did it, not what was said.
        if verb.act == Act::Say && verb.takes != Takes::Thing && !ascribes {
            return None;
        }
        if named.is_some() {
            let content = if right.len() >= 3 { right } else { self.chunk_before(cue.start) };
            return Some(Found {
                speaker,
                cue,
                content,
                act: verb.act,
                hearer: None,
                side: Side::Right,
                own,
            })
            .filter(|f| !f.content.is_empty());
        }
        if !ascribes || verb.takes == Takes::Belief || right.len() < 2 {
            return None;
        }
        Some(Found {
            speaker,
            cue,
            content: right,
            act: verb.act,
            hearer: None,
            side: Side::Right,
            own,
        })
    }

    /// The words between the last pause and `end`.
    fn chunk_before(&self, end: usize) -> Range<usize> {
        let mut end = end;
        if end > 0 && self.clause.units[end - 1].is_break() {
            end -= 1;
        }
        let low = end.saturating_sub(30);
        let start =
            (low..end).rev().find(|&i| self.clause.units[i].is_break()).map_or(low, |i| i + 1);
        start..end
    }

    /// "X's claim that …", "a warning by X that …".
    fn noun(&self, i: usize) -> Option<Found> {
        let clause = &self.clause;
        let that = (i + 1..clause.len().min(i + 12))
            .take_while(|&j| !clause.units[j].is_break() && !clause.is_verbal(j))
            .find(|&j| {
                clause.is(j, Class::That) && clause.get(j + 1).is_some_and(|u| !u.is_break())
            })?;
        let content = that + 1..self.right_end(that + 1);
        let speaker = if that > i + 1 {
            let opener = clause.get(i + 1)?;
            if !opener.any(&[Class::By, Class::Preposition]) {
                return None;
            }
            let phrase = clause.phrase_after(i + 2)?;
            if phrase.end != that {
                return None;
            }
            phrase
        } else {
            let low = i.saturating_sub(4);
            let owner = (low..i)
                .rev()
                .take_while(|&j| !clause.units[j].is_break())
                .find(|&j| clause.is(j, Class::Possessive))?;
            if clause.get(owner).is_some_and(|u| u.span.len() <= 4 && !u.is_plain())
                && owner > 0
                && self.is_suffix(owner)
            {
                clause.phrase_before(owner)?
            } else {
                owner..owner + 1
            }
        };
        let own = speaker.start.min(i)..that;
        let speaker = self.speaker(speaker);
        Some(Found {
            speaker,
            cue: i..i + 1,
            content,
            act: Act::Say,
            hearer: None,
            side: Side::Right,
            own,
        })
    }

    /// Whether a possessive is an ending ("'s") rather than a word.
    fn is_suffix(&self, index: usize) -> bool {
        index > 0
            && self.clause.units[index].span.start() == self.clause.units[index - 1].span.end()
    }

    /// "reportedly": the clause around it, told by nobody named.
    fn hearsay(&self) -> Option<Found> {
        let clause = &self.clause;
        let i = (0..clause.len()).find(|&i| clause.is(i, Class::Hearsay))?;
        let low =
            (0..i).rev().find(|&j| matches!(clause.kind(j), Some(Kind::Semicolon | Kind::Open)));
        let start = low.map_or(0, |l| l + 1);
        let content = start..self.right_end(i);
        Some(Found {
            speaker: Speaker::Unstated,
            cue: i..i + 1,
            content,
            act: Act::Say,
            hearer: None,
            side: Side::Both,
            own: i..i + 1,
        })
    }

    /// "Smith: “…”".
    fn colon(&self) -> Option<Found> {
        let clause = &self.clause;
        let colon = (1..clause.len().min(12)).find(|&i| clause.kind(i) == Some(Kind::Colon))?;
        let quoted =
            clause.get(colon + 1).is_some_and(Unit::is_quote) && self.long_quote(colon + 1);
        let phrase = clause.phrase_before(colon).filter(|p| quoted && p.end == colon)?;
        let named = clause.units[phrase.clone()].iter().any(|u| {
            u.capital || u.any(&[Class::Official, Class::Title, Class::PersonPronoun, Class::Body])
        });
        let content = self.quoted_content(colon + 1, Introduced::Yes);
        named.then(|| Found {
            speaker: self.speaker(phrase.clone()),
            cue: colon..colon + 1,
            content,
            act: Act::Say,
            hearer: None,
            side: Side::Right,
            own: phrase.start..colon + 1,
        })
    }

    /// “…” – Anna Smith.
    fn dash(&self) -> Option<Found> {
        let clause = &self.clause;
        let dash = (0..clause.len()).rev().take(8).find(|&i| clause.kind(i) == Some(Kind::Dash))?;
        let end = self.right_end(dash + 1);
        let name = dash + 1..end;
        let named = (1..=5).contains(&name.len())
            && clause.units[name.clone()].iter().all(|u| u.capital && u.is_word());
        let content = 0..dash;
        let quoted = match dash {
            0 => true,
            _ => clause.units[dash - 1].is_quote() && self.long_quote(dash - 1),
        };
        (named && quoted).then(|| Found {
            speaker: self.speaker(name.clone()),
            cue: dash..dash + 1,
            content,
            act: Act::Say,
            hearer: None,
            side: Side::Left,
            own: dash..end,
        })
    }

    fn speaker(&self, phrase: Range<usize>) -> Speaker {
        Speaker::Phrase(phrase)
    }

    /// Whether a quotation is speech and not a word in quotation marks.
    fn long_quote(&self, index: usize) -> bool {
        self.clause.get(index).is_some_and(|u| u.span.len() > 24)
    }

    /// Whether a quotation before its speaker is speech: of more than a word.
    fn is_speech(&self, index: usize) -> bool {
        self.clause.get(index).is_some_and(|u| u.span.len() > 12)
    }

    /// What a quotation at `q` says: itself, or all of its clause where it is only a part of it.
    fn quoted_content(&self, q: usize, introduced: Introduced) -> Range<usize> {
        let end = self.right_end(q);
        let alone = introduced == Introduced::Yes && self.long_quote(q);
        let parted = self.clause.get(q + 1).is_none_or(Unit::is_break);
        if alone && (parted || self.clause.is(q + 1, Class::Coordinator)) || q + 1 >= end {
            return q..q + 1;
        }
        q..end
    }

    /// Whether content may follow the verb without a mark.
    fn may_be_bare(&self, at: usize, verb: Verb) -> bool {
        let Some(unit) = self.clause.get(at) else { return false };
        if unit.form(Form::Gerund) && unit.entry.verb.is_some() || unit.is(Class::By) {
            return false;
        }
        let enough = self.right_end(at).saturating_sub(at) >= 2;
        match verb.takes {
            Takes::Thing => true,
            // "reports of", "said at": a bare preposition begins no clause.
            Takes::Clause if verb.act == Act::Say && unit.is(Class::Preposition) => {
                enough && unit.any(&[Class::Infinitive, Class::Determiner, Class::Clitic])
            }
            Takes::Clause | Takes::Hearer => {
                enough && !unit.any(&[Class::Relative, Class::Coordinator])
            }
            Takes::Quotation => false,
            Takes::Belief => {
                enough && !unit.any(&[Class::Preposition, Class::Coordinator])
                    || unit.is(Class::Infinitive)
            }
        }
    }
}
