//! The rules of `docs/design/origins.md`, one by one.

use super::{Origins, origins};
use crate::Material;
use crate::context::Context;
use crate::lineage::Lineage;
use SourceKind::{AnonymousOfficial, Body, Document as Paper, Outlet, Person, Unstated};
use newstemma_model::{
    Derivation, Direction, Document, Entity, EntityId, EntityKind, Exemplar, Node, OriginKind,
    SourceKind, Statement, Stemma,
};
use newstemma_testkit::stemma::{align, edge, lost, node, story};
use newstemma_testkit::{language, mark, report, statement, statement_by, vectors};

/// One report that says the claim.
#[derive(Clone, Copy)]
struct Told<'a> {
    report: &'a str,
    language: &'a str,
    sentence: &'a str,
    source: Option<(&'a str, SourceKind)>,
    /// Source and hands.
    chain: &'a [&'a str],
}

/// Nobody is named.
const fn told<'a>(report: &'a str, language: &'a str, sentence: &'a str) -> Told<'a> {
    Told { report, language, sentence, source: None, chain: &[] }
}

impl<'a> Told<'a> {
    const fn by(self, name: &'a str, kind: SourceKind) -> Told<'a> {
        Told { source: Some((name, kind)), ..self }
    }

    const fn through(self, chain: &'a [&'a str]) -> Told<'a> {
        Told { chain, ..self }
    }
}

const VARGA: Told<'_> = told("a", "en", "Ilse Varga said so.").by("Ilse Varga", Person);
const MAAS: Told<'_> = told("b", "en", "Piet Maas said so.").by("Piet Maas", Person);
const VARGA_TO_DPA: Told<'_> = told("a", "en", "Ilse Varga told dpa.")
    .by("Ilse Varga", Person)
    .through(&["Ilse Varga", "dpa"]);
const OFFICIAL: Told<'_> =
    told("a", "en", "An official said so.").by("An official", AnonymousOfficial);
const BREACH: Told<'_> = told("a", "en", "The dam broke.");

/// A case: reports, edges, spellings of entities, sentences aligned throughout or not at all.
#[derive(Clone)]
struct Case<'a> {
    told: Vec<Told<'a>>,
    /// Child and parent; `?` before the parent: undecided; a parent that is no report is lost;
    /// `X=AFP` credits it.
    edges: &'a [(&'a str, &'a str)],
    entities: &'a [(EntityKind, &'a [&'a str])],
    is_aligned: bool,
}

/// Texts that have nothing to do with each other.
fn apart<'a>(told: &[Told<'a>]) -> Case<'a> {
    Case { told: told.to_vec(), edges: &[], entities: &[], is_aligned: false }
}

impl Case<'_> {
    fn count(&self) -> Origins {
        let mut documents: Vec<Document> =
            self.told.iter().map(|t| report(t.report, t.language, &[t.sentence])).collect();
        for (kind, spellings) in self.entities {
            for spelling in *spellings {
                documents.iter_mut().for_each(|d| mark::name(d, spelling, *kind));
            }
        }
        let said = |(document, told): (&Document, &Told<'_>)| {
            let by = |(name, kind)| statement_by(document, told.sentence, name, kind);
            let outlet = || statement(document, told.sentence);
            let chain = told.chain.iter().map(|&hand| hand.to_owned()).collect();
            Statement { chain, ..told.source.map_or_else(outlet, by) }
        };
        let statements: Vec<Statement> = documents.iter().zip(&self.told).map(said).collect();
        let entities: Vec<Entity> = self.entities.iter().map(|(k, s)| entity(*k, s)).collect();
        let documents: Vec<&Document> = documents.iter().collect();
        let stemma = self.stemma(&documents);
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

    fn stemma(&self, documents: &[&Document]) -> Stemma {
        let place = |name: &str| documents.iter().copied().find(|d| d.report.reference == name);
        let mut exemplars: Vec<Exemplar> = Vec::new();
        let mut derivations: Vec<Derivation> = Vec::new();
        for (child, parent) in self.edges {
            let (name, direction) = match parent.strip_prefix('?') {
                Some(name) => (name, Direction::Undecided),
                None => (*parent, Direction::Decided),
            };
            let (name, credit) = name.split_once('=').map_or((name, None), |(n, c)| (n, Some(c)));
            let above = place(name).map_or_else(
                || {
                    let exemplar = lost(name, credit);
                    let node = Node::Exemplar(exemplar.id);
                    exemplars.push(exemplar);
                    node
                },
                node,
            );
            derivations.push(edge(node(place(child).unwrap()), above, direction));
        }
        exemplars.sort_by_key(|e| e.id);
        exemplars.dedup_by_key(|e| e.id);
        let mut alignments = Vec::new();
        if self.is_aligned {
            for (i, (a, one)) in documents.iter().zip(&self.told).enumerate() {
                for (b, other) in documents.iter().zip(&self.told).skip(i + 1) {
                    alignments.push(align(a, one.sentence, b, other.sentence));
                }
            }
        }
        Stemma { exemplars, derivations, alignments }
    }
}

