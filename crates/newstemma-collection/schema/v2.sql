-- Version 2: what the page tells of a report beyond its text.

ALTER TABLE reports ADD COLUMN about TEXT;  -- JSON: only what is known; null if nothing is
