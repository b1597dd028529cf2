//! Newstemma as a library: the stages, and the pipeline that runs them.
#![forbid(unsafe_code)]

pub use newstemma_account as account;
pub use newstemma_cluster as cluster;
pub use newstemma_derive as derive;
pub use newstemma_embed as embed;
pub use newstemma_extract as extract;
pub use newstemma_ingest as ingest;
pub use newstemma_language as language;
pub use newstemma_model as model;
pub use newstemma_pipeline as pipeline;
pub use newstemma_segment as segment;
pub use newstemma_statement as statement;
pub use newstemma_store as store;
