//! A sentence has one vector, to the last bit: whatever else is encoded with it, before it, or at
//! the same time on another thread.

use newstemma_embed::{
    EmbedError, Encoder, EncoderConfig, Fault, OtherLanguages, Precision, Text, check_others,
};
use newstemma_model::Language;
use newstemma_pack::Sections;

/// Sentences for either encoder, one of them for both.
const SENTENCES: [(&str, &str); 9] = [
    ("de", "Die Fähre legte mit drei Stunden Verspätung ab."),
    ("und", ""),
    ("zh", "渡轮延误三小时后才启航。"),
    ("hi", "नाव तीन घंटे देर से रवाना हुई।"),
    ("ar", "أقلعت العبّارة متأخرة ثلاث ساعات."),
    ("en", "The ferry left three hours late."),
    ("fi", "The ferry left three hours late."),
    ("und", "😀"),
    ("uk", "Паром відплив із тригодинним запізненням."),
];

fn texts() -> Vec<Text<'static>> {
    SENTENCES.iter().map(|(tag, text)| in_language(tag, text)).collect()
}

fn in_language<'a>(tag: &str, text: &'a str) -> Text<'a> {
    Text { text, language: Language::parse(tag).unwrap() }
}

fn encoders() -> impl Iterator<Item = Encoder> {
    [Precision::Steps, Precision::Single].into_iter().map(|precision| {
        Encoder::with_config(EncoderConfig { precision, ..EncoderConfig::default() }).unwrap()
    })
}

/// More tokens than are worked on together.
fn long_text() -> String {
    (0..900).map(|number| format!("Report {number}: паром № {number} 渡轮 late. ")).collect()
}

#[test]
fn the_company_of_a_sentence_does_not_change_its_vector() {
    for encoder in encoders() {
        let long = long_text();
        let texts = texts();
        let alone: Vec<Vec<f32>> = texts.iter().map(|&text| encoder.encode(&[text])).collect();
        let mut crowd: Vec<Text<'_>> = Vec::new();
        for _ in 0..3 {
            crowd.push(long.as_str().into());
            crowd.extend(&texts);
            crowd.extend(["Another ferry", "一", "Zwischenruf!"].map(Text::from));
            crowd.push(in_language("el", "Το πλοίο αναχώρησε με καθυστέρηση τριών ωρών."));
        }
        let together = encoder.encode(&crowd);
        for (sentence, row) in crowd.iter().zip(together.chunks_exact(encoder.dim())) {
            if let Some(index) = texts.iter().position(|other| other == sentence) {
                assert!(row == alone[index], "{sentence:?}");
            }
        }
        let again = encoder.encode(&[long.as_str()]);
        assert!(again == together[..encoder.dim()]);
    }
}

#[test]
fn many_sentences_fill_many_batches_in_order() {
    let encoder = Encoder::embedded().unwrap();
    let texts: Vec<String> = (0..500).map(|number| format!("Zug {number} fällt aus.")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let vectors = encoder.encode(&texts);
    assert_eq!(vectors.len(), texts.len() * encoder.dim());
    for index in [0, 1, 249, 498, 499] {
        let alone = encoder.encode(&texts[index..=index]);
        assert!(vectors[index * encoder.dim()..][..encoder.dim()] == alone, "{index}");
    }
}

#[test]
fn threads_share_an_encoder() {
    for encoder in encoders() {
        let texts = texts();
        let expected = encoder.encode(&texts);
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4)
                .map(|thread| {
                    let (encoder, texts) = (&encoder, &texts);
                    scope.spawn(move || {
                        let mine =
                            format!("Nur in Strang {thread}: Fähre Nummer {thread}{thread}.");
                        let mut sentences = texts.clone();
                        sentences.push(mine.as_str().into());
                        encoder.encode(&sentences)
                    })
                })
                .collect();
            for run in runs {
                assert!(run.join().unwrap()[..expected.len()] == expected);
            }
        });
    }
}

#[test]
fn no_sentences_give_no_vectors() {
    assert_eq!(Encoder::embedded().unwrap().encode::<&str>(&[]), Vec::<f32>::new());
}

#[test]
fn a_long_text_of_another_language_is_read_in_windows() {
    let encoder = Encoder::embedded().unwrap();
    let sentence = "Паром відплив із тригодинним запізненням через шторм. ";
    let vectors = encoder.encode(&[
        in_language("uk", &sentence.repeat(150)),
        in_language("uk", &sentence.repeat(10)),
        in_language("uk", &"Парламент ухвалив закон про пенсії. ".repeat(10)),
    ]);
    let row = |index: usize| &vectors[index * encoder.dim()..][..encoder.dim()];
    let (same, other) = (crate::cosine(row(0), row(1)), crate::cosine(row(0), row(2)));
    assert!(same > other + 0.1, "{same} {other}");
}

