//! What the form of a line tells, whatever its words.

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
pub(super) fn is_framed(line: &str) -> bool {
    const FRAMES: [char; 7] = ['-', '–', '—', '*', '=', '#', '~'];
    let Some(first) = line.chars().next().filter(|c| FRAMES.contains(c)) else { return false };
    let inside = line.trim_matches(|c: char| FRAMES.contains(&c));
    line.ends_with(first) && !inside.trim().is_empty() && inside.chars().count() <= 80
}

/// Codes of editorial systems ("abc-general-02", "nh/kb", "-30-"), addresses, handles, hashtags.
pub(super) fn is_code(line: &str) -> bool {
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
pub(super) fn has_outlet_suffix(line: &str) -> bool {
    const MARKS: [&str; 6] = [" – ", " — ", " - ", " | ", " · ", " :: "];
    let cut = MARKS.iter().filter_map(|m| line.rfind(m).map(|at| (at, m.len()))).max();
    let Some((at, mark)) = cut else { return false };
    let (front, outlet) = (&line[..at], &line[at + mark..]);
    let words = outlet.split_whitespace().count();
    front.split_whitespace().count() >= 4 && (1..=4).contains(&words) && is_capitalised(outlet)
}

/// "… (Olena KOVAL)." at the end: a name, part of it in capitals, alone in brackets.
pub(super) fn has_photographer_tail(line: &str) -> bool {
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

pub(super) fn is_capitalised(word: &str) -> bool {
    let first = word.chars().find(|c| c.is_alphanumeric());
    first.is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase())
}

/// A word of a name: capitalised, a particle, or of a script without capitals.
pub(super) fn is_name_word(word: &str) -> bool {
    is_capitalised(word) || word.chars().count() <= 3
}
