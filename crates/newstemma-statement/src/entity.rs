//! Who and what a story names: names joined across spellings, languages and scripts.
//!
//! The distinct forms of a story are joined, surest signs first: one row of the gazetteer; the same
//! words; the same skeleton in every word of a full name (see [`romanise`](crate::romanise)); an
//! acronym and the words it is made of; a family name alone and the one person who bears it in the
//! story. Joining is transitive (a disjoint-set forest), so no sign that chains through weak steps
//! is used: a family name that two persons bear joins the one whom its own report names, else
//! stays alone. Forms are looked up by keys, so the cost is linear in the mentions, up to sorting.

use crate::gazetteer::{Place, place_of, stem, title};
use crate::lexicon::Lexicon;
use crate::romanise::skeleton;
use newstemma_model::{Document, Entity, EntityId, EntityKind, Language, StoryId};
use std::collections::BTreeMap;

/// The entities of a story, and which of them each name of each document names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// The entities, those with most mentions first.
    pub entities: Vec<Entity>,
    /// One list a document, one entry a name.
    pub of_names: Vec<Vec<EntityId>>,
}

/// Joins the names of a story's documents across spellings, languages and scripts.
pub fn entities(story: StoryId, documents: &[&Document]) -> Entities {
    let (mut forms, of_names) = forms(documents);
    let mut sets = Sets::new(forms.len());
    join_by_key(&forms, &mut sets, |f| f.place.map(|p| p.to_string()));
    join_by_key(&forms, &mut sets, full_name_key);
    join_acronyms(&forms, &mut sets);
    join_family_names(&forms, &mut sets);
    let roots: Vec<usize> = (0..forms.len()).map(|i| sets.root(i)).collect();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (form, &root) in roots.iter().enumerate() {
        members.entry(root).or_default().push(form);
    }
    let mut made: Vec<(usize, Entity)> = members
        .into_iter()
        .map(|(root, members)| (root, entity(story, &members, &mut forms)))
        .collect();
    let ids: BTreeMap<usize, EntityId> = made.iter().map(|(root, e)| (*root, e.id)).collect();
    let mut mentions: BTreeMap<EntityId, usize> = BTreeMap::new();
    for (form, root) in roots.iter().enumerate() {
        *mentions.entry(ids[root]).or_default() += forms[form].mentions;
    }
    made.sort_by_key(|(_, e)| (std::cmp::Reverse(mentions[&e.id]), e.id));
    Entities {
        entities: made.into_iter().map(|(_, e)| e).collect(),
        of_names: of_names
            .into_iter()
            .map(|names| names.into_iter().map(|form| ids[&roots[form]]).collect())
            .collect(),
    }
}

/// A distinct form of a name in a language.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) normal: String,
    language: Language,
    pub(crate) place: Option<Place>,
    /// How often it stands, and how often as each kind.
    mentions: usize,
    kinds: [usize; 4],
    /// The spellings, with how often.
    pub(crate) spellings: BTreeMap<String, usize>,
    /// Skeletons of its words.
    pub(crate) bones: Vec<String>,
    /// The documents that have it.
    documents: Vec<usize>,
}

impl Form {
    pub(crate) fn kind(&self) -> EntityKind {
        let best = (0..4).rev().max_by_key(|&k| self.kinds[k]).unwrap_or(3);
        KINDS[best]
    }

    pub(crate) fn words(&self) -> usize {
        self.bones.len()
    }
}

const KINDS: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Place, EntityKind::Organisation, EntityKind::Other];

