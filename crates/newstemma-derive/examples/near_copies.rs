//! How long the derivation of a story of near-copies takes.
//!
//! `cargo run --release -p newstemma-derive --example near_copies -- 5 50 500 5000`
//!
//! Each text is a copy of an earlier one with a word exchanged, or a sentence left out, or a
//! sentence of its own, or nothing changed. Words are invented; vectors are sums over words.
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use newstemma_derive::{Background, derive};
use newstemma_model::{Document, StoryId, digest};
use newstemma_testkit::Draft;
use std::time::Instant;

const DIM: usize = 256;
const SENTENCES: usize = 18;

fn main() {
    for argument in std::env::args().skip(1) {
        let count: usize = argument.parse().unwrap_or(5);
        let documents = near_copies(count);
        let references: Vec<&Document> = documents.iter().collect();
        let begun = Instant::now();
        let stemma = derive(StoryId::of(&[b"story"]), &references, &Background::of(&documents));
        println!(
            "{count} reports: {:.2} s, {} edges, {} lost texts, {} alignments",
            begun.elapsed().as_secs_f32(),
            stemma.derivations.len(),
            stemma.exemplars.len(),
            stemma.alignments.len()
        );
    }
}

fn near_copies(count: usize) -> Vec<Document> {
    let mut chance = Chance(7);
    let mut texts: Vec<Vec<Vec<u64>>> = vec![(0..SENTENCES).map(|_| chance.sentence()).collect()];
    while texts.len() < count {
        let mut text = texts[chance.below(texts.len())].clone();
        match chance.below(4) {
            0 if text.len() > SENTENCES / 2 => {
                text.remove(chance.below(text.len()));
            }
            1 => text.insert(chance.below(text.len()), chance.sentence()),
            2 => {
                let line = chance.below(text.len());
                let word = chance.below(text[line].len());
                text[line][word] = chance.next();
            }
            _ => {}
        }
        texts.push(text);
    }
    texts.iter().enumerate().map(|(k, text)| document(k, text)).collect()
}

fn document(number: usize, text: &[Vec<u64>]) -> Document {
    let sentence = |words: &Vec<u64>| {
        let words: Vec<String> = words.iter().map(|word| format!("w{word:x}")).collect();
        words.join(" ") + "."
    };
    let draft = Draft::new(&format!("report {number}"), "en");
    let draft = text.iter().fold(draft, |draft, words| draft.body(&sentence(words)));
    draft.embedded(vector).document()
}

fn vector(sentence: &str) -> Vec<f32> {
    let mut sum = vec![0.0f32; DIM];
    for word in sentence.split([' ', '.']).filter(|word| !word.is_empty()) {
        let mut chance = Chance(digest(&[word.as_bytes()]));
        sum.iter_mut().for_each(|x| *x += (chance.next() % 2000) as f32 - 1000.0);
    }
    let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
    sum.iter().map(|x| x / length).collect()
}

struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        self.0 >> 40
    }

    fn below(&mut self, below: usize) -> usize {
        self.next() as usize % below
    }

    fn sentence(&mut self) -> Vec<u64> {
        (0..14).map(|_| self.next()).collect()
    }
}
