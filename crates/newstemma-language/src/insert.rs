//! Phrases by which inserts are known: teasers, notices of the site, captions, credits.

use serde::Deserialize;

/// The topic `insert`: what `data/<language>/insert.toml` may say.
///
/// Phrases are in lower case, their words separated by single spaces, apostrophes and hyphens
/// being spaces too; a star at the end of a word stands for any ending ("cookie*"). In scripts
/// without spaces, and in Hangul, a phrase is found anywhere in a word.
///
/// The lists are families rather than quotations: a notice is known by speaking of the site's own
/// things (`thing`) and asking the reader to do something (`ask`), whatever words join the two.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InsertPhrases {
    /// What invitations to read something else begin with: "read also", "related".
    pub teaser: Vec<String>,
    /// Whole lines that belong to the site: "advertisement", "loading", "share".
    pub notice: Vec<String>,
    /// What a site has of its own: cookies, newsletters, apps, comments.
    pub thing: Vec<String>,
    /// What readers are asked to do, or told of their reading: "accept", "sign up", "your
    /// browser", "articles left".
    pub ask: Vec<String>,
    /// How a site tells that the rest is for those who pay or register: "for subscribers", "to
    /// continue reading".
    pub gate: Vec<String>,
    /// What captions and picture credits begin with: "photo", "file picture", "image".
    pub photo: Vec<String>,
    /// How captions describe: "in this picture", "from left", "aerial view".
    pub scene: Vec<String>,
    /// What stands beside an agency's name in a credit: "with", "source", "editing by".
    pub credit: Vec<String>,
    /// Sections, as kickers name them: "international", "politics".
    pub section: Vec<String>,
    /// What makes an unknown name that of an agency, before or behind it: "news agency", "told
    /// the agency". Not what other offices are called too ("agency" in "UN agency").
    pub agency: Vec<String>,
    /// Marks below a report that only say that it is over, or what it is: "end", "update".
    pub end: Vec<String>,
}

impl InsertPhrases {
    /// Those of all languages that have some, by tag: the furniture of a site is often in another
    /// language than the report. The other topics of their packs are not read for it.
    pub fn all() -> Vec<InsertPhrases> {
        crate::pack::topic_of_all("insert")
    }
}
