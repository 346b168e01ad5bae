-- A document of a wing. form_key: a form that is posted twice makes one row. A document is withdrawn, never deleted.
CREATE TABLE document (
  id KEY,
  wing TEXT NOT NULL CHECK (length(wing) BETWEEN 1 AND 40),
  category TEXT NOT NULL CHECK (length(category) BETWEEN 1 AND 40),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 150),
  reference TEXT NOT NULL DEFAULT '' CHECK (length(reference) <= 50),
  sentence TEXT NOT NULL DEFAULT '' CHECK (length(sentence) <= 300),
  day DAY(day) NOT NULL,
  public FLAG(public) NOT NULL,
  form_key TEXT CHECK (length(form_key) BETWEEN 1 AND 64),
  withdrawn_at MOMENT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT document_form_key UNIQUE (wing, form_key)
) STRICT;

-- The audience of a document, by codes of its wing; a document without a row is for everybody in the wing.
CREATE TABLE document_audience (
  document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
  audience TEXT NOT NULL CHECK (length(audience) BETWEEN 1 AND 40),
  PRIMARY KEY (document_id, audience)
) STRICT;

-- A version is a link or a file; its content decides the format. Nobody changes or deletes it.
CREATE TABLE document_version (
  id KEY,
  document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL CHECK (number >= 1),
  link TEXT CHECK (length(link) BETWEEN 9 AND 500 AND substr(link, 1, 8) = 'https://'),
  content BYTES CHECK (length(content) BETWEEN 1 AND 20971520),
  format TEXT CHECK (format IN ('pdf', 'odt', 'ods', 'docx', 'xlsx', 'pptx', 'csv')),
  size INTEGER,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  made_at MOMENT NOT NULL,
  CONSTRAINT document_version_once UNIQUE (document_id, number),
  CONSTRAINT document_version_is_one CHECK ((link IS NULL) <> (content IS NULL)),
  CONSTRAINT document_version_file CHECK ((content IS NULL) = (format IS NULL) AND (content IS NULL) = (size IS NULL)),
  CONSTRAINT document_version_size CHECK (size = length(content))
) STRICT;
CREATE INDEX document_version_account ON document_version (account_id);
