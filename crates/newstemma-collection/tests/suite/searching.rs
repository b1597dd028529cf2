//! Finding reports.

use crate::example::{ENCODER, add, folder, page, reports};
use newstemma_collection::{CollectionError, Query, Reader};

fn found(reader: &Reader, query: Query) -> Vec<String> {
    let query = Query { limit: 10, ..query };
    let mut hits: Vec<String> =
        reader.search(&query, &ENCODER).unwrap().into_iter().map(|hit| hit.reference).collect();
    if query.meaning.is_none() {
        hits.sort();
    }
    hits
}

#[test]
fn reports_are_found_by_words_meaning_name_outlet_language_and_time() {
    let folder = folder("search");
    let mut pages = reports();
    let mut ferry =
        page("渡し船", "2031-05-06", "月曜日、パドルで渡し船が桟橋に衝突した。二人がけがをした。");
    ferry.given.outlet = Some("Padol Shimbun".into());
    pages.push(ferry);
    add(&folder, &pages, 64);
    let reader = Reader::open(&folder).unwrap();
    let text = |text: &str| Some(text.to_owned());

    let words = |w: &str| found(&reader, Query { words: text(w), ..Query::default() });
    assert_eq!(words("warehouse Velm"), ["fire-1", "fire-4"]);
    assert_eq!(words("ПРОФСОЮЗ"), ["strike-3"]);
    assert_eq!(words("桟橋"), ["渡し船"]);
    assert_eq!(words("橋桟"), [""; 0]);

    let name = |n: &str| found(&reader, Query { name: text(n), ..Query::default() });
    assert!(name("Velm").contains(&"fire-1".to_owned()), "{:?}", name("Velm"));

    let near =
        found(&reader, Query { meaning: text("ein Boot rammt den Kai"), ..Query::default() });
    assert_eq!(near[0], "渡し船");

    let outlet = Query { outlet: text("padol shimbun"), ..Query::default() };
    assert_eq!(found(&reader, outlet), ["渡し船"]);
    let days = Query { since: text("2031-05-05"), until: text("2031-05-31"), ..Query::default() };
    assert_eq!(found(&reader, days), ["strike-3", "渡し船"]);
    let russian = Query { language: text("ru"), ..Query::default() };
    assert_eq!(found(&reader, russian), ["strike-3"]);

    let nothing = Query { words: text("—"), limit: 1, ..Query::default() };
    let error = reader.search(&nothing, &ENCODER).unwrap_err();
    assert!(matches!(error, CollectionError::EmptyQuery(_)));
}
