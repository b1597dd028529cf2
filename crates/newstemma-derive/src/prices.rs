//! What every part of a hypothesis costs, in words: one table, so that it can be read and fitted.
//!
//! The values were fitted on `traditions` (dev) by `xtask/fit/derive.py`, which also says what they
//! are worth on stories that they were not fitted on.

/// Writes the struct, its default and the list of names from one table.
macro_rules! prices {
    ($($(#[$doc:meta])+ $name:ident = $value:literal;)+) => {
        /// The prices of a hypothesis, in words or as shares of the words concerned.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Prices {
            $($(#[$doc])+ pub $name: f32,)+
        }

        impl Default for Prices {
            fn default() -> Prices {
                Prices { $($name: $value,)+ }
            }
        }

        impl Prices {
            /// All prices by name, to be read or set.
            pub fn named(&mut self) -> Vec<(&'static str, &mut f32)> {
                vec![$((stringify!($name), &mut self.$name),)+]
            }
        }
    };
}

prices! {
    /// A word that enters the story with a text that has no exemplar.
    origin = 0.45;
    /// A word that enters with a text that has one: filling out is rarer than cutting.
    gained = 0.9;
    /// A word that an exemplar in another language seems to lack, but has other words unaccounted
    /// for at that place: the alignment may have missed it.
    missed = 0.8;
    /// A word that was left out.
    left_out = 0.03;

    /// A word of a passage replaced by another.
    replaced = 0.3;
    /// A word added to a passage.
    added = 0.6;
    /// A passage that was touched at all, so that a changed figure is no accident.
    touched = 4.0;
    /// Each word of a passage that two made independently of each other, where a foreign text is
    /// at hand that both may be made from.
    rendered_twice = 0.25;
    /// The same where none is.
    rewritten = 0.1;
    /// A translated word.
    translated = 0.13;
    /// What it costs more where the meaning is less alike.
    translated_freely = 0.05;
    /// A number of a translated passage that disagrees.
    number = 4.0;
    /// How much longer a translation may be before words count as added.
    translation_length = 1.6;

    /// A lost text.
    lost = 9.0;
    /// What it costs more for each word of its shortest child: chance finds more to explain in
    /// long texts.
    lost_each = 0.03;
    /// The same where the children are in several languages: translation leaves more of it.
    lost_each_foreign = 0.05;
    /// The share of this that is left where several children name one agency.
    lost_credited = 0.5;
    /// What is gained for each language in which a text says that somebody told an agency: these
    /// had the agency's dispatch before them.
    heard_by_agency = 6.0;
    /// A child of a lost text, so that an extant exemplar comes first where all else is equal.
    child_of_lost = 0.5;
    /// A word of a reading made from a wording that nobody kept.
    unknown = 0.3;

    /// A word that related texts would have invented twice.
    again = 0.5;
    /// Two texts that are surely related, without a common source.
    torn_apart = 17.0;
    /// A text that blocks were taken from, a stranger to the first exemplar.
    further = 8.0;
    /// The same if it is a relative of the first exemplar, or where there is no first exemplar:
    /// among relatives a lost text is the better explanation.
    further_kin = 20.0;

    /// A translation.
    translation = 4.0;
    /// A translation back into a language that the text had been in before.
    back = 15.0;
    /// A word of a text that is earlier than its exemplar.
    too_early = 1.0;
}
