//! The container of the encoder file: named sections and a checksum (`docs/formats.md`).

use crate::PackError;

/// What the file begins with.
pub const MAGIC: &[u8; 8] = b"NSENCODR";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 32;
const ENTRY_BYTES: usize = 32;
const NAME_BYTES: usize = 16;
const ALIGNMENT: usize = 64;

/// Sections in the order in which they will stand in the file.
#[derive(Debug, Default)]
pub struct Sections {
    sections: Vec<(String, Vec<u8>)>,
}

impl Sections {
    /// Adds a section of bytes.
    ///
    /// # Errors
    /// If there is one of that name, or the name is no short one in ASCII.
    pub fn add(&mut self, name: &str, bytes: Vec<u8>) -> Result<(), PackError> {
        let taken = self.sections.iter().any(|(other, _)| other == name);
        if taken || name.len() > NAME_BYTES || !name.is_ascii() {
            return Err(PackError::Damaged(format!("{name} is not the name of one section")));
        }
        self.sections.push((name.to_owned(), bytes));
        Ok(())
    }

    /// Adds a section of little-endian `f32`.
    ///
    /// # Errors
    /// As those of [`Sections::add`].
    pub fn add_f32(&mut self, name: &str, values: &[f32]) -> Result<(), PackError> {
        self.add(name, values.iter().flat_map(|value| value.to_le_bytes()).collect())
    }

    /// Adds a section of little-endian `u32`.
    ///
    /// # Errors
    /// As those of [`Sections::add`].
    pub fn add_u32(&mut self, name: &str, values: &[u32]) -> Result<(), PackError> {
        self.add(name, values.iter().flat_map(|value| value.to_le_bytes()).collect())
    }

    /// The whole file.
    pub fn into_file(self) -> Vec<u8> {
        let mut table = Vec::new();
        let mut data = Vec::new();
        let data_start = HEADER_BYTES + self.sections.len() * ENTRY_BYTES;
        for (name, bytes) in &self.sections {
            let padding = (data_start + data.len()).next_multiple_of(ALIGNMENT) - data_start;
            data.resize(padding, 0);
            let mut padded_name = [0; NAME_BYTES];
            padded_name[..name.len()].copy_from_slice(name.as_bytes());
            table.extend_from_slice(&padded_name);
            table.extend_from_slice(&((data_start + data.len()) as u64).to_le_bytes());
            table.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
            data.extend_from_slice(bytes);
        }
        let mut file = Vec::with_capacity(data_start + data.len());
        file.extend_from_slice(MAGIC);
        file.extend_from_slice(&VERSION.to_le_bytes());
        file.extend_from_slice(&(self.sections.len() as u32).to_le_bytes());
        file.extend_from_slice(&((data_start + data.len()) as u64).to_le_bytes());
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(&table);
        checksum.update(&data);
        file.extend_from_slice(&checksum.finalize().to_le_bytes());
        file.extend_from_slice(&[0; 4]);
        file.extend_from_slice(&table);
        file.extend_from_slice(&data);
        file
    }
}
