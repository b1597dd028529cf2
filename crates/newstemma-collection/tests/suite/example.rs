//! Reports of invented events, and folders to keep them in.

use newstemma_collection::{Reader, StoryFilter, Writer};
use newstemma_embed::Encoder;
use newstemma_model::{Content, Given, Page};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub(crate) static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::embedded().unwrap());
pub(crate) const NOW: &str = "2031-05-04T10:00:00Z";
pub(crate) const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// An empty folder of this name.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    folder
}

/// A report as an input gives it.
pub(crate) fn page(reference: &str, published: &str, text: &str) -> Page {
    let mut sha256 = [0; 32];
    for (index, byte) in text.bytes().chain(published.bytes()).enumerate() {
        sha256[index % 32] = u8::wrapping_mul(sha256[index % 32], 31) ^ byte;
    }
    let published = (!published.is_empty()).then(|| published.to_owned());
    Page {
        reference: reference.to_owned(),
        content: Content::Text(text.to_owned()),
        given: Given { published, ..Given::default() },
        sha256,
    }
}

/// Three events in six languages, eleven reports.
pub(crate) fn reports() -> Vec<Page> {
    [
        ("fire-1", "2031-05-03", "A warehouse of the Velm company burned down in Dornau on Friday night. Nobody was hurt, the brigade said. The road to Lisk was closed until Saturday noon."),
        ("fire-2", "2031-05-03", "Un entrepôt de la société Velm a brûlé à Dornau dans la nuit de vendredi. Personne n'a été blessé, selon les pompiers. La route de Lisk est restée fermée jusqu'à samedi midi."),
        ("fire-3", "2031-05-04", "Ein Lagerhaus der Firma Velm ist in Dornau in der Nacht zum Samstag abgebrannt. Verletzt wurde niemand, teilte die Feuerwehr mit. Die Straße nach Lisk war bis Samstagmittag gesperrt."),
        ("fire-4", "2031-05-04", "A warehouse of the Velm company burned down in Dornau on Friday night. Nobody was hurt, the brigade said. Police are looking for the cause."),
        ("strike-1", "2031-05-03", "Dockers in the port of Hasper walked out on Thursday over pay. The union OTV wants six per cent more. Ships for Quint were sent on to other ports."),
        ("strike-2", "2031-05-03", "Los estibadores del puerto de Hasper iniciaron el jueves una huelga por los salarios. El sindicato OTV pide un seis por ciento más. Los barcos con destino a Quint fueron desviados a otros puertos."),
        ("strike-3", "2031-05-05", "Докеры порта Хаспер в четверг начали забастовку из-за зарплаты. Профсоюз OTV требует на шесть процентов больше. Суда, идущие в Квинт, направили в другие порты."),
        ("concert-1", "2031-05-04", "The chamber orchestra of Orrin will play on the market square on Sunday. Admission is free. Five hundred seats have been set up."),
        ("concert-2", "2031-05-04", "L'orchestra da camera di Orrin suonerà domenica sulla piazza del mercato. L'ingresso è libero. Sono stati preparati cinquecento posti."),
        ("old", "1970-01-01", "A lighthouse keeper on the isle of Brann was found safe after the storm. He had lost his boat."),
        ("future", "2099-12-31", "The bridge at Sund will be closed to lorries from New Year. The ministry named no end date."),
    ]
    .map(|(reference, published, text)| page(reference, published, text))
    .into()
}

/// Adds pages, so many at a time.
pub(crate) fn add(folder: &Path, pages: &[Page], at_once: usize) {
    let mut writer = Writer::create(folder).unwrap();
    for pages in pages.chunks(at_once) {
        writer.add(pages, NOW, &ENCODER, TWO).unwrap();
    }
}

/// The stories of a collection, by the references of their reports.
pub(crate) fn stories(folder: &Path) -> BTreeSet<BTreeSet<String>> {
    let reader = Reader::open(folder).unwrap();
    let stories = reader.stories(&StoryFilter::default()).unwrap();
    let members = |id| {
        let told = reader.account(id, &ENCODER).unwrap();
        told.documents.into_iter().map(|d| d.report.reference).collect()
    };
    stories.into_iter().map(|story| members(story.id)).collect()
}

/// The stories of the same reports, read as a folder is.
pub(crate) fn read_at_once(pages: &[Page]) -> BTreeSet<BTreeSet<String>> {
    let run = newstemma_pipeline::run(pages.iter().cloned().map(Ok), &ENCODER, TWO, &());
    let collection = run.value;
    let name = |&member: &usize| collection.documents[member].report.reference.clone();
    collection.stories.iter().map(|s| s.members.iter().map(name).collect()).collect()
}

/// What a collection says that does not hang on the order of arrival or the clock: sets of
/// references. Fails if something in it is wrong.
pub(crate) fn sound_stories(folder: &Path) -> BTreeSet<BTreeSet<String>> {
    let wrong = Reader::open(folder).unwrap().check();
    assert!(wrong.is_empty(), "{wrong:?}");
    stories(folder)
}

pub(crate) fn set(references: &[&str]) -> BTreeSet<String> {
    references.iter().map(|&reference| reference.to_owned()).collect()
}