/// The forms, and for each name of each document which form it has.
pub(crate) fn forms(documents: &[&Document]) -> (Vec<Form>, Vec<Vec<usize>>) {
    let mut index: BTreeMap<(String, Language), usize> = BTreeMap::new();
    let mut forms: Vec<Form> = Vec::new();
    let of_names = documents
        .iter()
        .enumerate()
        .map(|(d, document)| {
            let language = document.report.language;
            let names = document.names.iter().map(|name| {
                let key = (name.normal.clone(), language);
                let at = *index.entry(key).or_insert_with(|| {
                    forms.push(form(&name.normal, name.span.of(&document.report.text), language));
                    forms.len() - 1
                });
                let form = &mut forms[at];
                form.mentions += 1;
                form.kinds[KINDS.iter().position(|k| *k == name.kind).unwrap_or(3)] += 1;
                let text = name.span.of(&document.report.text).to_owned();
                *form.spellings.entry(text).or_default() += 1;
                if form.documents.last() != Some(&d) {
                    form.documents.push(d);
                }
                at
            });
            names.collect()
        })
        .collect();
    (forms, of_names)
}

fn form(normal: &str, text: &str, language: Language) -> Form {
    let lexicon = Lexicon::of(language);
    let bones = normal
        .split(' ')
        .map(|word| skeleton(stem(word, &lexicon.endings)))
        .filter(|bones| !bones.is_empty())
        .collect();
    Form {
        normal: normal.to_owned(),
        language,
        place: place_of(text, language),
        mentions: 0,
        kinds: [0; 4],
        spellings: BTreeMap::new(),
        bones,
        documents: Vec::new(),
    }
}

/// Joins the forms that have the same key.
fn join_by_key(forms: &[Form], sets: &mut Sets, key: impl Fn(&Form) -> Option<String>) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (i, form) in forms.iter().enumerate() {
        if let Some(key) = key(form) {
            match first.get(&key) {
                Some(&other) => sets.join(other, i),
                None => {
                    first.insert(key, i);
                }
            }
        }
    }
}

/// Skeletons of the words of a full name; the words themselves of any other.
fn full_name_key(form: &Form) -> Option<String> {
    const LETTERS_MIN: usize = 6;
    if form.place.is_some() {
        return None;
    }
    let bones = form.bones.join(" ");
    let firm = form.words() >= 2 && bones.len() >= LETTERS_MIN && form.kind() == EntityKind::Person;
    Some(if firm { bones } else { format!("={}", form.normal) })
}

/// Joins "ICBL" with the words that it is made of.
fn join_acronyms(forms: &[Form], sets: &mut Sets) {
    const LETTERS_MIN: usize = 3;
    let mut acronyms: BTreeMap<String, usize> = BTreeMap::new();
    for (i, form) in forms.iter().enumerate() {
        let shouted =
            form.spellings.keys().next().is_some_and(|s| {
                s.chars().count() >= LETTERS_MIN && s.chars().all(char::is_uppercase)
            });
        if shouted {
            acronyms.entry(form.normal.clone()).or_insert(i);
        }
    }
    for (i, form) in forms.iter().enumerate() {
        let initials = form.spellings.keys().next().map(|s| initials(s)).unwrap_or_default();
        if initials.chars().count() >= LETTERS_MIN
            && let Some(&acronym) = acronyms.get(&initials)
        {
            sets.join(acronym, i);
        }
    }
}

/// The first letters of the capitalised words of a name, folded.
pub(crate) fn initials(spelling: &str) -> String {
    let words = spelling.split(|c: char| !c.is_alphanumeric());
    let first = words.filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase());
    first.flat_map(char::to_lowercase).collect()
}

/// Joins a family name alone with the person of that name.
fn join_family_names(forms: &[Form], sets: &mut Sets) {
    let mut bearers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, form) in forms.iter().enumerate() {
        if form.words() >= 2
            && form.kind() == EntityKind::Person
            && let Some(last) = form.bones.last().filter(|b| b.len() >= 2)
        {
            bearers.entry(last).or_default().push(i);
        }
    }
    for (i, form) in forms.iter().enumerate() {
        let alone = form.words() == 1 && form.place.is_none();
        let personal = matches!(form.kind(), EntityKind::Person | EntityKind::Other);
        let Some(all) = form.bones.first().and_then(|b| bearers.get(b.as_str())) else { continue };
        if !alone || !personal {
            continue;
        }
        let near = |&f: &usize| forms[f].documents.iter().any(|d| form.documents.contains(d));
        let own: Vec<usize> = all.iter().copied().filter(near).collect();
        let choice = if own.is_empty() { all.clone() } else { own };
        let mut roots: Vec<usize> = choice.iter().map(|&f| sets.root(f)).collect();
        roots.sort_unstable();
        roots.dedup();
        if let [only] = roots[..] {
            sets.join(only, i);
        }
    }
}

