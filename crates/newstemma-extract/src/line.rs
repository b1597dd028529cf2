//! Lines of a text, and the signs that each bears of being something else than body.

use crate::agency::Named;
use crate::phrase::{Hit, Kind, Token, phrases, tokens};
use newstemma_language::Script;
use newstemma_model::Span;

/// The lines of a text that hold more than white space, without white space at their ends.
pub(crate) fn lines(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| is_line_end(*c)) {
        found.push(Span::new(start, at).trimmed(text));
        start = at + c.len_utf8();
    }
    found.push(Span::new(start, text.len()).trimmed(text));
    found.retain(|line| !line.is_empty());
    found
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Something about a line that speaks for or against a role. Each has a strength from 0, absent;
/// the table of weights is in [`crate::role`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Begins like a pointer to another article, with a colon or dash behind: "READ ALSO: …".
    TeaserMarked,
    /// The same with a single word, which may head a list or a sentence too: "More: …".
    TeaserMarkedByWord,
    /// Is nothing but such a beginning: "Related articles".
    TeaserWhole,
    /// Begins so and runs on: "Read the full story here".
    TeaserPlain,
    /// Is a line of the site: "Advertisement".
    NoticeWhole,
    /// A short line, by the share of its words that belong to the site.
    NoticeShare,
    /// Speaks of something of the site's and asks for something.
    ThingAndAsk,
    /// Further things of the site's, beyond the first.
    MoreThings,
    /// Further requests.
    MoreAsks,
    /// Share of the words that are things or requests.
    AskDensity,
    /// Begins with a request.
    AskFirst,
    /// Begins with a word for pictures and a mark: "Photo: …".
    PhotoMarked,
    /// Begins with a word for pictures.
    PhotoPlain,
    /// Ends with a word for pictures and a few words after it, or in brackets: "… Foto: …".
    PhotoTail,
    /// Ends with an agency behind a slash or a bracket.
    AgencyTail,
    /// Ends with a photographer in brackets.
    PhotographerTail,
    /// Phrases by which captions describe.
    Scene,
    /// Is nothing but an agency and words of credits.
    CreditWhole,
    /// Is nothing but an agency and names of persons, with a slash or a © between.
    CreditNames,
    /// Begins like a credit ("Source:", "Editing by") and goes on with few words.
    CreditLead,
    /// Is an internal code, an address, a handle.
    Code,
    /// Holds no word at all.
    NoWords,
    /// Is the name of a section.
    SectionWhole,
    /// Is a date or time of publication: numbers, few words.
    Timestamp,
    /// Stands between dashes or asterisks.
    Framed,
    /// Ends without a stop.
    NoStop,
    /// At most twelve words, no stop, no comma at the end.
    Short,
    /// The next line is a paragraph.
    BeforeParagraph,
    /// Is the first line.
    First,
    /// Is the title that came with the text, or repeats or is repeated by its neighbour.
    RepeatsTitle,
    /// Ends with an outlet's name behind a dash or bar.
    OutletSuffix,
    /// No paragraph follows.
    InTail,
    /// Words beyond fifteen, in tens.
    Length,
}

/// Number of [`Sign`]s.
pub(crate) const SIGNS: usize = Sign::Length as usize + 1;

/// The signs of a line with their strengths.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signs([f32; SIGNS]);

impl Default for Signs {
    fn default() -> Signs {
        Signs([0.0; SIGNS])
    }
}

impl Signs {
    /// Strength of a sign.
    pub(crate) fn get(&self, sign: Sign) -> f32 {
        self.0[sign as usize]
    }

    /// Sets the strength of a sign.
    pub(crate) fn set(&mut self, sign: Sign, strength: f32) {
        self.0[sign as usize] = strength;
    }

    fn set_if(&mut self, sign: Sign, present: bool) {
        if present {
            self.set(sign, 1.0);
        }
    }
}

/// Words from which on a line counts as a paragraph.
pub(crate) const PARAGRAPH_WORDS: f32 = 15.0;

/// Lines of more bytes are paragraphs without a look at their words: no insert is so long.
const LINE_BYTES_MAX: usize = 1_200;

