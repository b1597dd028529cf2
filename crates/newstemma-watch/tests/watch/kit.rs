//! A watch over a server, on a clock of its own.

use newstemma_model::{Content, Page, Warning};
use newstemma_testkit::server::{Request, Server, Stream, answer};
use newstemma_watch::{
    Batch, Clock, Moment, PrivateAddresses, Resolve, Round, Settings, Watch, WatchError, World,
};
use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// 24 May 2031, noon.
pub(crate) const NOON: Moment = Moment::from_seconds(1_937_390_400);

/// A clock on which time passes only while somebody waits, or a test says so.
#[derive(Default)]
pub(crate) struct TestClock(AtomicU64);

impl TestClock {
    pub(crate) fn pass(&self, duration: Duration) {
        self.0.fetch_add(duration.as_millis() as u64, Ordering::SeqCst);
    }

    /// How much has passed since noon.
    pub(crate) fn passed(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::SeqCst))
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        NOON.plus(self.passed())
    }

    fn sleep(&self, duration: Duration) {
        self.pass(duration);
    }
}

/// Names that lead where a test wants.
#[derive(Default)]
pub(crate) struct Names(pub(crate) BTreeMap<&'static str, Vec<IpAddr>>);

impl Resolve for Names {
    fn resolve(&self, host: &str, _: Duration) -> io::Result<Vec<IpAddr>> {
        self.0.get(host).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// A watch with a folder of its own.
pub(crate) struct Case {
    pub(crate) folder: PathBuf,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) settings: Settings,
    pub(crate) names: BTreeMap<&'static str, Vec<IpAddr>>,
    pub(crate) sources: Vec<String>,
}

/// What a round brought.
pub(crate) struct Outcome {
    pub(crate) round: Round,
    pub(crate) pages: Vec<Page>,
    pub(crate) warnings: Vec<Warning>,
}

impl Case {
    /// A watch over these sources, without pauses, that gives answers half a second and 64 KiB.
    pub(crate) fn new(name: &str, sources: &[String]) -> Case {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("watch-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        let settings = Settings {
            delay: Duration::ZERO,
            timeout: Duration::from_millis(500),
            body_bytes_max: 64 * 1024,
            private_addresses: PrivateAddresses::Allowed,
            ..Settings::default()
        };
        let (clock, names) = (Arc::default(), BTreeMap::new());
        Case { folder, clock, settings, names, sources: sources.to_vec() }
    }

    pub(crate) fn open(&self) -> Watch {
        let resolver = Arc::new(Names(self.names.clone()));
        let world = World { clock: self.clock.clone(), resolver };
        Watch::open(&self.folder, &self.sources, self.settings.clone(), world).unwrap().value
    }

    /// One round of a watch that is opened for it.
    pub(crate) fn round(&self) -> Outcome {
        round_of(&mut self.open())
    }

    /// The lines of `watch.jsonl` that speak of an address, as the next run finds them.
    pub(crate) fn known(&self, url: &str) -> usize {
        drop(self.open());
        let text = std::fs::read_to_string(self.folder.join("watch.jsonl")).unwrap();
        text.lines().filter(|line| line.contains(&format!("\"url\":\"{url}\""))).count()
    }

    /// All archives of a kind, packed as they are, in order.
    pub(crate) fn archives(&self, kind: &str) -> Vec<PathBuf> {
        let files = self.folder.read_dir().unwrap().map(|file| file.unwrap().path());
        let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut files: Vec<PathBuf> = files
            .filter(|path| name(path).starts_with(kind) && name(path).ends_with(".warc.gz"))
            .collect();
        files.sort();
        files
    }

    /// The unpacked text of all archives of a kind.
    pub(crate) fn archived(&self, kind: &str) -> String {
        let unpacked = |path: PathBuf| {
            let packed = std::fs::read(path).unwrap();
            let mut text = Vec::new();
            io::Read::read_to_end(
                &mut flate2::bufread::MultiGzDecoder::new(&packed[..]),
                &mut text,
            )
            .unwrap();
            String::from_utf8_lossy(&text).into_owned()
        };
        self.archives(kind).into_iter().map(unpacked).collect()
    }
}

pub(crate) fn round_of(watch: &mut Watch) -> Outcome {
    let (mut pages, mut warnings) = (Vec::new(), Vec::new());
    let round = watch.round(|batch: Batch| {
        pages.extend(batch.pages);
        warnings.extend(batch.warnings);
        Ok::<(), WatchError>(())
    });
    Outcome { round: round.unwrap(), pages, warnings }
}

impl Outcome {
    /// The only warning, which must speak of this.
    #[track_caller]
    pub(crate) fn warned(&self, of: &str) {
        let [warning] = &self.warnings[..] else {
            panic!("one warning of {of}: {:?}", self.warnings)
        };
        assert!(warning.to_string().contains(of), "{warning}");
    }

    /// The HTML of the pages, in order of their addresses.
    pub(crate) fn texts(&self) -> Vec<String> {
        let mut pages: Vec<&Page> = self.pages.iter().collect();
        pages.sort_by_key(|page| page.given.url.clone());
        let text = |page: &&Page| match &page.content {
            Content::Html(text) | Content::Text(text) | Content::Markdown(text) => text.clone(),
        };
        pages.iter().map(text).collect()
    }
}

/// A server that has no robots.txt, has at `/feed` a feed of these links, and answers the rest by this
/// function.
pub(crate) fn site(
    links: &[&str],
    answer_page: impl Fn(&Request, &mut Stream) -> io::Result<()> + Send + Sync + 'static,
) -> Server {
    let feed = feed(links);
    Server::start(move |request, stream| match request.path.as_str() {
        "/robots.txt" => stream.write_all(&answer(404, "", "")),
        "/feed" => stream.write_all(&answer(200, "Content-Type: application/rss+xml", &feed)),
        _ => answer_page(request, stream),
    })
}

pub(crate) fn feed(links: &[&str]) -> String {
    let items: String = links
        .iter()
        .map(|link| format!("<item><title>Новина</title><link>{link}</link></item>"))
        .collect();
    format!("<rss version=\"2.0\"><channel><title>Канал</title>{items}</channel></rss>")
}

pub(crate) fn html(text: &str) -> Vec<u8> {
    answer(200, "Content-Type: text/html; charset=utf-8", format!("<!DOCTYPE html><p>{text}"))
}
