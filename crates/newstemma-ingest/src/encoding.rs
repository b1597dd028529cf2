//! Bytes to UTF-8.
//!
//! A byte order mark decides; then what is valid UTF-8 is UTF-8, whatever the page declares
//! (pages declare wrongly far more often than another encoding happens to be valid UTF-8); then
//! what the server or the markup declares, if the bytes bear it out; then a guess from the bytes
//! (`chardetng`, which Firefox uses). Text that is valid is never changed: what an outlet itself
//! decoded wrongly and published as UTF-8 stays as it was published.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use newstemma_model::Warning;
use std::io::{self, BufRead, Read};

/// A text, and what had to be done to read it.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// What a reader should know, if anything.
    pub(crate) note: Option<Note>,
}

/// What a reader should know of how a text was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    /// The encoding is not the one that is declared, or none is.
    Taken { declared: Option<&'static Encoding>, encoding: &'static Encoding },
    /// Some bytes mean nothing.
    Replaced,
}

impl Note {
    /// The note, told of an input.
    pub(crate) fn about(&self, reference: impl Into<String>) -> Warning {
        match self {
            Note::Taken { declared: Some(declared), encoding } => {
                let message =
                    format!("declared {}, taken for {}", declared.name(), encoding.name());
                Warning::note(reference, message)
            }
            Note::Taken { declared: None, encoding } => {
                Warning::note(reference, format!("not UTF-8, taken for {}", encoding.name()))
            }
            Note::Replaced => Warning::new(reference, "invalid UTF-8 was replaced"),
        }
    }
}

/// What is said about an encoding from outside the text and inside it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Declared {
    /// By the server or the envelope.
    pub(crate) transport: Option<&'static Encoding>,
    /// By the markup.
    pub(crate) markup: Option<&'static Encoding>,
}

/// Decodes a whole text.
pub(crate) fn decode(bytes: Vec<u8>, declared: Declared) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return decode_marked(bytes, encoding, length);
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return convert(&bytes, encoding, Some(Note::Taken { declared: None, encoding }));
    }
    // The one encoding whose bytes are all ASCII, and so valid UTF-8 that means something else.
    let declares = |e| declared.transport == Some(e) || declared.markup == Some(e);
    if declares(ISO_2022_JP) && bytes.contains(&b'\x1b') {
        return convert(&bytes, ISO_2022_JP, None);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, note: None },
        Err(error) => error.into_bytes(),
    };
    if is_damaged_utf8(&bytes) {
        return convert(&bytes, UTF_8, Some(Note::Replaced));
    }
    choose(&bytes, declared)
}

/// Decodes what is no UTF-8: by the declaration that fits the bytes, else as they look.
fn choose(bytes: &[u8], declared: Declared) -> Decoded {
    let declared = [declared.transport, declared.markup];
    let declared = declared.map(|d| d.filter(|e| *e != UTF_8 && !is_wide(e)));
    let guessed = guess(bytes);
    let mut best: Option<(usize, &'static Encoding, String)> = None;
    let beyond_ascii = bytes.iter().filter(|b| !b.is_ascii()).count();
    for encoding in by_trust(declared, guessed, bytes) {
        let text = convert(bytes, encoding, None).text;
        let faults = faults(&text);
        // Single faults stand in many a page that is in just the encoding it says.
        let fits = faults * FAULTS_OF_ONE <= beyond_ascii;
        if fits || best.as_ref().is_none_or(|(least, _, _)| faults < *least) {
            best = Some((faults, encoding, text));
        }
        if fits {
            break;
        }
    }
    let Some((_, encoding, text)) = best else { return convert(bytes, guessed, None) };
    let first = declared[0].or(declared[1]);
    let note = (first != Some(encoding)).then_some(Note::Taken { declared: first, encoding });
    Decoded { text, note }
}

/// One byte in so many beyond ASCII may be at fault.
const FAULTS_OF_ONE: usize = 50;

/// The encodings to try, most trusted first.
///
/// The server goes before the markup, unless the bytes look like what the markup says. Where the bytes
/// leave no doubt, what is declared otherwise does not count.
fn by_trust(
    [transport, markup]: [Option<&'static Encoding>; 2],
    guessed: &'static Encoding,
    bytes: &[u8],
) -> Vec<&'static Encoding> {
    let mut order: Vec<&'static Encoding> = match (transport, markup) {
        (Some(transport), Some(markup)) if markup == guessed => vec![markup, transport],
        _ => transport.into_iter().chain(markup).collect(),
    };
    if order.iter().any(|declared| *declared != guessed) {
        let look = Look::of(bytes, guessed);
        order.retain(|declared| *declared == guessed || !look.refutes(declared));
    }
    order.push(guessed);
    order
}

