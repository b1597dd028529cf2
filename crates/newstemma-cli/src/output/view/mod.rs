//! What every form of an account shows, whether as a page or as Markdown: numbers, order, phrases.

mod book;
mod digest;
mod forest;
mod timeline;

pub(crate) mod words;

pub(crate) use book::{Book, Chapter, Dated, day_in_words};
pub(crate) use digest::digest;
pub(crate) use forest::{Drawn, Forest, Row};
pub(crate) use timeline::{Said, edtf_in_words, timeline};
