//! Keeps what was computed for tokens, up to a bound.
//!
//! A few thousand tokens make up most of any text, so that a report of thirty sentences finds
//! nearly all of its tokens here. Entries are pure functions of their token: whether one was found
//! or computed anew changes no result. Two generations bound the size without book-keeping on
//! every look-up: when the young one is full it becomes the old one, and whoever is asked for
//! among the old becomes young again.

use super::token::TokenProducts;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Entries of one generation. An entry is about 15 KB, so that both take 38 MB at most.
const GENERATION: usize = 1_280;

/// What was computed for tokens lately. Shared between threads by reference.
#[derive(Debug, Default)]
pub(crate) struct TokenCache {
    generations: RwLock<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<u32, Arc<TokenProducts>>,
    old: HashMap<u32, Arc<TokenProducts>>,
}

impl TokenCache {
    /// The entries of these tokens, in their order, as far as they are known.
    pub(crate) fn find(&self, tokens: &[u32]) -> Vec<Option<Arc<TokenProducts>>> {
        let mut promoted = Vec::new();
        // A thread that panicked left whole entries behind, never half of one.
        let generations = self.generations.read().unwrap_or_else(PoisonError::into_inner);
        let find = |token| {
            if let Some(products) = generations.young.get(token) {
                return Some(Arc::clone(products));
            }
            let products = Arc::clone(generations.old.get(token)?);
            promoted.push((*token, Arc::clone(&products)));
            Some(products)
        };
        let found = tokens.iter().map(find).collect();
        drop(generations);
        self.insert(promoted);
        found
    }

    /// Remembers these entries.
    pub(crate) fn insert(&self, entries: Vec<(u32, Arc<TokenProducts>)>) {
        if entries.is_empty() {
            return;
        }
        let mut generations = self.generations.write().unwrap_or_else(PoisonError::into_inner);
        for (token, products) in entries {
            if generations.young.len() >= GENERATION {
                generations.old = std::mem::take(&mut generations.young);
            }
            generations.young.insert(token, products);
        }
    }
}
