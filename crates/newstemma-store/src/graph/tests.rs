//! A story in three languages: a lost dispatch, two texts made from it, and a copy of one of them.

use super::{Format, Tree, Writer, id};
use newstemma_model::{
    Derivation, Direction, Document, Evidence, EvidenceKind, Extent, Located, Node, Relation,
    Stemma, Story,
};
use newstemma_testkit::stemma::{edge, lost, node, story};
use newstemma_testkit::{Draft, find};
use quick_xml::events::Event;
use serde_json::Value;

struct Told {
    story: Story,
    documents: Vec<Document>,
    stemma: Stemma,
}

fn told() -> Told {
    let draft = |outlet: &str, language: &str, text: &str| {
        Draft::new(outlet, language).outlet(Some(outlet)).body(text).document()
    };
    let documents = vec![
        draft("Lennbote & Söhne", "de", "Die Fähre blieb im Hafen."),
        draft("Паром \"Сегодня\"", "ru", "Паром остался в порту."),
        draft("L'Écho <Karrow>", "de", "Die Fähre blieb gestern im Hafen."),
    ];
    let dispatch = lost("dispatch", Some("dpa"));
    let above = Node::Exemplar(dispatch.id);
    let [first, second, third] = [0, 1, 2].map(|k| node(&documents[k]));
    let words = |k: usize, words: &str| Located {
        report: documents[k].report.id,
        span: find(&documents[k], words),
    };
    let shared = Evidence {
        kind: EvidenceKind::SharedText,
        note: "1 passage in common".into(),
        spans: vec![words(0, "blieb"), words(1, "остался")],
    };
    let derivations = vec![
        Derivation { relation: Relation::Verbatim, ..edge(first, above, Direction::Decided) },
        Derivation {
            relation: Relation::Translation,
            evidence: vec![shared],
            ..edge(second, above, Direction::Decided)
        },
        Derivation { extent: Extent::Part, ..edge(third, first, Direction::Undecided) },
    ];
    let story = Story {
        id: story(),
        title: "Ferry \"Lenn\" stays".into(),
        reports: documents.iter().map(|d| d.report.id).collect(),
        languages: Vec::new(),
        first: None,
        last: None,
    };
    let stemma = Stemma { exemplars: vec![dispatch], derivations, alignments: Vec::new() };
    Told { story, documents, stemma }
}

fn written(told: &Told, format: Format) -> String {
    let documents = told.documents.iter().collect();
    let tree = Tree { story: &told.story, documents, stemma: &told.stemma };
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out, format).unwrap();
    writer.write(&tree).unwrap();
    writer.write(&tree).unwrap();
    writer.finish().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn dot_has_a_line_for_each_node_and_edge() {
    let told = told();
    let dot = written(&told, Format::Dot);
    let line = |text: String| assert!(dot.contains(&text), "{text}\n{dot}");
    let [first, second, third] = [0, 1, 2].map(|k| id(node(&told.documents[k])));
    let above = id(Node::Exemplar(told.stemma.exemplars[0].id));
    line("  label=\"Ferry \\\"Lenn\\\" stays\";\n".into());
    line(format!("  \"{second}\" [label=\"Паром \\\"Сегодня\\\" (ru)\"];\n"));
    line(format!("  \"{above}\" [label=\"lost: dpa\", style=dashed];\n"));
    line(format!("  \"{above}\" -> \"{first}\" [label=\"verbatim, 1\"];\n"));
    line(format!("  \"{first}\" -> \"{third}\" [label=\"rewrite, 1\", dir=none, style=dashed];\n"));
    assert_eq!(dot.matches("digraph").count(), 2);
}

#[test]
fn graphml_is_xml_with_all_nodes_and_edges() {
    let told = told();
    let graphml = written(&told, Format::GraphMl);
    let mut reader = quick_xml::Reader::from_str(&graphml);
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(start.name().as_ref().to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    let count = |name: &str| open.iter().filter(|n| *n == name).count();
    assert_eq!((count("graph"), count("node"), count("edge")), (1, 8, 6));
    assert!(graphml.contains("Lennbote &amp; Söhne") && graphml.contains("L'Écho &lt;Karrow&gt;"));
    assert_eq!(graphml.matches("directed=\"false\"").count(), 2);
    assert!(graphml.contains("<data key=\"label\">lost: dpa</data>"));
}

#[test]
fn prov_points_from_the_text_to_its_source() {
    let told = told();
    let prov: Value = serde_json::from_str(&written(&told, Format::Prov)).unwrap();
    let graph = prov["@graph"].as_array().unwrap();
    assert_eq!(graph.len(), 8);
    let above = format!("urn:newstemma:{}", told.stemma.exemplars[0].id);
    let [first, second, third] = [&graph[0], &graph[1], &graph[2]];
    for derived in [first, second] {
        assert_eq!(derived["prov:wasDerivedFrom"][0]["@id"], above.as_str());
        assert_eq!(derived["prov:hadPrimarySource"][0]["@id"], above.as_str());
    }
    assert_eq!(first["prov:wasRevisionOf"][0]["@id"], above.as_str());
    assert_eq!(second["schema:translationOfWork"][0]["@id"], above.as_str());
    // Which of these two came first is not known, so none is derived from the other.
    assert_eq!(third.get("prov:wasDerivedFrom"), None);
    assert_eq!(third["dcterms:relation"][0], serde_json::json!({ "@id": first["@id"] }));
}

#[test]
fn evidence_is_selected_by_its_words_and_by_characters() {
    let told = told();
    let prov: Value = serde_json::from_str(&written(&told, Format::Prov)).unwrap();
    let evidence = &prov["@graph"][1]["prov:qualifiedDerivation"][0]["newstemma:evidence"];
    let selectors = &evidence[1]["oa:hasSelector"];
    assert_eq!(selectors[0]["oa:exact"], "остался");
    assert_eq!((&selectors[1]["oa:start"], &selectors[1]["oa:end"]), (&6.into(), &13.into()));
}
