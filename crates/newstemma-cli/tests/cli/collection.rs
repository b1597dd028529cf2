//! What may befall a collection while the program runs, done to the program.
//!
//! Whatever happened, running the same command again must end in the collection that a run without
//! trouble makes: same stories, same log.

use crate::program::{command, newstemma, nowhere};
use newstemma_collection::Reader;
use std::fmt::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// Kills a run at so many random moments.
const KILLS: usize = 100;

#[test]
fn killed_at_a_hundred_random_moments_it_ends_as_one_that_never_was() {
    let input = input("kill.jsonl");
    let expected = nowhere("collection-kill-never");
    assert_eq!(newstemma(&["add", &input, "--store", &expected]).status.code(), Some(0));
    let expected = contents(&expected);
    let mut random = random(11);
    let mut store = nowhere("collection-kill-0");
    let mut finished = 0;
    for kill in 1..=KILLS {
        let mut child = spawn(&["add", &input, "--store", &store]);
        std::thread::sleep(Duration::from_millis(random() % 400));
        // It may have ended by itself.
        let _ = child.kill();
        if child.wait().unwrap().success() {
            assert_eq!(contents(&store), expected, "after kill {kill}");
            store = nowhere(&format!("collection-kill-{kill}"));
            finished += 1;
        }
    }
    assert!(finished < KILLS, "no run was killed");
    assert_eq!(newstemma(&["add", &input, "--store", &store]).status.code(), Some(0));
    assert_eq!(contents(&store), expected);
}

