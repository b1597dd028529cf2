//! The one type through which lexical data is loaded.

use newstemma_model::Language;

/// All lexical data of one language.
#[derive(Debug, Default)]
pub struct Pack {
    /// The language.
    pub language: Language,
}

impl Pack {
    /// The pack of a language, or an empty one for a language without.
    pub fn of(_language: Language) -> &'static Pack {
        static EMPTY: Pack = Pack { language: Language::UNKNOWN };
        &EMPTY
    }
}
