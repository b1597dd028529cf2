//! What belongs to the sentence it closes: quotation marks and brackets after a stop.
//!
//! A closing mark of one language opens in another (» and “ do both), and straight marks do both
//! in all. What decides is what stands around: a mark right after a stop closes if white space,
//! punctuation or nothing follows; if a letter follows, it closes only if a mark is open.

use crate::chars::{char_at, goes_on, is_closing_bracket, is_stop};

/// Quotation marks that are open at a place of a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OpenQuotes {
    straight: bool,
    low: bool,
    right_guillemet: bool,
    left_guillemet: bool,
}

impl OpenQuotes {
    /// Takes note of a character that was passed.
    pub(crate) fn pass(&mut self, c: char) {
        match c {
            '"' | '＂' => self.straight = !self.straight,
            '„' | '‚' => self.low = true,
            '“' | '”' | '‘' => self.low = false,
            // Guillemets point outwards in most languages, inwards in some: the first decides.
            '«' | '‹' if self.right_guillemet => self.right_guillemet = false,
            '«' | '‹' => self.left_guillemet = true,
            '»' | '›' if self.left_guillemet => self.left_guillemet = false,
            '»' | '›' => self.right_guillemet = true,
            _ => {}
        }
    }

    /// Whether a mark that can open or close would close here.
    fn closes(&self, c: char) -> bool {
        match c {
            '"' | '＂' => self.straight,
            '“' | '‘' => self.low,
            '«' | '‹' => self.right_guillemet,
            _ => false,
        }
    }
}

/// Any quotation mark.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '«'
            | '»'
            | '‹'
            | '›'
            | '„'
            | '‚'
            | '“'
            | '”'
            | '‟'
            | '‘'
            | '’'
            | '‛'
            | '「'
            | '」'
            | '『'
            | '』'
            | '《'
            | '》'
            | '〈'
            | '〉'
            | '〝'
            | '〞'
            | '〟'
            | '＂'
            | '״'
    )
}

/// Marks that close wherever they stand directly after a stop.
fn always_closes(c: char) -> bool {
    is_closing_bracket(c)
        || matches!(c, '”' | '’' | '»' | '›' | '」' | '』' | '》' | '〉' | '〞' | '〟')
}

/// Marks that close or open.
fn may_close(c: char) -> bool {
    matches!(c, '"' | '\'' | '＂' | '“' | '‘' | '«' | '‹' | '״')
}

/// End of the closing marks, and of stops between and after them, that follow a stop at `at`.
pub(crate) fn closers_end(text: &str, at: usize, open: &mut OpenQuotes) -> usize {
    let mut end = at;
    while let Some(c) = char_at(text, end) {
        let after = end + c.len_utf8();
        let closes = always_closes(c)
            || (end > at && is_stop(c))
            || (may_close(c) && (nothing_begins(text, after) || open.closes(c)));
        if closes {
            open.pass(c);
            end = after;
            continue;
        }
        match spaced_closer(text, end, open) {
            Some(after) => end = after,
            None => break,
        }
    }
    end
}

/// End of a mark that closes after a space, as French guillemets do.
fn spaced_closer(text: &str, at: usize, open: &mut OpenQuotes) -> Option<usize> {
    let mut rest = text[at..].chars();
    let (space, mark) = (rest.next()?, rest.next()?);
    let is_space = matches!(space, ' ' | '\u{00A0}' | '\u{202F}' | '\u{2009}');
    let after = at + space.len_utf8() + mark.len_utf8();
    let closes = match mark {
        '»' | '›' => open.left_guillemet || !open.right_guillemet,
        '"' => open.straight,
        '”' => true,
        _ => false,
    };
    let doubled = char_at(text, after).is_some_and(is_quote);
    if !(is_space && closes && nothing_begins(text, after)) || doubled {
        return None;
    }
    open.pass(mark);
    Some(after)
}

/// Whether at `at` there is nothing, white space or punctuation, but no word.
fn nothing_begins(text: &str, at: usize) -> bool {
    char_at(text, at).is_none_or(|c| {
        c.is_whitespace() || goes_on(c) || is_stop(c) || is_closing_bracket(c) || is_quote(c)
    })
}

#[cfg(test)]
mod tests {
    use super::{OpenQuotes, closers_end};

    /// The text up to `|` has been read; what closes is between `|` and `¦`.
    fn check(marked: &str) {
        let at = marked.find('|').unwrap();
        let end = marked.find('¦').unwrap() - 1;
        let text: String = marked.chars().filter(|c| !matches!(c, '|' | '¦')).collect();
        let mut open = OpenQuotes::default();
        text[..at].chars().for_each(|c| open.pass(c));
        assert_eq!(closers_end(&text, at, &mut open), end, "{marked}");
    }

    #[test]
    fn marks_that_close_a_sentence_belong_to_it() {
        check("“It is afloat.|”¦ Nobody");
        check("\"It is afloat.|\"¦ Nobody");
        check("\"It is afloat.|\"¦Nobody");
        check("„Es schwimmt.|“¦ Niemand");
        check("« Il flotte.| »¦ Personne");
        check("« Il flotte !|\u{A0}»¦, dit-elle");
        check("»Es schwimmt.|«¦ Niemand");
        check("(It is afloat.|)¦ Nobody");
        check("“It is ‘afloat.|’”¦ Nobody");
        check("「浮いた。|」¦と述べた");
        check("Afloat?|”.¦ Nobody");
    }

    #[test]
    fn marks_that_open_the_next_sentence_do_not() {
        check("It is afloat.|¦ “Nobody");
        check("It is afloat.|¦ \"Nobody");
        check("It is afloat.|¦“Nobody");
        check("Il flotte.|¦ « Personne");
        check("Es schwimmt.|¦ »Niemand");
    }
}
