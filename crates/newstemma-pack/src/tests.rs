//! Foreign files: what they are is told, and what is wrong with them.

use crate::half::rounded_half;
use crate::source::{DIM, INNER_DIM, LAYERS, Model, PLACES, Piece, SEGMENTS, Source, Special};
use crate::{MAGIC, PackError, Published, encoder_file, read};
use serde_json::json;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("newstemma-pack-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn reason(path: &Path) -> String {
    read(path, &[]).unwrap_err().to_string()
}

#[test]
fn an_encoder_file_is_taken_as_it_is_and_other_files_are_not() {
    let folder = folder("kinds");
    let file = folder.join("own.nse");
    std::fs::write(&file, [MAGIC.as_slice(), b"whoever runs it checks it"].concat()).unwrap();
    assert!(read(&file, &[]).unwrap().ends_with(b"checks it"));
    std::fs::write(&file, "Звіт, а не модель.").unwrap();
    assert!(reason(&file).starts_with("is neither an encoder file"));
    assert!(reason(&folder.join("missing")).ends_with("missing: no such file or folder"));
}

#[test]
fn a_wheel_without_the_model_and_one_that_is_cut_off_are_refused() {
    let folder = folder("wheel");
    let path = folder.join("other.whl");
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("other/model.bin", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"E5S1").unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(read(&path, &[]), Err(PackError::Unknown)));
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(reason(&path).starts_with("is damaged"), "{}", reason(&path));
}

#[test]
fn a_published_file_may_be_cut_anywhere_and_have_any_byte_changed() {
    let good = published();
    assert!(Published::parse(good.clone()).is_ok());
    for length in 0..good.len() {
        assert!(Published::parse(good[..length].to_vec()).is_err(), "{length}");
    }
    for index in 0..good.len() {
        for byte in [0, 0x7F, 0xFF] {
            let mut bad = good.clone();
            bad[index] = byte;
            if let Ok(model) = Published::parse(bad) {
                // Its weights are not in it.
                assert!(encoder_file(&model, &|_| true, &[]).is_err(), "{index}");
            }
        }
    }
}

#[test]
fn a_folder_of_another_model_or_with_a_part_missing_is_refused() {
    let folder = folder("folder");
    assert!(reason(&folder).ends_with("config.json: no such file or folder"));
    let config = |hidden: usize| {
        json!({"hidden_size": hidden, "num_hidden_layers": LAYERS, "intermediate_size": INNER_DIM,
            "max_position_embeddings": PLACES, "layer_norm_eps": 1e-12})
    };
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("config.json", config(768).to_string().as_bytes());
    assert!(reason(&folder).ends_with("hidden_size is 768, expected 384"));
    write("config.json", config(DIM).to_string().as_bytes());
    write("tokenizer.json", "{\"model\": {\"vocab\": [[\"<s>\", 0]]}}".as_bytes());
    assert!(reason(&folder).ends_with("tokenizer.json: a special piece is missing"));
    let vocabulary: Vec<_> = PIECES.iter().map(|text| json!([text, -1.5])).collect();
    write("tokenizer.json", json!({"model": {"vocab": vocabulary}}).to_string().as_bytes());
    write("model.safetensors", b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF{}");
    assert!(reason(&folder).ends_with("model.safetensors: the header is cut off"));
    let header =
        "{\"embeddings.word_embeddings.weight\": {\"dtype\": \"F32\", \"data_offsets\": [0, 8]}}";
    let length = (header.len() as u64).to_le_bytes();
    write("model.safetensors", &[length.as_slice(), header.as_bytes(), &[0; 8]].concat());
    assert!(reason(&folder).ends_with("embeddings.word_embeddings.weight has too few values"));
}

#[test]
fn a_folder_and_a_wheel_with_the_same_weights_become_the_same_file() {
    let folder = folder("same");
    let config = json!({"hidden_size": DIM, "num_hidden_layers": LAYERS,
        "intermediate_size": INNER_DIM, "max_position_embeddings": PLACES, "layer_norm_eps": 1e-12});
    std::fs::write(folder.join("config.json"), config.to_string()).unwrap();
    let vocabulary: Vec<_> = PIECES.iter().map(|text| json!([text, -1.5])).collect();
    let tokenizer = json!({"model": {"vocab": vocabulary}}).to_string();
    std::fs::write(folder.join("tokenizer.json"), tokenizer).unwrap();
    std::fs::write(folder.join("model.safetensors"), safetensors()).unwrap();
    let map: [(&str, &[u8]); 1] = [("map", &[1, 2])];
    let pieces = PIECES.map(|text| Piece { text: text.to_owned(), score: -1.5 }).into();
    let special = Special { begin: 0, padding: 1, end: 2, unknown: 3 };
    let uniform = Uniform { model: Model { epsilon: 1e-12, pieces, special } };
    let expected = encoder_file(&uniform, &|_| true, &map).unwrap();
    assert!(read(&folder, &map).unwrap() == expected);
}

const PIECES: [&str; 6] = ["<s>", "<pad>", "</s>", "<unk>", "\u{2581}міст", "<mask>"];

/// A model all of whose weights are one half.
struct Uniform {
    model: Model,
}

impl Source for Uniform {
    fn model(&self) -> &Model {
        &self.model
    }

    fn blocks(&self, _: &str, rows: usize, width: usize) -> Result<Cow<'_, [u8]>, PackError> {
        // The greatest value is step -8, which stands as zero.
        let block = [rounded_half(0.5 / -8.0).to_le_bytes().to_vec(), vec![0; 16]].concat();
        Ok(block.repeat(rows * width / 32).into())
    }

    fn halves(&self, _: &str, count: usize) -> Result<Vec<u8>, PackError> {
        Ok(rounded_half(0.5).to_le_bytes().repeat(count))
    }
}

