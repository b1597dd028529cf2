//! Agencies and other suppliers of reports and pictures, in the spellings of many languages.

use serde::Deserialize;
use std::sync::OnceLock;

/// One supplier.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agency {
    /// Canonical name: `AFP`, `Reuters`, `dpa`.
    pub name: String,
    /// Forms of the name, exact in case; a star at the end stands for any ending.
    pub spellings: Vec<String>,
    /// Forms that are also words or other abbreviations, so that they only count where a credit
    /// stands: in brackets, in a dateline, alone on a line.
    pub codes: Vec<String>,
    /// Whether it supplies pictures alone.
    pub pictures: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    agency: Vec<Agency>,
}

/// All suppliers that are known, in the order of `data/agencies.toml`.
///
/// ```
/// let agencies = newstemma_language::agencies();
/// let reuters = agencies.iter().find(|a| a.spellings.iter().any(|s| s == "رويترز")).unwrap();
/// assert_eq!(reuters.name, "Reuters");
/// ```
pub fn agencies() -> &'static [Agency] {
    static AGENCIES: OnceLock<Vec<Agency>> = OnceLock::new();
    // The tests read the file, so that it cannot fail in a build that passed them.
    AGENCIES.get_or_init(|| read().unwrap_or_default())
}

fn read() -> Result<Vec<Agency>, serde_json::Error> {
    let file: File =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/agencies.json")))?;
    Ok(file.agency)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    #[test]
    fn the_file_can_be_read_and_no_spelling_has_two_owners() {
        let agencies = super::read().unwrap();
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for agency in &agencies {
            assert!(!agency.name.is_empty());
            assert!(!agency.spellings.is_empty() || !agency.codes.is_empty(), "{}", agency.name);
            for form in agency.spellings.iter().chain(&agency.codes) {
                assert_eq!(form.trim(), form);
                let other = owners.insert(form, &agency.name).unwrap_or(&agency.name);
                assert_eq!(other, agency.name, "{form} belongs to both");
            }
        }
    }
}
