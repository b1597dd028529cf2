//! How stories change, told as it would happen.

use crate::example::{
    ENCODER, NOW, add, folder, page, read_at_once, reports, set, sound_stories, stories,
};
use newstemma_collection::{Reader, Removal, Writer};
use newstemma_model::Page;
use std::path::Path;

fn log(folder: &Path) -> Vec<String> {
    let reader = Reader::open(folder).unwrap();
    reader.log(None).unwrap().into_iter().map(|line| line.event).collect()
}

const LEAK: &str = "Ammonia leaked from a tank of the Korvel plant in Tessin on Monday morning. The valve had been changed the week before, the operator said.";
const SCHOOL: &str = "Four hundred pupils of the Arlen school had to leave their classrooms on Monday. Three of them were taken to hospital with sore eyes, the headmistress Ida Brandt said.";
const STRIKE: &str = "Los estibadores del puerto de Hasper iniciaron el lunes una huelga por los salarios. El sindicato OTV pide un seis por ciento más para los empleados de los muelles.";

/// A report that tells what two others do.
fn both(reference: &str, texts: [&str; 2]) -> Page {
    page(reference, "2031-03-04", &texts.join(" "))
}

fn remove(writer: &mut Writer, source: &str) -> usize {
    let which = Removal { source: Some(source.into()), ..Removal::default() };
    writer.remove(&which, NOW).unwrap()
}

/// On Monday two outlets write about what seem to be two things: a leak at a plant, and a school that
/// was emptied. On Tuesday a third tells both at length. It was one event.
#[test]
fn late_evidence_makes_one_story_of_two_and_its_withdrawal_makes_two_again() {
    let leak = page("leak", "2031-03-03", LEAK);
    let school = page("school", "2031-03-03", SCHOOL);
    let folder = folder("merge");
    add(&folder, &[leak, school], 1);
    assert_eq!(stories(&folder), [set(&["leak"]), set(&["school"])].into());
    let reader = Reader::open(&folder).unwrap();
    let [older, younger] = reader.all_stories().unwrap()[..] else { panic!("two stories") };

    add(&folder, &[both("both", [LEAK, SCHOOL])], 1);
    assert_eq!(sound_stories(&folder), [set(&["leak", "school", "both"])].into());
    assert_eq!(log(&folder), ["began", "began", "merged", "joined"]);
    // The older id stays, and the younger one still leads there.
    assert_eq!(reader.all_stories().unwrap(), [older]);
    assert_eq!(reader.story(&younger.to_string()).unwrap(), older);

    let mut writer = Writer::open(&folder).unwrap();
    assert_eq!(remove(&mut writer, "both"), 1);
    assert_eq!(sound_stories(&folder), [set(&["leak"]), set(&["school"])].into());
    assert_eq!(log(&folder)[4..], ["removed", "split"]);
    assert_eq!(reader.all_stories().unwrap(), [older, younger]);
}

/// A story outlives the report that it is named after; that comes again to another story, and is parted
/// from it by a writer that knows nothing of the first. Catches a story that is written over by one that
/// would have the same name.
#[test]
fn a_story_keeps_its_name_when_the_report_it_is_named_after_begins_another() {
    let leak = page("gone/leak", "2031-03-03", LEAK);
    let school = page("school", "2031-03-03", SCHOOL);
    let strike = page("strike", "2031-03-03", STRIKE);
    let folder = folder("named-after-another");
    add(&folder, &[leak.clone(), school.clone(), both("gone/both", [LEAK, SCHOOL])], 1);
    let reader = Reader::open(&folder).unwrap();
    let [named_after_leak] = reader.all_stories().unwrap()[..] else { panic!("one story") };
    assert_eq!(remove(&mut Writer::open(&folder).unwrap(), "gone/"), 2);
    assert_eq!(reader.all_stories().unwrap(), [named_after_leak], "it goes by the school now");

    add(&folder, &[strike.clone(), both("mixed", [LEAK, STRIKE]), leak.clone()], 1);
    assert_eq!(
        sound_stories(&folder),
        [set(&["school"]), set(&["strike", "mixed", "gone/leak"])].into()
    );
    let last = log(&folder).len();
    assert_eq!(remove(&mut Writer::open(&folder).unwrap(), "mixed"), 1);
    assert_eq!(log(&folder)[last..], ["removed", "split"]);
    assert_eq!(sound_stories(&folder), read_at_once(&[leak, school, strike]));
    let documents = reader.account(named_after_leak, &ENCODER).unwrap().documents;
    let references: Vec<&str> = documents.iter().map(|d| d.report.reference.as_str()).collect();
    assert_eq!(references, ["school"]);
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
