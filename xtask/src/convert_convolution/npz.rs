//! Arrays of a NumPy `.npz` archive: the little of the format that the wheel uses.

use crate::wheel::entry;
use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;
use std::io::Cursor;
use zip::ZipArchive;

/// All arrays of an archive by name.
pub(super) struct Npz {
    arrays: BTreeMap<String, (Vec<usize>, Values)>,
}

enum Values {
    Bytes(Vec<u8>),
    Floats(Vec<f32>),
    Doubles(Vec<f64>),
}

/// One array, in row-major order.
pub(super) struct Array<'a, T> {
    shape: &'a [usize],
    pub(super) values: &'a [T],
}

impl<T> Array<'_, T> {
    /// Rows and columns.
    pub(super) fn shape2(&self) -> Result<(usize, usize)> {
        match *self.shape {
            [rows, columns] => Ok((rows, columns)),
            _ => bail!("array has shape {:?}, expected two axes", self.shape),
        }
    }
}

impl Npz {
    /// Reads every array.
    pub(super) fn parse(bytes: Vec<u8>) -> Result<Npz> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).context("weights are no archive")?;
        let names = archive
            .file_names()
            .map(|name| Ok(name?.into_owned()))
            .collect::<Result<Vec<String>>>()?;
        let mut arrays = BTreeMap::new();
        for name in names {
            let bytes = entry(&mut archive, &name)?;
            let array = parse_npy(&bytes).with_context(|| format!("array {name}"))?;
            arrays.insert(name.trim_end_matches(".npy").to_owned(), array);
        }
        Ok(Npz { arrays })
    }

    /// An array of `u8`.
    pub(super) fn bytes(&self, name: &str) -> Result<Array<'_, u8>> {
        match self.array(name)? {
            (shape, Values::Bytes(values)) => Ok(Array { shape, values }),
            _ => bail!("array {name} does not hold bytes"),
        }
    }

    /// An array of `f32`.
    pub(super) fn floats(&self, name: &str) -> Result<Array<'_, f32>> {
        match self.array(name)? {
            (shape, Values::Floats(values)) => Ok(Array { shape, values }),
            _ => bail!("array {name} does not hold f32"),
        }
    }

    /// A single `f64`.
    pub(super) fn double(&self, name: &str) -> Result<f64> {
        match self.array(name)? {
            (_, Values::Doubles(values)) if values.len() == 1 => Ok(values[0]),
            _ => bail!("array {name} does not hold one f64"),
        }
    }

    fn array(&self, name: &str) -> Result<&(Vec<usize>, Values)> {
        self.arrays.get(name).with_context(|| format!("weights have no array {name}"))
    }
}

fn parse_npy(bytes: &[u8]) -> Result<(Vec<usize>, Values)> {
    ensure!(
        bytes.starts_with(b"\x93NUMPY\x01\x00") && bytes.len() >= 10,
        "no npy file, version 1.0"
    );
    let header_end = 10 + usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    ensure!(header_end <= bytes.len(), "header is cut off");
    let header = std::str::from_utf8(&bytes[10..header_end])?;
    ensure!(header.contains("'fortran_order': False"), "array is not in row-major order");
    let shape = header
        .split_once("'shape': (")
        .and_then(|(_, rest)| rest.split_once(')'))
        .context("header has no shape")?
        .0
        .split(',')
        .map(str::trim)
        .filter(|axis| !axis.is_empty())
        .map(|axis| axis.parse().context("axis is no number"))
        .collect::<Result<Vec<usize>>>()?;
    let body = &bytes[header_end..];
    let values = if header.contains("'descr': '|u1'") || header.contains("'descr': '|i1'") {
        Values::Bytes(body.to_vec())
    } else if header.contains("'descr': '<f4'") {
        Values::Floats(words(body).map(f32::from_le_bytes).collect())
    } else if header.contains("'descr': '<f8'") {
        Values::Doubles(words(body).map(f64::from_le_bytes).collect())
    } else {
        bail!("unknown element type in {header}")
    };
    let length = match &values {
        Values::Bytes(values) => values.len(),
        Values::Floats(values) => values.len(),
        Values::Doubles(values) => values.len(),
    };
    ensure!(
        length == shape.iter().product::<usize>(),
        "array has {length} values, shape {shape:?}"
    );
    Ok((shape, values))
}

fn words<const N: usize>(bytes: &[u8]) -> impl Iterator<Item = [u8; N]> + '_ {
    bytes.as_chunks::<N>().0.iter().copied()
}
