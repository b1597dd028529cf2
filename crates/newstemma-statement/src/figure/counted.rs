//! What a number counts: the unit, classifier or noun phrase that follows it.

use super::Reader;
use crate::lexicon::List;
use crate::token::{Kind, fold};
use newstemma_model::Span;

/// What follows a number.
#[derive(Clone, Debug)]
pub(super) struct After {
    /// The list of its unit, or of its classifier.
    pub(super) list: Option<List>,
    /// Tokens of unit or classifier.
    pub(super) length: usize,
    /// Which unit.
    pub(super) value: Option<f64>,
    /// The noun, singular.
    pub(super) unit: Option<String>,
    /// The noun phrase.
    pub(super) of: Option<Span>,
}

impl After {
    fn unit(list: List, length: usize, value: Option<f64>) -> After {
        After { list: Some(list), length, value, unit: None, of: None }
    }
}

impl Reader<'_, '_> {
    /// What follows the number: a unit, or a noun phrase.
    pub(super) fn after(&self, end: usize, ordinal: bool) -> After {
        let hyphen = usize::from(self.tokens.str(end) == "-" && self.tokens.is_glued(end + 1));
        let at = end + hyphen;
        if matches!(self.tokens.str(at), "%" | "％" | "٪") {
            return After::unit(List::Percent, 1, None);
        }
        let lists = [List::Clock, List::Percent, List::Currency, List::Duration, List::Measure];
        let of = self.find(List::OfLink, at).map_or(0, |h| h.length);
        let longest = [0, of]
            .into_iter()
            .flat_map(|skip| lists.iter().map(move |&list| (skip, list)))
            .filter_map(|(skip, list)| {
                let hit = self.find(list, at + skip)?;
                // A symbol of one letter is a unit only in its own case and behind the number.
                let text = self.tokens.str(at + skip);
                let short = text.len() == 1 && hit.length == 1 && text != text.to_lowercase();
                (!short).then_some((skip, hit, list))
            })
            .max_by_key(|(skip, hit, _)| (hit.length, std::cmp::Reverse(*skip)));
        if let Some((skip, hit, list)) = longest.filter(|_| !ordinal) {
            return After::unit(list, hyphen + skip + hit.length, Some(hit.value));
        }
        self.counted(at, hyphen)
    }

    /// The noun phrase that is counted.
    pub(super) fn counted(&self, at: usize, hyphen: usize) -> After {
        let class = self.find(List::Classifier, at);
        let class_length = class.map_or(0, |h| h.length);
        let link = self.find(List::OfLink, at).map_or(0, |h| h.length);
        let from = at + class_length.max(link);
        let spelt = class.is_some() && self.tokens.kind(at) == Some(Kind::Word);
        let words = if spelt { Vec::new() } else { self.phrase(from) };
        let mut after = After {
            list: class.map(|_| List::Classifier),
            length: hyphen + class_length,
            value: None,
            unit: None,
            of: None,
        };
        if words.is_empty() {
            if class.is_some() {
                after.unit =
                    Some(self.tokens.span(at, at + class_length).of(self.tokens.text).to_owned());
            }
            return after;
        }
        let head = self.head(&words);
        let end = if self.lexicon.number().head_first { words[words.len() - 1] } else { head };
        if self.tokens.kind(from) == Some(Kind::Sign) {
            let noun = self.tokens.span(words[0], words[words.len() - 1] + 1);
            after.unit = Some(noun.of(self.tokens.text).to_owned());
            after.of = Some(noun);
        } else {
            after.unit = Some(self.singular(self.tokens.str(head)));
            after.of = Some(self.tokens.span(words[0], end + 1));
        }
        after
    }

    /// What is counted, where a bound or a classifier with a bound stands before it: "300'den fazla
    /// itfaiyeci", "300人以上の消防士".
    pub(super) fn counted_behind(&self, end: usize, after: After) -> After {
        let classified = after.list == Some(List::Classifier);
        let bare = (classified || after.list.is_none()) && after.of.is_none();
        let bound = [List::AtLeastAfter, List::AtMostAfter]
            .into_iter()
            .flat_map(|list| [end, end + after.length].map(|at| (list, at)))
            .filter_map(|(list, at)| Some(at + self.find(list, at)?.length))
            .max();
        let Some(from) = bound.filter(|_| bare) else { return after };
        if classified && self.find(List::BeforeNoun, from).is_none() {
            return after;
        }
        let noun = self.counted(from, 0);
        if noun.of.is_none() { after } else { After { unit: noun.unit, of: noun.of, ..after } }
    }

