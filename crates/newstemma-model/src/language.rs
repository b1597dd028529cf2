//! Names of languages.

use std::fmt;

/// A language, as the primary subtag of BCP 47 and, where the script decides, `zh-TW`.
///
/// Lower case, two or three letters; `und` is "not known". Only well-formed tags exist.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language {
    primary: [u8; 3],
    traditional: bool,
}

impl Language {
    /// Not known.
    pub const UNKNOWN: Language = Language { primary: *b"und", traditional: false };

    /// Reads a tag such as `fr`, `pt-BR`, `zh_Hant`, `ZH-TW`; regions and scripts are dropped,
    /// save that Chinese in traditional characters is `zh-TW`. `None` if it is no tag.
    ///
    /// ```
    /// use newstemma_model::Language;
    /// assert_eq!(Language::parse("pt-BR").unwrap().to_string(), "pt");
    /// assert_eq!(Language::parse("zh_Hant").unwrap().to_string(), "zh-TW");
    /// assert!(Language::parse("français").is_none());
    /// ```
    pub fn parse(tag: &str) -> Option<Language> {
        let mut parts = tag.trim().split(['-', '_']);
        let first = parts.next()?;
        if !(2..=3).contains(&first.len()) || !first.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut primary = [b' '; 3];
        for (slot, byte) in primary.iter_mut().zip(first.bytes()) {
            *slot = byte.to_ascii_lowercase();
        }
        let traditional = primary == *b"zh "
            && parts.any(|p| ["tw", "hk", "mo", "hant"].contains(&p.to_ascii_lowercase().as_str()));
        Some(Language { primary, traditional })
    }

    /// The primary subtag: `zh` for `zh-TW`.
    pub fn primary(&self) -> &str {
        let length = if self.primary[2] == b' ' { 2 } else { 3 };
        // Only ASCII letters are ever stored.
        std::str::from_utf8(&self.primary[..length]).unwrap_or("und")
    }

    /// Whether it is known at all.
    pub fn is_known(&self) -> bool {
        *self != Self::UNKNOWN
    }
}

impl Default for Language {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.primary())?;
        if self.traditional { f.write_str("-TW") } else { Ok(()) }
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
