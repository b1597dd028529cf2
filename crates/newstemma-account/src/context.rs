//! The material of one story with the look-ups that all parts of the account need.

use crate::Material;
use crate::names::Names;
use newstemma_language::Pack;
use newstemma_model::{
    Alignment, Derivation, Document, EntityId, Language, Located, NameMention, Node, Relation,
    ReportId, Span, Statement, StatementId,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Alignments below this score are left out of account: looked at in the development sets seeds and
/// traditions, passages that were aligned so weakly had a topic in common, seldom a sentence.
const ALIGNED_SCORE_MIN: f32 = 0.02;

/// The material, indexed. Documents and statements go by their place in the material's lists.
pub(crate) struct Context<'a> {
    pub(crate) material: Material<'a>,
    document_of: BTreeMap<ReportId, usize>,
    statements_of: Vec<Vec<usize>>,
    statement_of: BTreeMap<StatementId, usize>,
    entity_of: BTreeMap<String, EntityId>,
    rewritten: BTreeSet<ReportId>,
    names: Vec<Names<'a>>,
    /// Aligned spans by the documents that they stand in, the lesser index first.
    aligned: BTreeMap<(usize, usize), Vec<(Span, Span)>>,
    /// The documents that each is aligned with.
    partners: Vec<Vec<usize>>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(material: Material<'a>) -> Context<'a> {
        let document_of: BTreeMap<ReportId, usize> =
            material.documents.iter().enumerate().map(|(i, d)| (d.report.id, i)).collect();
        let mut statements_of = vec![Vec::new(); material.documents.len()];
        for (index, statement) in material.statements.iter().enumerate() {
            if let Some(&document) = document_of.get(&statement.report) {
                statements_of[document].push(index);
            }
        }
        // Of two entities with one spelling the first, which is the commoner one, has it.
        let mut entity_of = BTreeMap::new();
        for entity in material.entities {
            let spellings = entity.spellings.iter().map(|(text, _)| text);
            for spelling in spellings.chain([&entity.name]) {
                entity_of.entry(folded(spelling)).or_insert(entity.id);
            }
        }
        let statement_of = material.statements.iter().enumerate().map(|(i, s)| (s.id, i)).collect();
        let rewriting = |d: &&Derivation| matches!(d.relation, Relation::Rewrite | Relation::Mixed);
        let rewritten = material.stemma.derivations.iter().filter(rewriting);
        let rewritten = rewritten.filter_map(|d| match d.child {
            Node::Report(report) => Some(report),
            Node::Exemplar(_) => None,
        });
        let rewritten = rewritten.collect();
        let mut aligned: BTreeMap<(usize, usize), Vec<(Span, Span)>> = BTreeMap::new();
        let sure = |a: &&Alignment| a.score >= ALIGNED_SCORE_MIN;
        for Alignment { a, b, .. } in material.stemma.alignments.iter().filter(sure) {
            let documents = document_of.get(&a.report).zip(document_of.get(&b.report));
            let Some((&i, &j)) = documents else { continue };
            let (key, spans) =
                if i < j { ((i, j), (a.span, b.span)) } else { ((j, i), (b.span, a.span)) };
            aligned.entry(key).or_default().push(spans);
        }
        let mut partners = vec![Vec::new(); material.documents.len()];
        for &(i, j) in aligned.keys() {
            partners[i].push(j);
            partners[j].push(i);
        }
        let names = material.documents.iter().map(|d| Names::of(d)).collect();
        Context {
            material,
            document_of,
            statements_of,
            statement_of,
            entity_of,
            rewritten,
            names,
            aligned,
            partners,
        }
    }

    /// The alignments that can be built upon.
    pub(crate) fn alignments(&self) -> impl Iterator<Item = &'a Alignment> {
        self.material.stemma.alignments.iter().filter(|a| a.score >= ALIGNED_SCORE_MIN)
    }

    pub(crate) fn document(&self, index: usize) -> &'a Document {
        self.material.documents[index]
    }

    pub(crate) fn statement(&self, index: usize) -> &'a Statement {
        &self.material.statements[index]
    }

    pub(crate) fn document_of(&self, report: ReportId) -> Option<usize> {
        self.document_of.get(&report).copied()
    }

    pub(crate) fn statement_of(&self, id: StatementId) -> Option<usize> {
        self.statement_of.get(&id).copied()
    }

    pub(crate) fn statements_of(&self, document: usize) -> &[usize] {
        &self.statements_of[document]
    }

    /// The document of a statement.
    pub(crate) fn home(&self, statement: usize) -> Option<usize> {
        self.document_of(self.material.statements[statement].report)
    }

    pub(crate) fn text(&self, document: usize) -> &'a str {
        &self.material.documents[document].report.text
    }

    pub(crate) fn located(&self, document: usize, span: Span) -> Located {
        Located { report: self.document(document).report.id, span }
    }

    /// Indices of the sentences that a span of a document touches.
    pub(crate) fn sentences_in(&self, document: usize, span: Span) -> Range<usize> {
        let sentences = &self.document(document).sentences;
        let first = sentences.partition_point(|s| s.span.end() <= span.start());
        let last = sentences.partition_point(|s| s.span.start() < span.end());
        first..last.max(first)
    }

    /// The language at an offset of a document: the sentence's, else the report's.
    pub(crate) fn language_at(&self, document: usize, offset: usize) -> Language {
        let document = self.document(document);
        let sentence = document.sentence_at(offset).and_then(|i| document.sentences.get(i));
        let own = sentence.map_or(Language::UNKNOWN, |s| s.language);
        if own.is_known() { own } else { document.report.language }
    }

    pub(crate) fn pack_at(&self, document: usize, offset: usize) -> &'static Pack {
        Pack::of(self.language_at(document, offset))
    }

    /// The rules of the language in which a statement is made.
    pub(crate) fn pack_at_statement(&self, statement: usize) -> Option<&'static Pack> {
        let start = self.statement(statement).span.start();
        Some(self.pack_at(self.home(statement)?, start))
    }

    /// The statements of a document that overlap a span, those whose words said overlap it
    /// first, the shortest first.
    pub(crate) fn statements_at(&self, document: usize, span: Span) -> Vec<usize> {
        let wide = Span::new(span.start(), span.end().max(span.start() + 1));
        let mut found: Vec<usize> = self.statements_of[document]
            .iter()
            .copied()
            .filter(|&i| self.statement(i).span.overlap(wide) > 0)
            .collect();
        found.sort_by_key(|&i| {
            let statement = self.statement(i);
            (statement.said().overlap(wide) == 0, statement.span.len(), i)
        });
        found
    }

    /// Whether what two statements of different documents say stands in aligned passages.
    pub(crate) fn are_aligned(&self, a: usize, b: usize) -> bool {
        let Some((i, j)) = self.home(a).zip(self.home(b)) else { return false };
        let (a, b) = if i < j { (a, b) } else { (b, a) };
        let (said_a, said_b) = (self.statement(a).said(), self.statement(b).said());
        let spans = self.aligned.get(&(i.min(j), i.max(j)));
        let holds = |passage: Span, said: Span| 2 * said.overlap(passage) > said.len();
        spans.into_iter().flatten().any(|&(x, y)| holds(x, said_a) && holds(y, said_b))
    }

    /// The documents with which that of a statement is aligned.
    pub(crate) fn partners(&self, statement: usize) -> &[usize] {
        self.home(statement).map_or(&[], |home| &self.partners[home])
    }

    /// Whether a document was written anew from another text, not copied or translated.
    pub(crate) fn is_rewritten(&self, document: usize) -> bool {
        self.rewritten.contains(&self.document(document).report.id)
    }

    /// The names of a document.
    pub(crate) fn names(&self, document: usize) -> &Names<'a> {
        &self.names[document]
    }

    /// The entity that a mention in a document names.
    pub(crate) fn entity_at(&self, document: usize, mention: &NameMention) -> Option<EntityId> {
        mention.entity.or_else(|| self.entity_of(mention.span.of(self.text(document))))
    }

    /// The entity that a spelling names in this story.
    pub(crate) fn entity_of(&self, spelling: &str) -> Option<EntityId> {
        self.entity_of.get(&folded(spelling)).copied()
    }
}

/// A form under which spellings are compared: lower case, white space made one space.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}
