//! Names, figures and dates of one report.

use crate::date::dates;
use crate::figure::figures;
use crate::lexicon::Lexicon;
use crate::name::{Line, names};
use crate::token::Tokens;
use newstemma_model::{DateMention, Figure, NameMention, Report, Role, Sentence};

/// Names, figures and dates of one report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// In order of their spans.
    pub names: Vec<NameMention>,
    /// In order of their spans.
    pub figures: Vec<Figure>,
    /// In order of their spans.
    pub dates: Vec<DateMention>,
}

/// Finds the names, figures and dates of a report.
///
/// Boilerplate has none: its numbers and capitals are of the page, not of the report.
pub fn mentions(report: &Report, sentences: &[Sentence]) -> Mentions {
    let mut found = Mentions::default();
    let mut lines = Vec::with_capacity(sentences.len());
    for sentence in sentences.iter().filter(|s| s.role != Role::Boilerplate) {
        let own = sentence.language;
        let language = if own.is_known() { own } else { report.language };
        let lexicon = Lexicon::of(language);
        let tokens = Tokens::of(&report.text, sentence.span, lexicon);
        let mut taken = vec![false; tokens.len()];
        for (mention, used) in dates(lexicon, &tokens) {
            taken[used].fill(true);
            found.dates.push(mention);
        }
        let counted = figures(lexicon, &tokens, &taken);
        for figure in &counted {
            let from = tokens.list.partition_point(|t| t.span.start() < figure.span.start());
            let to = tokens.list.partition_point(|t| t.span.end() <= figure.span.end());
            taken[from..to.max(from)].fill(true);
        }
        found.figures.extend(counted);
        lines.push(Line { lexicon, tokens, taken });
    }
    found.names = names(&lines);
    found
}
