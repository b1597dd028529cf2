//! Checks the licence of every dependency against the list in `deny.toml`.

use anyhow::{Context, bail};
use serde_json::Value;
use std::process::Command;

/// Check the licences of all dependencies against deny.toml
#[derive(clap::Args)]
pub(crate) struct Licences {}

impl Licences {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let deny: toml::Table = std::fs::read_to_string("deny.toml")
            .context("deny.toml is read from the workspace's root")?
            .parse()?;
        let allowed: Vec<&str> = deny["licenses"]["allow"]
            .as_array()
            .context("licenses.allow is a list")?
            .iter()
            .filter_map(toml::Value::as_str)
            .collect();
        let packages = packages()?;
        let refused: Vec<String> =
            packages.iter().filter(|p| !p.is_allowed(&allowed)).map(Package::describe).collect();
        if refused.is_empty() {
            println!("{} packages, all under licences that deny.toml allows", packages.len());
            return Ok(());
        }
        bail!("licences that deny.toml does not allow:\n{}", refused.join("\n"))
    }
}

struct Package {
    name: String,
    version: String,
    licence: Option<String>,
}

impl Package {
    fn is_allowed(&self, allowed: &[&str]) -> bool {
        self.licence.as_deref().is_some_and(|expression| is_satisfied(expression, allowed))
    }

    fn describe(&self) -> String {
        let licence = self.licence.as_deref().unwrap_or("none stated");
        format!("  {} {}: {licence}", self.name, self.version)
    }
}

/// All packages from outside the workspace.
fn packages() -> anyhow::Result<Vec<Package>> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .output()
        .context("cargo metadata could not be run")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let listed = metadata["packages"].as_array().context("cargo metadata lists packages")?;
    Ok(listed
        .iter()
        .filter(|p| !p["source"].is_null())
        .map(|p| Package {
            name: text(&p["name"]).unwrap_or_default(),
            version: text(&p["version"]).unwrap_or_default(),
            licence: text(&p["license"]),
        })
        .collect())
}

/// Whether an SPDX expression is met by licences of the list alone.
///
/// `AND` binds tighter than `OR`; the old form `MIT/Apache-2.0` means `OR`.
fn is_satisfied(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&tokens, &mut at, allowed) && at == tokens.len()
}

fn any(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut met = all(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(tokens, at, allowed);
    }
    met
}

fn all(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut met = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(tokens, at, allowed);
    }
    met
}

fn one(tokens: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let Some(&token) = tokens.get(*at) else { return false };
    *at += 1;
    if token == "(" {
        let met = any(tokens, at, allowed);
        *at += 1;
        return met;
    }
    let mut licence = token.to_owned();
    if tokens.get(*at) == Some(&"WITH") {
        licence = format!("{token} WITH {}", tokens.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    allowed.contains(&licence.as_str())
}

#[cfg(test)]
mod tests {
    use super::is_satisfied;

    #[test]
    fn an_expression_is_met_by_what_it_offers_and_demands() {
        let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"];
        for (expression, met) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("GPL-3.0 OR MIT AND LGPL-2.1", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
            ("GPL-2.0 WITH LLVM-exception", false),
            ("MIT AND", false),
            ("", false),
        ] {
            assert_eq!(is_satisfied(expression, &allowed), met, "{expression}");
        }
    }
}
