//! What comes out of files, folders and archives.

#![allow(clippy::disallowed_methods, reason = "the files that are read must first be written")]
#![allow(clippy::unwrap_used, reason = "a test that can't set its folder up has failed")]

mod folder;
mod warc_writer;

mod archives;
mod encodings;
mod feeds;
mod mail;
mod packed;
mod parquet;
mod reading;
mod robustness;
mod tables;
