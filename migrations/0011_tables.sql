-- An edition that everybody may read, with the file that they get: the spreadsheet as it was when somebody ticked it. Of
-- a year and scope there is at most one, for two of them tell together how many came and went.
CREATE TABLE public_edition (
  edition_id INTEGER PRIMARY KEY REFERENCES edition (id) ON DELETE RESTRICT,
  year INTEGER NOT NULL,
  scope TEXT NOT NULL,
  content BYTES NOT NULL CHECK (length(content) >= 1),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  shown_at MOMENT NOT NULL,
  CONSTRAINT public_edition_once UNIQUE (year, scope)
) STRICT;
CREATE INDEX public_edition_account ON public_edition (account_id);
