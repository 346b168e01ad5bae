-- SQLite changes the rules of a table by building it again: deletion gets the reason 'retention'. The triggers that
-- mention it are made again in 0006_rules_sqlite.sql.
DROP TRIGGER client_deleted;
DROP TRIGGER client_number_given;

CREATE TABLE new_deletion (
  id KEY,
  client_number INTEGER NOT NULL,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  request_id INTEGER REFERENCES deletion_request (id) ON DELETE RESTRICT,
  reason TEXT NOT NULL CHECK (reason IN ('double', 'not-guided', 'wrong-organisation', 'other', 'retention')),
  registered_at MOMENT NOT NULL,
  first_year INTEGER,
  last_year INTEGER,
  kept_rows TEXT,
  deleted_at MOMENT NOT NULL,
  restored_at MOMENT,
  purged_at MOMENT,
  CHECK (restored_at IS NULL OR purged_at IS NULL),
  CHECK ((kept_rows IS NULL) = (restored_at IS NOT NULL OR purged_at IS NOT NULL)),
  CHECK (last_year IS NULL OR last_year >= first_year)
) STRICT;
INSERT INTO new_deletion (
  id, client_number, organisation_id, account_id, request_id, reason, registered_at, first_year, last_year, kept_rows,
  deleted_at, restored_at, purged_at)
  SELECT
    id, client_number, organisation_id, account_id, request_id, reason, registered_at, first_year, last_year, kept_rows,
    deleted_at, restored_at, purged_at
  FROM deletion;
DELETE FROM sqlite_sequence WHERE name = 'new_deletion';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_deletion', seq FROM sqlite_sequence WHERE name = 'deletion';
DROP TABLE deletion;
ALTER TABLE new_deletion RENAME TO deletion;
CREATE UNIQUE INDEX deletion_client ON deletion (client_number) WHERE restored_at IS NULL;
CREATE INDEX deletion_organisation ON deletion (organisation_id, id);
CREATE INDEX deletion_waiting ON deletion (deleted_at) WHERE kept_rows IS NOT NULL;

CREATE TRIGGER deletion_is_final BEFORE UPDATE ON deletion
WHEN OLD.kept_rows IS NULL
BEGIN
  SELECT RAISE(ABORT, 'deletion_is_final');
END;

CREATE TRIGGER deletion_is_kept BEFORE DELETE ON deletion
BEGIN
  SELECT RAISE(ABORT, 'deletion_is_kept');
END;

CREATE TRIGGER deletion_kept_replace BEFORE INSERT ON deletion
WHEN EXISTS (
  SELECT 1 FROM deletion WHERE id = NEW.id OR (client_number = NEW.client_number AND restored_at IS NULL))
BEGIN
  SELECT RAISE(ABORT, 'deletion_is_kept');
END;
