CREATE FUNCTION register_import_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.undone_at IS NOT NULL OR OLD.purged_at IS NOT NULL THEN
    RAISE EXCEPTION 'register_import_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER register_import_is_kept BEFORE UPDATE OR DELETE ON register_import
  FOR EACH ROW EXECUTE FUNCTION register_import_is_kept();

-- A period disappears only with its client, in a merge, withdrawn, or with the import that added it.
CREATE OR REPLACE FUNCTION period_deleted_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM withdrawal WHERE period_id = OLD.id AND restored_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.client_number AND restored_at IS NULL)
    AND NOT EXISTS (
      SELECT 1 FROM client_merge
      WHERE OLD.client_number IN (kept_number, merged_number) AND kept_rows IS NOT NULL)
    AND NOT EXISTS (
      SELECT 1 FROM register_import
      WHERE undone_at IS NOT NULL AND OLD.client_number BETWEEN first_number AND last_number)
    AND NOT EXISTS (
      SELECT 1 FROM import_addition JOIN register_import ON id = import_id
      WHERE undone_at IS NOT NULL AND client_number = OLD.client_number) THEN
    RAISE EXCEPTION 'period_deletion_unrecorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;

-- Before a client is deleted, its pending request must be decided, and its rows kept for restoring; or the import that
-- made it is taken back.
CREATE OR REPLACE FUNCTION client_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deletion_request WHERE client_number = OLD.number AND status = 'pending') THEN
    RAISE EXCEPTION 'client_deletion_undecided' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM client_move WHERE client_number = OLD.number AND status IN ('proposed', 'agreed')) THEN
    RAISE EXCEPTION 'client_move_undecided' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.number AND restored_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM client_merge WHERE merged_number = OLD.number AND kept_rows IS NOT NULL)
    AND NOT EXISTS (
      SELECT 1 FROM register_import
      WHERE undone_at IS NOT NULL AND OLD.number BETWEEN first_number AND last_number) THEN
    RAISE EXCEPTION 'client_deletion_unrecorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;

-- A number is never given twice: only restoring a deletion or undoing a merge frees it.
CREATE OR REPLACE FUNCTION client_number_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deletion WHERE client_number = NEW.number AND restored_at IS NULL)
    OR EXISTS (SELECT 1 FROM client_merge WHERE merged_number = NEW.number AND undone_at IS NULL)
    OR EXISTS (
      SELECT 1 FROM register_import
      WHERE undone_at IS NOT NULL AND NEW.number BETWEEN first_number AND last_number) THEN
    RAISE EXCEPTION 'client_number_given' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
