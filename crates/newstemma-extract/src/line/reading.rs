//! A line taken apart into its words, the phrases among them and the agencies it names, and the
//! signs that follow from them.

use super::PARAGRAPH_WORDS;
use super::form::{
    ends_with_stop, has_outlet_suffix, has_photographer_tail, is_capitalised, is_code, is_framed,
    is_name_word,
};
use super::sign::{Sign, Signs};
use crate::agency::Named;
use crate::phrase::{Hit, Kind, Token, phrases, tokens};
use newstemma_language::Script;
use newstemma_model::Span;

/// Least share of things and requests among the words of a notice.
const ASK_DENSITY_MIN: f32 = 0.24;

/// Longest caption, in words, that is known by how it describes.
const SCENE_WORDS_MAX: f32 = 40.0;

/// Longest line, in words, that can tell readers that the rest is not for them.
const GATE_WORDS_MAX: f32 = 25.0;

/// A line taken apart.
pub(super) struct Reading<'a> {
    line: &'a str,
    pub(super) tokens: Vec<Token<'a>>,
    hits: Vec<Hit>,
    /// Agencies, as ranges of the line.
    named: Vec<std::ops::Range<usize>>,
    pub(super) words: f32,
}

impl<'a> Reading<'a> {
    pub(super) fn new(line: &'a str, span: Span, named: &[Named]) -> Reading<'a> {
        let tokens = tokens(line);
        let hits = phrases(&tokens);
        let within = |n: &Named| n.span.start() - span.start()..n.span.end() - span.start();
        let named = named.iter().map(within).collect();
        let words = tokens.iter().map(|t| t.weight).sum();
        Reading { line, tokens, hits, named, words }
    }

    pub(super) fn signs(&self) -> Signs {
        let mut signs = Signs::default();
        self.add_form(&mut signs);
        if self.tokens.is_empty() {
            signs.set(Sign::NoWords, 1.0);
            return signs;
        }
        self.add_teaser(&mut signs);
        self.add_notice(&mut signs);
        self.add_picture(&mut signs);
        self.add_credit(&mut signs);
        signs
    }

    fn add_form(&self, signs: &mut Signs) {
        let stop = ends_with_stop(self.line);
        signs.set_if(Sign::NoStop, !stop);
        let open_end = self.line.ends_with([',', ';', ':', '、', '，', '；', '：', '،']);
        signs.set_if(Sign::Short, self.words <= 12.0 && !stop && !open_end);
        signs.set(Sign::Length, ((self.words - PARAGRAPH_WORDS) / 10.0).clamp(0.0, 8.0));
        signs.set_if(Sign::Framed, is_framed(self.line));
        signs.set_if(Sign::Code, is_code(self.line));
        signs.set_if(Sign::Timestamp, !stop && self.is_timestamp());
        signs.set_if(Sign::OutletSuffix, !stop && has_outlet_suffix(self.line));
    }

    /// "Updated 20 Nov 2024 8:05 GMT": a year or a time of day, another number, few words.
    fn is_timestamp(&self) -> bool {
        let numbers = self.line.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
        let numbers: Vec<&str> = numbers.collect();
        let year =
            numbers.iter().any(|n| n.len() == 4 && (n.starts_with("19") || n.starts_with("20")));
        let time = self.line.as_bytes().windows(4).any(|w| {
            w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit()
        });
        let words = self.words - numbers.len() as f32;
        numbers.len() >= 2 && (year || time) && words <= 6.0 && self.words <= 12.0
    }

    fn add_teaser(&self, signs: &mut Signs) {
        let Some(lead) = self.hit_at(0, Kind::Teaser) else { return };
        let marks = self.after(lead);
        let long = self.is_distinct(lead);
        let colon_near = long && self.has_colon_near(lead);
        match marks {
            After::Nothing => signs.set(Sign::TeaserWhole, 1.0),
            After::Mark if long => signs.set(Sign::TeaserMarked, 1.0),
            After::Mark => signs.set(Sign::TeaserMarkedByWord, 1.0),
            // "See also on The Ferry Post:" heads a list.
            After::Text if long && self.words <= 8.0 && self.line.ends_with([':', '：']) => {
                signs.set(Sign::TeaserWhole, 1.0);
            }
            After::Text if colon_near => signs.set(Sign::TeaserMarked, 1.0),
            After::Text => signs.set_if(Sign::TeaserPlain, long),
        }
    }

    /// Whether a beginning is one of pointers alone: several words, or a long one that names no
    /// section ("Related", not "Analysis").
    fn is_distinct(&self, lead: &Hit) -> bool {
        let letters: usize =
            self.tokens[lead.first..lead.last].iter().map(|t| t.form.chars().count()).sum();
        let dense = self.weight(lead) < (lead.last - lead.first) as f32;
        lead.last - lead.first > 1 && (!dense || letters >= 3)
            || letters >= 7 && self.hit_at(lead.first, Kind::Section).is_none()
    }

    /// "Our article about the ferry: …": a colon a few words behind the beginning.
    fn has_colon_near(&self, lead: &Hit) -> bool {
        const WORDS: usize = 4;
        let from = self.tokens[lead.last - 1].range.end;
        let near = self.tokens.get(lead.last + WORDS).map_or(self.line.len(), |t| t.range.start);
        self.line[from..near].contains([':', '：'])
    }

    fn add_notice(&self, signs: &mut Signs) {
        let whole =
            |kind| self.hit_at(0, kind).is_some_and(|h| matches!(self.after(h), After::Nothing));
        let unfinished = self.line.ends_with(['…', '.'])
            && !ends_with_stop(self.line)
            && self.words <= 4.0
            && self.hit_at(0, Kind::Notice).is_some();
        signs.set_if(Sign::NoticeWhole, whole(Kind::Notice) || unfinished);
        signs.set_if(Sign::SectionWhole, whole(Kind::Section));
        let things = self.count(&[Kind::Thing]);
        let asks = self.count(&[Kind::Ask]);
        let density = self.covered(&[Kind::Thing, Kind::Ask]);
        // News of apps and platforms has both too, but thinly spread.
        let asking = asks > 0.0 && density >= ASK_DENSITY_MIN;
        // A short line that speaks of little else need not ask: "This article is for subscribers".
        let telling = things >= 2.0 && self.words <= 10.0 && density >= 0.45;
        if things > 0.0 && (asking || telling) {
            signs.set(Sign::ThingAndAsk, 1.0);
            signs.set(Sign::MoreThings, (things - 1.0).min(3.0));
            signs.set(Sign::MoreAsks, (asks - 1.0).clamp(0.0, 3.0));
            signs.set(Sign::AskDensity, density);
        }
        // News of paywalls is told in longer sentences.
        let short = self.words <= GATE_WORDS_MAX;
        signs.set_if(Sign::Gate, short && self.hits.iter().any(|h| h.kind == Kind::Gate));
        signs.set_if(Sign::AskFirst, self.hit_at(0, Kind::Ask).is_some());
        if self.words <= 10.0 {
            signs.set(Sign::NoticeShare, self.covered(&[Kind::Notice, Kind::Thing, Kind::Ask]));
        }
    }

    fn add_picture(&self, signs: &mut Signs) {
        let copyright = self.line.trim_start_matches(is_ornament).starts_with('©');
        let lead = self.picture_lead().filter(|h| !self.is_dateline(h));
        match lead.map(|h| self.after(h)) {
            Some(After::Mark) => signs.set(Sign::PhotoMarked, 1.0),
            Some(_) => signs.set(Sign::PhotoPlain, 1.0),
            None => signs.set_if(Sign::PhotoMarked, copyright && self.words <= 8.0),
        }
        let tail = self.hits.iter().any(|h| h.kind == Kind::Photo && self.is_picture_tail(h));
        let copyright_tail = self
            .line
            .rfind('©')
            .is_some_and(|at| at > 0 && self.line[at..].split_whitespace().count() <= 6);
        signs.set_if(Sign::PhotoTail, tail || copyright_tail);
        signs.set_if(Sign::AgencyTail, self.has_agency_tail());
        signs.set_if(Sign::PhotographerTail, has_photographer_tail(self.line));
        if self.words <= SCENE_WORDS_MAX {
            signs.set(Sign::Scene, self.count(&[Kind::Scene]).min(3.0));
        }
    }

    /// The word for pictures that a line begins with, an article before it aside: "Ein Bild".
    fn picture_lead(&self) -> Option<&Hit> {
        let first = self.hits.iter().find(|h| h.kind == Kind::Photo)?;
        let articles = self.tokens[..first.first].iter();
        let short = |t: &Token<'_>| t.weight == 0.5 || t.form.chars().count() <= 4;
        (first.first <= 1 && articles.into_iter().all(short)).then_some(first)
    }

    /// Whether an agency stands before the first sentence of a paragraph: "(Reuters) – The ferry …".
    /// Before a slash it credits a picture.
    fn is_dateline(&self, lead: &Hit) -> bool {
        let range = self.tokens[lead.first].range.start..self.tokens[lead.last - 1].range.end;
        let names = self.named.iter().any(|n| n.start < range.end && range.start < n.end);
        let behind = self.line[range.end..].trim_start_matches([')', '）', ' ']);
        names
            && self.words >= PARAGRAPH_WORDS
            && ends_with_stop(self.line)
            && behind.starts_with(['-', '–', '—', ':', '：'])
    }

    fn add_credit(&self, signs: &mut Signs) {
        let unexplained: Vec<&Token<'_>> = self
            .tokens
            .iter()
            .enumerate()
            .filter(|(i, t)| !self.explains(*i, t))
            .map(|p| p.1)
            .collect();
        let joined = self.line.contains(['/', '©', '|', '／']);
        if !self.named.is_empty() && self.words <= 16.0 {
            signs.set_if(Sign::CreditWhole, unexplained.is_empty());
            let names = unexplained.len() <= 4
                && unexplained.iter().all(|t| is_capitalised(&self.line[t.range.clone()]));
            let sentence = self.line.contains(". ");
            let names = names && joined && !sentence;
            signs.set_if(Sign::CreditNames, names && !unexplained.is_empty());
        }
        let lead = self.hit_at(0, Kind::Credit);
        let bare = lead.is_some_and(|h| h.last == self.tokens.len()) && self.words <= 3.0;
        let letters: usize = self.tokens.iter().map(|t| t.form.chars().count()).sum();
        signs.set_if(Sign::CreditLead, bare && letters >= 6 && signs.get(Sign::NoStop) > 0.0);
        let led = lead.is_some_and(|h| {
            let marked = matches!(self.after(h), After::Mark);
            let rest = &self.tokens[h.last..];
            let names = rest.iter().enumerate().all(|(i, t)| {
                is_name_word(&self.line[t.range.clone()]) || self.explains(h.last + i, t)
            });
            let long = h.last - h.first > 1;
            !rest.is_empty() && self.words <= 14.0 && names && (marked || long || rest.len() <= 3)
        });
        signs.set_if(Sign::CreditLead, led && signs.get(Sign::NoStop) > 0.0);
    }

    /// Whether a word is part of an agency's name, of a word of credits, or an editor's initials.
    fn explains(&self, index: usize, token: &Token<'_>) -> bool {
        let in_name =
            self.named.iter().any(|n| n.start < token.range.end && token.range.start < n.end);
        let in_hit = self.hits.iter().any(|h| {
            matches!(h.kind, Kind::Credit | Kind::Photo | Kind::Agency)
                && (h.first..h.last).contains(&index)
        });
        let word = &self.line[token.range.clone()];
        let initials = word.chars().count() <= 3 && word.chars().all(|c| c.is_ascii_lowercase());
        in_name || in_hit || initials
    }

    /// The phrase of a kind that begins at a token.
    fn hit_at(&self, first: usize, kind: Kind) -> Option<&Hit> {
        self.hits.iter().find(|h| h.first == first && h.kind == kind)
    }

    fn weight(&self, hit: &Hit) -> f32 {
        self.tokens[hit.first..hit.last].iter().map(|t| t.weight).sum()
    }

    /// What stands behind a phrase.
    fn after(&self, hit: &Hit) -> After {
        let rest = &self.line[self.tokens[hit.last - 1].range.end..];
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || ")]}»”\"".contains(c));
        if !trimmed.contains(char::is_alphanumeric) {
            return After::Nothing;
        }
        let spaced = rest.len() > trimmed.len() || !self.line.contains(' ');
        match trimmed.chars().next() {
            Some(':' | '：' | '|' | '｜' | '>' | '»' | '→' | '►' | '▶' | '•' | '·') => {
                After::Mark
            }
            Some('–' | '—' | '-' | '/') if spaced => After::Mark,
            Some('】' | '］' | '」' | '〉' | '》') => After::Mark,
            Some('(' | '[' | '（') => After::Mark,
            _ => After::Text,
        }
    }

