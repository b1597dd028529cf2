//! What speaks for or against a role of a line, and how much.

/// Something about a line that speaks for or against a role. Each has a strength from 0, absent;
/// the table of weights is in [`crate::role`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// Begins like a pointer to another article, with a colon or dash behind: "READ ALSO: …".
    TeaserMarked,
    /// The same with a single word, which may head a list or a sentence too: "More: …".
    TeaserMarkedByWord,
    /// Is nothing but such a beginning: "Related articles".
    TeaserWhole,
    /// Begins so and runs on: "Read the full story here".
    TeaserPlain,
    /// Is a line of the site: "Advertisement".
    NoticeWhole,
    /// A short line, by the share of its words that belong to the site.
    NoticeShare,
    /// Speaks of something of the site's and asks for something.
    ThingAndAsk,
    /// Further things of the site's, beyond the first.
    MoreThings,
    /// Further requests.
    MoreAsks,
    /// Share of the words that are things or requests.
    AskDensity,
    /// Begins with a request.
    AskFirst,
    /// Tells that the rest is for those who pay or register.
    Gate,
    /// Begins with a word for pictures and a mark: "Photo: …".
    PhotoMarked,
    /// Begins with a word for pictures.
    PhotoPlain,
    /// Ends with a word for pictures and a few words after it, or in brackets: "… Foto: …".
    PhotoTail,
    /// Ends with an agency behind a slash or a bracket.
    AgencyTail,
    /// Ends with a photographer in brackets.
    PhotographerTail,
    /// Phrases by which captions describe.
    Scene,
    /// Is nothing but an agency and words of credits.
    CreditWhole,
    /// Is nothing but an agency and names of persons, with a slash or a © between.
    CreditNames,
    /// Begins like a credit ("Source:", "Editing by") and goes on with few words.
    CreditLead,
    /// Is an internal code, an address, a handle.
    Code,
    /// Holds no word at all.
    NoWords,
    /// Is the name of a section.
    SectionWhole,
    /// Is a date or time of publication: numbers, few words.
    Timestamp,
    /// Stands between dashes or asterisks.
    Framed,
    /// Ends without a stop.
    NoStop,
    /// At most twelve words, no stop, no comma at the end.
    Short,
    /// The next line is a paragraph.
    BeforeParagraph,
    /// Is the first line.
    First,
    /// Is the title that came with the text, or repeats or is repeated by its neighbour.
    RepeatsTitle,
    /// Ends with an outlet's name behind a dash or bar.
    OutletSuffix,
    /// No paragraph follows.
    InTail,
    /// Words beyond fifteen, in tens.
    Length,
}

/// Number of [`Sign`]s.
pub(crate) const SIGNS: usize = Sign::Length as usize + 1;

/// The signs of a line with their strengths.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Signs([f32; SIGNS]);

impl Default for Signs {
    fn default() -> Signs {
        Signs([0.0; SIGNS])
    }
}

impl Signs {
    /// Strength of a sign.
    pub(crate) fn get(&self, sign: Sign) -> f32 {
        self.0[sign as usize]
    }

    /// Sets the strength of a sign.
    pub(crate) fn set(&mut self, sign: Sign, strength: f32) {
        self.0[sign as usize] = strength;
    }

    /// Sets the strength of a sign to 1 if it is there.
    pub(super) fn set_if(&mut self, sign: Sign, present: bool) {
        if present {
            self.set(sign, 1.0);
        }
    }
}
