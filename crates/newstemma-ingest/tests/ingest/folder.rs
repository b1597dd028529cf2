//! A folder of files, and what is read from it.

use newstemma_ingest::{Input, ReadOptions, read};
use newstemma_model::{Content, Page};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that is removed again.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Folder {
        // Tests run side by side, and some read several folders of one name.
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let unique = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(format!("newstemma-{}-{}-{name}", unique.0, unique.1));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// Reads inputs that lie in this folder; `.` is the folder itself.
    pub(crate) fn read(&self, inputs: &[&str], options: ReadOptions) -> (Vec<Page>, Vec<String>) {
        let inputs: Vec<Input> = inputs.iter().map(|i| Input::parse(self.0.join(i))).collect();
        let read = read(&inputs, options);
        let warnings = read.warnings.iter().map(|w| self.short(&w.to_string())).collect();
        let mut pages = read.value;
        pages.iter_mut().for_each(|p| p.reference = self.short(&p.reference));
        (pages, warnings)
    }

    fn short(&self, name: &str) -> String {
        let folder = self.0.display().to_string();
        name.replace(&format!("{folder}/./"), "").replace(&format!("{folder}/"), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

pub(crate) fn references(pages: &[Page]) -> Vec<&str> {
    pages.iter().map(|p| p.reference.as_str()).collect()
}

pub(crate) fn text(page: &Page) -> &str {
    match &page.content {
        Content::Text(t) | Content::Html(t) | Content::Markdown(t) => t,
    }
}
