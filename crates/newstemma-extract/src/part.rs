//! Parts of a paragraph that are not its text: kickers and datelines in front, credits behind.

use crate::agency::Named;
use crate::line::{Line, Sign};
use crate::phrase::{Kind, phrases, tokens};
use newstemma_model::{Role, Span};

/// Brackets that credits stand in. Slashes are brackets to Slavic agencies.
pub(crate) const BRACKETS: [(char, char); 7] =
    [('(', ')'), ('[', ']'), ('（', '）'), ('［', '］'), ('【', '】'), ('〔', '〕'), ('/', '/')];

/// Bytes at either end of a paragraph in which a credit is looked for.
const REACH_BYTES: usize = 160;

/// Words before the agency in a dateline: places, a date.
const DATELINE_WORDS_MAX: usize = 10;

/// The kicker in front of a paragraph: a section's name and a dash, "INTERNATIONAL – ".
pub(crate) fn kicker(text: &str, line: Span) -> Option<(Span, Role)> {
    let head = prefix(line.of(text), REACH_BYTES);
    let first: Vec<_> = tokens(head).into_iter().take(8).collect();
    let hit = phrases(&first).into_iter().find(|h| h.first == 0 && h.kind == Kind::Section)?;
    let end = first[hit.last - 1].range.end;
    let name = &head[first[0].range.start..end];
    let cased = name.chars().any(char::is_lowercase);
    let rest = head[end..].trim_start();
    let dash = rest.chars().next().filter(|c| ['–', '—', '-', '|', '/', '•'].contains(c))?;
    let after = &rest[dash.len_utf8()..];
    // "World-class" and "Wirtschaft – so heißt es –" are no kickers.
    let apart = after.starts_with(char::is_whitespace);
    if cased || !apart || after.trim().is_empty() {
        return None;
    }
    let length = head.len() - after.len();
    Some((Span::new(line.start(), line.start() + length), Role::Boilerplate))
}

/// The dateline in front of a paragraph, if it names an agency: "PARIS (Reuters) – ",
/// "МОСКВА, 20 ноября. /ТАСС/.", "(서울=연합뉴스) 홍길동 기자 = ", "新华社北京11月20日电".
pub(crate) fn dateline(text: &str, line: Span, named: &[Named]) -> Option<(Span, Role)> {
    let agency = named.first().filter(|n| n.span.start() < line.start() + REACH_BYTES)?;
    let whole = line.of(text);
    let start = agency.span.start() - line.start();
    let end = agency.span.end() - line.start();
    let length = in_brackets(whole, start, end)
        .or_else(|| between_dashes(whole, start, end))
        .or_else(|| before_wire_mark(whole, start, end))?;
    // A paragraph that is nothing but a dateline is a credit line, which is seen as a whole.
    (length < whole.len()).then(|| (Span::new(line.start(), line.start() + length), Role::Credit))
}

/// "Ort (Agentur) - ": places, brackets with the agency in them, a mark.
fn in_brackets(line: &str, start: usize, end: usize) -> Option<usize> {
    let before = &line[..start];
    let (open, close) = before
        .char_indices()
        .rev()
        .find_map(|(at, c)| BRACKETS.iter().find(|b| b.0 == c).map(|b| (at, b.1)))?;
    let inside = prefix(&line[end..], REACH_BYTES);
    let closed = end + inside.find(close)? + close.len_utf8();
    if line[open..closed].chars().count() > 60 || !is_place_and_date(&line[..open]) {
        return None;
    }
    let tail = &line[closed..];
    let mark = mark_length(tail).or_else(|| byline_length(tail));
    match mark {
        Some(length) => Some(closed + length),
        None => (open == 0).then_some(closed),
    }
}

/// "МОСКВА, 20 ноя — РИА Новости. ", "Londres, EFE.- ".
fn between_dashes(line: &str, start: usize, end: usize) -> Option<usize> {
    let before = line[..start].trim_end();
    let parted = before.ends_with(['—', '–', '-', ',', '.', '=', '＝']);
    if !parted || !is_place_and_date(before.trim_end_matches(['—', '–', '-', '=', '＝'])) {
        return None;
    }
    let capitals = before.chars().take_while(|c| !c.is_whitespace()).all(|c| !c.is_lowercase());
    let tail = &line[end..];
    let length = mark_length(tail)?;
    let strong = tail.trim_start().starts_with(['—', '–', '-']) || tail.starts_with(".-");
    (capitals || strong).then_some(end + length)
}

