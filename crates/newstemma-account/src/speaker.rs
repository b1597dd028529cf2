//! Who speaks, and whether two speakers can be told apart.
//!
//! The rules are strict: two speakers are [`Identity::Different`] only if the texts show that
//! they are. `docs/design/origins.md` has them in a table with an example each.

use crate::context::{Context, folded};
use newstemma_model::{EntityId, EntityKind, Source, SourceKind};
use std::collections::BTreeSet;

/// Somebody or something that speaks in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Speaker {
    pub(crate) kind: SourceKind,
    pub(crate) name: String,
    /// The name as it is compared.
    folded: String,
    /// The entities that are named in the words for the speaker.
    pub(crate) named: BTreeSet<EntityId>,
    /// Of these, the places: states and cities that stand for those who rule there.
    places: BTreeSet<EntityId>,
    /// Whether a name of somebody or something stands in the words at all.
    is_named: bool,
}

/// Whether two speakers are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// They are.
    Same,
    /// Nothing shows that they are two.
    Open,
    /// They are two.
    Different,
}

impl Speaker {
    /// The speaker that a source in a document names.
    pub(crate) fn of(context: &Context<'_>, document: usize, source: &Source) -> Speaker {
        let mut named = BTreeSet::new();
        let mut places = BTreeSet::new();
        let mut is_named = false;
        let whole = context.entity_of(&source.name);
        named.extend(whole);
        let names = context.names(document);
        // A resolved pronoun has its name from elsewhere in the report.
        let elsewhere = names.spelt_in(&source.name);
        let inside = source.span.into_iter().flat_map(|span| names.inside(span));
        for mention in inside.chain(elsewhere) {
            is_named = true;
            if let Some(entity) = context.entity_at(document, mention) {
                named.insert(entity);
                if mention.kind == EntityKind::Place {
                    places.insert(entity);
                }
            }
        }
        if let Some(entity) = whole {
            is_named = true;
            let known = context.material.entities.iter().find(|e| e.id == entity);
            if known.is_some_and(|e| e.kind == EntityKind::Place) {
                places.insert(entity);
            }
        }
        is_named |= source.kind == SourceKind::Person;
        let folded = folded(&source.name);
        Speaker { kind: source.kind, name: source.name.clone(), folded, named, places, is_named }
    }

    /// Whether two speakers are one, two, or can't be told apart.
    pub(crate) fn identity(&self, other: &Speaker) -> Identity {
        use SourceKind::{AnonymousOfficial, Body, Document, Outlet, Person, Unstated};
        match (self.kind, other.kind) {
            (Unstated, _) | (_, Unstated) => Identity::Open,
            (Outlet, Outlet) | (Person, Person) => {
                if self.shares_a_name(other) {
                    Identity::Same
                } else {
                    Identity::Different
                }
            }
            (Outlet, _) | (_, Outlet) => Identity::Different,
            (AnonymousOfficial, AnonymousOfficial) => {
                if self.of_other_places(other) {
                    Identity::Different
                } else {
                    Identity::Same
                }
            }
            (AnonymousOfficial, Person) | (Person, AnonymousOfficial) => Identity::Different,
            (Body, Body) | (Document, Document) => self.bodies(other),
            (AnonymousOfficial | Document, _) | (_, AnonymousOfficial | Document) => {
                if self.of_other_places(other) { Identity::Different } else { Identity::Open }
            }
            // A state or body speaks through persons, and a name does not say whose they are.
            (Body, Person) | (Person, Body) => Identity::Open,
        }
    }

    fn bodies(&self, other: &Speaker) -> Identity {
        if self.shares_a_name(other) {
            return Identity::Same;
        }
        // "Experts", "NGOs": a group without a name may be or hold any named one. A place and an
        // organisation that sits there may be one power under two names.
        let unclear = !self.is_named || !other.is_named;
        if unclear || self.places.is_empty() != other.places.is_empty() {
            return Identity::Open;
        }
        Identity::Different
    }

    fn shares_a_name(&self, other: &Speaker) -> bool {
        self.folded == other.folded
            || !self.named.is_disjoint(&other.named)
            || is_part(&self.folded, &other.folded)
            || is_part(&other.folded, &self.folded)
    }

    fn of_other_places(&self, other: &Speaker) -> bool {
        !self.places.is_empty()
            && !other.places.is_empty()
            && self.places.is_disjoint(&other.places)
    }
}

/// Whether the words of one name all stand in the other, and the last of it is among them: a
/// surname beside a full name.
fn is_part(part: &str, whole: &str) -> bool {
    let words: BTreeSet<&str> = whole.split(' ').collect();
    !part.is_empty() && part.split(' ').all(|word| words.contains(word))
}
