//! A sentence has one vector, to the last bit: whatever else is encoded with it, before it, or at
//! the same time on another thread.

use newstemma_embed::{Encoder, EncoderConfig, Precision};

const SENTENCES: [&str; 6] = [
    "Die Fähre legte mit drei Stunden Verspätung ab.",
    "",
    "渡轮延误三小时后才启航。",
    "أقلعت العبّارة متأخرة ثلاث ساعات.",
    "The ferry left three hours late.",
    "😀",
];

fn encoders() -> impl Iterator<Item = Encoder> {
    [Precision::Steps, Precision::Single]
        .into_iter()
        .map(|precision| Encoder::with_config(EncoderConfig { precision }).unwrap())
}

/// More tokens than are worked on together.
fn long_text() -> String {
    (0..900).map(|number| format!("Report {number}: паром № {number} 渡轮 late. ")).collect()
}

#[test]
fn the_company_of_a_sentence_does_not_change_its_vector() {
    for encoder in encoders() {
        let long = long_text();
        let alone: Vec<Vec<f32>> =
            SENTENCES.iter().map(|sentence| encoder.encode(&[sentence])).collect();
        let mut crowd: Vec<&str> = Vec::new();
        for _ in 0..3 {
            crowd.push(&long);
            crowd.extend(SENTENCES);
            crowd.extend(["Another ferry", "一", "Zwischenruf!"]);
        }
        let together = encoder.encode(&crowd);
        for (sentence, row) in crowd.iter().zip(together.chunks_exact(encoder.dim())) {
            if let Some(index) = SENTENCES.iter().position(|other| other == sentence) {
                assert!(row == alone[index], "{sentence:?}");
            }
        }
        let again = encoder.encode(&[&long]);
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
        let expected = encoder.encode(&SENTENCES);
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4)
                .map(|thread| {
                    let encoder = &encoder;
                    scope.spawn(move || {
                        let mine =
                            format!("Nur in Strang {thread}: Fähre Nummer {thread}{thread}.");
                        let mut sentences = SENTENCES.to_vec();
                        sentences.push(&mine);
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
    assert_eq!(Encoder::embedded().unwrap().encode(&[]), Vec::<f32>::new());
}