/// How a text looks in the encoding that was guessed for it.
struct Look {
    /// Letters beyond ASCII.
    letters: usize,
    /// Whether nearly all of these are in another script than Latin.
    is_another_script: bool,
}

impl Look {
    fn of(bytes: &[u8], guessed: &'static Encoding) -> Look {
        let text = convert(bytes, guessed, None).text;
        let letters = || text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
        let other = letters().filter(|c| *c > '\u{24f}').count();
        let letters = letters().count();
        Look { letters, is_another_script: other * 10 >= letters * 9 }
    }

    /// Whether the text can't be in an encoding although that was declared.
    ///
    /// The bounds come from sentences of 34 languages (Tatoeba) in the encodings that are theirs, put
    /// together to texts of 2 to 150: no guess was wrong any more above 95 letters in other scripts than
    /// Latin, nor, for a text that is in Latin-1, above 50. Central European texts are taken for Latin-1
    /// up to any length (Hungarian differs in two letters), so a guess of Latin-1 refutes nothing.
    fn refutes(&self, declared: &'static Encoding) -> bool {
        // Latin-1 is what servers and templates declare when nobody set anything.
        let by_default = declared == WINDOWS_1252;
        let letters_min = match (self.is_another_script, by_default) {
            (true, true) => 24,
            (true, false) => 150,
            (false, true) => 100,
            (false, false) => return false,
        };
        self.letters >= letters_min
    }
}

/// Characters that no text has: replaced ones, and controls that older tables leave undefined.
fn faults(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{80}'..='\u{9f}')).count()
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// The encoding that a text looks like of which this is the begin; `None` if that is UTF-8, be it
/// with faults.
pub(crate) fn guess_of_head(head: &[u8]) -> Option<&'static Encoding> {
    // The head may end in the middle of a character, which is no fault.
    let fault = std::str::from_utf8(head).err().and_then(|e| e.error_len());
    fault.filter(|_| !is_damaged_utf8(head)).map(|_| guess(head))
}

/// The encoding that bytes look like which are no UTF-8.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding that a page's markup declares (`<meta charset=…>`, `charset=` in a `content`,
/// `<?xml encoding=…?>`), looked for in its first kilobytes.
pub(crate) fn declared_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    if head.trim_ascii_start().starts_with(b"<?xml")
        && let Some(end) = find(head, b"?>")
        && let Some(at) = find(&head[..end], b"encoding")
    {
        let label = label_after(&head[at + b"encoding".len()..end]);
        return label.filter(|e| !is_wide(e));
    }
    let lower = head.to_ascii_lowercase();
    for mark in [&b"charset"[..], b"encoding"] {
        let mut at = 0;
        while let Some(found) = find(&lower[at..], mark) {
            at += found + mark.len();
            if let Some(encoding) = label_after(&head[at..]) {
                // A page that could be read this far is in no 16-bit encoding (HTML standard).
                return Some(encoding).filter(|e| !is_wide(e));
            }
        }
    }
    None
}

/// Bytes of another encoding, read as UTF-8.
pub(crate) struct Transcoded<R> {
    inner: R,
    decoder: Decoder,
    ended: bool,
    /// Decoded and not yet taken.
    decoded: Vec<u8>,
    taken: usize,
}

impl<R: BufRead> Transcoded<R> {
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Transcoded<R> {
        let decoder = encoding.new_decoder_with_bom_removal();
        Transcoded { inner, decoder, ended: false, decoded: Vec::new(), taken: 0 }
    }

    fn decode_more(&mut self) -> io::Result<()> {
        const PIECE_BYTES: usize = 16 * 1024;
        let input = self.inner.fill_buf()?;
        let input = &input[..input.len().min(PIECE_BYTES)];
        self.ended = input.is_empty();
        // Three bytes of UTF-8 a byte is the most that any encoding asks for.
        self.decoded.resize(PIECE_BYTES * 3 + 16, 0);
        let (_, read, written, _) =
            self.decoder.decode_to_utf8(input, &mut self.decoded, self.ended);
        self.decoded.truncate(written);
        self.taken = 0;
        self.inner.consume(read);
        Ok(())
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.decoded.len() && !self.ended {
            self.decode_more()?;
        }
        let n = target.len().min(self.decoded.len() - self.taken);
        target[..n].copy_from_slice(&self.decoded[self.taken..self.taken + n]);
        self.taken += n;
        Ok(n)
    }
}

fn label_after(rest: &[u8]) -> Option<&'static Encoding> {
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))
        .unwrap_or(rest.len());
    Encoding::for_label(&rest[..end])
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|w| w == needle)
}