    /// The tokens of the noun phrase from `from`.
    pub(super) fn phrase(&self, from: usize) -> Vec<usize> {
        const WORDS_MAX: usize = 5;
        let mut words = Vec::new();
        let mut at = from;
        while words.len() < WORDS_MAX + 1 {
            let Some(token) = self.tokens.get(at) else { break };
            let hyphen = self.tokens.str(at) == "-" && token.glued && self.tokens.is_glued(at + 1);
            if hyphen && !words.is_empty() {
                at += 1;
                continue;
            }
            let word = matches!(token.kind, Kind::Word | Kind::Sign);
            let stop = self.lexicon.is(List::Stop, self.tokens, at)
                || self.lexicon.is(List::Common, self.tokens, at);
            let before = words.is_empty() && self.lexicon.is(List::BeforeNoun, self.tokens, at);
            // A clause in signs has no spaces to end at, but a space does end it.
            let apart = token.kind == Kind::Sign && !words.is_empty() && !token.glued;
            let number = [List::Crowd, List::Approximate, List::Cardinal]
                .iter()
                .any(|&l| token.kind == Kind::Word && self.lexicon.is(l, self.tokens, at));
            if !word || self.is_taken(at) || stop && !before || apart || number {
                break;
            }
            if !before {
                words.push(at);
            }
            at += 1;
        }
        words
    }

    /// The noun among the words of a phrase.
    pub(super) fn head(&self, words: &[usize]) -> usize {
        let rules = self.lexicon.number();
        let last = words[words.len() - 1];
        if rules.head_first {
            return words[0];
        }
        if !rules.adjectives.is_empty() {
            let adjective = |w: usize| {
                let folded = fold(self.tokens.str(w));
                rules.adjectives.iter().any(|e| folded.ends_with(e))
                    && !rules.irregular.contains_key(&folded)
            };
            return words.iter().copied().find(|&w| !adjective(w)).unwrap_or(last);
        }
        if self.lexicon.name().capital_nouns {
            let noun = |w: &usize| self.tokens.get(*w).is_some_and(|t| t.capital);
            return words.iter().copied().find(noun).unwrap_or(words[0]);
        }
        let plural = |w: &usize| {
            let folded = fold(self.tokens.str(*w));
            !self.tokens.get(*w).is_some_and(|t| t.capital)
                && rules.plurals.iter().any(|[e, s]| e != s && folded.ends_with(e.as_str()))
        };
        words.iter().copied().find(plural).unwrap_or(last)
    }

    pub(super) fn singular(&self, word: &str) -> String {
        let rules = self.lexicon.number();
        let folded = word.to_lowercase();
        let plain = fold(word);
        if let Some(singular) = rules.irregular.get(&folded).or_else(|| rules.irregular.get(&plain))
        {
            return singular.clone();
        }
        for [plural, singular] in &rules.plurals {
            if let Some(stem) = folded.strip_suffix(plural.as_str())
                && (stem.chars().count() >= 2 || plural == &folded)
            {
                return format!("{stem}{singular}");
            }
        }
        folded
    }

    pub(super) fn unit_at(&self, at: usize) -> bool {
        [
            List::Duration,
            List::Measure,
            List::Currency,
            List::Percent,
            List::Multiplier,
            List::Clock,
        ]
        .iter()
        .any(|&list| self.find(list, at).is_some())
    }
}

#[cfg(test)]
mod tests {
    use crate::figure::figures;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{FigureKind, Language, Span};

    #[test]
    fn what_is_counted_is_the_noun() {
        let lexicon = Lexicon::of(Language::parse("en").unwrap_or_default());
        let text = "at least 10,000 North Korean soldiers and 12 villages flooded overnight";
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let found = figures(lexicon, &tokens, &vec![false; tokens.len()]);
        let of: Vec<&str> = found.iter().filter_map(|f| f.of).map(|s| s.of(text)).collect();
        assert_eq!(of, ["North Korean soldiers", "villages"]);
        assert!(found.iter().all(|f| f.kind == FigureKind::Count));
    }
}
