//! How stories change, told as it would happen.

use crate::example::{NOW, add, folder, page, read_at_once, reports, set, sound_stories, stories};
use newstemma_collection::{Reader, Removal, Writer};
use newstemma_model::Page;
use std::path::Path;

fn log(folder: &Path) -> Vec<String> {
    let reader = Reader::open(folder).unwrap();
    reader.log(None).unwrap().into_iter().map(|line| line.event).collect()
}

/// On Monday two outlets write about what seem to be two things: a leak at a plant, and a school that
/// was emptied. On Tuesday a third tells both at length. It was one event.
#[test]
fn late_evidence_makes_one_story_of_two_and_its_withdrawal_makes_two_again() {
    let leak = page(
        "leak",
        "2031-03-03",
        "Ammonia leaked from a tank of the Korvel plant in Tessin on Monday morning. The valve had been changed the week before, the operator said.",
    );
    let school = page(
        "school",
        "2031-03-03",
        "Four hundred pupils of the Arlen school had to leave their classrooms on Monday. Three of them were taken to hospital with sore eyes, the headmistress Ida Brandt said.",
    );
    let both = page(
        "both",
        "2031-03-04",
        "Ammonia leaked from a tank of the Korvel plant in Tessin on Monday morning. The valve had been changed the week before, the operator said. Four hundred pupils of the Arlen school had to leave their classrooms on Monday. Three of them were taken to hospital with sore eyes, the headmistress Ida Brandt said.",
    );
    let folder = folder("merge");
    add(&folder, &[leak, school], 1);
    assert_eq!(stories(&folder), [set(&["leak"]), set(&["school"])].into());
    let reader = Reader::open(&folder).unwrap();
    let [older, younger] = reader.all_stories().unwrap()[..] else { panic!("two stories") };

    add(&folder, &[both], 1);
    assert_eq!(sound_stories(&folder), [set(&["leak", "school", "both"])].into());
    assert_eq!(log(&folder), ["began", "began", "merged", "joined"]);
    // The older id stays, and the younger one still leads there.
    assert_eq!(reader.all_stories().unwrap(), [older]);
    assert_eq!(reader.story(&younger.to_string()).unwrap(), older);

    let mut writer = Writer::open(&folder).unwrap();
    let which = Removal { source: Some("both".into()), ..Removal::default() };
    assert_eq!(writer.remove(&which, NOW).unwrap(), 1);
    assert_eq!(sound_stories(&folder), [set(&["leak"]), set(&["school"])].into());
    assert_eq!(log(&folder)[4..], ["removed", "split"]);
    assert_eq!(reader.all_stories().unwrap(), [older, younger]);
}

#[test]
fn what_is_removed_is_in_no_account_and_a_story_without_reports_has_ended() {
    let folder = folder("remove");
    add(&folder, &reports(), 64);
    let mut writer = Writer::open(&folder).unwrap();
    let before = Removal { before: Some("2031-05-04".into()), ..Removal::default() };
    assert_eq!(writer.remove(&before, NOW).unwrap(), 5);
    writer.compact().unwrap();
    drop(writer);
    let late = |page: &Page| page.given.published.as_deref() >= Some("2031-05-04");
    let left: Vec<Page> = reports().into_iter().filter(late).collect();
    assert_eq!(sound_stories(&folder), read_at_once(&left));
    assert!(log(&folder).contains(&"ended".to_owned()));
    // What was removed can come again.
    add(&folder, &reports(), 64);
    assert_eq!(sound_stories(&folder), read_at_once(&reports()));
}
