//! Where a claim enters the press, and on how many independent origins it stands.
//!
//! The worst fault of an account is to count a copy as a second source, so the count is strict:
//! what cannot be shown to be independent is counted once. `docs/design/origins.md` lists the
//! rules with an example each; the tests below go through them.
//!
//! Each statement of a claim gives an origin. Origins *meet* if their texts do (their reports are
//! related in the stemma), if their chains do (the same newsroom heard both, or they stand in one
//! report or outlet), or if one speaker stands behind both. What meets is one group (union-find).
//! Groups are then counted, those with a named speaker first, and each only if nothing in it could
//! be the same as anything in a group counted before.
//!
//! Cost: quadratic in the number of *different* origins of one claim, which copies do not raise:
//! statements of related reports with the same speaker are one origin before anything is compared.

use crate::context::{Context, folded};
use crate::lineage::Lineage;
use crate::speaker::{Identity, Speaker};
use crate::union::Groups;
use newstemma_model::{CreditKind, Node, Origin, OriginKind, SourceKind};
use std::collections::{BTreeMap, BTreeSet};

/// The origins of a claim, counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins {
    pub(crate) origins: Vec<Origin>,
    pub(crate) independent: u32,
    pub(crate) unknown_lineage: u32,
}

/// Beyond so many different origins of one claim, the rest count as meeting the first: a bound
/// on time that can only make the count smaller.
const COMPARED_MAX: usize = 400;

