-- Version 1. Never changed once released: what comes later is a file of its own.

CREATE TABLE reports (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival; never used twice
    id        TEXT NOT NULL UNIQUE,
    identity  TEXT NOT NULL,      -- address or reference: a second text under it is a revision
    ref       TEXT NOT NULL,
    url       TEXT,
    outlet    TEXT,
    lang      TEXT NOT NULL,
    title     TEXT,
    authors   TEXT NOT NULL,      -- JSON: [name]
    published TEXT,               -- RFC 3339, or a date
    day       TEXT,               -- the date of it
    updated   TEXT,
    credits   TEXT NOT NULL,      -- JSON: [[start, end, agency, kind]]
    roles     TEXT NOT NULL,      -- JSON: [[start, end, role]]
    text      TEXT NOT NULL,
    sha256    TEXT NOT NULL,      -- of the bytes it was read from
    digest    TEXT NOT NULL,      -- SHA-256 of what this row says of the report
    added     TEXT NOT NULL,      -- by the clock of the machine; nothing rests on it
    replaced  INTEGER REFERENCES reports (number),  -- the revision that took its place
    grouped   INTEGER,            -- number of the group it was linked to
    story     TEXT REFERENCES stories (id)
) STRICT;

CREATE INDEX reports_identity ON reports (identity);
CREATE INDEX reports_story ON reports (story);
CREATE INDEX reports_day ON reports (day);

-- What a report is compared by, and with which earlier ones it has to do.
CREATE TABLE compared (
    report  INTEGER PRIMARY KEY REFERENCES reports (number) ON DELETE CASCADE,
    profile BLOB NOT NULL,
    links   BLOB NOT NULL,
    crc32   INTEGER NOT NULL      -- of both, one after the other
) STRICT;

-- Sentence vectors, one for equal sentences.
CREATE TABLE vectors (
    sentence BLOB NOT NULL UNIQUE,  -- first 16 bytes of the SHA-256 of text, zero byte, language
    vector   BLOB NOT NULL,         -- f32, little-endian, of unit length
    crc32    INTEGER NOT NULL
) STRICT;

CREATE TABLE stories (
    id      TEXT PRIMARY KEY,
    born    INTEGER NOT NULL UNIQUE,  -- order of beginning; the older keeps its id
    founder INTEGER NOT NULL,         -- number of the report that it goes by
    became  TEXT REFERENCES stories (id),  -- the story that it was merged into
    ended   INTEGER NOT NULL DEFAULT 0     -- 1 if it has no reports
) STRICT, WITHOUT ROWID;

-- What became what.
CREATE TABLE log (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    event  TEXT NOT NULL,   -- began, joined, moved, merged, split, revised, removed, ended
    story  TEXT NOT NULL,
    other  TEXT,            -- moved and split: whence; merged: into which
    report TEXT,            -- the report that it was about, or that brought it about
    at     TEXT NOT NULL    -- by the clock of the machine
) STRICT;

CREATE INDEX log_story ON log (story);

CREATE TABLE names (
    key      INTEGER NOT NULL,
    report   INTEGER NOT NULL REFERENCES reports (number) ON DELETE CASCADE,
    spelling TEXT NOT NULL,
    PRIMARY KEY (key, report)
) STRICT, WITHOUT ROWID;

CREATE INDEX names_report ON names (report);

-- Words of title and text in normal form, parted by spaces; of scripts without spaces, characters.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', tokenize = "unicode61 remove_diacritics 0");