/// Least share of things and requests among the words of a notice.
const ASK_DENSITY_MIN: f32 = 0.24;

/// Longest caption, in words, that is known by how it describes.
const SCENE_WORDS_MAX: f32 = 40.0;

/// A line with its signs, as far as it bears them by itself.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Where.
    pub(crate) span: Span,
    /// How many words, about.
    pub(crate) words: f32,
    /// What it bears.
    pub(crate) signs: Signs,
    /// Its words, in a form for comparing; none for long paragraphs.
    pub(crate) forms: Vec<String>,
}

impl Line {
    /// Reads a line of `text`; `named` are the agencies in it.
    pub(crate) fn read(text: &str, span: Span, named: &[Named]) -> Line {
        let line = span.of(text);
        if line.len() > LINE_BYTES_MAX {
            let words = PARAGRAPH_WORDS * 4.0;
            return Line { span, words, signs: Signs::default(), forms: Vec::new() };
        }
        let reading = Reading::new(line, span, named);
        let signs = reading.signs();
        let forms = reading.tokens.into_iter().map(|t| t.form).collect();
        Line { span, words: reading.words, signs, forms }
    }

    /// Whether it is long enough to be a paragraph of the body.
    pub(crate) fn is_paragraph(&self) -> bool {
        self.words >= PARAGRAPH_WORDS
    }
}

/// A line taken apart.
struct Reading<'a> {
    line: &'a str,
    tokens: Vec<Token>,
    hits: Vec<Hit>,
    /// Agencies, as ranges of the line.
    named: Vec<std::ops::Range<usize>>,
    words: f32,
}

