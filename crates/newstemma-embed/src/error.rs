//! Why there is no encoder.

/// Why there is no encoder.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EmbedError {
    /// The program was built without the encoder of other languages.
    #[error("the program was built without the encoder of other languages")]
    NotBuiltIn,
    /// An added file cannot be read, as the reason says.
    #[error("{0}")]
    Unreadable(String),
    /// The vectors of a file are not those of the model that the map was fitted for.
    #[error("encoder file holds another model: a test sentence comes to another place, cosine {0}")]
    OtherModel(String),
    /// The bytes are not an encoder file.
    #[error("encoder file does not begin as one")]
    NotAnEncoder,
    /// The file was written by another version of the converter.
    #[error("encoder file has version {found}, this program reads version {known}")]
    Version {
        /// The version in the file.
        found: u32,
        /// The version that this program reads.
        known: u32,
    },
    /// The file was cut off, or a byte of it was changed.
    #[error("encoder file is damaged: checksum {found:08x}, expected {expected:08x}")]
    Checksum {
        /// The checksum of the bytes as they are.
        found: u32,
        /// The checksum in the file.
        expected: u32,
    },
    /// A part of the file is missing or has another size than the encoder needs.
    #[error("encoder file is damaged: {0}")]
    Damaged(&'static str),
}