/// Finds the origins of a claim from its statements.
pub(crate) fn origins(context: &Context<'_>, lineage: &Lineage, statements: &[usize]) -> Origins {
    let mut found = gather(context, lineage, statements);
    drop_echoes(&mut found, lineage);
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

/// An origin while it is being put together.
#[derive(Clone, Debug)]
struct Entry {
    voice: Voice,
    /// The hands after the speaker, as named.
    hands: Vec<String>,
    /// The newsrooms among all hands, the outlets of the reports included, as compared.
    newsrooms: BTreeSet<String>,
    documents: BTreeSet<usize>,
}

/// Who is heard.
#[derive(Clone, Debug)]
enum Voice {
    /// Somebody the text names or describes.
    Speaker(Speaker),
    /// An agency, speaking for itself.
    Agency(String),
    /// An outlet that was there.
    Witness(String),
    /// An outlet that does not say where it has it from.
    Outlet(String),
}

impl Entry {
    fn kind(&self) -> OriginKind {
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

    fn name(&self) -> &str {
        match &self.voice {
            Voice::Speaker(speaker) => &speaker.name,
            Voice::Agency(name) | Voice::Witness(name) | Voice::Outlet(name) => name,
        }
    }

    /// Whether a second statement has the same origin by the same way.
    fn is_same(&self, other: &Entry) -> bool {
        self.newsrooms == other.newsrooms
            && match (&self.voice, &other.voice) {
                (Voice::Speaker(a), Voice::Speaker(b)) => a.identity(b) == Identity::Same,
                (Voice::Agency(a), Voice::Agency(b))
                | (Voice::Witness(a), Voice::Witness(b))
                | (Voice::Outlet(a), Voice::Outlet(b)) => folded(a) == folded(b),
                _ => false,
            }
    }

    fn into_origin(self, context: &Context<'_>) -> Origin {
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
        Origin { name, kind, chain, reports }
    }
}

fn gather(context: &Context<'_>, lineage: &Lineage, statements: &[usize]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for &index in statements {
        let Some(document) = context.home(index) else { continue };
        let entry = entry_of(context, lineage, index, document);
        match found.iter_mut().find(|e| e.is_same(&entry)) {
            Some(held) => held.documents.extend(entry.documents),
            None => found.push(entry),
        }
    }
    found
}

fn entry_of(context: &Context<'_>, lineage: &Lineage, index: usize, document: usize) -> Entry {
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
    Entry { voice, hands, newsrooms, documents: BTreeSet::from([document]) }
}

/// The agency that a report has its text from: that of a lost text above it, else the one that
/// it credits for its text.
fn agency_of(context: &Context<'_>, lineage: &Lineage, document: usize) -> Option<String> {
    let exemplars = &context.material.stemma.exemplars;
    let above = lineage.above(document).iter().find_map(|node| match node {
        Node::Exemplar(id) => {
            let at = exemplars.binary_search_by_key(id, |e| e.id).ok();
            let exemplar =
                at.map(|i| &exemplars[i]).or_else(|| exemplars.iter().find(|e| e.id == *id));
            exemplar.and_then(|e| e.credited_to.clone())
        }
        Node::Report(_) => None,
    });
    let credits = &context.document(document).report.credits;
    above.or_else(|| credits.iter().find(|c| c.kind == CreditKind::Text).map(|c| c.agency.clone()))
}

/// What a report's newsroom is called: its outlet, else the report itself.
fn outlet_of(context: &Context<'_>, document: usize) -> String {
    let report = &context.document(document).report;
    report.outlet.clone().unwrap_or_else(|| report.reference.clone())
}

/// Takes out what an outlet says itself where the same report, or one that shares its text, names
/// a speaker for it: a headline, a summary. It is no origin of its own.
fn drop_echoes(found: &mut Vec<Entry>, lineage: &Lineage) {
    let sourced: BTreeSet<usize> = found
        .iter()
        .filter(|e| matches!(&e.voice, Voice::Speaker(_)) && e.kind() != OriginKind::Unknown)
        .flat_map(|e| e.documents.iter().copied())
        .collect();
    for entry in found.iter_mut() {
        if matches!(entry.voice, Voice::Outlet(_) | Voice::Agency(_)) {
            entry.documents.retain(|&d| {
                !sourced.contains(&d) && !sourced.iter().any(|&s| lineage.related(s, d))
            });
        }
    }
    found.retain(|e| !e.documents.is_empty());
}

/// Groups of origins that meet in a text, a newsroom, a report or a speaker.
fn meetings(found: &[Entry], lineage: &Lineage) -> Groups {
    let mut groups = Groups::new(found.len());
    let mut first_with: BTreeMap<&str, usize> = BTreeMap::new();
    let mut first_in: BTreeMap<Node, usize> = BTreeMap::new();
    for (i, entry) in found.iter().enumerate() {
        for newsroom in &entry.newsrooms {
            let first = *first_with.entry(newsroom).or_insert(i);
            groups.join(first, i);
        }
        // Reports that share an ancestor-or-self share a text.
        for node in entry.documents.iter().flat_map(|&d| lineage.above(d)) {
            let first = *first_in.entry(*node).or_insert(i);
            groups.join(first, i);
        }
        for (j, earlier) in found.iter().enumerate().take(i.min(COMPARED_MAX)) {
            if let (Voice::Speaker(a), Voice::Speaker(b)) = (&earlier.voice, &entry.voice)
                && a.identity(b) == Identity::Same
            {
                groups.join(i, j);
            }
        }
    }
    groups
}

/// Counts groups that can be shown to be independent of each other.
fn count_independent(found: &[Entry], groups: &mut Groups) -> u32 {
    let spoken = |entry: &Entry| match &entry.voice {
        Voice::Speaker(s) => s.kind != SourceKind::Unstated,
        Voice::Witness(_) => true,
        Voice::Agency(_) | Voice::Outlet(_) => false,
    };
    let mut candidates: Vec<Vec<&Entry>> = groups
        .all()
        .into_iter()
        .map(|g| g.into_iter().map(|i| &found[i]).filter(|e| spoken(e)).collect::<Vec<_>>())
        .filter(|g| !g.is_empty())
        .collect();
    if candidates.is_empty() {
        // What only agencies say is one origin: where they have it from is not said, so two
        // agencies cannot be shown to have it from two.
        return u32::from(found.iter().any(|e| matches!(e.voice, Voice::Agency(_))));
    }
    // Who is named most clearly is counted first, so that "officials" can join them.
    candidates.sort_by_key(|g| g.iter().map(|e| clarity(e)).min());
    let mut counted: Vec<Vec<&Entry>> = Vec::new();
    for group in candidates.into_iter().take(COMPARED_MAX) {
        let differs =
            |other: &Vec<&Entry>| group.iter().all(|a| other.iter().all(|b| are_different(a, b)));
        if counted.iter().all(differs) {
            counted.push(group);
        }
    }
    counted.len() as u32
}

fn clarity(entry: &Entry) -> u8 {
    match entry.kind() {
        OriginKind::Person => 0,
        OriginKind::Body => 1,
        OriginKind::Document => 2,
        OriginKind::Outlet | OriginKind::Agency => 3,
        OriginKind::AnonymousOfficial => 4,
        OriginKind::Unknown => 5,
    }
}

fn are_different(a: &Entry, b: &Entry) -> bool {
    match (&a.voice, &b.voice) {
        (Voice::Speaker(x), Voice::Speaker(y)) => x.identity(y) == Identity::Different,
        _ => folded(a.name()) != folded(b.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Origins, origins};
    use crate::Material;
    use crate::context::Context;
    use crate::lineage::Lineage;
    use SourceKind::{AnonymousOfficial, Body, Document as Paper, Outlet, Person, Unstated};
    use newstemma_model::{
        Derivation, Direction, Document, Entity, EntityId, EntityKind, Exemplar, Node, OriginKind,
        SourceKind, Statement, Stemma,
    };
    use newstemma_testkit::stemma::{edge, lost, node, story};
    use newstemma_testkit::{language, mark, report, statement, statement_by, vectors};

    /// One report that says the claim: its name, language, sentence, source, and the hands after
    /// the source.
    type Told<'a> = (&'a str, &'a str, &'a str, Option<(&'a str, SourceKind)>, &'a [&'a str]);

    /// A case: reports, edges (`?` before the parent: undecided; a parent that is no report is
    /// lost; `X=AFP` credits it), spellings of entities, expected (independent, unknown).
    struct Case<'a> {
        rule: &'a str,
        told: &'a [Told<'a>],
        edges: &'a [(&'a str, &'a str)],
        entities: &'a [(EntityKind, &'a [&'a str])],
        expected: (u32, u32),
    }

    fn count(case: &Case<'_>) -> Origins {
        let mut documents: Vec<Document> =
            case.told.iter().map(|t| report(t.0, t.1, &[t.2])).collect();
        let entities: Vec<Entity> = case.entities.iter().map(|(k, s)| entity(*k, s)).collect();
        for (kind, spellings) in case.entities {
            for spelling in *spellings {
                documents.iter_mut().for_each(|d| mark::name(d, spelling, *kind));
            }
        }
        let statements: Vec<Statement> = documents
            .iter()
            .zip(case.told)
            .map(|(d, t)| {
                let by = |(name, kind)| statement_by(d, t.2, name, kind);
                let mut s = t.3.map_or_else(|| statement(d, t.2), by);
                s.chain = t.4.iter().map(|&h| h.to_owned()).collect();
                s
            })
            .collect();
        let (derivations, exemplars) = tree(&documents, case.edges);
        let stemma = Stemma { exemplars, derivations, alignments: Vec::new() };
        let documents: Vec<&Document> = documents.iter().collect();
        let vectors = vectors(&vec!["same"; statements.len()]);
        let context = Context::new(Material {
            story: story(),
            documents: &documents,
            stemma: &stemma,
            statements: &statements,
            vectors: &vectors,
            entities: &entities,
        });
        let all: Vec<usize> = (0..statements.len()).collect();
        origins(&context, &Lineage::of(&context), &all)
    }

    fn entity(kind: EntityKind, spellings: &[&str]) -> Entity {
        Entity {
            id: EntityId::of(&[spellings[0].as_bytes()]),
            kind,
            name: spellings[0].into(),
            spellings: spellings.iter().map(|s| ((*s).into(), language("en"))).collect(),
        }
    }

    fn tree(documents: &[Document], edges: &[(&str, &str)]) -> (Vec<Derivation>, Vec<Exemplar>) {
        let mut exemplars: Vec<Exemplar> = Vec::new();
        let mut derivations = Vec::new();
        for (child, parent) in edges {
            let (name, direction) = match parent.strip_prefix('?') {
                Some(name) => (name, Direction::Undecided),
                None => (*parent, Direction::Decided),
            };
            let (name, credit) = name.split_once('=').map_or((name, None), |(n, c)| (n, Some(c)));
            let place = |n: &str| documents.iter().find(|d| d.report.reference == n);
            let above = place(name).map_or_else(
                || {
                    let exemplar = lost(name, credit);
                    let id = exemplar.id;
                    if exemplars.iter().all(|e| e.id != id) {
                        exemplars.push(exemplar);
                    }
                    Node::Exemplar(id)
                },
                node,
            );
            derivations.push(edge(node(place(child).unwrap()), above, direction));
        }
        exemplars.sort_by_key(|e| e.id);
        (derivations, exemplars)
    }

    fn check(case: &Case<'_>) -> Origins {
        let found = count(case);
        assert_eq!((found.independent, found.unknown_lineage), case.expected, "{}", case.rule);
        found
    }

    const NONE: &[(&str, &str)] = &[];
    const NOBODY: &[(EntityKind, &[&str])] = &[];

    #[test]
    fn texts_that_meet_count_once() {
        let found = check(&Case {
            rule: "two translations of one lost dispatch, whoever speaks in them",
            told: &[
                (
                    "a",
                    "en",
                    "Mayor Ilse Varga said the dam broke.",
                    Some(("Ilse Varga", Person)),
                    &[],
                ),
                (
                    "b",
                    "fr",
                    "Les pompiers disent que le barrage a cédé.",
                    Some(("Les pompiers", Body)),
                    &[],
                ),
            ],
            edges: &[("a", "X=MTI"), ("b", "X=MTI")],
            entities: &[(EntityKind::Person, &["Ilse Varga"])],
            expected: (1, 0),
        });
        assert!(found.origins.iter().all(|o| o.chain.last().unwrap() == "MTI"));
        check(&Case {
            rule: "an undecided edge relates its ends and what lies beyond",
            told: &[
                ("a", "en", "Ilse Varga said so.", Some(("Ilse Varga", Person)), &[]),
                ("b", "en", "Piet Maas said so.", Some(("Piet Maas", Person)), &[]),
                ("c", "en", "Ana Ruiz said so.", Some(("Ana Ruiz", Person)), &[]),
            ],
            edges: &[("a", "?b"), ("c", "?b")],
            entities: NOBODY,
            expected: (1, 0),
        });
    }

    #[test]
    fn speakers_that_are_one_count_once() {
        check(&Case {
            rule: "one person, heard by two newsrooms, spelt in two scripts",
            told: &[
                (
                    "a",
                    "en",
                    "Olena Hryn told Reuters that it broke.",
                    Some(("Olena Hryn", Person)),
                    &["Olena Hryn", "Reuters"],
                ),
                (
                    "b",
                    "uk",
                    "Олена Гринь сказала, що гребля прорвалася.",
                    Some(("Олена Гринь", Person)),
                    &[],
                ),
            ],
            edges: NONE,
            entities: &[(EntityKind::Person, &["Olena Hryn", "Олена Гринь"])],
            expected: (1, 0),
        });
        check(&Case {
            rule: "a surname stands for the full name",
            told: &[
                (
                    "a",
                    "de",
                    "Bürgermeisterin Ilse Varga sagte es.",
                    Some(("Ilse Varga", Person)),
                    &[],
                ),
                ("b", "es", "Varga lo dijo.", Some(("Varga", Person)), &[]),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (1, 0),
        });
        check(&Case {
            rule: "unnamed officials cannot be shown to be two",
            told: &[
                (
                    "a",
                    "en",
                    "A senior official told AFP.",
                    Some(("A senior official", AnonymousOfficial)),
                    &["A senior official", "AFP"],
                ),
                (
                    "b",
                    "fr",
                    "Un responsable a dit à la BBC.",
                    Some(("Un responsable", AnonymousOfficial)),
                    &["Un responsable", "BBC"],
                ),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (1, 0),
        });
        check(&Case {
            rule: "a document and the body that may have issued it",
            told: &[
                ("a", "en", "The new water law says so.", Some(("The new water law", Paper)), &[]),
                ("b", "it", "Il ministero lo dice.", Some(("Il ministero", Body)), &[]),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (1, 0),
        });
        check(&Case {
            rule: "a state and a person who may speak for it",
            told: &[
                ("a", "en", "Norland says so.", Some(("Norland", Body)), &[]),
                ("b", "en", "Ilse Varga says so.", Some(("Ilse Varga", Person)), &[]),
            ],
            edges: NONE,
            entities: &[(EntityKind::Place, &["Norland"])],
            expected: (1, 0),
        });
    }

    #[test]
    fn unnamed_officials_and_who_they_may_be() {
        let official = |told: &'static str, name: &'static str| -> Told<'static> {
            ("a", "en", told, Some((name, AnonymousOfficial)), &[])
        };
        check(&Case {
            rule: "an unnamed official and the body that is named",
            told: &[
                official("An official said so.", "An official"),
                ("b", "nl", "Het waterschap zegt het.", Some(("Het waterschap", Body)), &[]),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (1, 0),
        });
        check(&Case {
            rule: "an unnamed official and a person under her name",
            told: &[
                official("An official said so.", "An official"),
                ("b", "nl", "Ilse Varga zegt het.", Some(("Ilse Varga", Person)), &[]),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (2, 0),
        });
        check(&Case {
            rule: "officials of different places",
            told: &[
                official("An official in Norland said so.", "An official in Norland"),
                (
                    "b",
                    "en",
                    "Officials in Sudland say so.",
                    Some(("Officials in Sudland", AnonymousOfficial)),
                    &[],
                ),
            ],
            edges: NONE,
            entities: &[(EntityKind::Place, &["Norland"]), (EntityKind::Place, &["Sudland"])],
            expected: (2, 0),
        });
    }

    #[test]
    fn a_spliced_report_joins_what_it_was_made_from() {
        check(&Case {
            rule: "two originals and a page made from both",
            told: &[
                ("a", "en", "Ilse Varga said so.", Some(("Ilse Varga", Person)), &[]),
                ("b", "en", "Piet Maas said so.", Some(("Piet Maas", Person)), &[]),
                ("c", "en", "Both said so.", Some(("Both", Body)), &[]),
            ],
            edges: &[("c", "a"), ("c", "b")],
            entities: NOBODY,
            expected: (1, 0),
        });
    }

    #[test]
    fn chains_that_meet_count_once() {
        check(&Case {
            rule: "two speakers heard by one agency",
            told: &[
                (
                    "a",
                    "en",
                    "Ilse Varga told dpa.",
                    Some(("Ilse Varga", Person)),
                    &["Ilse Varga", "dpa"],
                ),
                (
                    "b",
                    "de",
                    "Piet Maas sagte der dpa.",
                    Some(("Piet Maas", Person)),
                    &["Piet Maas", "dpa"],
                ),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (1, 0),
        });
        check(&Case {
            rule: "two reports that lean on one newspaper",
            told: &[
                ("a", "en", "The Daily Lamp reported it.", Some(("Daily Lamp", Outlet)), &[]),
                ("b", "pl", "Podał to Daily Lamp.", Some(("Daily Lamp", Outlet)), &[]),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (1, 0),
        });
    }

    #[test]
    fn what_is_shown_to_differ_counts_apart() {
        check(&Case {
            rule: "two named persons, heard by two newsrooms",
            told: &[
                (
                    "a",
                    "en",
                    "Ilse Varga told dpa.",
                    Some(("Ilse Varga", Person)),
                    &["Ilse Varga", "dpa"],
                ),
                (
                    "b",
                    "nl",
                    "Piet Maas zei het tegen ANP.",
                    Some(("Piet Maas", Person)),
                    &["Piet Maas", "ANP"],
                ),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (2, 0),
        });
        check(&Case {
            rule: "two named organisations, and a group that could be either",
            told: &[
                ("a", "en", "Clear Water Watch said so.", Some(("Clear Water Watch", Body)), &[]),
                ("b", "en", "River Aid said so.", Some(("River Aid", Body)), &[]),
                ("c", "en", "Campaigners said so.", Some(("Campaigners", Body)), &[]),
            ],
            edges: NONE,
            entities: &[
                (EntityKind::Organisation, &["Clear Water Watch"]),
                (EntityKind::Organisation, &["River Aid"]),
            ],
            expected: (2, 0),
        });
        check(&Case {
            rule: "a person and a reporter who saw it",
            told: &[
                ("a", "en", "Ilse Varga said so.", Some(("Ilse Varga", Person)), &[]),
                ("b", "en", "The dam was gone, our correspondent saw.", None, &[]),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (2, 0),
        });
    }

    #[test]
    fn what_nobody_is_named_for_is_of_unknown_lineage() {
        let found = check(&Case {
            rule: "two outlets that do not say where they have it from",
            told: &[
                ("a", "ja", "ダムが決壊した。", None, &[]),
                ("b", "ar", "انهار السد.", None, &[]),
            ],
            edges: NONE,
            entities: NOBODY,
            expected: (0, 2),
        });
        assert!(found.origins.iter().all(|o| o.kind == OriginKind::Unknown && o.chain.is_empty()));
        check(&Case {
            rule: "a copy of it does not make them more",
            told: &[
                ("a", "en", "The dam broke.", None, &[]),
                ("b", "en", "The dam broke.", None, &[]),
            ],
            edges: &[("b", "a")],
            entities: NOBODY,
            expected: (0, 1),
        });
        check(&Case {
            rule: "two agencies that do not say where they have it from",
            told: &[
                ("a", "en", "The dam broke.", None, &[]),
                ("b", "tr", "Baraj yıkıldı.", None, &[]),
            ],
            edges: &[("a", "X=AFP"), ("b", "Y=AA")],
            entities: NOBODY,
            expected: (1, 0),
        });
        check(&Case {
            rule: "hearsay",
            told: &[("a", "fr", "Le barrage aurait cédé.", Some(("", Unstated)), &[])],
            edges: NONE,
            entities: NOBODY,
            expected: (0, 1),
        });
        check(&Case {
            rule: "an agency's background beside a speaker",
            told: &[
                ("a", "en", "The dam broke.", None, &[]),
                ("b", "en", "It broke, Ilse Varga said.", Some(("Ilse Varga", Person)), &[]),
            ],
            edges: &[("a", "X=AFP")],
            entities: NOBODY,
            expected: (1, 0),
        });
        check(&Case {
            rule: "a headline beside the speaker that the report names",
            told: &[
                ("a", "en", "Dam breaks", None, &[]),
                ("b", "en", "The dam broke, Ilse Varga said.", Some(("Ilse Varga", Person)), &[]),
            ],
            edges: &[("a", "b")],
            entities: NOBODY,
            expected: (1, 0),
        });
    }
}
