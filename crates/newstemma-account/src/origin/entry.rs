//! An origin as one statement gives it: who is heard, and through whose hands.

use crate::context::{Context, folded};
use crate::lineage::Lineage;
use crate::speaker::{Identity, Speaker};
use newstemma_model::{CreditKind, Origin, OriginKind, SourceKind};
use std::collections::BTreeSet;

/// An origin while it is being put together.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) voice: Voice,
    /// The hands after the speaker, as named.
    pub(super) hands: Vec<String>,
    /// The newsrooms among all hands, the outlets of the reports included, as compared.
    pub(super) newsrooms: BTreeSet<String>,
    pub(super) documents: BTreeSet<usize>,
    /// The statements that have it.
    pub(super) statements: Vec<usize>,
    /// Other names by which it is told.
    pub(super) spellings: Vec<String>,
}

/// Who is heard.
#[derive(Clone, Debug)]
pub(super) enum Voice {
    /// Somebody the text names or describes.
    Speaker(Speaker),
    /// An agency, speaking for itself.
    Agency(String),
    /// An outlet that was there.
    Witness(String),
    /// An outlet that does not say where it has it from.
    Outlet(String),
}

impl Voice {
    fn name(&self) -> &str {
        match self {
            Voice::Speaker(speaker) => &speaker.name,
            Voice::Agency(name) | Voice::Witness(name) | Voice::Outlet(name) => name,
        }
    }
}

impl Entry {
    /// What kind of origin it is.
    pub(super) fn kind(&self) -> OriginKind {
        match &self.voice {
            Voice::Agency(_) => OriginKind::Agency,
            Voice::Witness(_) => OriginKind::Outlet,
            Voice::Outlet(_) => OriginKind::Unknown,
            Voice::Speaker(speaker) => match speaker.kind {
                SourceKind::Person => OriginKind::Person,
                SourceKind::Body => OriginKind::Body,
                SourceKind::AnonymousOfficial => OriginKind::AnonymousOfficial,
                SourceKind::Outlet => OriginKind::Outlet,
                SourceKind::Document => OriginKind::Document,
                SourceKind::Unstated => OriginKind::Unknown,
            },
        }
    }

    /// What it is called.
    pub(super) fn name(&self) -> &str {
        self.voice.name()
    }

    /// Whether a second statement has the same origin by the same way.
    pub(super) fn is_same(&self, other: &Entry) -> bool {
        self.newsrooms == other.newsrooms
            && match (&self.voice, &other.voice) {
                (Voice::Speaker(a), Voice::Speaker(b)) => a.identity(b) == Identity::Same,
                (Voice::Agency(a), Voice::Agency(b))
                | (Voice::Witness(a), Voice::Witness(b))
                | (Voice::Outlet(a), Voice::Outlet(b)) => folded(a) == folded(b),
                _ => false,
            }
    }

    /// Takes in another statement of the same origin.
    pub(super) fn take_in(&mut self, other: Entry) {
        self.documents.extend(other.documents);
        self.newsrooms.extend(other.newsrooms);
        self.statements.extend(other.statements);
        for name in other.spellings.into_iter().chain([other.voice.name().to_owned()]) {
            let known =
                [self.voice.name()].into_iter().chain(self.spellings.iter().map(String::as_str));
            if known.into_iter().all(|k| folded(k) != folded(&name)) {
                self.spellings.push(name);
            }
        }
    }

    /// The origin as it is given out.
    pub(super) fn into_origin(self, context: &Context<'_>) -> Origin {
        let kind = self.kind();
        let name = self.name().to_owned();
        let mut chain = Vec::new();
        if kind != OriginKind::Unknown || matches!(self.voice, Voice::Speaker(_)) {
            chain.push(name.clone());
        }
        for hand in self.hands {
            if !chain.iter().any(|c| folded(c) == folded(&hand)) {
                chain.push(hand);
            }
        }
        let reports = self.documents.iter().map(|&d| context.document(d).report.id).collect();
        Origin { name, spellings: self.spellings, kind, chain, reports }
    }
}

/// The origin that one statement of a document gives.
pub(super) fn entry_of(
    context: &Context<'_>,
    lineage: &Lineage,
    index: usize,
    document: usize,
) -> Entry {
    let statement = context.statement(index);
    let agency = agency_of(context, lineage, document);
    let outlet = outlet_of(context, document);
    let mut hands: Vec<String> = statement.chain.clone();
    let voice = match &statement.source {
        Some(source) => {
            let speaker = Speaker::of(context, document, source);
            hands.retain(|hand| folded(hand) != folded(&speaker.name));
            Voice::Speaker(speaker)
        }
        None => {
            let text = context.document(document).report.text.as_str();
            let sentences = context.sentences_in(document, statement.span);
            let rules = &context.pack_at(document, statement.span.start()).witness;
            let saw = sentences.into_iter().any(|s| {
                let sentence = context.document(document).sentences[s].span;
                rules.found_in(&sentence.of(text).to_lowercase())
            });
            match &agency {
                _ if saw => Voice::Witness(outlet.clone()),
                Some(agency) => Voice::Agency(agency.clone()),
                None => Voice::Outlet(outlet.clone()),
            }
        }
    };
    let mut newsrooms: BTreeSet<String> = hands.iter().map(|h| folded(h)).collect();
    newsrooms.extend(agency.as_deref().map(folded));
    if let Voice::Speaker(speaker) = &voice
        && speaker.kind == SourceKind::Outlet
    {
        newsrooms.insert(folded(&speaker.name));
    }
    // The agency is named where the text names nobody who heard it.
    if hands.is_empty() {
        hands.extend(agency.clone());
    }
    if agency.is_none() {
        newsrooms.insert(folded(&outlet));
    }
    Entry {
        voice,
        hands,
        newsrooms,
        documents: BTreeSet::from([document]),
        statements: vec![index],
        spellings: Vec::new(),
    }
}

/// The agency that a report has its text from: that of a lost text above it, else the one that
/// it credits for its text.
fn agency_of(context: &Context<'_>, lineage: &Lineage, document: usize) -> Option<String> {
    let exemplars = &context.material.stemma.exemplars;
    let above = lineage.lost_above(document).into_iter().find_map(|id| {
        let at = exemplars.binary_search_by_key(&id, |e| e.id).ok();
        let exemplar = at.map(|i| &exemplars[i]).or_else(|| exemplars.iter().find(|e| e.id == id));
        exemplar.and_then(|e| e.credited_to.clone())
    });
    let credits = &context.document(document).report.credits;
    above.or_else(|| credits.iter().find(|c| c.kind == CreditKind::Text).map(|c| c.agency.clone()))
}

/// What a report's newsroom is called: its outlet, else the report itself.
fn outlet_of(context: &Context<'_>, document: usize) -> String {
    let report = &context.document(document).report;
    report.outlet.clone().unwrap_or_else(|| report.reference.clone())
}
