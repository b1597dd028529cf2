//! Parquet: files as pyarrow, Spark and crawlers write them, and without the feature none.

#[cfg(not(feature = "parquet"))]
mod without {
    use crate::folder::Folder;
    use newstemma_ingest::ReadOptions;

    #[test]
    fn a_file_is_passed_over_and_the_message_says_how_it_would_be_read() {
        let folder = Folder::new("parquet").with("a.parquet", b"PAR1....PAR1");
        let (pages, warnings) = folder.read(&["a.parquet"], ReadOptions::default());
        assert!(pages.is_empty());
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("--features parquet"), "{}", warnings[0]);
    }
}

#[cfg(feature = "parquet")]
mod with {
    use crate::folder::{Folder, references, text};
    use newstemma_ingest::{FieldMap, ReadOptions, pages_of};
    use newstemma_model::{Content, Page};
    use parquet::basic::Compression;
    use parquet::column::writer::{ColumnWriter, get_typed_column_writer_mut};
    use parquet::data_type::{ByteArrayType, DataType, Int32Type, Int64Type, Int96, Int96Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;

    type Writer = SerializedFileWriter<Vec<u8>>;

    fn writer(schema: &str, packing: Compression) -> Writer {
        let schema = Arc::new(parse_message_type(&format!("message a {{ {schema} }}")).unwrap());
        let properties = WriterProperties::builder()
            .set_compression(packing)
            .set_data_page_row_count_limit(5)
            .set_write_batch_size(5)
            .build();
        SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap()
    }

    type Group<'a> = SerializedRowGroupWriter<'a, Vec<u8>>;

    /// The cells of a column: its values, and the levels of definition and repetition.
    type Cells<'a, T> = (&'a [T], Option<&'a [i16]>, Option<&'a [i16]>);

    fn write<T: DataType>(group: &mut Group<'_>, cells: Cells<'_, T::T>) {
        let (values, definition, repetition) = cells;
        let mut column = group.next_column().unwrap().unwrap();
        let typed: &mut ColumnWriter<'_> = column.untyped();
        get_typed_column_writer_mut::<T>(typed)
            .write_batch(values, definition, repetition)
            .unwrap();
        column.close().unwrap();
    }

    fn strings(of: &[&str]) -> Vec<parquet::data_type::ByteArray> {
        of.iter().map(|s| s.as_bytes().to_vec().into()).collect()
    }

    /// A file with one column `text`, so many rows a group.
    fn texts(groups: &[&[&str]], packing: Compression) -> Vec<u8> {
        let mut file = writer("required binary text (UTF8);", packing);
        for texts in groups {
            let mut group = file.next_row_group().unwrap();
            write::<ByteArrayType>(&mut group, (&strings(texts), None, None));
            group.close().unwrap();
        }
        file.into_inner().unwrap()
    }

    fn read(bytes: &[u8], map: &str) -> (Vec<Page>, Vec<String>) {
        let folder = Folder::new("parquet").with("a.parquet", bytes);
        folder.read(&["a.parquet"], ReadOptions { fields: FieldMap::parse(map).unwrap() })
    }