impl<'a> Reading<'a> {
    fn new(line: &'a str, span: Span, named: &[Named]) -> Reading<'a> {
        let tokens = tokens(line);
        let hits = phrases(&tokens);
        let within = |n: &Named| n.span.start() - span.start()..n.span.end() - span.start();
        let named = named.iter().map(within).collect();
        let words = tokens.iter().map(|t| t.weight).sum();
        Reading { line, tokens, hits, named, words }
    }

    fn signs(&self) -> Signs {
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
        signs.set_if(Sign::AskFirst, self.hit_at(0, Kind::Ask).is_some());
        if self.words <= 10.0 {
            signs.set(Sign::NoticeShare, self.covered(&[Kind::Notice, Kind::Thing, Kind::Ask]));
        }
    }

    fn add_picture(&self, signs: &mut Signs) {
        let copyright = self.line.trim_start_matches(is_ornament).starts_with('©');
        match self.picture_lead().map(|h| self.after(h)) {
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
        let short = |t: &Token| t.weight == 0.5 || t.form.chars().count() <= 4;
        (first.first <= 1 && articles.into_iter().all(short)).then_some(first)
    }

    fn add_credit(&self, signs: &mut Signs) {
        let unexplained: Vec<&Token> = self
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
    fn explains(&self, index: usize, token: &Token) -> bool {
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

/// Whether a line ends like a sentence, closing quotes and brackets aside.
pub(crate) fn ends_with_stop(line: &str) -> bool {
    let inner =
        line.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»“)]}」』）】›".contains(c));
    let dots = inner.ends_with("...") || inner.ends_with('…');
    !dots
        && inner.ends_with([
            '.', '!', '?', '。', '！', '？', '؟', '।', '۔', '｡', '．', '։', '።', '။', '។',
        ])
}

/// "– Ruhige Nacht –", "*** Update ***".
fn is_framed(line: &str) -> bool {
    const FRAMES: [char; 7] = ['-', '–', '—', '*', '=', '#', '~'];
    let Some(first) = line.chars().next().filter(|c| FRAMES.contains(c)) else { return false };
    let inside = line.trim_matches(|c: char| FRAMES.contains(&c));
    line.ends_with(first) && !inside.trim().is_empty() && inside.chars().count() <= 80
}

/// Codes of editorial systems ("abc-general-02", "nh/kb", "-30-"), addresses, handles, hashtags.
fn is_code(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_address = |w: &&str| {
        w.contains("://")
            || w.starts_with("www.")
            || (w.starts_with(['@', '#']) && w.len() > 1)
            || w.contains(".com/")
            || (w.contains('@') && w.contains('.'))
    };
    if words.iter().all(is_address) {
        return true;
    }
    let [word] = words.as_slice() else { return false };
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let joints = word.bytes().filter(|b| b"-_/".contains(b)).count();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let lower =
        word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_/.".contains(&b));
    let coded = letters > 0 && joints > 0 && (digits > 0 || word.contains('_')) && word.is_ascii();
    let initials =
        lower && word.contains('/') && word.split('/').all(|p| (1..=4).contains(&p.len()));
    coded || initials || matches!(*word, "-30-" | "###" | "ENDS" | "#")
}

/// "Headline – The Outlet", "Überschrift | Blatt".
fn has_outlet_suffix(line: &str) -> bool {
    const MARKS: [&str; 6] = [" – ", " — ", " - ", " | ", " · ", " :: "];
    let cut = MARKS.iter().filter_map(|m| line.rfind(m).map(|at| (at, m.len()))).max();
    let Some((at, mark)) = cut else { return false };
    let (front, outlet) = (&line[..at], &line[at + mark..]);
    let words = outlet.split_whitespace().count();
    front.split_whitespace().count() >= 4 && (1..=4).contains(&words) && is_capitalised(outlet)
}

/// "… (Olena KOVAL)." at the end: a name, part of it in capitals, alone in brackets.
fn has_photographer_tail(line: &str) -> bool {
    let end = line.trim_end_matches(['.', ' ']);
    let Some(inside) = end.strip_suffix([')', '）']) else { return false };
    let Some(at) = inside.rfind(['(', '（']) else { return false };
    let name = inside[at..].trim_start_matches(['(', '（']);
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitals = |w: &&str| {
        w.chars().filter(|c| c.is_uppercase()).count() >= 3
            && w.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
    };
    at > 0
        && (2..=4).contains(&words.len())
        && words.iter().all(|w| is_capitalised(w))
        && !name.contains(|c: char| c.is_numeric())
        && words.iter().any(capitals)
        && !words.iter().all(capitals)
}

fn is_capitalised(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase())
}

/// A word of a name: capitalised, a particle, or of a script without capitals.
fn is_name_word(word: &str) -> bool {
    is_capitalised(word) || word.chars().count() <= 3
}

#[cfg(test)]
mod tests {
    use super::{Line, Sign, lines};
    use crate::agency::named_in;
    use newstemma_model::Span;

    fn check(line: &str, expected: &[Sign]) {
        let span = Span::new(0, line.len());
        let read = Line::read(line, span, &named_in(line));
        for sign in expected {
            assert!(read.signs.get(*sign) > 0.0, "{line}: {sign:?} is missing");
        }
    }

    #[test]
    fn lines_are_parted_at_every_kind_of_end() {
        let text = " Один\r\n\n two \u{2028}三\n";
        let found: Vec<&str> = lines(text).iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["Один", "two", "三"]);
    }

    #[test]
    fn lines_bear_signs() {
        check("► Lesen Sie auch: Fähre wieder unterwegs", &[Sign::TeaserMarked, Sign::NoStop]);
        check("Похожие новости", &[Sign::TeaserWhole]);
        check("Реклама", &[Sign::NoticeWhole]);
        check("请点击这里订阅我们的电子报", &[Sign::ThingAndAsk]);
        check("Der Hafen von oben. Foto: Ana Pires/dpa", &[Sign::PhotoTail]);
        check("IDA VOSS / AFP", &[Sign::CreditNames]);
        check("Mit Material von Reuters und dpa", &[Sign::CreditWhole]);
        check("hafen-lokal-02", &[Sign::Code]);
        check("– Ruhige Nacht –", &[Sign::Framed]);
        check("Il porto visto dal molo (Carla BRUNI).", &[Sign::PhotographerTail]);
        check("Fähre rammt Mole in Nordhafen – Küstenbote", &[Sign::OutletSuffix]);
    }
}