/// The entity of some forms.
fn entity(story: StoryId, members: &[usize], forms: &mut [Form]) -> Entity {
    let mut kinds = [0; 4];
    let mut spellings: BTreeMap<(String, Language), usize> = BTreeMap::new();
    for &m in members {
        for (sum, count) in kinds.iter_mut().zip(forms[m].kinds) {
            *sum += count;
        }
        for (text, count) in &forms[m].spellings {
            *spellings.entry((text.clone(), forms[m].language)).or_default() += count;
        }
    }
    let kind = KINDS[(0..4).rev().max_by_key(|&k| kinds[k]).unwrap_or(3)];
    let place = members.iter().find_map(|&m| forms[m].place);
    let words = |text: &str| text.split_whitespace().count();
    let most = spellings.keys().map(|(text, _)| words(text)).max().unwrap_or(1);
    // A person is called by the full name, anything else as most do.
    let full = |text: &str| kind != EntityKind::Person || words(text) >= most.min(2);
    let mut list: Vec<((String, Language), usize)> = spellings.into_iter().collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let by_text =
        list.iter().filter(|((text, _), _)| full(text)).map(|((text, _), _)| text.clone());
    let name = by_text.into_iter().next().or_else(|| list.first().map(|((t, _), _)| t.clone()));
    let name = name.unwrap_or_default();
    // The row of the gazetteer makes the id, so that it does not hang on which spelling is commonest.
    let key = place.map_or(name.clone(), |p| title(p).to_owned());
    Entity {
        id: EntityId::of(&[&story.to_bytes(), kind.name().as_bytes(), key.as_bytes()]),
        kind,
        name,
        spellings: list.into_iter().map(|(spelling, _)| spelling).collect(),
    }
}

/// A disjoint-set forest; the root of a set is its least member.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Sets {
        Sets((0..n).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::entities;
    use newstemma_model::{Document, StoryId};
    use newstemma_testkit::report;

    fn document(name: &str, language: &str, text: &str) -> Document {
        let mut document = report(name, language, &[text]);
        document.names = crate::mentions(&document.report, &document.sentences).names;
        document
    }

    #[test]
    fn spellings_languages_and_scripts_meet_in_one_entity() {
        let documents = [
            document("a", "en", "In Kyiv, President Sergei Malyshkin said so; Malyshkin left."),
            document("b", "fr", "hier à Kiev, le président Sergueï Malychkine est parti"),
            document("c", "ru", "Вчера президент Сергей Малышкин прибыл в Киев."),
        ];
        let list: Vec<&Document> = documents.iter().collect();
        let found = entities(StoryId::of(&[b"s"]), &list);
        let names: Vec<(&str, usize)> =
            found.entities.iter().map(|e| (e.name.as_str(), e.spellings.len())).collect();
        assert_eq!(names.len(), 2, "{names:?}");
        assert!(names.contains(&("Sergei Malyshkin", 4)), "{names:?}");
        for (document, ids) in documents.iter().zip(&found.of_names) {
            assert_eq!(document.names.len(), ids.len());
        }
    }

    #[test]
    fn an_acronym_is_its_words_and_two_of_a_name_are_two() {
        let documents = [
            document("a", "en", "The Free Harbour League met; then the FHL left."),
            document("b", "en", "There John Marlow met Anna Marlow."),
            document("c", "en", "So the aide told Marlow."),
        ];
        let list: Vec<&Document> = documents.iter().collect();
        let found = entities(StoryId::of(&[b"s"]), &list);
        assert_eq!(found.of_names[0][0], found.of_names[0][1]);
        assert_ne!(found.of_names[1][0], found.of_names[1][1]);
        let alone = found.of_names[2].first();
        assert!(alone.is_none_or(|a| !found.of_names[1].contains(a)));
    }
}
