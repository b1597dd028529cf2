//! Versioned records, their writers and their JSON Schema.
#![forbid(unsafe_code)]
