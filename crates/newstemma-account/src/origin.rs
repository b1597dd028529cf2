//! Where a claim enters the press, and on how many independent origins it stands.
//!
//! The worst fault of an account is to count a copy as a second source, so the count is strict:
//! what cannot be shown to be independent is counted once. `docs/design/origins.md` lists the
//! rules with an example each; the tests below go through them.
//!
//! Each statement of a claim gives an origin ([`entry`]); statements that have one speaker by one
//! way share it ([`gather`]). Origins *meet* if their texts do (their reports are related in the
//! stemma), if their chains do (the same newsroom heard both, or they stand in one report or
//! outlet), or if one speaker stands behind both. What meets is one group (union-find). Groups are
//! then counted ([`count`]), those with a named speaker first, and each only if nothing in it
//! could be the same as anything in a group counted before.
//!
//! Cost: quadratic in the number of *different* origins of one claim, which copies do not raise:
//! statements of related reports with the same speaker are one origin before anything is compared.

mod count;
mod entry;
mod gather;

use crate::context::Context;
use crate::lineage::Lineage;
use count::{count_independent, meetings};
use gather::gather;
use newstemma_model::{Origin, OriginKind};
use std::collections::BTreeSet;

/// The origins of a claim, counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins {
    pub(crate) origins: Vec<Origin>,
    pub(crate) independent: u32,
    pub(crate) unknown_lineage: u32,
}

/// Finds the origins of a claim from its statements.
pub(crate) fn origins(context: &Context<'_>, lineage: &Lineage, statements: &[usize]) -> Origins {
    let found = gather(context, lineage, statements);
    let mut groups = meetings(&found, lineage);
    let independent = count_independent(&found, &mut groups);
    let unknown = found.iter().enumerate().filter(|(_, o)| o.kind() == OriginKind::Unknown);
    let unknown_lineage = {
        let roots: BTreeSet<usize> = unknown.map(|(i, _)| i).map(|i| groups.find(i)).collect();
        roots.len() as u32
    };
    let origins = found.into_iter().map(|o| o.into_origin(context)).collect();
    Origins { origins, independent, unknown_lineage }
}

#[cfg(test)]
mod tests;