    /// How many phrases of these kinds there are that do not overlap.
    fn count(&self, kinds: &[Kind]) -> f32 {
        let mut end = 0;
        let mut count = 0.0;
        for hit in self.hits.iter().filter(|h| kinds.contains(&h.kind)) {
            if hit.first >= end {
                count += 1.0;
                end = hit.last;
            }
        }
        count
    }

    /// Share of the words that phrases of these kinds cover.
    fn covered(&self, kinds: &[Kind]) -> f32 {
        let mut end = 0;
        let mut covered = 0.0;
        for hit in self.hits.iter().filter(|h| kinds.contains(&h.kind)) {
            let first = hit.first.max(end);
            if first < hit.last {
                covered += self.tokens[first..hit.last].iter().map(|t| t.weight).sum::<f32>();
                end = hit.last;
            }
        }
        if self.words > 0.0 { covered / self.words } else { 0.0 }
    }

    /// Whether a word for pictures stands near the end, behind a stop, slash, bar or bracket, with
    /// only a name or two after it: "…. Foto: Ana Pires", "… (Bild: dpa)".
    fn is_picture_tail(&self, hit: &Hit) -> bool {
        let after: f32 = self.tokens[hit.last..].iter().map(|t| t.weight).sum();
        if hit.first == 0 || after > 5.0 {
            return false;
        }
        let start = self.tokens[hit.first].range.start;
        let before = self.line[..start].trim_end();
        let parted = before.ends_with([
            '.', '!', '?', '。', '|', '/', '(', '[', '（', '【', '-', '–', '—', '©', '»', '”', '"',
            '：', '、', '।',
        ]);
        let end = self.tokens[hit.last - 1].range.end;
        let marked = self.line[end..].trim_start().starts_with([':', '：', '/', '©']);
        let named = self.named.iter().any(|n| n.end > end)
            && self.line[end..].chars().filter(|c| c.is_whitespace()).count() <= 3;
        let closes = after == 0.0
            && (before.ends_with(['/', '（', '('])
                || Script::of(self.line[start..].chars().next().unwrap_or(' ')).is_unspaced());
        parted && (marked || named || after <= 3.0)
            || (marked && named)
            || closes && !self.named.is_empty()
    }

    fn has_agency_tail(&self) -> bool {
        let Some(last) = self.named.last() else { return false };
        let behind = &self.line[last.end..];
        let before = self.line[..last.start].trim_end();
        let closed = !behind.contains(char::is_alphanumeric);
        closed && before.ends_with(['/', '|', '©', '／', '•', '·'])
    }
}

enum After {
    Nothing,
    Mark,
    Text,
}

/// Characters that stand before headings without meaning anything.
fn is_ornament(c: char) -> bool {
    !c.is_alphanumeric() && c != '©' && c != '#' && c != '@'
}
