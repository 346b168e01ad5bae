-- Upper-case words that no database knows are replaced by models/database.py, as in 0001_tables.sql.

-- organisation_id is NULL for an import of the operator. The clients that it made have the numbers from first_number to
-- last_number, and no other client has one of these. entry_id: its entry in the log. lost: after it was taken back, the
-- number of clients that were guided, by province and year, as JSON.
CREATE TABLE register_import (
  id KEY,
  organisation_id INTEGER REFERENCES organisation (id) ON DELETE RESTRICT,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  first_number INTEGER,
  last_number INTEGER,
  entry_id INTEGER NOT NULL,
  counts TEXT NOT NULL,
  lost TEXT,
  imported_at MOMENT NOT NULL,
  undone_at MOMENT,
  purged_at MOMENT,
  CHECK ((first_number IS NULL) = (last_number IS NULL)),
  CHECK (last_number >= first_number),
  CHECK (undone_at IS NULL OR purged_at IS NULL),
  CHECK ((lost IS NULL) = (undone_at IS NULL))
) STRICT;
CREATE INDEX register_import_organisation ON register_import (organisation_id, id);
CREATE INDEX register_import_waiting ON register_import (imported_at) WHERE undone_at IS NULL AND purged_at IS NULL;
CREATE INDEX register_import_undone ON register_import (first_number, last_number) WHERE undone_at IS NOT NULL;

-- The additions of an import to a client that was there: the questions, first days of periods and old numbers, as JSON,
-- and the moment of the client's last change before. Emptied when the import is taken back, or can no longer be.
CREATE TABLE import_addition (
  import_id INTEGER NOT NULL REFERENCES register_import (id) ON DELETE RESTRICT,
  client_number INTEGER NOT NULL,
  changed_at MOMENT NOT NULL,
  added TEXT NOT NULL,
  PRIMARY KEY (import_id, client_number)
) STRICT_WITHOUT_ROWID;
CREATE INDEX import_addition_client ON import_addition (client_number);

-- The organisations that an import made; emptied likewise.
CREATE TABLE import_organisation (
  import_id INTEGER NOT NULL REFERENCES register_import (id) ON DELETE RESTRICT,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  PRIMARY KEY (import_id, organisation_id)
) STRICT_WITHOUT_ROWID;
