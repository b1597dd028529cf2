//! A statement put together: its id, and the figures and dates in its span.

use super::Writer;
use newstemma_model::{Act, Figure, QuoteKind, ResolvedDate, Source, Span, Statement, StatementId};

/// What is known of an ascribed statement.
pub(super) struct Attribution {
    pub(super) source: Source,
    pub(super) cue: Option<Span>,
    pub(super) content: Span,
    pub(super) quote: QuoteKind,
    pub(super) act: Act,
    pub(super) chain: Vec<String>,
}

impl Writer<'_> {
    pub(super) fn statement(&self, span: Span, attribution: Option<Attribution>) -> Statement {
        let report = self.document.report.id;
        let mut statement = Statement::unattributed(StatementId::of(&[]), report, span);
        statement.figures = figures_in(&self.document.figures, span);
        statement.dates = dates_in(self.dates, span);
        if let Some(a) = attribution {
            statement.source = Some(a.source);
            statement.cue = a.cue;
            statement.content = Some(a.content);
            statement.quote = a.quote;
            statement.act = a.act;
            statement.chain = a.chain;
        }
        statement.id = id_of(&statement);
        statement
    }
}

fn figures_in(figures: &[Figure], span: Span) -> Vec<Figure> {
    let from = figures.partition_point(|f| f.span.start() < span.start());
    let inside = figures[from..].iter().take_while(|f| f.span.start() < span.end());
    inside.filter(|f| span.contains(f.span)).cloned().collect()
}

fn dates_in(dates: &[ResolvedDate], span: Span) -> Vec<ResolvedDate> {
    let from = dates.partition_point(|d| d.span.start() < span.start());
    let inside = dates[from..].iter().take_while(|d| d.span.start() < span.end());
    inside.filter(|d| span.contains(d.span)).cloned().collect()
}

fn id_of(statement: &Statement) -> StatementId {
    let mut places = Vec::with_capacity(64);
    let source = statement.source.as_ref().and_then(|s| s.span);
    for span in [Some(statement.span), source, statement.cue, statement.content] {
        let span = span.unwrap_or_default();
        places.extend_from_slice(&(span.start() as u64).to_le_bytes());
        places.extend_from_slice(&(span.end() as u64).to_le_bytes());
    }
    StatementId::of(&[&statement.report.to_bytes(), &places])
}
