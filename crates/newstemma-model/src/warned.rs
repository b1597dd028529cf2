//! Results with what went wrong on the way to them.

use std::fmt;

/// Something that was passed over, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Warning {
    /// The input: a path, with line or record where there is one.
    pub reference: String,
    /// What was found and what was allowed; lower case, no full stop.
    pub message: String,
}

impl Warning {
    /// A warning about an input.
    pub fn new(reference: impl Into<String>, message: impl Into<String>) -> Warning {
        Warning { reference: reference.into(), message: message.into() }
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