    #[test]
    fn rows_are_reports_with_their_fields() {
        let schema = "optional binary ID (UTF8); required binary Text (UTF8); optional int32 nr; \
                      optional group authors (LIST) { repeated group list { optional binary element (UTF8); } }";
        let mut file = writer(schema, Compression::SNAPPY);
        let mut group = file.next_row_group().unwrap();
        write::<ByteArrayType>(&mut group, (&strings(&["ж-1"]), Some(&[1, 0, 0]), None));
        let texts = ["Міст відкрито.", "橋は再開した。", "גשר נפתח."];
        write::<ByteArrayType>(&mut group, (&strings(&texts), None, None));
        write::<Int32Type>(&mut group, (&[1, 2, 3], Some(&[1, 1, 1]), None));
        // Two authors; an empty list; no list.
        let authors = strings(&["Ева Мала", "Jan Nowy"]);
        write::<ByteArrayType>(&mut group, (&authors, Some(&[3, 3, 1, 0]), Some(&[0, 1, 0, 0])));
        group.close().unwrap();
        let (pages, warnings) = read(&file.into_inner().unwrap(), "");
        assert_eq!(warnings, [""; 0]);
        assert_eq!(references(&pages), ["ж-1", "a.parquet#2", "a.parquet#3"]);
        assert_eq!(pages.iter().map(text).collect::<Vec<_>>(), texts);
        assert_eq!(pages[0].given.authors, ["Ева Мала", "Jan Nowy"]);
        assert_eq!(pages[1].given.authors, [""; 0]);
        assert_ne!(pages[0].sha256, pages[1].sha256);
    }

    #[test]
    fn times_are_read_in_every_unit() {
        let day_seconds = 22_343 * 86_400 + 8 * 3600 + 300;
        let check = |column: &str, unit: i64, expected: &str| {
            let schema =
                format!("required binary text (UTF8); required int64 published ({column});");
            let mut file = writer(&schema, Compression::UNCOMPRESSED);
            let mut group = file.next_row_group().unwrap();
            write::<ByteArrayType>(&mut group, (&strings(&["x"]), None, None));
            write::<Int64Type>(&mut group, (&[day_seconds * unit + unit / 2], None, None));
            group.close().unwrap();
            let (pages, _) = read(&file.into_inner().unwrap(), "");
            assert_eq!(pages[0].given.published.as_deref(), Some(expected), "{column}");
        };
        check("TIMESTAMP_MILLIS", 1_000, "2031-03-05T08:05:00Z");
        check("TIMESTAMP_MICROS", 1_000_000, "2031-03-05T08:05:00Z");
        check("TIMESTAMP(NANOS,true)", 1_000_000_000, "2031-03-05T08:05:00Z");
        check("TIMESTAMP(MICROS,false)", 1_000_000, "2031-03-05T08:05:00");
        check("INTEGER(64,true)", 1, &day_seconds.to_string());
    }

    #[test]
    fn days_and_the_times_of_old_programs_are_read() {
        let schema = "required binary text (UTF8); required int32 published (DATE);";
        let mut file = writer(schema, Compression::UNCOMPRESSED);
        let mut group = file.next_row_group().unwrap();
        write::<ByteArrayType>(&mut group, (&strings(&["x", "y"]), None, None));
        write::<Int32Type>(&mut group, (&[22_343, i32::MAX], None, None));
        group.close().unwrap();
        let (pages, warnings) = read(&file.into_inner().unwrap(), "");
        assert_eq!(pages[0].given.published.as_deref(), Some("2031-03-05"));
        assert_eq!(pages[1].given.published, None);
        assert_eq!(warnings, [""; 0]);

        let schema = "required binary text (UTF8); required int96 published;";
        let mut file = writer(schema, Compression::UNCOMPRESSED);
        let mut group = file.next_row_group().unwrap();
        write::<ByteArrayType>(&mut group, (&strings(&["x"]), None, None));
        // Nanoseconds of the day, then the Julian day.
        let (nanos, julian): (u64, u32) = (29_100_000_000_000, 2_440_588 + 22_343);
        let time: Int96 = vec![nanos as u32, (nanos >> 32) as u32, julian].into();
        write::<Int96Type>(&mut group, (&[time], None, None));
        group.close().unwrap();
        let (pages, _) = read(&file.into_inner().unwrap(), "");
        assert_eq!(pages[0].given.published.as_deref(), Some("2031-03-05T08:05:00"));
    }