/// A file may not grow beyond some size, which the program meets as it meets a full disk.
#[test]
fn when_no_space_is_left_it_says_so_and_goes_on_from_there_later() {
    let input = input("full.jsonl");
    let expected = nowhere("collection-full-never");
    newstemma(&["add", &input, "--store", &expected]);
    let store = nowhere("collection-full");
    // In blocks of 512 bytes: enough for the first tables, or for some reports.
    for blocks in [64, 600, 1500] {
        let limited = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.arg("-c").arg(limited).arg(env!("CARGO_BIN_EXE_newstemma"));
        let output = command.args(["add", &input, "--store", &store]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{blocks}: {told}");
        assert!(told.contains("no space left") && told.contains("hint: free some space"), "{told}");
    }
    assert_eq!(newstemma(&["add", &input, "--store", &store]).status.code(), Some(0));
    assert_eq!(contents(&store), contents(&expected));
}

#[test]
fn a_folder_that_may_not_be_written_can_be_read_and_says_why_it_is_not_added_to() {
    let input = input("read-only.jsonl");
    let store = nowhere("collection-read-only");
    newstemma(&["add", &input, "--store", &store]);
    let writable = |mode: u32, file_mode: u32| {
        for entry in Path::new(&store).read_dir().unwrap() {
            let path = entry.unwrap().path();
            std::fs::set_permissions(path, PermissionsExt::from_mode(file_mode)).unwrap();
        }
        std::fs::set_permissions(&store, PermissionsExt::from_mode(mode)).unwrap();
    };
    writable(0o555, 0o444);
    let add = unprivileged(&["add", &input, "--store", &store]);
    let stories = unprivileged(&["stories", "--store", &store]);
    writable(0o755, 0o644);
    let (Some(add), Some(stories)) = (add, stories) else { return };
    let told = String::from_utf8(add.stderr).unwrap();
    assert_eq!(add.status.code(), Some(1), "{told}");
    assert!(told.contains("can't be written") && told.contains("hint: check who may"), "{told}");
    assert_eq!(stories.status.code(), Some(0), "{}", String::from_utf8_lossy(&stories.stderr));
    assert!(!stories.stdout.is_empty());
}

#[test]
fn two_programs_do_not_add_at_once() {
    let store = nowhere("collection-two");
    let mut first = spawn_reading(&["add", "-", "--store", &store]);
    // It holds the collection as soon as that is there.
    while !Path::new(&store).join("collection.db").exists() {
        std::thread::sleep(Duration::from_millis(10));
    }
    let second = newstemma(&["add", &input("two.jsonl"), "--store", &store]);
    let told = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(told.contains("another program is changing") && told.contains("hint: wait"), "{told}");
    drop(first.stdin.take());
    first.wait().unwrap();
    assert_eq!(newstemma(&["add", &input("two.jsonl"), "--store", &store]).status.code(), Some(0));
}

#[test]
fn the_plain_tools_of_sqlite_read_it_and_the_commands_agree() {
    let store = nowhere("collection-commands");
    newstemma(&["add", &input("commands.jsonl"), "--store", &store]);
    let text = |arguments: &[&str]| {
        let output = newstemma(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let stories = text(&["stories", "--store", &store, "--min", "2"]);
    let id = stories.split_whitespace().next().unwrap();
    let shown = text(&["show", id, "--store", &store, "--json"]);
    assert!(shown.contains(&format!("{{\"type\":\"story\",\"v\":1,\"id\":\"{id}\"")), "{shown}");
    assert!(text(&["show", id, "--store", &store, "--log"]).contains("began with"));
    assert!(text(&["export", "--store", &store]).contains(&shown));
    let found = text(&["search", "ferry", "--store", &store, "--limit", "3"]);
    assert_eq!(found.lines().count(), 3, "{found}");
    assert_eq!(text(&["check", "--store", &store]), "");
    assert_eq!(text(&["remove", "--before", "2032-01-01", "--store", &store]), "");
    assert_eq!(text(&["compact", "--store", &store]), "");
    assert_eq!(text(&["stories", "--store", &store]), "");
}

/// What a collection holds, but for the times by the clock.
fn contents(store: &str) -> (Vec<String>, Vec<String>) {
    let reader = Reader::open(Path::new(store)).unwrap();
    assert_eq!(reader.check(), [""; 0], "{store}");
    let stories = reader.stories(&newstemma_collection::StoryFilter::default()).unwrap();
    let stories = stories.iter().map(|story| format!("{story:?}")).collect();
    let log = reader.log(None).unwrap().into_iter();
    let line = |line: newstemma_collection::LogLine| {
        format!("{} {} {:?} {:?}", line.event, line.story, line.other, line.report)
    };
    (stories, log.map(line).collect())
}

/// A file of 150 short reports of 50 events, those of one event far apart.
fn input(name: &str) -> String {
    const PLACES: [&str; 10] =
        ["Padol", "Dornau", "Hasper", "Quint", "Orrin", "Velm", "Tessin", "Arlen", "Brann", "Sund"];
    const EVENTS: [&str; 5] = [
        "A ferry hit the pier of {}. The captain {} was questioned. {} people were hurt.",
        "A warehouse burned down in {}. The owner {} lost {} tons of paint.",
        "Teachers in {} went on strike. Their speaker {} wants {} per cent more pay.",
        "A bridge in {} was closed to lorries. Engineer {} found {} cracks in it.",
        "The zoo of {} lost a bear. Keeper {} searched for {} hours before it came home.",
    ];
    let mut lines = String::new();
    for copy in 0..3 {
        for (number, place) in (0..50).map(|n| (n, PLACES[n / 5])) {
            let name =
                format!("{}{} {}er", PLACES[n_of(number, 3)], number, PLACES[n_of(number, 7)]);
            let mut text = EVENTS[number % 5].replacen("{}", place, 1).replacen("{}", &name, 1);
            text = text.replacen("{}", &(number + 11).to_string(), 1);
            if copy > 0 {
                write!(text, " Outlet {copy} has this from {place}.").unwrap();
            }
            let day = 1 + (number + copy) % 28;
            writeln!(
                lines,
                "{{\"id\": \"{number}-{copy}\", \"published\": \"2031-05-{day:02}\", \"text\": \"{text}\"}}"
            )
            .unwrap();
        }
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, lines).unwrap();
    path.to_str().unwrap().to_owned()
}

fn n_of(number: usize, step: usize) -> usize {
    number * step % 10
}

fn spawn(arguments: &[&str]) -> Child {
    command(arguments).stderr(Stdio::null()).spawn().unwrap()
}

fn spawn_reading(arguments: &[&str]) -> Child {
    command(arguments).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// Runs it as somebody whom permissions bind. `None` where that can't be done.
fn unprivileged(arguments: &[&str]) -> Option<Output> {
    let own = std::fs::metadata("/proc/self").map_or(1, |process| process.uid());
    if own != 0 {
        return Some(newstemma(arguments));
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"]);
    command.arg(env!("CARGO_BIN_EXE_newstemma")).args(arguments).output().ok()
}

fn random(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    }
}