/// "新华社北京11月20日电（记者…）": the agency first, then a place and a day, then the mark of a wire.
fn before_wire_mark(line: &str, start: usize, end: usize) -> Option<usize> {
    if start > 3 {
        return None;
    }
    let near: Vec<(usize, char)> = line[end..].char_indices().take(24).collect();
    let (at, mark) = near.iter().copied().find(|(_, c)| ['电', '電', '讯', '訊'].contains(c))?;
    let has_day = near.iter().any(|(i, c)| *i < at && (*c == '日' || c.is_numeric()));
    let mut length = end + at + mark.len_utf8();
    if !has_day {
        return None;
    }
    let rest = line[length..].trim_start();
    if let Some(inside) = rest.strip_prefix(['（', '(']) {
        let close = prefix(inside, 120).find(['）', ')'])?;
        let closing = inside[close..].chars().next().map_or(1, char::len_utf8);
        length = line.len() - inside.len() + close + closing;
    }
    Some(length)
}

/// The length of a dash or its like behind a dateline, spaces included.
fn mark_length(tail: &str) -> Option<usize> {
    let trimmed = tail.trim_start();
    let rest = trimmed.trim_start_matches(['.', ':', ',', '：']);
    let mut marked = rest.len() < trimmed.len();
    let after = rest.trim_start();
    let rest = after.trim_start_matches(['-', '–', '—', '―', '−', '=', '＝', '|']);
    marked |= rest.len() < after.len();
    marked.then(|| tail.len() - rest.trim_start().len())
}

/// " 홍길동 기자 = ": the reporter between the agency and the text.
fn byline_length(tail: &str) -> Option<usize> {
    let near = prefix(tail, 60);
    let at = near.find(['=', '＝'])?;
    let mark = near[at..].chars().next().map_or(1, char::len_utf8);
    let words = near[..at].split_whitespace().count();
    let after = &tail[at + mark..];
    (words <= 5).then(|| tail.len() - after.trim_start().len())
}

/// Whether what stands before an agency can be places and a date: few words, each capitalised, a
/// number, short, or of a script without capitals.
fn is_place_and_date(before: &str) -> bool {
    let words: Vec<&str> = before.split_whitespace().collect();
    let fits = |word: &&str| {
        let first = word.chars().find(|c| c.is_alphanumeric());
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        first.is_none_or(|c| !c.is_lowercase()) || letters <= 3
    };
    let months = words.iter().filter(|w| !fits(w)).count();
    let sentence = before.contains(['!', '?', '。', '"', '“', '«', '„']);
    before.chars().count() <= 60 && words.len() <= DATELINE_WORDS_MAX && months <= 1 && !sentence
}

/// The credit behind a paragraph: "… (AFP)", "… /ТАСС/", "… sagte er. dpa", "… — EFE".
pub(crate) fn closing_credit(text: &str, line: Span, named: &[Named]) -> Option<(Span, Role)> {
    let agency = named.last().filter(|n| n.span.end() + REACH_BYTES > line.end())?;
    let whole = line.of(text);
    let start = agency.span.start() - line.start();
    let from = bracket_before_end(whole, start)
        .or_else(|| mark_before_end(whole, agency.span.end() - line.start()))?;
    let span = Span::new(line.start() + from, line.end());
    let inside: Vec<Named> =
        named.iter().filter(|n| n.span.start() >= span.start()).copied().collect();
    let read = Line::read(text, span, &inside);
    let credit = read.signs.get(Sign::CreditWhole) > 0.0 && read.words <= 8.0;
    (credit && from > 0).then_some((span, Role::Credit))
}

/// Where the brackets open that close the line and hold the agency.
fn bracket_before_end(line: &str, agency_start: usize) -> Option<usize> {
    let end = line.trim_end_matches(['.', '。', ' ']);
    let (open, close) = BRACKETS.iter().find(|b| end.ends_with(b.1))?;
    let inside = &end[..end.len() - close.len_utf8()];
    let at = inside.rfind(*open)?;
    (at <= agency_start && end.len() - at <= REACH_BYTES).then_some(at)
}

