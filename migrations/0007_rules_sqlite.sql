CREATE TRIGGER register_import_is_final BEFORE UPDATE ON register_import
WHEN OLD.undone_at IS NOT NULL OR OLD.purged_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'register_import_is_kept');
END;

CREATE TRIGGER register_import_is_kept BEFORE DELETE ON register_import
BEGIN
  SELECT RAISE(ABORT, 'register_import_is_kept');
END;

-- INSERT OR REPLACE deletes a row without firing its delete trigger.
CREATE TRIGGER register_import_kept_replace BEFORE INSERT ON register_import
WHEN EXISTS (SELECT 1 FROM register_import WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'register_import_is_kept');
END;

-- A period disappears only with its client, in a merge, withdrawn, or with the import that added it.
DROP TRIGGER period_deleted_recorded;
CREATE TRIGGER period_deleted_recorded BEFORE DELETE ON period
WHEN NOT EXISTS (SELECT 1 FROM withdrawal WHERE period_id = OLD.id AND restored_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.client_number AND restored_at IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM client_merge
    WHERE OLD.client_number IN (kept_number, merged_number) AND kept_rows IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM register_import
    WHERE undone_at IS NOT NULL AND OLD.client_number BETWEEN first_number AND last_number)
  AND NOT EXISTS (
    SELECT 1 FROM import_addition JOIN register_import ON id = import_id
    WHERE undone_at IS NOT NULL AND client_number = OLD.client_number)
BEGIN
  SELECT RAISE(ABORT, 'period_deletion_unrecorded');
END;

-- Before a client is deleted, its pending request must be decided, and its rows kept for restoring; or the import that
-- made it is taken back.
DROP TRIGGER client_deleted;
CREATE TRIGGER client_deleted BEFORE DELETE ON client
BEGIN
  SELECT RAISE(ABORT, 'client_deletion_undecided')
  WHERE EXISTS (SELECT 1 FROM deletion_request WHERE client_number = OLD.number AND status = 'pending');
  SELECT RAISE(ABORT, 'client_move_undecided')
  WHERE EXISTS (SELECT 1 FROM client_move WHERE client_number = OLD.number AND status IN ('proposed', 'agreed'));
  SELECT RAISE(ABORT, 'client_deletion_unrecorded')
  WHERE NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.number AND restored_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM client_merge WHERE merged_number = OLD.number AND kept_rows IS NOT NULL)
    AND NOT EXISTS (
      SELECT 1 FROM register_import
      WHERE undone_at IS NOT NULL AND OLD.number BETWEEN first_number AND last_number);
END;

-- A number is never given twice: only restoring a deletion or undoing a merge frees it.
DROP TRIGGER client_number_given;
CREATE TRIGGER client_number_given BEFORE INSERT ON client
WHEN EXISTS (SELECT 1 FROM deletion WHERE client_number = NEW.number AND restored_at IS NULL)
  OR EXISTS (SELECT 1 FROM client_merge WHERE merged_number = NEW.number AND undone_at IS NULL)
  OR EXISTS (
    SELECT 1 FROM register_import
    WHERE undone_at IS NOT NULL AND NEW.number BETWEEN first_number AND last_number)
BEGIN
  SELECT RAISE(ABORT, 'client_number_given');
END;
