-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- A list of 'Personeel inlezen' that was checked and waits to be read. content: the file, sealed with the facility's
-- data key, only until it is read or expired. form_key: of the form and the file, so that a form that is posted twice
-- makes one row.
CREATE TABLE staff_upload (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  form_key TEXT NOT NULL CHECK (length(form_key) BETWEEN 1 AND 64),
  content BYTES CHECK (length(content) <= 300000),
  uploaded_at MOMENT NOT NULL,
  CONSTRAINT staff_upload_form UNIQUE (facility_id, form_key)
) STRICT;
CREATE INDEX staff_upload_account ON staff_upload (account_id);
CREATE INDEX staff_upload_uploaded_at ON staff_upload (uploaded_at);
CREATE INDEX staff_upload_waiting ON staff_upload (facility_id, id) WHERE content IS NOT NULL;
