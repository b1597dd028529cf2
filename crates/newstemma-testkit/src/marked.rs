//! Sentences with their parts marked, as the specifications of attribution write them.
//!
//! `[…]` is the source, `{…}` the cue, `<…>` the content; ` / ` parts sentences, ` ¶ ` paragraphs.
//! Of a sentence that holds several statements, each is written once more with its own marks.
//!
//! ```
//! use newstemma_testkit::marked::marked;
//!
//! let case = marked("[Starosta] {povedal}, že <most padol>. / Nik nebol zranený.");
//! assert_eq!(case.text, "Starosta povedal, že most padol. Nik nebol zranený.");
//! assert_eq!(case.content.unwrap().of(&case.text), "most padol");
//! assert_eq!(case.document("sk").sentences.len(), 2);
//! ```

use crate::Draft;
use newstemma_model::{Document, Sentence, Span, Statement};
use std::collections::BTreeMap;

/// A text with the parts of one of its statements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text without its marks.
    pub text: String,
    /// Ends of its sentences, each with the number of its paragraph.
    ends: Vec<(usize, u32)>,
    /// Who says it.
    pub source: Option<Span>,
    /// The words that ascribe it.
    pub cue: Option<Span>,
    /// What is said.
    pub content: Option<Span>,
}

/// What a statement must be, beside its parts: values by the names that records have for them.
pub type Properties = BTreeMap<String, String>;

/// Reads a marked text.
pub fn marked(line: &str) -> Marked {
    let mut out = Marked::default();
    let mut open: BTreeMap<char, usize> = BTreeMap::new();
    let paragraphs = line.split(" ¶ ").zip(0..);
    let parts = paragraphs.flat_map(|(part, own)| part.split(" / ").map(move |s| (s, own)));
    for (index, (part, paragraph)) in parts.enumerate() {
        if index > 0 {
            out.text.push(' ');
        }
        for c in part.chars() {
            match c {
                '[' | '{' | '<' => {
                    open.insert(c, out.text.len());
                }
                ']' => out.source = closed(&mut open, '[', &out.text),
                '}' => out.cue = closed(&mut open, '{', &out.text),
                '>' => out.content = closed(&mut open, '<', &out.text),
                c => out.text.push(c),
            }
        }
        out.ends.push((out.text.len(), paragraph));
    }
    out
}

fn closed(open: &mut BTreeMap<char, usize>, mark: char, text: &str) -> Option<Span> {
    let start = open.remove(&mark).unwrap_or_else(|| panic!("{text}: closed, never opened"));
    (start < text.len()).then(|| Span::new(start, text.len()))
}

/// Reads `name: value; name: value`.
pub fn properties(written: &str) -> Properties {
    let pairs = written.split(';').map(str::trim).filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        let (name, value) =
            pair.split_once(':').unwrap_or_else(|| panic!("{pair:?} is no `name: value`"));
        (name.trim().to_owned(), value.trim().to_owned())
    };
    pairs.map(pair).collect()
}

impl Marked {
    /// Whether anything is marked.
    pub fn has_marks(&self) -> bool {
        self.source.is_some() || self.cue.is_some() || self.content.is_some()
    }

    /// The text as a document of its sentences.
    pub fn document(&self, language: &str) -> Document {
        let mut document = Draft::new("case", language).body(&self.text).document();
        let Some(whole) = document.sentences.pop() else { return document };
        let mut start = 0;
        for &(end, paragraph) in &self.ends {
            let span = Span::new(start, end).trimmed(&self.text);
            document.sentences.push(Sentence { span, paragraph, ..whole });
            start = end;
        }
        document
    }

    /// Whether a statement has these parts. Marks of punctuation and quotation at their ends do not
    /// count.
    fn fits(&self, statement: &Statement) -> bool {
        let is = |found: Option<Span>, marked: Option<Span>| {
            bare(found, &self.text) == bare(marked, &self.text)
        };
        is(statement.source.as_ref().and_then(|s| s.span), self.source)
            && is(statement.cue, self.cue)
            && is(statement.content, self.content)
    }
}

/// What is wrong with the statements found in a text, of which each must be one of those marked,
/// with its properties; `None` if nothing is.
pub fn fault(
    found: &[Statement],
    expected: &[(&Marked, &Properties)],
    text: &str,
) -> Option<String> {
    let found: Vec<&Statement> = found.iter().filter(|s| s.is_attributed()).collect();
    let shown = || found.iter().map(|s| format!("\n  {}", show(text, s))).collect::<String>();
    if found.len() != expected.len() {
        return Some(format!("{} expected, found:{}", expected.len(), shown()));
    }
    expected.iter().find_map(|(marked, wanted)| {
        let Some(hit) = found.iter().find(|s| marked.fits(s)) else {
            let part = |span| bare(span, text);
            let [source, cue, content] = [marked.source, marked.cue, marked.content].map(part);
            return Some(format!("[{source}] {{{cue}}} <{content}> expected, found:{}", shown()));
        };
        wanted.iter().find_map(|(name, value)| {
            let is = property(hit, name);
            (is != *value).then(|| format!("{name} is {is:?}, not {value:?}"))
        })
    })
}

/// A property of a statement, by the name that records have for it.
fn property(statement: &Statement, name: &str) -> String {
    let source = statement.source.as_ref();
    match name {
        "kind" => source.map_or("", |s| s.kind.name()).to_owned(),
        "name" => source.map_or("", |s| &s.name).to_owned(),
        "act" => statement.act.name().to_owned(),
        "quote" => statement.quote.name().to_owned(),
        "chain" => statement.chain.join(" > "),
        other => panic!("{other:?} is no property of statements"),
    }
}

fn bare(span: Option<Span>, text: &str) -> &str {
    span.map_or("", |s| s.of(text)).trim_matches(|c: char| !c.is_alphanumeric())
}

fn show(text: &str, statement: &Statement) -> String {
    let of = |span: Option<Span>| span.map_or("–", |s| s.of(text));
    let source = statement.source.as_ref();
    format!(
        "[{}] {{{}}} <{}> {} {} {} {:?}",
        of(source.and_then(|s| s.span)),
        of(statement.cue),
        of(statement.content),
        source.map_or("", |s| s.kind.name()),
        statement.act.name(),
        statement.quote.name(),
        statement.chain
    )
}
