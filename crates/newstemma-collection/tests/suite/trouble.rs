//! What may befall a collection, done to one.

use crate::example::{ENCODER, NOW, TWO, add, folder, reports, sound_stories};
use crate::format::committed;
use newstemma_collection::{CollectionError, Reader, Writer};
use std::io::{Seek, SeekFrom, Write};

#[test]
fn there_is_one_writer_and_the_readers_see_what_it_has_committed() {
    let folder = folder("two-writers");
    let pages = reports();
    let mut writer = Writer::create(&folder).unwrap();
    writer.add(&pages[..4], NOW, &ENCODER, TWO).unwrap();
    let error = Writer::create(&folder).unwrap_err();
    assert!(matches!(error, CollectionError::Busy(_)), "{error}");
    assert!(error.hint().contains("wait"));
    let seen = sound_stories(&folder);
    writer.add(&pages[4..], NOW, &ENCODER, TWO).unwrap();
    assert!(sound_stories(&folder).len() > seen.len());
    drop(writer);
    Writer::create(&folder).unwrap();
}

#[test]
fn a_clock_that_goes_backwards_and_dates_far_away_change_nothing() {
    let pages = reports();
    let expected = folder("clock-right");
    add(&expected, &pages, 64);
    let folder = folder("clock-wrong");
    let mut writer = Writer::create(&folder).unwrap();
    let clocks = ["2031-05-04T10:00:00Z", "1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z"];
    for (page, now) in pages.chunks(1).zip(clocks.iter().cycle()) {
        writer.add(page, now, &ENCODER, TWO).unwrap();
    }
    drop(writer);
    assert_eq!(sound_stories(&folder), sound_stories(&expected));
}

#[test]
fn a_damaged_page_is_found_and_named() {
    let folder = folder("damaged");
    add(&folder, &reports(), 64);
    Writer::open(&folder).unwrap().compact().unwrap();
    let path = folder.join("collection.db");
    let length = std::fs::metadata(&path).unwrap().len();
    let mut noticed = 0;
    let whole = std::fs::read(&path).unwrap();
    for page in (1..length / 4096).step_by(7) {
        std::fs::write(&path, &whole).unwrap();
        let mut file = std::fs::File::options().write(true).open(&path).unwrap();
        file.seek(SeekFrom::Start(page * 4096 + 3600)).unwrap();
        // Near the end of the page, where its rows begin. Text in place of text is as good as before;
        // only a hash tells.
        file.write_all(b"damage damage damage").unwrap();
        drop(file);
        let found = Reader::open(&folder).map(|reader| reader.check());
        noticed += usize::from(!found.is_ok_and(|found| found.is_empty()));
    }
    // In some pages these bytes are free.
    let tried = (1..length / 4096).step_by(7).count();
    assert!(2 * noticed > tried, "{noticed} of {tried}");
}

/// Catches rows that are brought up to date without a look at their checksum: what is derived from them
/// would have one of its own, which is right.
#[test]
fn what_is_damaged_in_an_old_collection_is_not_trusted_in_a_new_one() {
    let folder = folder("damaged-v2");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("collection.db");
    std::fs::copy(committed("v2").join("collection.db"), &path).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let (report, mut profile): (i64, Vec<u8>) = db
        .query_row("SELECT max(report), profile FROM compared", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    profile[20] ^= 1;
    let update = "UPDATE compared SET profile = ? WHERE report = ?";
    db.execute(update, rusqlite::params![profile, report]).unwrap();
    drop(Writer::open(&folder).unwrap());
    let query = "SELECT count(*) FROM finding WHERE report = ?";
    let found: i64 = db.query_row(query, [report], |row| row.get(0)).unwrap();
    assert_eq!(found, 0);
    let wrong = Reader::open(&folder).unwrap().check();
    assert!(wrong[0].ends_with("what it is compared by is damaged"), "{wrong:?}");
}

#[test]
fn what_is_no_collection_is_told_apart() {
    let folder = folder("foreign");
    let missing = Reader::open(&folder).unwrap_err();
    assert!(matches!(missing, CollectionError::Missing(_)), "{missing}");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("collection.db"), "no database, some text of some length\n")
        .unwrap();
    for error in [Reader::open(&folder).unwrap_err(), Writer::create(&folder).unwrap_err()] {
        assert!(matches!(error, CollectionError::Foreign(_)), "{error}");
    }
}
