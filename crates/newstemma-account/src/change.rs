//! Changes between two aligned passages.
//!
//! In one language the wordings are compared token by token and each place where they part is
//! read ([`crate::version`]). A passage that was written anew shows too many changes to read them
//! one by one; there, and between languages, only what languages share is compared
//! ([`crate::across`]).
//!
//! Precision goes before recall: translators drop, round and turn things around, and none of that
//! is a difference. So a value is never held against nothing.

use crate::across::across;
use crate::context::Context;
use crate::date;
use crate::name::word_counts;
use crate::site::{Reading, Site};
use crate::version::{Version, compare_versions};
use crate::wording::tokens;
use newstemma_model::{Language, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Two aligned passages, by document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bead {
    pub(crate) a: (usize, Span),
    pub(crate) b: (usize, Span),
}

/// What is known of each document beyond the context: found once.
pub(crate) struct Marks {
    /// Spans in quotation marks, by document.
    pub(crate) quoted: Vec<Vec<Span>>,
    /// How often each form stands in a document.
    forms: Vec<BTreeMap<String, usize>>,
}

impl Marks {
    pub(crate) fn of(context: &Context<'_>) -> Marks {
        let texts = || (0..context.material.documents.len()).map(|d| context.text(d));
        let forms = |text: &str| {
            let all = tokens(text, Span::new(0, text.len()));
            word_counts(&all).into_iter().map(|(form, n)| (form.to_owned(), n)).collect()
        };
        Marks {
            quoted: texts().map(crate::quotation::quoted).collect(),
            forms: texts().map(forms).collect(),
        }
    }

    /// Whether a form, odd in its document, stands where others have the right form: the document
    /// itself elsewhere, or another one in its language, or such in three languages.
    pub(crate) fn is_odd(
        &self,
        context: &Context<'_>,
        document: usize,
        odd: &str,
        right: &str,
    ) -> bool {
        if self.count(document, right) > 0 {
            return self.count(document, odd) == 1;
        }
        let language = |d: usize| context.document(d).report.language;
        let with = |form: &str| -> Vec<usize> {
            (0..self.forms.len()).filter(|&d| self.count(d, form) > 0).collect()
        };
        let (odd_in, right_in) = (with(odd), with(right));
        let languages: BTreeSet<Language> = right_in.iter().map(|&d| language(d)).collect();
        odd_in.len() < right_in.len()
            && (languages.contains(&language(document)) || languages.len() >= 3)
    }

    pub(crate) fn count(&self, document: usize, form: &str) -> usize {
        self.forms[document].get(form).copied().unwrap_or(0)
    }
}

/// The changes between the passages of a bead: pairs of sites that contradict each other.
pub(crate) fn changes(context: &Context<'_>, marks: &Marks, bead: &Bead) -> Vec<(Site, Site)> {
    // So are most passages of near-copies.
    if is_word_for_word(context, bead) {
        return Vec::new();
    }
    match compare_versions(context, bead) {
        Some(compared) => {
            let version = Version { context, marks, bead, compared: &compared };
            version.changes()
        }
        None => across(context, marks, bead),
    }
}

/// Whether the passages of a bead are equal, to the letter.
fn is_word_for_word(context: &Context<'_>, bead: &Bead) -> bool {
    let words = |(document, span): (usize, Span)| span.of(context.text(document));
    let language = |(document, span): (usize, Span)| context.language_at(document, span.start());
    words(bead.a) == words(bead.b) && language(bead.a).primary() == language(bead.b).primary()
}

/// Pairs of values, in order, that contradict each other. Where one side has more values than the
/// other nothing can be said about which answers to which.
pub(crate) fn contradicting(
    context: &Context<'_>,
    a: Vec<Site>,
    b: Vec<Site>,
) -> Vec<(Site, Site)> {
    if a.len() != b.len() {
        return Vec::new();
    }
    let pairs = a.into_iter().zip(b);
    pairs
        .filter(|(x, y)| contradict(&x.reading, &y.reading) && !same_digits(context, x, y))
        .collect()
}

/// Whether the same digits stand at both places: dates in digits are read in the order of the
/// language, so that a translator who keeps them seems to change them.
fn same_digits(context: &Context<'_>, a: &Site, b: &Site) -> bool {
    let digits = |site: &Site| -> String {
        let words = site.span.of(context.text(site.document));
        words.chars().filter(char::is_ascii_digit).collect()
    };
    let own = digits(a);
    !own.is_empty() && own == digits(b)
}

fn contradict(a: &Reading, b: &Reading) -> bool {
    match (a, b) {
        (Reading::Date(x), Reading::Date(y)) => x != y && date::comparable(x, y),
        (Reading::Number(_), Reading::Number(_)) | (Reading::Words(_), Reading::Words(_)) => {
            !a.agrees(b)
        }
        _ => false,
    }
}
