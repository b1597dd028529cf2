//! A collection that is fed in any way ends as a folder that is read at once.

use crate::example::{
    ENCODER, NOW, TWO, add, folder, page, read_at_once, reports, set, sound_stories,
};
use newstemma_collection::{Added, Limits, Reader, Removal, Writer};
use newstemma_model::Page;

#[test]
fn fed_one_by_one_in_any_order_it_has_the_stories_of_a_folder() {
    let pages = reports();
    let once = read_at_once(&pages);
    assert!(once.contains(&set(&["fire-1", "fire-2", "fire-3", "fire-4"])), "{once:?}");
    assert!(once.contains(&set(&["strike-1", "strike-2", "strike-3"])), "{once:?}");
    let mut backwards = pages.clone();
    backwards.reverse();
    let mut mixed: Vec<Page> = pages.iter().step_by(2).cloned().collect();
    mixed.extend(pages.iter().skip(1).step_by(2).cloned());
    for (name, order, at_once) in
        [("forth", &pages, 1), ("back", &backwards, 3), ("mixed", &mixed, 64)]
    {
        let folder = folder(&format!("order-{name}"));
        // Opened anew each time, as by so many runs of the program.
        order.chunks(at_once).for_each(|pages| add(&folder, pages, at_once));
        assert_eq!(sound_stories(&folder), once, "{name}");
    }
}

#[test]
fn what_is_there_is_not_added_again() {
    let folder = folder("again");
    let pages = reports();
    add(&folder, &pages, 64);
    let mut writer = Writer::create(&folder).unwrap();
    let added = writer.add(&pages, NOW, &ENCODER, TWO).unwrap().value;
    assert_eq!(added, Added { new: 0, revised: 0, known: pages.len() });
}

#[test]
fn where_a_batch_ends_changes_nothing_not_even_the_log() {
    let pages = reports();
    let [one, all] = [("single", 1), ("whole", 64)].map(|(name, at_once)| {
        let folder = folder(&format!("batch-{name}"));
        add(&folder, &pages, at_once);
        Reader::open(&folder).unwrap().log(None).unwrap()
    });
    assert_eq!(one, all);
    assert!(one.len() >= pages.len());
}

/// Reports come, are corrected, are taken away and come again. Catches what is forgotten and not taken
/// up again when it is needed, or taken up otherwise.
#[test]
fn a_writer_that_holds_next_to_nothing_ends_as_one_that_holds_all() {
    let pages = reports();
    let undated =
        page("undated", "", "Ships for Quint wait off Hasper: dockers walked out over pay.");
    let corrected = page(
        "fire-1",
        "2031-05-04",
        "A warehouse of the Velm company burned down in Dornau on Friday night. One man was hurt, the brigade said. The road to Lisk was closed until Saturday noon.",
    );
    let nothing = Limits { found_bytes: 0, profiles_bytes: 0, grouped_bytes: 0 };
    let [all, little] = [("all", Limits::default()), ("little", nothing)].map(|(name, limits)| {
        let folder = folder(&format!("limits-{name}"));
        let mut writer = Writer::create(&folder).unwrap();
        writer.limit(limits);
        let mut come = |pages: &[Page]| {
            for page in pages.chunks(1) {
                writer.add(page, NOW, &ENCODER, TWO).unwrap();
            }
        };
        come(&pages[..8]);
        come(&[corrected.clone(), undated.clone()]);
        come(&pages[8..]);
        for gone in ["fire-", "strike-2"] {
            let which = Removal { source: Some(gone.into()), ..Removal::default() };
            writer.remove(&which, NOW).unwrap();
        }
        for page in pages.iter().rev() {
            writer.add(std::slice::from_ref(page), NOW, &ENCODER, TWO).unwrap();
        }
        drop(writer);
        let reader = Reader::open(&folder).unwrap();
        (sound_stories(&folder), reader.all_stories().unwrap(), reader.log(None).unwrap())
    });
    assert_eq!(all, little);
    let mut here = pages;
    here.push(undated);
    assert_eq!(little.0, read_at_once(&here));
}
