-- A file that an organisation imports in the browser. form_key: a form that is posted twice makes one row. content: the
-- file, sealed with the organisation's data key, only until it is imported, cancelled or expired. alive_at: the last
-- moment at which the import was known to run. import_id: the import of register_import that it became. counts holds
-- numbers only; outcome is sealed: refused lines and remarks, which may repeat a value of the file.
CREATE TABLE import_upload (
  id KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'expired')),
  form_key TEXT CHECK (length(form_key) BETWEEN 1 AND 64),
  content BYTES,
  uploaded_at MOMENT NOT NULL,
  started_at MOMENT,
  alive_at MOMENT,
  ended_at MOMENT,
  place INTEGER NOT NULL DEFAULT 0 CHECK (place >= 0),
  percent INTEGER NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100),
  import_id INTEGER REFERENCES register_import (id) ON DELETE RESTRICT,
  counts TEXT NOT NULL DEFAULT '{}',
  outcome BYTES,
  CHECK ((content IS NOT NULL) = (state IN ('waiting', 'running'))),
  CHECK ((started_at IS NOT NULL AND alive_at IS NOT NULL) = (state IN ('running', 'done', 'failed'))),
  CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'failed'))),
  CHECK (import_id IS NULL OR state = 'done'),
  CHECK (outcome IS NULL OR state IN ('done', 'failed'))
) STRICT;
CREATE UNIQUE INDEX import_upload_form ON import_upload (organisation_id, form_key) WHERE form_key IS NOT NULL;
CREATE INDEX import_upload_organisation ON import_upload (organisation_id, id);
-- One import of an organisation runs at a time.
CREATE UNIQUE INDEX import_upload_running ON import_upload (organisation_id) WHERE state = 'running';
CREATE INDEX import_upload_kept ON import_upload (state) WHERE content IS NOT NULL OR outcome IS NOT NULL;
