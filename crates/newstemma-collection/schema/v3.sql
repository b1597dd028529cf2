-- Version 3: who adds need not take up the whole collection.

-- What a current report is found by, among those that it may be worth comparing with.
CREATE TABLE finding (
    day    TEXT NOT NULL,     -- of publication; empty for those that do not say it
    report INTEGER NOT NULL,
    keys   BLOB NOT NULL,
    crc32  INTEGER NOT NULL,
    PRIMARY KEY (day, report)
) STRICT, WITHOUT ROWID;

-- The links in `compared`, from their other ends.
CREATE TABLE later (
    report  INTEGER NOT NULL,
    other   INTEGER NOT NULL,  -- the later one, which has the link
    score   INTEGER NOT NULL,
    carried INTEGER NOT NULL,
    PRIMARY KEY (report, other)
) STRICT, WITHOUT ROWID;

CREATE INDEX reports_grouped ON reports (grouped);