/// The same as the file of a folder; all tensors share the values of the longest.
fn safetensors() -> Vec<u8> {
    let longest = INNER_DIM * DIM;
    let mut names: Vec<String> =
        ["word_embeddings", "position_embeddings", "token_type_embeddings"]
            .map(|name| format!("embeddings.{name}.weight"))
            .into();
    let both = |stem: String| ["weight", "bias"].map(|suffix| format!("{stem}.{suffix}"));
    names.extend(both("embeddings.LayerNorm".into()));
    for layer in 0..LAYERS {
        for part in ["self.query", "self.key", "self.value", "output.dense", "output.LayerNorm"] {
            names.extend(both(format!("encoder.layer.{layer}.attention.{part}")));
        }
        for part in ["intermediate.dense", "output.dense", "output.LayerNorm"] {
            names.extend(both(format!("encoder.layer.{layer}.{part}")));
        }
    }
    assert!(longest >= PLACES.max(SEGMENTS) * DIM);
    let mut header = String::from("{\"__metadata__\": {\"format\": \"pt\"}");
    for name in names {
        let end = 2 * longest;
        write!(header, ", \"{name}\": {{\"dtype\": \"F16\", \"data_offsets\": [0, {end}]}}")
            .unwrap();
    }
    header.push('}');
    let values = rounded_half(0.5).to_le_bytes().repeat(longest);
    [(header.len() as u64).to_le_bytes().as_slice(), header.as_bytes(), &values].concat()
}

/// The file of the wheel, with six pieces and one tensor that is none of the model's.
fn published() -> Vec<u8> {
    let numbers = |numbers: &[u32]| -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    };
    let text = PIECES.concat();
    let mut ends = vec![0];
    for piece in PIECES {
        ends.push(ends[ends.len() - 1] + piece.len() as u32);
    }
    let mut file = b"E5S1".to_vec();
    file.extend(numbers(&[1, 384, 12, 12, 1_536, 250_037, 512, 2, 1e-12f32.to_bits(), 32]));
    file.extend(numbers(&[PIECES.len() as u32, 0, 2, 1, 3]));
    file.extend((text.len() as u64).to_le_bytes());
    file.extend(numbers(&ends));
    file.extend(numbers(&[(-1.5f32).to_bits(); PIECES.len()]));
    file.extend(text.as_bytes());
    file.extend(numbers(&[0, 3]));
    file.extend(b"abc");
    file.extend(numbers(&[1]));
    file.extend(7u16.to_le_bytes());
    file.extend(b"strange\x01");
    file.extend(numbers(&[32]));
    file.extend(0u64.to_le_bytes());
    file.extend(18u64.to_le_bytes());
    file
}