fn decode_marked(mut bytes: Vec<u8>, encoding: &'static Encoding, mark_bytes: usize) -> Decoded {
    if encoding == UTF_8 {
        bytes.drain(..mark_bytes);
        return match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, note: None },
            Err(e) => convert(e.as_bytes(), UTF_8, Some(Note::Replaced)),
        };
    }
    convert(&bytes[mark_bytes..], encoding, None)
}

fn convert(bytes: &[u8], encoding: &'static Encoding, note: Option<Note>) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), note }
}

/// Text in UTF-16 without a mark has zeros where it is ASCII, if only its spaces and tags, and
/// nearly all of them in the upper halves of its units (a few letters have a zero below). Text that
/// is UTF-8 as it stands, with some zeros in it, has letters and spaces in those halves too, where
/// the scripts whose UTF-16 could pass for UTF-8 have their numbers: Cyrillic 4, Thai 14.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const ZEROS_MIN: usize = 4;
    let head = &bytes[..bytes.len().min(1024) & !1];
    let units = head.len() / 2;
    let is_utf8 = std::str::from_utf8(head).err().is_none_or(|e| e.error_len().is_none());
    let in_halves = |parity: usize, wanted: fn(u8) -> bool| {
        head.iter().skip(parity).step_by(2).filter(|b| wanted(**b)).count()
    };
    let are_upper = |parity: usize| {
        let zeros = in_halves(parity, |b| b == 0);
        zeros >= ZEROS_MIN.max(units / 10)
            && in_halves(1 - parity, |b| b == 0) <= zeros / 8
            && (!is_utf8 || in_halves(parity, |b| b < b' ') >= units * 4 / 5)
    };
    let encoding = if are_upper(1) {
        UTF_16LE
    } else if are_upper(0) {
        UTF_16BE
    } else {
        return None;
    };
    // The last unit of the head may be the first half of a pair.
    let whole = encoding.decode_without_bom_handling(&head[..head.len() - 2]).0;
    let faults = whole.chars().filter(|c| matches!(c, '\u{fffd}' | '\u{1}'..='\u{8}')).count();
    (faults <= 1).then_some(encoding)
}

/// Whether bytes are UTF-8 with a few faults rather than another encoding: in another one nearly
/// every byte beyond ASCII is a fault.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let mut faults = 0;
    let mut good = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    good > faults * 10
}

#[cfg(test)]
mod tests {
    use super::{Declared, Transcoded, declared_in_markup, decode};
    use encoding_rs::{
        EUC_JP, Encoding, IBM866, KOI8_R, SHIFT_JIS, UTF_16LE, WINDOWS_1250, WINDOWS_1251,
        WINDOWS_1252, WINDOWS_1254,
    };
    use std::io::Read;

    fn check(bytes: &[u8], expected: &str, noted: bool) {
        let markup = declared_in_markup(bytes);
        let decoded = decode(bytes.to_vec(), Declared { transport: None, markup });
        assert_eq!(decoded.text, expected);
        assert_eq!(decoded.note.is_some(), noted, "{:?}", decoded.note);
    }

    #[test]
    fn marks_decide() {
        check("\u{feff}Привіт".as_bytes(), "Привіт", false);
        check(b"\xff\xfeZ\0u\0g\0", "Zug", false);
        check(b"\xfe\xff\0Z\0u\0g", "Zug", false);
    }

    #[test]
    fn valid_utf8_wins_over_a_wrong_declaration() {
        let page = "<meta charset=iso-8859-1><p>日本語";
        check(page.as_bytes(), page, false);
    }

    #[test]
    fn a_declaration_is_heard_where_utf8_fails() {
        let page = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>Мир";
        let (bytes, _, _) = WINDOWS_1251.encode(page);
        check(&bytes, page, false);
        let page = "<?xml version=\"1.0\" encoding=\"EUC-JP\"?><html>東京";
        let (bytes, _, _) = EUC_JP.encode(page);
        check(&bytes, page, false);
    }

    #[test]
    fn undeclared_encodings_are_guessed_and_noted() {
        let text = "Über die Brücke von Großenfähr fährt künftig kein Güterzug mehr.";
        let (bytes, _, _) = WINDOWS_1252.encode(text);
        check(&bytes, text, true);
        let text = "Пожар на складе в порту потушен, пострадавших нет, сообщили спасатели.";
        let (bytes, _, _) = WINDOWS_1251.encode(text);
        check(&bytes, text, true);
        assert_eq!(UTF_16LE.name(), "UTF-16LE");
        check(b"O\0h\0n\0e\0 \0M\0a\0r\0k\0e\0", "Ohne Marke", true);
        let with_zeros = "Most je otev\u{159}en.\0a\0b\0c\0d\0e\0";
        check(with_zeros.as_bytes(), with_zeros, false);
    }

