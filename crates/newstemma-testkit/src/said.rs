//! Statements.

use crate::find;
use newstemma_model::{Act, Document, QuoteKind, Source, SourceKind, Span, Statement, StatementId};

/// A statement of the outlet itself at these words.
pub fn statement(document: &Document, words: &str) -> Statement {
    let span = find(document, words);
    let report = document.report.id;
    Statement {
        id: StatementId::of(&[&report.to_bytes(), &(span.start() as u64).to_be_bytes()]),
        report,
        span,
        source: None,
        cue: None,
        content: None,
        quote: QuoteKind::None,
        act: Act::Say,
        chain: Vec::new(),
        figures: Vec::new(),
        dates: Vec::new(),
    }
}

/// A statement at these words, said by somebody who may be named in them.
pub fn statement_by(document: &Document, words: &str, name: &str, kind: SourceKind) -> Statement {
    let mut statement = statement(document, words);
    let start = statement.span.start();
    let at = words.find(name).map(|at| Span::new(start + at, start + at + name.len()));
    statement.source = Some(Source { span: at, name: name.into(), kind });
    statement
}
