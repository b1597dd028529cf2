//! Names in scripts without capitals: by title, given or family name, or the dot between foreign
//! names.

use super::{Found, Reader};
use crate::lexicon::List;
use crate::token::{Kind, is_hangul, is_katakana};
use newstemma_model::EntityKind;

impl Reader<'_, '_> {
    /// Names in scripts without capitals: a title and the name beside it, foreign names in
    /// Katakana or parted by dots.
    pub(super) fn signs(&self, at: usize, found: &mut Vec<Found>) -> usize {
        let tokens = &self.line.tokens;
        let Some(token) = tokens.get(at) else { return at + 1 };
        if tokens.str(at).chars().all(is_katakana) {
            return self.katakana(at, found);
        }
        if token.kind == Kind::Sign {
            return self.han_or_hangul(at, found);
        }
        let caseless = token.kind == Kind::Word
            && !token.capital
            && tokens
                .str(at)
                .chars()
                .any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
        if caseless { self.caseless(at, found) } else { at + 1 }
    }

    /// Arabic and its like: a title or a given name, then the rest of the name.
    pub(super) fn caseless(&self, at: usize, found: &mut Vec<Found>) -> usize {
        let lexicon = self.line.lexicon;
        let tokens = &self.line.tokens;
        let given = lexicon.find(List::Given, tokens, at);
        let titled = lexicon.find_before(List::Title, tokens, at).is_some();
        let Some(hit) = given else { return at + 1 };
        let mut end = at + hit.length;
        for _ in 0..2 {
            let particle = lexicon.find(List::Particle, tokens, end).map_or(0, |h| h.length);
            let next = end + particle;
            let word = tokens.kind(next) == Some(Kind::Word)
                && !self.is_common(next)
                && !self.is(List::Stop, next)
                && tokens.get(next).is_some_and(|t| t.word == 0 || self.is(List::Given, next));
            if !word || tokens.gap(next).contains('\n') {
                break;
            }
            end = next + 1;
            if !self.is(List::Given, end) && !self.is(List::Particle, end) {
                break;
            }
        }
        if end > at + hit.length || titled {
            self.add(at, end, EntityKind::Person, found);
        }
        end
    }

    /// Runs of Katakana joined by dots, or followed by a title.
    pub(super) fn katakana(&self, at: usize, found: &mut Vec<Found>) -> usize {
        let tokens = &self.line.tokens;
        let mut end = at + 1;
        while matches!(tokens.str(end), "・" | "＝" | "=")
            && tokens.str(end + 1).chars().next().is_some_and(is_katakana)
        {
            end += 2;
        }
        let titled = self.is(List::TitleAfter, end);
        if end > at + 1 || titled {
            self.add(at, end, EntityKind::Person, found);
        }
        end
    }

    /// A family name with a title or dot: "岸田首相", "李强总理", "弗拉基米尔·普京".
    pub(super) fn han_or_hangul(&self, at: usize, found: &mut Vec<Found>) -> usize {
        const NAME_MAX: usize = 4;
        let lexicon = self.line.lexicon;
        let tokens = &self.line.tokens;
        let hangul = tokens.str(at).chars().all(is_hangul);
        if hangul && at > 0 && tokens.is_glued(at) && tokens.kind(at - 1) == Some(Kind::Sign) {
            return at + 1;
        }
        if let Some(family) = lexicon.find(List::Family, tokens, at) {
            for length in (family.length + 1..=NAME_MAX.max(family.length + 2)).rev() {
                let end = at + length;
                let signs = (at..end).all(|i| tokens.kind(i) == Some(Kind::Sign))
                    && (at + 1..end).all(|i| tokens.is_glued(i));
                if signs && self.is(List::TitleAfter, end) && (!hangul || length <= 4) {
                    self.add(at, end, EntityKind::Person, found);
                    return end;
                }
            }
            if lexicon.find_before(List::Title, tokens, at).is_some() && !hangul {
                let end = at + family.length + 1;
                let more = tokens.kind(end) == Some(Kind::Sign) && !self.is(List::Stop, end);
                let end = end + usize::from(more);
                if tokens.kind(end - 1) == Some(Kind::Sign) {
                    self.add(at, end, EntityKind::Person, found);
                    return end;
                }
            }
            if self.is(List::TitleAfter, at + family.length) && family.length > 1 {
                self.add(at, at + family.length, EntityKind::Person, found);
                return at + family.length;
            }
        }
        self.dotted(at, found)
    }

    /// Foreign names in Han with a dot between their parts.
    pub(super) fn dotted(&self, at: usize, found: &mut Vec<Found>) -> usize {
        const PART_MAX: usize = 6;
        let tokens = &self.line.tokens;
        let part = |from: usize| {
            (from..from + PART_MAX)
                .take_while(|&i| tokens.kind(i) == Some(Kind::Sign) && !self.is(List::Stop, i))
                .count()
        };
        let first = part(at);
        if first < 2 || tokens.str(at + first) != "·" {
            return at + 1;
        }
        let second = part(at + first + 1).min(4);
        if second == 0 {
            return at + 1;
        }
        let end = at + first + 1 + second;
        self.add(at, end, EntityKind::Person, found);
        end
    }
}

#[cfg(test)]
mod tests {
    use crate::name::tests::check;
    use newstemma_model::EntityKind::{Person as P, Place as L};

    #[test]
    fn scripts_without_capitals() {
        check(
            "ja",
            "石破首相はキーウでジョン・スミス氏と会った。",
            &[("石破", P), ("キーウ", L), ("ジョン・スミス", P)],
        );
        check("zh", "弗拉基米尔·普京在莫斯科。", &[("弗拉基米尔·普京", P), ("莫斯科", L)]);
        check("ko", "윤석열 대통령은 북한을 비판했다.", &[("윤석열", P), ("북한", L)]);
        check("ar", "قال الرئيس جو بايدن في واشنطن", &[("جو بايدن", P), ("واشنطن", L)]);
    }
}