fn entity(kind: EntityKind, spellings: &[&str]) -> Entity {
    Entity {
        id: EntityId::of(&[spellings[0].as_bytes()]),
        kind,
        name: spellings[0].into(),
        spellings: spellings.iter().map(|s| ((*s).into(), language("en"))).collect(),
    }
}

/// Expected: how many are independent, how many of unknown lineage.
fn check(rule: &str, case: &Case<'_>, expected: (u32, u32)) -> Origins {
    let found = case.count();
    assert_eq!((found.independent, found.unknown_lineage), expected, "{rule}");
    found
}

#[test]
fn texts_that_meet_count_once() {
    let brigade = told("b", "fr", "Les pompiers disent que le barrage a cédé.");
    let case = Case {
        edges: &[("a", "X=MTI"), ("b", "X=MTI")],
        entities: &[(EntityKind::Person, &["Ilse Varga"])],
        ..apart(&[VARGA, brigade.by("Les pompiers", Body)])
    };
    let rule = "two translations of one lost dispatch, whoever speaks in them";
    let found = check(rule, &case, (1, 0));
    assert!(found.origins.iter().all(|o| o.chain.last().unwrap() == "MTI"));
    let ruiz = told("c", "en", "Ana Ruiz said so.").by("Ana Ruiz", Person);
    let case = Case { edges: &[("a", "?b"), ("c", "?b")], ..apart(&[VARGA, MAAS, ruiz]) };
    check("an undecided edge relates its ends and what lies beyond", &case, (1, 0));
}

#[test]
fn a_speaker_and_its_rendering_are_one_origin_with_both_names() {
    let force = told("a", "en", "The air force shot it down.").by("The air force", Body);
    let arme = told("b", "fr", "L'armée de l'air l'a abattu.").by("L'armée de l'air", Body);
    let both = [force, arme];
    let family = Case { edges: &[("a", "X"), ("b", "X")], is_aligned: true, ..apart(&both) };
    let found = check("aligned in copies of one text", &family, (1, 0));
    assert_eq!(found.origins.len(), 1);
    assert_eq!(found.origins[0].spellings, ["L'armée de l'air"]);
    assert_eq!(found.origins[0].reports.len(), 2);
    let found = check("not aligned", &Case { is_aligned: false, ..family.clone() }, (1, 0));
    assert_eq!(found.origins.len(), 2);
    let found = check("no copies", &Case { edges: &[], ..family.clone() }, (1, 0));
    assert_eq!(found.origins.len(), 2);
    let river = told("b", "fr", "Les amis du fleuve l'ont abattu avant l'air force.");
    let river = river.by("Les amis du fleuve", Body);
    let names: &[(EntityKind, &[&str])] = &[
        (EntityKind::Organisation, &["air force"]),
        (EntityKind::Organisation, &["Les amis du fleuve"]),
    ];
    let named = Case { entities: names, told: vec![force, river], ..family };
    let found = check("two that are named", &named, (1, 0));
    assert_eq!(found.origins.len(), 2);
}

#[test]
fn speakers_that_are_one_count_once() {
    let hryn = told("a", "en", "Olena Hryn told Reuters that it broke.")
        .by("Olena Hryn", Person)
        .through(&["Olena Hryn", "Reuters"]);
    let in_kyiv = told("b", "uk", "Олена Гринь сказала, що гребля прорвалася.");
    let case = Case {
        entities: &[(EntityKind::Person, &["Olena Hryn", "Олена Гринь"])],
        ..apart(&[hryn, in_kyiv.by("Олена Гринь", Person)])
    };
    check("one person, heard by two newsrooms, spelt in two scripts", &case, (1, 0));
    let mayor = told("a", "de", "Bürgermeisterin Ilse Varga sagte es.").by("Ilse Varga", Person);
    let surname = told("b", "es", "Varga lo dijo.").by("Varga", Person);
    check("a surname stands for the full name", &apart(&[mayor, surname]), (1, 0));
    let law = told("a", "en", "The new water law says so.").by("The new water law", Paper);
    let ministry = told("b", "it", "Il ministero lo dice.").by("Il ministero", Body);
    let rule = "a document and the body that may have issued it";
    check(rule, &apart(&[law, ministry]), (1, 0));
    let state = told("b", "en", "Norland says so.").by("Norland", Body);
    let case = Case { entities: &[(EntityKind::Place, &["Norland"])], ..apart(&[state, VARGA]) };
    check("a state and a person who may speak for it", &case, (1, 0));
}

