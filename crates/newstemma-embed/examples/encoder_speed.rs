//! How fast the encoder is on one thread: `encoder_speed FILE ROUNDS [LANGUAGE]`, one sentence a line.
//! Without a language, sentences go through the default encoder.
//!
//! Prints one JSON object a measurement. The time is that of `encode` alone, on the clock and on the
//! CPU (Linux only; other programs on the machine lengthen the former more than the latter). Every
//! round uses an encoder of its own, so that nothing is known of any token when it begins.
//! `bench/encoder/compare.py` runs this beside the published implementation.

// A program for the terminal.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use newstemma_embed::{Encoder, EncoderConfig, Precision, Text};
use newstemma_model::Language;
use std::time::Instant;

/// Sentences of a report.
const REPORT: usize = 30;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: encoder_speed FILE ROUNDS")?;
    let rounds: usize = arguments.next().map_or(Ok(1), |rounds| rounds.parse())?;
    let language = arguments.next().and_then(|tag| Language::parse(&tag)).unwrap_or_default();
    let text = std::fs::read_to_string(file)?;
    let sentences: Vec<Text<'_>> = text.lines().map(|text| Text { text, language }).collect();
    for _ in 0..rounds {
        for precision in [Precision::Steps, Precision::Single] {
            measure(precision, &sentences)?;
        }
    }
    Ok(())
}

fn measure(
    precision: Precision,
    sentences: &[Text<'_>],
) -> Result<(), newstemma_embed::EmbedError> {
    let config = EncoderConfig { precision, ..EncoderConfig::default() };
    let begin = Instant::now();
    let encoder = Encoder::with_config(config)?;
    // The encoder of other languages is loaded when the first text of one turns up.
    encoder.encode(&[Text { text: "", ..sentences.first().copied().unwrap_or("".into()) }]);
    let load_ms = begin.elapsed().as_secs_f64() * 1e3;
    let tokens: usize = sentences.iter().map(|&sentence| encoder.token_ids(sentence).len()).sum();
    print(precision, "all at once", sentences, load_ms, tokens, || {
        encoder.encode(sentences);
    });
    drop(encoder);
    let encoder = Encoder::with_config(config)?;
    print(precision, "thirty at a time", sentences, load_ms, tokens, || {
        for report in sentences.chunks(REPORT) {
            encoder.encode(report);
        }
    });
    Ok(())
}

fn print(
    precision: Precision,
    how: &str,
    sentences: &[Text<'_>],
    load_ms: f64,
    tokens: usize,
    work: impl FnOnce(),
) {
    let (clock, cpu) = (Instant::now(), cpu_seconds());
    work();
    let (clock, cpu) = (clock.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    let count = sentences.len() as f64;
    println!(
        "{{\"encoder\": \"newstemma {precision:?}\", \"how\": \"{how}\", \"sentences\": {count}, \
         \"tokens_per_sentence\": {:.1}, \"sentences_per_clock_s\": {:.0}, \
         \"sentences_per_cpu_s\": {:.0}, \"load_ms\": {load_ms:.1}, \"peak_mb\": {}}}",
        tokens as f64 / count,
        count / clock,
        count / cpu,
        peak_megabytes(),
    );
}

/// What this thread has had of the CPU, or not a number where nobody says.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(f64::NAN) / 1e9
}

fn peak_megabytes() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1024
}