/// Where a credit begins that stands behind the last stop: "… sagte er. dpa", "… — EFE".
fn mark_before_end(line: &str, agency_end: usize) -> Option<usize> {
    if line[agency_end..].contains(char::is_alphanumeric) {
        return None;
    }
    let from = line.len() - suffix(line, REACH_BYTES).len();
    let body = &line[from..agency_end];
    let cut = body
        .char_indices()
        .rev()
        .find(|(_, c)| ['.', '!', '?', '。', '»', '”', '"', '“', '।', '؟', '—', '–'].contains(c));
    let (at, mark) = cut?;
    let dash = ['—', '–'].contains(&mark);
    let after = from + at + mark.len_utf8();
    let spaced = line[after..].starts_with(char::is_whitespace);
    let begin = if dash { from + at } else { after };
    let rest = &line[begin..];
    let padded = rest.len() - rest.trim_start().len();
    spaced.then_some(begin + padded)
}

/// The first bytes of a text, whole characters only.
fn prefix(text: &str, bytes_max: usize) -> &str {
    &text[..text.floor_char_boundary(bytes_max.min(text.len()))]
}

/// The last bytes of a text, whole characters only.
fn suffix(text: &str, bytes_max: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(bytes_max))..]
}

#[cfg(test)]
mod tests {
    use super::{closing_credit, dateline, kicker};
    use crate::agency::named_in;
    use newstemma_model::Span;

    fn check_dateline(line: &str, expected: &str) {
        let span = Span::new(0, line.len());
        let found = dateline(line, span, &named_in(line)).map(|p| p.0.of(line));
        assert_eq!(found.unwrap_or(""), expected, "{line}");
    }

    fn check_closing(line: &str, expected: &str) {
        let span = Span::new(0, line.len());
        let found = closing_credit(line, span, &named_in(line)).map(|p| p.0.of(line));
        assert_eq!(found.unwrap_or(""), expected, "{line}");
    }

    #[test]
    fn datelines_of_many_agencies() {
        check_dateline("NORDHAFEN (Reuters) - A ferry", "NORDHAFEN (Reuters) - ");
        check_dateline("(dpa) – Eine Fähre", "(dpa) – ");
        check_dateline("Nordhafen/Berlin (dpa/AFP) - Eine", "Nordhafen/Berlin (dpa/AFP) - ");
        check_dateline("Puerto Viejo, 20 nov (EFE).- Un", "Puerto Viejo, 20 nov (EFE).- ");
        check_dateline("МОРСЬК, 20 ноября. /ТАСС/. Паром", "МОРСЬК, 20 ноября. /ТАСС/. ");
        check_dateline("МОРСК, 20 ноя — РИА Новости. Паром", "МОРСК, 20 ноя — РИА Новости. ");
        check_dateline("القاهرة (رويترز) - قالت", "القاهرة (رويترز) - ");
        check_dateline("新华社海港11月20日电（记者王五）一艘", "新华社海港11月20日电（记者王五）");
        check_dateline("【北港＝共同】フェリーが", "【北港＝共同】");
        check_dateline("(북항=연합뉴스) 홍길동 기자 = 여객선이", "(북항=연합뉴스) 홍길동 기자 = ");
        check_dateline("İSKELE (AA) - Feribot", "İSKELE (AA) - ");
    }

    #[test]
    fn sentences_that_name_an_agency_have_no_dateline() {
        check_dateline("A spokesman told Reuters on Monday – after a pause – that", "");
        check_dateline("Wie Reuters (London) meldet, fuhr", "");
        check_dateline("The minister (speaking to AFP) said", "");
    }

    #[test]
    fn credits_behind_paragraphs() {
        check_closing("Der Hafen bleibt zu. (dpa)", "(dpa)");
        check_closing("Порт закрыто. /ТАСС/", "/ТАСС/");
        check_closing("Der Hafen bleibt zu, sagte sie. dpa", "dpa");
        check_closing("港口已关闭。（新华社）", "（新华社）");
        check_closing("El puerto sigue cerrado. — EFE", "— EFE");
        check_closing("Le port est fermé. (avec AFP et Reuters)", "(avec AFP et Reuters)");
        check_closing("Das sagte er der dpa.", "");
        check_closing("She spoke to Reuters (whose office is near AFP).", "");
    }

    #[test]
    fn kickers_are_in_capitals() {
        let check = |line: &str, expected: &str| {
            let found = kicker(line, Span::new(0, line.len())).map(|p| p.0.of(line));
            assert_eq!(found.unwrap_or(""), expected, "{line}");
        };
        check("POLITIK – Der Rat tagt", "POLITIK –");
        check("ПОЛИТИКА — Совет", "ПОЛИТИКА —");
        check("World-class ferries", "");
        check("Sport - das ist", "");
    }
}
