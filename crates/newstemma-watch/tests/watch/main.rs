//! The watch against servers on the loopback address that behave, and that do not.

#![allow(clippy::disallowed_methods, reason = "archives are files")]
#![allow(clippy::unwrap_used, reason = "a test that can't be set up has failed")]

mod archives;
mod conditional;
mod guard;
mod kit;
mod lists;
mod misbehaving;
mod politeness;
mod robots;
mod sites;