    fn check_declared(bytes: &[u8], transport: &str, expected: &str) {
        let transport = Encoding::for_label(transport.as_bytes());
        let markup = declared_in_markup(bytes);
        let decoded = decode(bytes.to_vec(), Declared { transport, markup });
        assert_eq!(decoded.text, expected);
    }

    #[test]
    fn of_two_declarations_the_one_that_fits_the_bytes_is_heard() {
        let page =
            "<meta charset=windows-1250><p>Žluťoučký kůň přeběhl železniční přejezd v Říčanech";
        let (bytes, _, _) = WINDOWS_1250.encode(page);
        check_declared(&bytes, "windows-1250", page);
        check_declared(&bytes, "iso-8859-1", page);
        let page =
            "<meta charset=iso-8859-1><p>東京湾で貨物船と漁船が衝突し、乗組員三人が救助された。";
        let (bytes, _, _) = SHIFT_JIS.encode(page);
        check_declared(&bytes, "shift_jis", page);
        check_declared(&bytes, "iso-8859-1", page);
        check_declared(&bytes, "euc-jp", page);
    }

    #[test]
    fn latin_text_stays_what_it_was_declared() {
        let page = "<p>Le maire a déclaré : « Le pont rouvrira à l’été. » Coût : 3 M€";
        let (bytes, _, _) = WINDOWS_1252.encode(page);
        check_declared(&bytes, "iso-8859-1", page);
        let page = "<p>Köprü yeniden açıldı, dedi belediye başkanı; işçiler gülümsüyordu.";
        let (bytes, _, _) = WINDOWS_1254.encode(page);
        check_declared(&bytes, "iso-8859-9", page);
    }

    #[test]
    fn what_is_declared_does_not_count_where_the_bytes_leave_no_doubt() {
        let russian =
            "<p>Движение по мосту открыли утром, сообщила администрация города. ".repeat(4);
        for (encoding, declared) in
            [(KOI8_R, "windows-1251"), (WINDOWS_1251, "koi8-r"), (IBM866, "windows-1251")]
        {
            check_declared(&encoding.encode(&russian).0, declared, &russian);
        }
        let czech =
            "<p>Řidiči se příští týden dočkají opraveného mostu přes říčku, řekl mluvčí kraje. ";
        let czech = czech.repeat(8);
        check_declared(&WINDOWS_1250.encode(&czech).0, "iso-8859-1", &czech);
    }

    #[test]
    fn what_is_declared_counts_where_the_bytes_leave_doubt() {
        let portuguese =
            "<p>A ponte reabriu de manhã, disse a câmara; a circulação é normal. ".repeat(30);
        check_declared(&WINDOWS_1252.encode(&portuguese).0, "iso-8859-1", &portuguese);
        let hungarian =
            "<p>A hidat reggel megnyitották, közölte a város; a forgalom zavartalan. ".repeat(12);
        check_declared(&WINDOWS_1250.encode(&hungarian).0, "windows-1250", &hungarian);
        let short = "<p>Мост";
        check_declared(&WINDOWS_1251.encode(short).0, "windows-1251", short);
    }

    #[test]
    fn what_an_outlet_spoilt_itself_is_not_spoilt_further() {
        let page = "<meta charset=windows-1252><p>Le maire a dÃ©clarÃ© : Â« non Â»";
        check_declared(page.as_bytes(), "iso-8859-1", page);
    }

    #[test]
    fn japanese_mail_is_no_ascii() {
        let (text, bytes) = ("橋は再開した", b"\x1b$B66$O:F3+$7$?\x1b(B");
        check_declared(bytes, "iso-2022-jp", text);
        check_declared(b"only ASCII", "iso-2022-jp", "only ASCII");
    }

    #[test]
    fn a_stream_is_transcoded_piece_by_piece() {
        let text = "Čtrnáct vlaků zůstalo stát, Đurđevac bez proudu. ".repeat(3000);
        let (bytes, _, _) = WINDOWS_1250.encode(&text);
        let mut read = String::new();
        Transcoded::new(&bytes[..], WINDOWS_1250).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn single_faults_do_not_turn_utf8_into_something_else() {
        let mut bytes = "Київ повідомляє про ремонт мосту через річку".as_bytes().to_vec();
        bytes.push(0xff);
        check(&bytes, "Київ повідомляє про ремонт мосту через річку\u{fffd}", true);
    }
}