    #[test]
    fn pages_stored_as_bytes_are_decoded_as_they_declare() {
        let page = "<meta charset=windows-1251><p>Мост открыт.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
        let schema = "required group page { required binary body; optional binary at (UTF8); }";
        let mut file = writer(schema, Compression::UNCOMPRESSED);
        let mut group = file.next_row_group().unwrap();
        write::<ByteArrayType>(&mut group, (&[bytes.to_vec().into()], None, None));
        write::<ByteArrayType>(&mut group, (&strings(&["https://a.example/1"]), Some(&[1]), None));
        group.close().unwrap();
        let (pages, warnings) = read(&file.into_inner().unwrap(), "html=page.body,url=page.at");
        assert_eq!(warnings, [""; 0]);
        assert_eq!(pages[0].content, Content::Html(page.to_owned()));
        assert_eq!(pages[0].given.url.as_deref(), Some("https://a.example/1"));
    }

    #[test]
    fn every_packing_and_any_number_of_rows_and_groups_is_read() {
        let rows: Vec<String> = (1..=40).map(|n| format!("Звіт номер {n}.")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        for packing in [
            Compression::SNAPPY,
            Compression::GZIP(Default::default()),
            Compression::ZSTD(Default::default()),
            Compression::BROTLI(Default::default()),
            Compression::LZ4_RAW,
        ] {
            let file = texts(&[&rows[..33], &rows[33..]], packing);
            let (pages, warnings) = read(&file, "");
            assert_eq!(pages.iter().map(text).collect::<Vec<_>>(), rows, "{packing}");
            assert_eq!(warnings, [""; 0], "{packing}");
            // From a stream as from a file.
            let streamed =
                pages_of("-", Box::new(std::io::Cursor::new(file)), ReadOptions::default());
            assert_eq!(streamed.filter(Result::is_ok).count(), rows.len(), "{packing}");
        }
    }

    #[test]
    fn what_holds_no_text_names_its_columns() {
        let file = texts(&[&["x"]], Compression::UNCOMPRESSED);
        let (pages, warnings) = read(&file, "text=body");
        assert!(pages.is_empty());
        assert_eq!(warnings, ["a.parquet: no column `body` or `html`; the columns are text"]);
        let (_, warnings) = read(&texts(&[], Compression::UNCOMPRESSED), "");
        assert_eq!(warnings, ["a.parquet: a table without rows"]);
    }

    #[test]
    fn a_damaged_group_costs_itself() {
        let first: Vec<&str> = vec!["Den första bron."; 3];
        let mut file = texts(&[&first, &["Den andra."]], Compression::SNAPPY);
        // The header of the first page, behind the mark.
        file[4..12].fill(0xff);
        let (pages, warnings) = read(&file, "");
        assert_eq!(pages.iter().map(text).collect::<Vec<_>>(), ["Den andra."]);
        assert_eq!(references(&pages), ["a.parquet#4"]);
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("rows 1 to 3 are lost"), "{}", warnings[0]);
    }

    #[test]
    fn no_bytes_stop_the_program() {
        let rows: Vec<&str> = vec![
            "Цей рядок повторюється, щоб було що пошкодити.";
            20
        ];
        for packing in [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::LZ4_RAW] {
            let whole = texts(&[&rows, &rows], packing);
            let mut state = 1_u64;
            for round in 0..3000 {
                let mut bytes = whole.clone();
                for _ in 0..1 + round % 3 {
                    // A linear congruence (Knuth, MMIX) is random enough to pick bytes.
                    state =
                        state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    let at = (state >> 33) as usize % bytes.len();
                    bytes[at] = (state >> 24) as u8;
                }
                let source = Box::new(std::io::Cursor::new(bytes));
                let pages = pages_of("a", source, ReadOptions::default());
                assert!(pages.count() <= 2000);
            }
            for cut in 0..whole.len() {
                let source = Box::new(std::io::Cursor::new(whole[..cut].to_vec()));
                let pages = pages_of("a", source, ReadOptions::default());
                assert!(pages.count() >= 1, "cut at {cut}: neither page nor warning");
            }
        }
    }
}
