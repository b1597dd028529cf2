//! Whether two reports are worth comparing.
//!
//! It is a property of the two alone, so that a third report neither brings a pair together nor keeps it
//! apart. A pair that shares nothing but what every day brings (a city, a weekday, the words of a court
//! report) would cost a comparison and end in a score that is not kept, and such pairs are most of those
//! that share anything. So what two share is weighed before they are compared: the signs of their mean
//! vectors may differ by so much, and by more for each name and rare word that they share. What is told
//! days later must be nearer, for the [score](crate::score) will have it so.
//!
//! The figures are chosen on ecbplus, wikinews-events, ntrex-stream and tgcontest-pairs (dev), where the
//! stories are as good as if it were enough to share two keys, or to have near vectors; what they save
//! stands in bench/collection. What is told in two languages may differ as much as ever: such pairs are
//! few, and stories of several languages hang on them.

/// Signs by which the vectors of two reports of one day may differ that share nothing: as they do where
/// the product is .63.
const DIFFER_MAX: u32 = 145;
/// Tellings in two languages differ more, and share no words.
const LANGUAGES_MORE: u32 = 45;
/// Who names nobody can't share a name.
const NAMELESS_MORE: u32 = 15;
/// For each shared name, of so many.
const NAME_MORE: u32 = 25;
const NAMES_MAX: u32 = 3;
/// For each shared word, of so many.
const WORD_MORE: u32 = 10;
const WORDS_MAX: u32 = 4;
/// For each, if one of the two names nobody: then words are all there is.
const NAMELESS_WORD_MORE: u32 = 25;
/// For each doubling of the days between the two.
const LATER_LESS: u32 = 15;
/// Runs of words that are shared by copies and never by chance: about those of a sentence.
pub(crate) const RUNS_MIN: u32 = 2;

/// What two reports have in common that are to be compared, or not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Common {
    /// Names that both have among those by which they are found.
    pub(crate) names: u32,
    pub(crate) is_one_language: bool,
    /// Whether both name enough for it to be strange that they share no name.
    pub(crate) are_named: bool,
    /// Between their publications; 0 if either does not say when.
    pub(crate) days: u32,
}

impl Common {
    /// By how many signs they may differ, whatever their words.
    pub(crate) fn differ_max(self) -> u32 {
        let more = NAME_MORE * self.names.min(NAMES_MAX)
            + if self.is_one_language { 0 } else { LANGUAGES_MORE }
            + if self.are_named { 0 } else { NAMELESS_MORE };
        (DIFFER_MAX + more).saturating_sub(LATER_LESS * (1 + self.days).ilog2())
    }

    /// By how many more if they share words. Those of strangers do not count, who both name somebody, but
    /// nobody in common: there are a dozen court reports every day, each like the others in all but the
    /// names.
    pub(crate) fn more_for_words(self, shared: impl FnOnce() -> usize) -> u32 {
        let are_strangers = self.are_named && self.names == 0;
        if are_strangers || !self.is_one_language {
            return 0;
        }
        let more = if self.are_named { WORD_MORE } else { NAMELESS_WORD_MORE };
        more * (shared() as u32).min(WORDS_MAX)
    }

    /// By how many more at most.
    pub(crate) fn more_max(self) -> u32 {
        self.more_for_words(|| usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::Common;

    const STRANGERS: Common = Common { names: 0, is_one_language: true, are_named: true, days: 0 };

    fn differ_max(common: Common, words: usize) -> u32 {
        common.differ_max() + common.more_for_words(|| words)
    }

    #[test]
    fn who_shares_names_and_words_may_be_told_in_other_words() {
        let neighbours = Common { names: 1, ..STRANGERS };
        assert!(differ_max(neighbours, 0) > differ_max(STRANGERS, 0));
        assert!(differ_max(neighbours, 2) > differ_max(neighbours, 1));
        assert_eq!(differ_max(neighbours, 4), neighbours.differ_max() + neighbours.more_max());
    }

    #[test]
    fn the_words_of_strangers_do_not_count() {
        assert_eq!(differ_max(STRANGERS, 4), differ_max(STRANGERS, 0));
        let nameless = Common { are_named: false, ..STRANGERS };
        assert!(differ_max(nameless, 4) > differ_max(nameless, 0));
    }

    #[test]
    fn what_is_told_later_must_be_nearer() {
        let later = |days| differ_max(Common { names: 1, days, ..STRANGERS }, 2);
        assert!([0, 1, 3, 7, 15, 30].is_sorted_by(|&x, &y| later(x) >= later(y)));
        assert!(later(30) < later(0));
    }
}
