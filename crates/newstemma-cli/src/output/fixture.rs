//! A small collection made by hand, with everything that a page can show: a lost dispatch with an
//! English and an Arabic rendering, a cut copy in which a figure was changed, a report that owes
//! them nothing, and a report about something else.

use newstemma_model::{
    About, Access, AccessSign, Account, Act, Alignment, AlignmentRelation, Claim, ClaimId, Credit,
    CreditKind, DatePlace, DateSource, Day, Derivation, Difference, DifferenceId, DifferenceKind,
    Direction, Document, Edge, Edtf, Entity, EntityId, EntityKind, Entry, Evidence, EvidenceKind,
    Exemplar, ExemplarId, Extent, Figure, FigureKind, InferredDate, Insert, InsertKind, Language,
    Located, NameMention, Node, Origin, OriginKind, Probability, Published, Quantity, QuoteKind,
    Relation, Report, ReportId, ResolvedDate, Role, RoleSpan, Sentence, Source, SourceKind, Span,
    Standfirst, Statement, StatementId, Stemma, Story, StoryId, Variant,
};
use newstemma_pipeline::{Collection, StoryAccount};

/// The collection.
pub(crate) fn collection() -> Collection {
    let mut documents = vec![
        document("courier", "The Lira Courier", "en", Some("2031-03-04"), &COURIER),
        document("marsa", "صحيفة المرسى", "ar", None, &MARSA),
        document("harbour", "Harbour Post", "en", Some("2031-03-05"), &HARBOUR),
        document("dolna", "Долинський вісник", "uk", Some("2031-03-04"), &DOLNA),
        document("chess", "The Lira Courier", "en", Some("2031-03-06"), &CHESS),
    ];
    documents[2].report.about = about(&documents[2].report.text);
    let flood = flood(&documents);
    let chess = lone(&documents, 4);
    Collection { documents, stories: vec![flood, chess] }
}