#[test]
fn unnamed_officials_and_who_they_may_be() {
    let to_afp = told("a", "en", "A senior official told AFP.")
        .by("A senior official", AnonymousOfficial)
        .through(&["A senior official", "AFP"]);
    let to_bbc = told("b", "fr", "Un responsable a dit à la BBC.")
        .by("Un responsable", AnonymousOfficial)
        .through(&["Un responsable", "BBC"]);
    check("unnamed officials cannot be shown to be two", &apart(&[to_afp, to_bbc]), (1, 0));
    let board = told("b", "nl", "Het waterschap zegt het.").by("Het waterschap", Body);
    let rule = "an unnamed official and the body that is named";
    check(rule, &apart(&[OFFICIAL, board]), (1, 0));
    let rule = "an unnamed official and a person under his name";
    check(rule, &apart(&[OFFICIAL, MAAS]), (2, 0));
    let norland = told("a", "en", "An official in Norland said so.")
        .by("An official in Norland", AnonymousOfficial);
    let sudland = told("b", "en", "Officials in Sudland say so.")
        .by("Officials in Sudland", AnonymousOfficial);
    let case = Case {
        entities: &[(EntityKind::Place, &["Norland"]), (EntityKind::Place, &["Sudland"])],
        ..apart(&[norland, sudland])
    };
    check("officials of different places", &case, (2, 0));
}

#[test]
fn a_spliced_report_joins_what_it_was_made_from() {
    let both = told("c", "en", "Both said so.").by("Both", Body);
    let case = Case { edges: &[("c", "a"), ("c", "b")], ..apart(&[VARGA, MAAS, both]) };
    check("two originals and a page made from both", &case, (1, 0));
}

#[test]
fn chains_that_meet_count_once() {
    let maas = told("b", "de", "Piet Maas sagte der dpa.").by("Piet Maas", Person);
    let case = [VARGA_TO_DPA, maas.through(&["Piet Maas", "dpa"])];
    check("two speakers heard by one agency", &apart(&case), (1, 0));
    let lamp = told("a", "en", "The Daily Lamp reported it.").by("Daily Lamp", Outlet);
    let lamp_too = told("b", "pl", "Podał to Daily Lamp.").by("Daily Lamp", Outlet);
    check("two reports that lean on one newspaper", &apart(&[lamp, lamp_too]), (1, 0));
}

#[test]
fn what_is_shown_to_differ_counts_apart() {
    let maas = told("b", "nl", "Piet Maas zei het tegen ANP.").by("Piet Maas", Person);
    let case = [VARGA_TO_DPA, maas.through(&["Piet Maas", "ANP"])];
    check("two named persons, heard by two newsrooms", &apart(&case), (2, 0));
    let watch = told("a", "en", "Clear Water Watch said so.").by("Clear Water Watch", Body);
    let aid = told("b", "en", "River Aid said so.").by("River Aid", Body);
    let group = told("c", "en", "Campaigners said so.").by("Campaigners", Body);
    let case = Case {
        entities: &[
            (EntityKind::Organisation, &["Clear Water Watch"]),
            (EntityKind::Organisation, &["River Aid"]),
        ],
        ..apart(&[watch, aid, group])
    };
    check("two named organisations, and a group that could be either", &case, (2, 0));
    let saw = told("b", "en", "The dam was gone, our correspondent saw.");
    check("a person and a reporter who saw it", &apart(&[VARGA, saw]), (2, 0));
}

#[test]
fn what_nobody_is_named_for_is_of_unknown_lineage() {
    let silent = [told("a", "ja", "ダムが決壊した。"), told("b", "ar", "انهار السد.")];
    let rule = "two outlets that do not say where they have it from";
    let found = check(rule, &apart(&silent), (0, 2));
    assert!(found.origins.iter().all(|o| o.kind == OriginKind::Unknown && o.chain.is_empty()));
    let copy = told("b", "en", "The dam broke.");
    let case = Case { edges: &[("b", "a")], ..apart(&[BREACH, copy]) };
    check("a copy of it does not make them more", &case, (0, 1));
    let turkish = told("b", "tr", "Baraj yıkıldı.");
    let case = Case { edges: &[("a", "X=AFP"), ("b", "Y=AA")], ..apart(&[BREACH, turkish]) };
    check("two agencies that do not say where they have it from", &case, (1, 0));
    let hearsay = told("a", "fr", "Le barrage aurait cédé.").by("", Unstated);
    check("hearsay", &apart(&[hearsay]), (0, 1));
    let case = Case { edges: &[("a", "X=AFP")], ..apart(&[BREACH, MAAS]) };
    check("an agency's background beside a speaker", &case, (1, 0));
    let headline = told("a", "en", "Dam breaks");
    let case = Case { edges: &[("a", "b")], ..apart(&[headline, MAAS]) };
    check("a headline beside the speaker that the report names", &case, (1, 0));
}
