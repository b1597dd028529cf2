//! Statements.

use crate::find;
use newstemma_model::{Document, Source, SourceKind, Span, Statement, StatementId};

/// A statement of the outlet itself at these words.
pub fn statement(document: &Document, words: &str) -> Statement {
    let span = find(document, words);
    let report = document.report.id;
    let id = StatementId::of(&[&report.to_bytes(), &(span.start() as u64).to_be_bytes()]);
    Statement::unattributed(id, report, span)
}

/// A statement at these words, said by somebody who may be named in them.
pub fn statement_by(document: &Document, words: &str, name: &str, kind: SourceKind) -> Statement {
    let mut statement = statement(document, words);
    let start = statement.span.start();
    let at = words.find(name).map(|at| Span::new(start + at, start + at + name.len()));
    statement.source = Some(Source { span: at, name: name.into(), kind });
    statement
}
