//! What the user names: addresses, and files that list addresses.

use crate::error::WatchError;
use crate::fetch::check;
use newstemma_ingest::{ListingKind, listing};
use url::Url;

/// Longest file of sources that is read.
const FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// The addresses of sources that an argument names: itself, or what the file lists that it is the
/// path of. A file is OPML, or has an address a line; lines that begin with `#` are comments.
///
/// # Errors
/// If it is neither an address of the web nor such a file.
pub fn sources_of(argument: &str) -> Result<Vec<String>, WatchError> {
    let wrong = |message: String| WatchError::Source { source_name: argument.to_owned(), message };
    if argument.contains("://") {
        return Ok(vec![address(argument).map_err(wrong)?]);
    }
    let length = std::fs::metadata(argument).map(|file| file.len());
    let bytes = match length {
        Ok(length) if length > FILE_BYTES_MAX => {
            return Err(wrong(format!("more than {} MiB", FILE_BYTES_MAX >> 20)));
        }
        _ => std::fs::read(argument)
            .map_err(|e| wrong(format!("neither an address nor a file: {e}")))?,
    };
    let listed = match listing(bytes.clone(), None) {
        Some(listing) if listing.kind == ListingKind::Feeds => {
            listing.entries.into_iter().map(|entry| entry.url).collect()
        }
        Some(_) => return Err(wrong("a feed or sitemap that is no address itself".to_owned())),
        None => lines(&String::from_utf8_lossy(&bytes)),
    };
    if listed.is_empty() {
        return Err(wrong("lists no source".to_owned()));
    }
    listed.iter().map(|one| address(one).map_err(|e| wrong(format!("`{one}`: {e}")))).collect()
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect()
}

/// An address in its normal form.
fn address(written: &str) -> Result<String, String> {
    let mut url = Url::parse(written.trim()).map_err(|e| format!("no address: {e}"))?;
    check(&url).map_err(|e| e.to_string())?;
    url.set_fragment(None);
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::sources_of;

    #[test]
    fn addresses_are_brought_to_their_normal_form() {
        let sources = sources_of("HTTPS://Новини.Example/а б#x").unwrap();
        assert_eq!(sources, ["https://xn--b1amarcd.example/%D0%B0%20%D0%B1"]);
        assert_eq!(sources_of("http://0x7f.1/").unwrap(), ["http://127.0.0.1/"]);
    }

    #[test]
    fn what_is_no_source_is_told() {
        for (wrong, expected) in [
            ("file:///etc/passwd", "none of the web"),
            ("https://user:secret@example.org/", "name or password"),
            ("https://", "no address"),
            ("no/such/file.opml", "neither an address nor a file"),
        ] {
            let error = sources_of(wrong).unwrap_err().to_string();
            assert!(error.contains(expected) && error.starts_with(wrong), "{error}");
        }
    }
}
