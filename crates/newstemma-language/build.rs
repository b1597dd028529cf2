//! Writes `data/` as the library embeds it: a table of every language folder with its topic files,
//! each turned from TOML, which people write, into JSON, which is read fast.
//!
//! So that a new language is one folder and nothing else, and two people who add a topic to the
//! same language never edit the same line.
// A build script reads the folder that it turns into a table.
#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=data");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("data");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("table.rs"), table(&root)?)?;
    fs::write(out.join("agencies.json"), json(&root.join("agencies.toml"))?)
}

/// The rows, by language, then by topic, both in order of their names.
fn table(root: &Path) -> io::Result<String> {
    let mut rows = String::from("&[\n");
    let mut languages = 0;
    for folder in sorted(root)? {
        if !folder.is_dir() {
            continue;
        }
        languages += 1;
        let _ = writeln!(rows, "    ({:?}, &[", name(&folder));
        for file in sorted(&folder)? {
            if file.extension().is_some_and(|e| e == "toml") {
                let _ = writeln!(rows, "        ({:?}, {:?}),", name(&file), json(&file)?);
            }
        }
        rows.push_str("    ]),\n");
    }
    rows.push(']');
    Ok(format!(
        "/// Language tag, then topic and text of each of its files.\n\
         pub(super) static TABLE: &[(&str, &[(&str, &str)]); {languages}] = {rows};\n"
    ))
}

/// A data file as JSON.
fn json(file: &Path) -> io::Result<String> {
    let text = fs::read_to_string(file)?;
    let fault = |message: String| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{}: {message}", file.display()))
    };
    if !text.starts_with('#') {
        return Err(fault("begins with no comment on source and licence".to_owned()));
    }
    let value: serde_json::Value = toml::from_str(&text).map_err(|e| fault(e.to_string()))?;
    Ok(value.to_string())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
