//! A correction is news: the former text is kept.

use crate::example::{ENCODER, NOW, TWO, add, folder, page, set, sound_stories};
use newstemma_collection::{Added, Change, Reader, Writer, changes};
use newstemma_model::ReportId;

#[test]
fn a_corrected_report_takes_the_place_of_the_former_which_is_kept_with_what_changed() {
    let folder = folder("correction");
    let first = page(
        "https://a.example/1",
        "2031-05-03T08:00:00Z",
        "The ferry hit the pier at Padol. Two people were hurt.",
    );
    let second = page(
        "https://a.example/1",
        "2031-05-03T11:00:00Z",
        "The ferry hit the pier at Padol. Three people were hurt.",
    );
    add(&folder, std::slice::from_ref(&first), 1);
    let before = Reader::open(&folder).unwrap().all_stories().unwrap();
    let mut writer = Writer::open(&folder).unwrap();
    let added = writer.add(&[second], NOW, &ENCODER, TWO).unwrap().value;
    assert_eq!(added, Added { new: 0, revised: 1, known: 0 });
    // A text that is older than the one that is there does not take its place.
    let oldest =
        page("https://a.example/1", "2031-05-03T07:00:00Z", "A ferry hit the pier at Padol.");
    let added = writer.add(&[oldest, first], NOW, &ENCODER, TWO).unwrap().value;
    assert_eq!(added, Added { new: 0, revised: 1, known: 1 });
    drop(writer);

    assert_eq!(sound_stories(&folder), [set(&["https://a.example/1"])].into());
    let reader = Reader::open(&folder).unwrap();
    let [story] = reader.all_stories().unwrap()[..] else { panic!("one story") };
    assert_eq!(before, [story], "a correction does not make another story");
    let told = reader.account(story, &ENCODER).unwrap();
    let id: ReportId = told.documents[0].report.id;
    let revisions = reader.revisions(id).unwrap();
    let texts: Vec<&str> = revisions.iter().map(|r| r.report.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "A ferry hit the pier at Padol.",
            "The ferry hit the pier at Padol. Two people were hurt.",
            "The ferry hit the pier at Padol. Three people were hurt."
        ]
    );
    assert_eq!(
        changes(&revisions[1].report, &revisions[2].report),
        [
            Change::Gone("Two people were hurt.".into()),
            Change::New("Three people were hurt.".into())
        ]
    );
    // The former text leads to the story of the one that took its place.
    assert_eq!(reader.story(&revisions[1].report.id.to_string()).unwrap(), story);
}

#[test]
fn a_copy_by_another_outlet_is_a_report_of_its_own() {
    let folder = folder("copy");
    let text = "The ferry hit the pier at Padol. Two people were hurt. It sails again on Monday.";
    add(&folder, &[page("a", "2031-05-03", text), page("b", "2031-05-03", text)], 64);
    assert_eq!(sound_stories(&folder), [set(&["a", "b"])].into());
}
