//! When reports were published that do not say so.
use newstemma_model::{Document, InferredDate, Stemma};

/// Infers when the documents that give no date were published; one entry a document.
pub fn infer_dates(documents: &[&Document], _stemma: &Stemma) -> Vec<Option<InferredDate>> {
    vec![None; documents.len()]
}
