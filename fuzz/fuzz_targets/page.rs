//! A page of HTML to its report. Nothing may panic or hang; what each part of the text is stands in
//! order, and begins and ends between characters; the same page gives the same report.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newstemma_extract::extract;
use newstemma_model::{Content, Given, Page};

fuzz_target!(|bytes: &[u8]| {
    let page = Page {
        reference: "a".to_owned(),
        content: Content::Html(String::from_utf8_lossy(bytes).into_owned()),
        given: Given::default(),
        sha256: [0; 32],
    };
    let report = extract(&page).value;
    let mut end = 0;
    for role in report.iter().flat_map(|report| &report.roles) {
        assert!(end <= role.span.start(), "two roles at one place");
        end = role.span.end();
    }
    for report in &report {
        let text = &report.text;
        let spans = report.roles.iter().map(|r| r.span).chain(report.credits.iter().map(|c| c.span));
        for span in spans {
            assert!(text.get(span.start()..span.end()).is_some_and(|part| !part.is_empty()));
        }
    }
    assert!(extract(&page).value == report, "the same page gave another report");
});
