//! Documents from short texts.

use newstemma_model::{
    Credit, CreditKind, Day, Document, Language, Published, Report, ReportId, Role, RoleSpan,
    Sentence, SentenceVectors, Span, TimeOfDay,
};

/// A document that is being written: a paragraph of one sentence after the other.
#[derive(Clone, Debug)]
pub struct Draft {
    document: Document,
}

/// A report of these sentences, one paragraph each, all body.
pub fn report(name: &str, language: &str, sentences: &[&str]) -> Document {
    sentences.iter().fold(Draft::new(name, language), |draft, s| draft.body(s)).document()
}

/// Where `words` first stand in a document.
pub fn find(document: &Document, words: &str) -> Span {
    let start = document.report.text.find(words).unwrap_or_else(|| panic!("no {words:?}"));
    Span::new(start, start + words.len())
}

/// The language of a tag.
pub fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap_or_else(|| panic!("{tag:?} is no language"))
}

impl Draft {
    /// An empty report. Its id and outlet follow from its name.
    pub fn new(name: &str, tag: &str) -> Draft {
        let id = ReportId::of(&[name.as_bytes()]);
        let outlet = Some(format!("The {name}"));
        let report = Report { outlet, ..Report::bare(id, name, language(tag), "") };
        let document = Document::new(report);
        Draft { document }
    }

    /// Adds a paragraph of one sentence.
    pub fn part(mut self, role: Role, sentence: &str) -> Draft {
        let report = &mut self.document.report;
        if !report.text.is_empty() {
            report.text.push('\n');
        }
        let span = Span::new(report.text.len(), report.text.len() + sentence.len());
        report.text.push_str(sentence);
        report.roles.push(RoleSpan { span, role });
        let paragraph = u32::try_from(self.document.sentences.len()).unwrap();
        let language = report.language;
        self.document.sentences.push(Sentence { span, paragraph, role, language });
        self
    }

    /// Adds a sentence of the body.
    pub fn body(self, sentence: &str) -> Draft {
        self.part(Role::Body, sentence)
    }

    /// Adds a headline.
    pub fn title(mut self, words: &str) -> Draft {
        self.document.report.title = Some(words.into());
        self.part(Role::Title, words)
    }

    /// Says who published it; `None`: nobody is named.
    pub fn outlet(mut self, name: Option<&str>) -> Draft {
        self.document.report.outlet = name.map(Into::into);
        self
    }

    /// Says the day of publication, as in `2031-03-04`.
    pub fn published(mut self, day: &str) -> Draft {
        let parts: Vec<&str> = day.split('-').collect();
        let [year, month, day] = parts[..] else { panic!("{day:?} is no day") };
        let day =
            Day::from_ymd(year.parse().unwrap(), month.parse().unwrap(), day.parse().unwrap());
        self.document.report.published = Some(Published { day: day.unwrap(), time: None });
        self
    }

    /// Says the hour of publication, in UTC; the day must have been said.
    pub fn hour(mut self, hour: u32) -> Draft {
        let published = self.document.report.published.as_mut().unwrap();
        published.time = Some(TimeOfDay { second: hour * 3600, offset_minutes: Some(0) });
        self
    }

    /// Credits an agency, where it is named in the text so far, else before its first word.
    pub fn credit(mut self, agency: &str, kind: CreditKind) -> Draft {
        let at = self.document.report.text.find(agency);
        let span = at.map_or_else(Span::default, |at| Span::new(at, at + agency.len()));
        self.document.report.credits.push(Credit { agency: agency.into(), span, kind });
        self
    }

    /// Gives every sentence so far a vector made from its words.
    pub fn embedded(mut self, vector: impl Fn(&str) -> Vec<f32>) -> Draft {
        let rows = (0..self.document.sentences.len())
            .map(|i| vector(self.document.sentence_text(i)))
            .collect::<Vec<_>>();
        let dim = rows.first().map_or(0, Vec::len);
        self.document.vectors = SentenceVectors::new(dim, rows.concat()).unwrap();
        self
    }

    /// The document.
    pub fn document(self) -> Document {
        self.document
    }
}
