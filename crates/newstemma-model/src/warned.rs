//! Results with what went wrong on the way to them.

use std::fmt;

/// Something that a reader should know about an input, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Warning {
    /// Whether anything is missing.
    pub severity: Severity,
    /// The input: a path, with line or record where there is one.
    pub reference: String,
    /// What was found and what was allowed; lower case, no full stop.
    pub message: String,
}

impl Warning {
    /// Something was passed over that should have been read, or is damaged.
    pub fn new(reference: impl Into<String>, message: impl Into<String>) -> Warning {
        let severity = Severity::Loss;
        Warning { severity, reference: reference.into(), message: message.into() }
    }

    /// Nothing is missing that anybody would have read.
    pub fn note(reference: impl Into<String>, message: impl Into<String>) -> Warning {
        Warning { severity: Severity::Note, ..Warning::new(reference, message) }
    }
}

/// Whether anything is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// No: what is passed over was to be expected (pictures in a web archive, a page that was met twice),
    /// or something was understood that was not declared (an encoding).
    Note,
    /// Yes: something that should have been read was not, or is damaged.
    Loss,
}

impl Severity {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Loss => "warning",
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reference, self.message)
    }
}

/// A value, and what was passed over while making it. A damaged page is data, not failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// What was passed over, in order of the input.
    pub warnings: Vec<Warning>,
}

impl<T> Warned<T> {
    /// A value without any warning.
    pub fn clean(value: T) -> Warned<T> {
        Warned { value, warnings: Vec::new() }
    }

    /// Applies a function to the value and keeps the warnings.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Warned<U> {
        Warned { value: f(self.value), warnings: self.warnings }
    }
}