#[test]
fn without_the_other_encoder_everything_goes_through_the_default_one() {
    let config = EncoderConfig { others: OtherLanguages::None, ..EncoderConfig::default() };
    let encoder = Encoder::with_config(config).unwrap();
    let text = "Паром відплив.";
    let expected = encoder.encode(&[text]);
    assert_eq!(encoder.fault(), None);
    assert!(encoder.encode(&[in_language("uk", text)]) == expected);
    assert_eq!(encoder.fault(), Some(&Fault::Missing(EmbedError::NotBuiltIn)));
}

#[test]
fn a_damaged_file_for_other_languages_is_told_of_and_passed_over() {
    let config = EncoderConfig { others: OtherLanguages::File(b"?"), ..EncoderConfig::default() };
    let encoder = Encoder::with_config(config).unwrap();
    encoder.encode(&[in_language("de", "Die Fähre fiel aus.")]);
    assert_eq!(encoder.fault(), None);
    encoder.encode(&[in_language("uk", "Паром відплив.")]);
    assert_eq!(encoder.fault(), Some(&Fault::Missing(EmbedError::NotAnEncoder)));
}

#[test]
fn an_added_file_is_asked_for_when_it_is_needed_and_replaced_where_it_is_unfit() {
    let with = |others| Encoder::with_config(EncoderConfig { others, ..Default::default() });
    let texts = [in_language("uk", "Паром відплив.")];
    let expected = Encoder::embedded().unwrap().encode(&texts);
    let none = with(OtherLanguages::Added(|| Ok(None))).unwrap();
    assert!(none.encode(&texts) == expected);
    assert_eq!(none.fault(), None);
    let unfit = with(OtherLanguages::Added(|| Ok(Some(b"NSENCODR")))).unwrap();
    unfit.encode(&[in_language("de", "Die Fähre fiel aus.")]);
    assert_eq!(unfit.fault(), None);
    assert!(unfit.encode(&texts) == expected);
    assert_eq!(unfit.fault(), Some(&Fault::AddedUnfit(EmbedError::NotAnEncoder)));
}

#[test]
fn a_file_with_other_weights_is_no_file_for_other_languages() {
    let file = include_bytes!("../../models/multilingual-e5-small.nse");
    let summary = check_others(file).unwrap();
    assert_eq!((summary.pieces, summary.length_bytes), (115_003, file.len()));
    // Another scale here and there, and the checksum of that: sound, but another model.
    let mut other = file.to_vec();
    other[20_000_000..38_000_000].fill(0x35);
    let checksum = crc32fast::hash(&other[32..]);
    other[24..28].copy_from_slice(&checksum.to_le_bytes());
    let error = check_others(other.leak()).unwrap_err();
    assert!(matches!(error, EmbedError::OtherModel(_)), "{error}");
}

#[test]
fn sections_of_any_length_make_no_panic() {
    // A file of one layer, whose sections are cut one after the other.
    let file = |cut: Option<usize>| {
        let mut sections = Sections::default();
        for (index, (name, bytes)) in ONE_LAYER.iter().enumerate() {
            let length = if cut == Some(index) { bytes / 2 - 1 } else { *bytes };
            sections.add(name, vec![0; length]).unwrap();
        }
        sections.into_file().leak()
    };
    for (cut, (name, _)) in ONE_LAYER.into_iter().enumerate() {
        let error = check_others(file(Some(cut))).unwrap_err();
        // Any beginning of a trie is one; such a file only has another vocabulary.
        if name != "pieces" && name != "prefix" {
            assert_eq!(error, EmbedError::Damaged(name));
        }
    }
    assert!(matches!(check_others(file(None)), Err(EmbedError::OtherModel(_))));
}

/// The sections of a file of one layer and eight words, and their lengths in bytes.
const ONE_LAYER: [(&str, usize); 23] = [
    ("prefix", 6),
    ("pieces", 1_024),
    ("scores", 8 * 4),
    ("words", 8 * 384 * 18 / 32),
    ("positions", 512 * 384 * 2),
    ("segment", 384 * 2),
    ("input.gain", 384 * 2),
    ("input.bias", 384 * 2),
    ("epsilon", 4),
    ("qkv", 3 * 384 * 384 * 18 / 32),
    ("qkv.bias", 3 * 384 * 2),
    ("attended", 384 * 384 * 18 / 32),
    ("attended.bias", 384 * 2),
    ("up", 1_536 * 384 * 18 / 32),
    ("up.bias", 1_536 * 2),
    ("down", 1_536 * 384 * 18 / 32),
    ("down.bias", 384 * 2),
    ("norm1.gain", 384 * 2),
    ("norm1.bias", 384 * 2),
    ("norm2.gain", 384 * 2),
    ("norm2.bias", 384 * 2),
    ("map", 384 * 512 * 2),
    ("map.bias", 512 * 4),
];
