//! Small documents, stemmata and statements for tests.

use newstemma_model::{
    Alignment, AlignmentRelation, Derivation, Direction, Document, Exemplar, ExemplarId, Extent,
    Language, Located, Node, Probability, QuoteKind, Relation, Report, ReportId, Role, Sentence,
    SentenceVectors, Source, SourceKind, Span, Statement, StatementId, StoryId,
};

pub(crate) fn language(tag: &str) -> Language {
    Language::parse(tag).unwrap()
}

/// A report of these sentences, one paragraph each, all body.
pub(crate) fn report(reference: &str, tag: &str, sentences: &[&str]) -> Document {
    let text = sentences.join("\n");
    let mut document = Document::new(Report {
        id: ReportId::of(&[reference.as_bytes()]),
        reference: reference.into(),
        url: None,
        outlet: Some(format!("The {reference}")),
        language: language(tag),
        title: None,
        authors: Vec::new(),
        published: None,
        updated: None,
        credits: Vec::new(),
        text,
        roles: Vec::new(),
        sha256: [0; 32],
    });
    let mut start = 0;
    for (paragraph, sentence) in sentences.iter().enumerate() {
        document.sentences.push(Sentence {
            span: Span::new(start, start + sentence.len()),
            paragraph: paragraph as u32,
            role: Role::Body,
            language: language(tag),
        });
        start += sentence.len() + 1;
    }
    document
}

/// Where `words` stand in a document.
pub(crate) fn find(document: &Document, words: &str) -> Span {
    let start = document.report.text.find(words).unwrap_or_else(|| panic!("no {words:?}"));
    Span::new(start, start + words.len())
}

/// A statement that is a whole sentence, said by `source`, if anybody.
pub(crate) fn statement(
    document: &Document,
    words: &str,
    source: Option<(&str, SourceKind)>,
) -> Statement {
    let span = find(document, words);
    let report = document.report.id;
    let source = source.map(|(name, kind)| {
        let at = document.report.text[span.range()].find(name);
        let at = at.map(|i| Span::new(span.start() + i, span.start() + i + name.len()));
        Source { span: at, name: name.into(), kind }
    });
    Statement {
        id: StatementId::of(&[&report.to_bytes(), &(span.start() as u64).to_be_bytes()]),
        report,
        span,
        source,
        cue: None,
        content: None,
        quote: QuoteKind::None,
        act: Default::default(),
        chain: Vec::new(),
        figures: Vec::new(),
        dates: Vec::new(),
    }
}

/// Rows of unit length from directions: equal names give equal directions, others are
/// perpendicular.
pub(crate) fn vectors(directions: &[&str]) -> SentenceVectors {
    let mut names: Vec<&str> = directions.to_vec();
    names.sort_unstable();
    names.dedup();
    let dim = names.len().max(1);
    let mut values = vec![0.0; dim * directions.len()];
    for (row, direction) in directions.iter().enumerate() {
        let column = names.iter().position(|n| n == direction).unwrap();
        values[row * dim + column] = 1.0;
    }
    SentenceVectors::new(dim, values).unwrap()
}

pub(crate) fn node(document: &Document) -> Node {
    Node::Report(document.report.id)
}

pub(crate) fn edge(child: Node, parent: Node, direction: Direction) -> Derivation {
    Derivation {
        child,
        parent,
        direction,
        relation: Relation::Rewrite,
        extent: Extent::Whole,
        coverage: Probability::ONE,
        confidence: Probability::ONE,
        evidence: Vec::new(),
    }
}

pub(crate) fn lost(name: &str, credited_to: Option<&str>) -> Exemplar {
    Exemplar {
        id: ExemplarId::of(&[name.as_bytes()]),
        story: StoryId::of(&[b"story"]),
        credited_to: credited_to.map(Into::into),
        earliest: None,
        evidence: Vec::new(),
    }
}

pub(crate) fn align(a: &Document, words_a: &str, b: &Document, words_b: &str) -> Alignment {
    let same = a.report.language == b.report.language;
    Alignment {
        a: Located { report: a.report.id, span: find(a, words_a) },
        b: Located { report: b.report.id, span: find(b, words_b) },
        relation: if same { AlignmentRelation::Rewrite } else { AlignmentRelation::Translation },
        score: 1.0,
    }
}
