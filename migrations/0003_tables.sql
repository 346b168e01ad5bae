-- Upper-case words that no database knows are replaced by models/database.py, as in 0001_tables.sql.

-- The yearly report as it was published. `contents` is the whole report, a text with SHA-256 `hash`; the columns before
-- it repeat parts of it, so that a list need not read it. counted_at is the moment before counting began.
-- account_id is NULL if the operator published.
CREATE TABLE edition (
  id KEY,
  year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
  scope TEXT NOT NULL CHECK (scope IN (
    'vlaanderen', 'antwerpen', 'limburg', 'oost-vlaanderen', 'vlaams-brabant', 'west-vlaanderen')),
  reference_day DAY(reference_day) NOT NULL,
  remark TEXT NOT NULL DEFAULT '' CHECK (length(remark) <= 500),
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  counted_at MOMENT NOT NULL,
  published_at MOMENT NOT NULL,
  contents TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  form_key TEXT CHECK (length(form_key) BETWEEN 1 AND 64)
) STRICT;
CREATE UNIQUE INDEX edition_form_key ON edition (account_id, form_key) WHERE form_key IS NOT NULL;
CREATE INDEX edition_scope ON edition (scope, id);
