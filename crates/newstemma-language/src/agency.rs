//! Agencies and other suppliers of reports and pictures, in the spellings of many languages.

use newstemma_model::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// One supplier.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Agency {
    /// Canonical name: `AFP`, `Reuters`, `dpa`.
    pub name: String,
    /// The language that it writes in at home, as a tag; empty where these are several.
    pub language: String,
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

/// The language that an agency writes in at home, by its canonical name.
///
/// ```
/// use newstemma_language::home_language;
/// assert_eq!(home_language("dpa").map(|l| l.to_string()).as_deref(), Some("de"));
/// assert_eq!(home_language("Nordpress"), None);
/// ```
pub fn home_language(agency: &str) -> Option<Language> {
    agencies().iter().find(|a| a.name == agency).and_then(|a| Language::parse(&a.language))
}

/// The length in bytes of the agency's name that a text begins with, the longest one; codes, which
/// mean other things as well, do not count. The name must end where a word does. In scripts without
/// capitals many names are words too (Arabic for "the German" is dpa), so that none is found there;
/// the languages list those that are surely meant.
///
/// ```
/// use newstemma_language::agency_name_at;
/// assert_eq!(agency_name_at("Reuters, que…"), Some(7));
/// assert_eq!(agency_name_at("Интерфаксу сообщили"), Some("Интерфаксу".len()));
/// assert_eq!(agency_name_at("APart"), None);
/// ```
pub fn agency_name_at(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let names = by_initial().get(&first)?;
    names.iter().filter_map(|name| length_of(name, text)).max()
}

/// Spellings by their first letter, so that a text is held against few of them.
fn by_initial() -> &'static BTreeMap<char, Vec<&'static str>> {
    static NAMES: OnceLock<BTreeMap<char, Vec<&'static str>>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for agency in agencies() {
            // "The Associated Press" is "Associated Press" with its article.
            let article = |form: &str| {
                let parts = form.split_once(' ').filter(|(first, _)| first.len() <= "The".len());
                parts.is_some_and(|(_, rest)| agency.spellings.iter().any(|s| s == rest))
            };
            let forms = std::iter::once(&agency.name).chain(&agency.spellings);
            for form in forms.filter(|form| !article(form)) {
                let first = form.chars().next();
                if let Some(first) = first.filter(|c| c.is_uppercase() || c.is_lowercase()) {
                    names.entry(first).or_default().push(form);
                }
            }
        }
        names
    })
}

/// The length of a spelling at the beginning of a text, with the ending that its star allows.
fn length_of(name: &str, text: &str) -> Option<usize> {
    let stem = name.strip_suffix('*');
    let rest = text.strip_prefix(stem.unwrap_or(name))?;
    let letters = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    match stem {
        Some(_) => Some(text.len() - rest.len() + letters),
        None => (letters == 0).then_some(text.len() - rest.len()),
    }
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
