//! Files that are read into memory as a whole: single texts, feeds, messages.

use crate::encoding::{Declared, declared_in_markup, decode};
use crate::feed::{self, XmlKind};
use crate::format::Format;
use crate::open::Records;
use crate::sha256::sha256;
use crate::{listing, mail};
use newstemma_model::{Content, Given, Page, Warning};

/// Reads a file that is in memory as a whole.
pub(crate) fn read(bytes: Vec<u8>, format: Format, name: &str) -> Records {
    if format == Format::Mail {
        return Box::new(mail::read(&bytes, name).into_iter());
    }
    let sha256 = sha256(&bytes);
    let markup = match format {
        Format::Html | Format::Xml(_) => declared_in_markup(&bytes),
        _ => None,
    };
    let decoded = decode(bytes, Declared { transport: None, markup });
    let note = decoded.note.map(|note| Err(note.about(name)));
    let text = decoded.text;
    let content = match format {
        Format::JsonFeed => {
            return Box::new(note.into_iter().chain(feed::read_json(&text, name)));
        }
        Format::Xml(XmlKind::Feed) => {
            return Box::new(note.into_iter().chain(feed::read_xml(&text, name)));
        }
        Format::Xml(kind) => {
            let described = listing::describe(kind, &text, name).map(Err);
            return Box::new(note.into_iter().chain(described));
        }
        Format::Html => Content::Html,
        Format::Markdown => Content::Markdown,
        _ => Content::Text,
    };
    let page = if text.trim().is_empty() {
        Err(Warning::new(name, "holds no text"))
    } else {
        let reference = name.to_owned();
        Ok(Page { reference, content: content(text), given: Given::default(), sha256 })
    };
    Box::new(note.into_iter().chain([page]))
}
