//! Strings by their beginnings.
//!
//! Problem: which of thousands of words and stems does a word begin with? Asking a map for each
//! beginning of the word costs a search each. Idea: a trie over bytes; the word is followed byte by
//! byte until nothing goes on, which for most words is after two or three. Nodes lie in one array,
//! the edges of one beside each other in another. Cost: a look at a few edges a byte.

use std::collections::BTreeMap;

#[derive(Debug)]
struct Node<T> {
    /// What the string that ends here stands for.
    value: Option<T>,
    /// Its edges: a range of [`Trie::edges`].
    first: u32,
    last: u32,
}

/// Values by strings, to be found by the strings that begin with them.
#[derive(Debug)]
pub(crate) struct Trie<T> {
    nodes: Vec<Node<T>>,
    /// Byte and node, those of one node by byte.
    edges: Vec<(u8, u32)>,
}

impl<T> Trie<T> {
    /// Puts a trie together.
    pub(crate) fn of(values: BTreeMap<String, T>) -> Trie<T> {
        let (keys, mut values): (Vec<String>, Vec<Option<T>>) =
            values.into_iter().map(|(key, value)| (key, Some(value))).unzip();
        let mut trie = Trie { nodes: vec![Node::new()], edges: Vec::new() };
        // For each node that is not finished: its depth and the keys that lead through it.
        let mut ranges = vec![(0, 0..keys.len())];
        let mut node = 0;
        while let Some((depth, mut range)) = ranges.get(node).cloned() {
            if keys.get(range.start).is_some_and(|key| key.len() == depth) {
                trie.nodes[node].value = values[range.start].take();
                range.start += 1;
            }
            trie.nodes[node].first = trie.edges.len() as u32;
            for alike in keys[range.clone()].chunk_by(|a, b| byte(a, depth) == byte(b, depth)) {
                trie.edges.push((byte(&alike[0], depth), trie.nodes.len() as u32));
                trie.nodes.push(Node::new());
                ranges.push((depth + 1, range.start..range.start + alike.len()));
                range.start += alike.len();
            }
            trie.nodes[node].last = trie.edges.len() as u32;
            node += 1;
        }
        trie
    }

    /// The values of all strings that `text` begins with and where in it they end, shortest first.
    pub(crate) fn prefixes<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a T)> {
        let mut node = self.nodes.first();
        let mut end = 0;
        std::iter::from_fn(move || {
            let here = node?;
            let found = (end, &here.value);
            node = text.as_bytes().get(end).and_then(|byte| self.below(here, *byte));
            end += 1;
            Some(found)
        })
        .filter_map(|(end, value)| Some((end, value.as_ref()?)))
    }

    fn below(&self, node: &Node<T>, byte: u8) -> Option<&Node<T>> {
        let edges = &self.edges[node.first as usize..node.last as usize];
        let found = edges.binary_search_by_key(&byte, |(byte, _)| *byte).ok()?;
        self.nodes.get(edges[found].1 as usize)
    }
}

impl<T> Node<T> {
    fn new() -> Node<T> {
        Node { value: None, first: 0, last: 0 }
    }
}

fn byte(key: &str, at: usize) -> u8 {
    key.as_bytes().get(at).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Trie;

    #[test]
    fn strings_are_found_by_what_begins_with_them() {
        let keys = ["порт", "по", "ships", "ship", "s", ""];
        let trie = Trie::of(keys.map(|key| (key.to_owned(), key.len())).into());
        let check = |text: &str, expected: &[usize]| {
            let found: Vec<usize> = trie.prefixes(text).map(|(end, _)| end).collect();
            assert_eq!(found, expected, "{text}");
            assert!(trie.prefixes(text).all(|(end, value)| end == *value));
        };
        check("портовий", &[0, 4, 8]);
        check("shipshape", &[0, 1, 4, 5]);
        check("ship", &[0, 1, 4]);
        check("п", &[0]);
        check("", &[0]);
        assert_eq!(Trie::<u8>::of([].into()).prefixes("x").count(), 0);
    }
}