type Parts = [(Role, &'static str)];

const COURIER: [(Role, &str); 6] = [
    (Role::Title, "Twelve missing after bridge collapse on the Lira"),
    (
        Role::Body,
        "DOLNA (AMP) – Twelve people are missing after a bridge collapsed on Tuesday, Mayor Hana Weil said.",
    ),
    (Role::Body, "“We warned the ministry <two> years ago,” she told AMP."),
    (Role::Teaser, "READ ALSO: How old are our bridges?"),
    (Role::Body, "The ministry declined to comment."),
    (Role::Caption, "The bridge at Dolna in an archive picture."),
];
const MARSA: [(Role, &str); 3] = [
    (Role::Body, "قالت رئيسة البلدية هناء فايل إن اثني عشر شخصا فقدوا بعد انهيار جسر يوم الثلاثاء."),
    (Role::Body, "وقالت لوكالة AMP: «حذرنا الوزارة قبل عامين»."),
    (Role::Boilerplate, "نستخدم ملفات تعريف الارتباط."),
];
const HARBOUR: [(Role, &str); 3] = [
    (Role::Title, "Bridge down on the Lira"),
    (
        Role::Body,
        "Twenty people are missing after a bridge collapsed on Tuesday, Mayor Hana Weil said.",
    ),
    (Role::Credit, "With AMP"),
];
const DOLNA: [(Role, &str); 3] = [
    (Role::Title, "У Долині впав міст"),
    (Role::Body, "Рятувальники шукають 12 людей, повідомив начальник пожежної частини Олесь Гук."),
    (Role::Body, "Наш кореспондент бачив на березі три автобуси."),
];
const CHESS: [(Role, &str); 2] = [
    (Role::Title, "Chess club opens in the old mill"),
    (Role::Body, "The club will meet on Fridays."),
];

/// Everything that a page can tell of a report beyond its text.
fn about(text: &str) -> About {
    let whole = Span::new(0, text.len());
    let source = DateSource {
        place: DatePlace::JsonLd,
        agreeing: vec![DatePlace::Url],
        differing: vec![DatePlace::VisibleText],
        sureness: 0.93,
    };
    let day = Published { day: parsed("2031-03-05"), time: None };
    let kinds = [InsertKind::Box, InsertKind::Embed];
    About {
        published_from: Some(source.clone()),
        updated_from: Some(source),
        standfirst: Some(Standfirst {
            text: "Bridge down".to_owned(),
            span: Some(Span::new(0, 11)),
        }),
        section: Some("Rivers & <roads>".to_owned()),
        access: Access { paywalled: Some(true), truncated: true, signs: AccessSign::ALL.to_vec() },
        inserts: kinds.map(|kind| Insert { span: whole, kind }).to_vec(),
        entries: vec![Entry { span: whole, title: None, published: Some(day) }],
    }
}

fn document(
    name: &str,
    outlet: &str,
    language: &str,
    published: Option<&str>,
    parts: &Parts,
) -> Document {
    let language = Language::parse(language).unwrap();
    let mut text = String::new();
    let (mut roles, mut sentences) = (Vec::new(), Vec::new());
    for (&(role, part), paragraph) in parts.iter().zip(0..) {
        let span = Span::new(text.len(), text.len() + part.len());
        text.push_str(part);
        text.push('\n');
        roles.push(RoleSpan { span, role });
        sentences.push(Sentence { span, paragraph, role, language });
    }
    let title = parts.iter().find(|(role, _)| *role == Role::Title).map(|p| p.1.to_owned());
    let credits = text.find("AMP").map(|at| Credit {
        agency: "AMP".to_owned(),
        span: Span::new(at, at + 3),
        kind: CreditKind::Text,
    });
    let (id, reference) = (ReportId::of(&[name.as_bytes()]), format!("{name}.txt"));
    let mut document = Document::new(Report {
        url: Some(format!("https://{name}.example/1?a=1&b=2")),
        outlet: Some(outlet.to_owned()),
        title,
        authors: vec!["A. <Writer> & Son".to_owned()],
        published: published.map(|day| Published { day: parsed(day), time: None }),
        credits: credits.into_iter().collect(),
        roles,
        sha256: [0xab; 32],
        ..Report::bare(id, &reference, language, &text)
    });
    document.sentences = sentences;
    document.names = ["Hana Weil", "هناء فايل", "Олесь Гук"]
        .iter()
        .filter_map(|name| span(&document, name))
        .map(|span| NameMention {
            span,
            kind: EntityKind::Person,
            normal: span.of(&document.report.text).to_lowercase(),
            entity: Some(EntityId::of(&[b"somebody"])),
        })
        .collect();
    document.figures = ["Twelve", "اثني عشر", "Twenty", "12"]
        .iter()
        .zip([12.0, 12.0, 20.0, 12.0])
        .filter_map(|(words, value)| figure(&document, words, value))
        .collect();
    document
}

fn flood(documents: &[Document]) -> StoryAccount {
    let ids: Vec<ReportId> = documents[..4].iter().map(|d| d.report.id).collect();
    let story = StoryId::of(&[&ids[0].to_bytes()]);
    let lost = ExemplarId::of(&[&story.to_bytes()]);
    let statements = statements(documents);
    let missing: Vec<StatementId> = statements[..4].iter().map(|s| s.id).collect();
    let claims = vec![
        Claim {
            id: ClaimId::of(&[b"missing"]),
            text: "Twelve people are missing after a bridge collapsed on Tuesday".to_owned(),
            text_at: at(&documents[0], "Twelve people"),
            language: documents[0].report.language,
            statements: missing,
            origins: vec![
                Origin {
                    name: "Hana Weil".to_owned(),
                    spellings: vec!["هناء فايل".to_owned()],
                    kind: OriginKind::Person,
                    chain: vec!["Hana Weil".to_owned(), "AMP".to_owned()],
                    reports: vec![ids[0], ids[1], ids[2]],
                },
                Origin {
                    name: "Олесь Гук".to_owned(),
                    spellings: Vec::new(),
                    kind: OriginKind::Person,
                    chain: vec!["Олесь Гук".to_owned()],
                    reports: vec![ids[3]],
                },
            ],
            independent: 2,
            unknown_lineage: 1,
        },
        Claim {
            id: ClaimId::of(&[b"warned"]),
            text: "“We warned the ministry <two> years ago,”".to_owned(),
            text_at: at(&documents[0], "“We warned"),
            language: documents[0].report.language,
            statements: vec![statements[4].id],
            origins: Vec::new(),
            independent: 0,
            unknown_lineage: 1,
        },
    ];
    let variant = |value: &str, which: &[usize], words: &[&str]| Variant {
        value: value.to_owned(),
        spans: which.iter().zip(words).map(|(&i, words)| at(&documents[i], words)).collect(),
        statements: which.iter().map(|&i| statements[i].id).collect(),
        reports: which.iter().map(|&i| ids[i]).collect(),
    };
    let differences = vec![Difference {
        id: DifferenceId::of(&[b"missing"]),
        claim: Some(claims[0].id),
        kind: DifferenceKind::Figure,
        variants: vec![
            variant("12", &[0, 1, 3], &["Twelve people", "اثني عشر", "12"]),
            variant("20", &[2], &["Twenty"]),
        ],
        arose: Some(Edge { child: Node::Report(ids[2]), parent: Node::Report(ids[0]) }),
    }];
    let entity = |name: &str, spellings: &[(&str, &str)]| Entity {
        id: EntityId::of(&[b"somebody"]),
        kind: EntityKind::Person,
        name: name.to_owned(),
        spellings: spellings
            .iter()
            .map(|(text, language)| ((*text).to_owned(), Language::parse(language).unwrap()))
            .collect(),
    };
    StoryAccount {
        story: Story {
            id: story,
            title: "Twelve missing after bridge collapse on the Lira".to_owned(),
            reports: ids.clone(),
            languages: ["ar", "en", "uk"].map(|l| Language::parse(l).unwrap()).to_vec(),
            first: Some(parsed("2031-03-04")),
            last: Some(parsed("2031-03-05")),
        },
        members: vec![0, 1, 2, 3],
        inferred: vec![
            None,
            Some(InferredDate {
                day: parsed("2031-03-04"),
                evidence: vec![evidence(
                    EvidenceKind::Date,
                    "weekday of a dated relative",
                    at(&documents[1], "الثلاثاء"),
                )],
            }),
            None,
            None,
        ],
        dates: vec![Vec::new(); 4],
        stemma: stemma(documents, story, lost, &ids),
        statements,
        account: Account {
            claims,
            differences,
            entities: vec![entity("Hana Weil", &[("Hana Weil", "en"), ("هناء فايل", "ar")])],
        },
    }
}

fn stemma(documents: &[Document], story: StoryId, lost: ExemplarId, ids: &[ReportId]) -> Stemma {
    let edge = |child, parent, relation, extent, direction| Derivation {
        child,
        parent,
        direction,
        relation,
        extent,
        coverage: Probability::clamped(0.75),
        confidence: Probability::clamped(0.934_56),
        evidence: vec![evidence(
            EvidenceKind::SharedText,
            "2 passages in common",
            at(&documents[0], "Twelve people"),
        )],
    };
    let align = |a: (usize, &str), b: (usize, &str), relation| Alignment {
        a: sentence_at(&documents[a.0], a.1),
        b: sentence_at(&documents[b.0], b.1),
        relation,
        score: 0.812_3,
    };
    let (report, exemplar) = (|i: usize| Node::Report(ids[i]), Node::Exemplar(lost));
    Stemma {
        exemplars: vec![Exemplar {
            id: lost,
            story,
            credited_to: Some("AMP".to_owned()),
            earliest: Some(parsed("2031-03-04")),
            evidence: vec![evidence(
                EvidenceKind::Credit,
                "both credit AMP",
                at(&documents[0], "AMP"),
            )],
        }],
        derivations: vec![
            edge(report(0), exemplar, Relation::Rewrite, Extent::Whole, Direction::Decided),
            edge(report(1), exemplar, Relation::Translation, Extent::Whole, Direction::Decided),
            edge(report(2), report(0), Relation::Verbatim, Extent::Part, Direction::Decided),
            edge(report(2), report(1), Relation::Translation, Extent::Part, Direction::Undecided),
        ],
        alignments: vec![
            align((0, "Twelve people"), (1, "اثني"), AlignmentRelation::Translation),
            align((0, "“We warned"), (1, "حذرنا"), AlignmentRelation::Translation),
            align((0, "Twelve people"), (2, "Twenty"), AlignmentRelation::Rewrite),
        ],
    }
}

fn statements(documents: &[Document]) -> Vec<Statement> {
    let by = |i: usize, needle: &str, source: Option<&str>, quote| {
        let document = &documents[i];
        let span = sentence_at(document, needle).span;
        let inside = |inner: Span| span.contains(inner);
        Statement {
            id: StatementId::of(&[&[i as u8], needle.as_bytes()]),
            report: document.report.id,
            span,
            source: source.map(|name| Source {
                span: self::span(document, name).filter(|&s| inside(s)),
                name: name.to_owned(),
                kind: SourceKind::Person,
            }),
            cue: self::span(document, "said").filter(|&s| inside(s)),
            content: self::span(document, needle),
            quote,
            act: Act::Say,
            chain: source.map(|name| vec![name.to_owned(), "AMP".to_owned()]).unwrap_or_default(),
            figures: document.figures.iter().filter(|f| inside(f.span)).cloned().collect(),
            dates: self::span(document, "Tuesday")
                .filter(|&s| inside(s))
                .map(|span| ResolvedDate { span, value: Some(Edtf::day(parsed("2031-03-04"))) })
                .into_iter()
                .collect(),
        }
    };
    vec![
        by(0, "Twelve people are missing", Some("Hana Weil"), QuoteKind::Indirect),
        by(1, "اثني عشر شخصا فقدوا", Some("هناء فايل"), QuoteKind::Indirect),
        by(2, "Twenty people are missing", Some("Hana Weil"), QuoteKind::Indirect),
        by(3, "Рятувальники шукають 12 людей", Some("Олесь Гук"), QuoteKind::Indirect),
        by(0, "We warned the ministry <two> years ago,", Some("Hana Weil"), QuoteKind::Direct),
    ]
}

fn lone(documents: &[Document], index: usize) -> StoryAccount {
    let report = &documents[index].report;
    StoryAccount {
        story: Story {
            id: StoryId::of(&[&report.id.to_bytes()]),
            title: report.title.clone().unwrap_or_default(),
            reports: vec![report.id],
            languages: vec![report.language],
            first: None,
            last: None,
        },
        members: vec![index],
        inferred: vec![None],
        dates: vec![Vec::new()],
        stemma: Stemma::default(),
        statements: Vec::new(),
        account: Account::default(),
    }
}

fn evidence(kind: EvidenceKind, note: &str, at: Located) -> Evidence {
    Evidence { kind, note: note.to_owned(), spans: vec![at] }
}

fn figure(document: &Document, words: &str, value: f64) -> Option<Figure> {
    Some(Figure {
        span: span(document, words)?,
        quantity: Quantity::exact(value),
        kind: FigureKind::Count,
        unit: Some("people".to_owned()),
        of: span(document, "people"),
    })
}

fn span(document: &Document, needle: &str) -> Option<Span> {
    let start = document.report.text.find(needle)?;
    Some(Span::new(start, start + needle.len()))
}

fn at(document: &Document, needle: &str) -> Located {
    Located { report: document.report.id, span: span(document, needle).unwrap() }
}

fn sentence_at(document: &Document, needle: &str) -> Located {
    let start = span(document, needle).unwrap().start();
    let index = document.sentence_at(start).unwrap();
    Located { report: document.report.id, span: document.sentences[index].span }
}

fn parsed(day: &str) -> Day {
    let parts: Vec<u32> = day.split('-').map(|part| part.parse().unwrap()).collect();
    Day::from_ymd(parts[0] as i32, parts[1], parts[2]).unwrap()
}
