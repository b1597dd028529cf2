//! Every reader against bytes that nobody wrote for it: arbitrary ones, and real ones cut off or
//! spoilt. Nothing may panic, nothing may hang, and what stands before the fault is read.

use crate::warc_writer::{HTML, Packing, WarcWriter, gzip, zstd};
use newstemma_ingest::{ReadOptions, pages_of};
use proptest::prelude::*;
use std::io::Cursor;
use std::time::{Duration, Instant};

/// Files of every format, small.
fn samples() -> Vec<Vec<u8>> {
    let archive = |packing| {
        let chunked = format!("{HTML}\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip");
        let body = [b"1f\r\n".as_slice(), &gzip("<p>Ο δρόμος.</p>"), b"\r\n0\r\n\r\n"].concat();
        let writer = WarcWriter::new(packing).page("https://example.org/1", HTML, "<p>Мост.</p>");
        writer.page("https://example.org/2", &chunked, body).bytes
    };
    let rss = "<?xml version='1.0'?><rss><channel><title>A</title><item><title>B &amp; C</title>\
        <description><![CDATA[<p>D</p>]]></description></item></channel></rss>";
    let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'><div>E</div>\
        </content><link href='https://example.org/'/></entry></feed>";
    let json =
        "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"summary\": \"F\"}]}";
    let mail = "MIME-Version: 1.0\nFrom: =?utf-8?Q?=C3=A4?= <a@b>\nContent-Type: multipart/mixed; \
        boundary=x\n\n--x\nContent-Transfer-Encoding: quoted-printable\n\n=C3=A4 b=\nc\n--x--\n";
    let plain = [rss, atom, json, mail, "id,text\n1,\"a\n\"\"b\"\"\"\n", "{\"text\": \"G\"}\n{}\n"];
    let mut samples: Vec<Vec<u8>> = plain.iter().map(|s| s.as_bytes().to_vec()).collect();
    samples.extend([Packing::None, Packing::Gzip, Packing::Zstd].map(archive));
    samples.extend([gzip(rss), zstd(mail), gzip(zstd("Ein Text."))]);
    samples
}

/// Marks that lead arbitrary bytes into one reader or another.
const MARKS: [&[u8]; 15] = [
    b"",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 40\r\n\r\n",
    b"WARC/1.0\r\nContent-Length: 18446744073709551615\r\n\r\nHTTP/1.1 200\r\n",
    b"PK\x03\x04",
    b"<rss><channel><item>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='html'>",
    b"{\"version\": \"https://jsonfeed.org/version/1\", ",
    b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\n",
    b"From a\nMIME-Version: 1.0\n\nb\n\nFrom c\n",
    b"id,text\n",
    b"{\"text\": ",
    b"<meta charset=gbk><p>",
    b"\xff\xfe",
];

/// Reads bytes; how many pages they gave, and how long it took.
fn read(bytes: &[u8]) -> (usize, Duration) {
    let clock = Instant::now();
    let source = Box::new(Cursor::new(bytes.to_vec()));
    let (mut pages, mut warnings) = (0, 0);
    for item in pages_of("a", source, ReadOptions::default()) {
        *if item.is_ok() { &mut pages } else { &mut warnings } += 1;
    }
    assert!(pages + warnings > 0, "nothing is said of the file");
    (pages, clock.elapsed())
}

/// Far more than any file of some kilobytes takes, and less than a loop that does not end.
const PATIENCE: Duration = Duration::from_secs(10);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn arbitrary_bytes_are_read_or_passed_over(
        mark in proptest::sample::select(MARKS.to_vec()),
        bytes in proptest::collection::vec(any::<u8>(), 0..2000),
    ) {
        prop_assert!(read(&[mark, &bytes].concat()).1 < PATIENCE);
    }

    #[test]
    fn cut_off_files_are_read_or_passed_over(
        sample in proptest::sample::select(samples()),
        share in 0.0..1.0_f64,
    ) {
        let cut = (sample.len() as f64 * share) as usize;
        prop_assert!(read(&sample[..cut]).1 < PATIENCE);
    }

    #[test]
    fn spoilt_files_are_read_or_passed_over(
        sample in proptest::sample::select(samples()),
        faults in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut spoilt = sample;
        for (at, byte) in faults {
            let at = at.index(spoilt.len());
            spoilt[at] = byte;
        }
        prop_assert!(read(&spoilt).1 < PATIENCE);
    }
}

/// A record of an archive that is spoilt does not take the others along, wherever the fault is: in
/// a length, in a flag that makes the header longer, in the packed bytes, in the checksum.
#[test]
fn faults_in_one_member_leave_the_others() {
    let url = "https://example.org/";
    let pages = (0..4).map(|n| format!("<p>Hlášení číslo {n}.</p>"));
    let archive =
        pages.fold(WarcWriter::new(Packing::Gzip), |a, page| a.answer(url, "200 OK", HTML, page));
    for at in archive.starts[2]..archive.starts[3] {
        for byte in (0..=255).step_by(3) {
            let mut bytes = archive.bytes.clone();
            bytes[at] = byte;
            assert!(read(&bytes).0 >= 3, "byte {at} as {byte}");
        }
    }
}

#[test]
fn marks_in_great_number_cost_linear_time() {
    let many = |mark: &str| mark.repeat(400_000 / mark.len());
    let head = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n\r\n";
    let hostile = [
        many("<rss><item>"),
        format!("<rss>{}", many("<![CDATA[")),
        format!("<rss><item>{}", many("<a>")),
        many("{\"text\":"),
        format!("text,id\n{}", many("\",")),
        format!("MIME-Version: 1.0\nSubject: {}\n\n", many("=?u?B?")),
        format!("MIME-Version: 1.0\nContent-Type: multipart/a; boundary=a\n\n{}", many("--a\n\n")),
        many(head),
        format!("{head}{}", many("\nWARC/1.0\r\nWARC-")),
    ];
    for bytes in hostile {
        let (_, took) = read(bytes.as_bytes());
        assert!(took < PATIENCE, "{}: {took:?}", &bytes[..40]);
    }
    let damaged = [&gzip(head)[..30], &[0x1f, 0x8b, 8].repeat(100_000)].concat();
    assert!(read(&damaged).1 < PATIENCE);
}
