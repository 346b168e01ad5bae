ALTER TABLE deletion DROP CONSTRAINT deletion_reason_check;
ALTER TABLE deletion ADD CONSTRAINT deletion_reason_check
  CHECK (reason IN ('double', 'not-guided', 'wrong-organisation', 'other', 'retention'));

-- Sort by bytes, as SQLite does, whatever the locale of the server.
ALTER TABLE former_number ALTER COLUMN sort_text TYPE TEXT COLLATE "C";

-- Lock the period's row, so that its dates do not change meanwhile.
CREATE FUNCTION past_hours_in_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM period
    WHERE id = NEW.period_id AND start_date <= NEW.until AND (end_date IS NULL OR end_date > NEW.until)
    FOR SHARE) THEN
    RAISE EXCEPTION 'past_hours_outside' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER past_hours_in_period BEFORE INSERT OR UPDATE OF period_id, until ON past_hours
  FOR EACH ROW EXECUTE FUNCTION past_hours_in_period();

CREATE FUNCTION period_holds_past_hours() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM past_hours
    WHERE period_id = NEW.id AND (until < NEW.start_date OR until >= NEW.end_date)) THEN
    RAISE EXCEPTION 'past_hours_outside' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER period_holds_past_hours BEFORE UPDATE OF start_date, end_date ON period
  FOR EACH ROW EXECUTE FUNCTION period_holds_past_hours();

-- A period disappears only with its client, in a merge, or withdrawn: its rows are kept for restoring.
CREATE FUNCTION period_deleted_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM withdrawal WHERE period_id = OLD.id AND restored_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.client_number AND restored_at IS NULL)
    AND NOT EXISTS (
      SELECT 1 FROM client_merge
      WHERE OLD.client_number IN (kept_number, merged_number) AND kept_rows IS NOT NULL) THEN
    RAISE EXCEPTION 'period_deletion_unrecorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER period_deleted_recorded BEFORE DELETE ON period
  FOR EACH ROW EXECUTE FUNCTION period_deleted_recorded();

-- Within an organisation no two clients are found by one old number, and no client twice by it.
CREATE FUNCTION former_number_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.kind = 'old' AND EXISTS (
    SELECT 1 FROM client WHERE organisation_id = NEW.organisation_id AND old_number = NEW.number) THEN
    RAISE EXCEPTION 'old_number_taken' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER former_number_is_free BEFORE INSERT OR UPDATE ON former_number
  FOR EACH ROW EXECUTE FUNCTION former_number_is_free();

CREATE FUNCTION client_old_number_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.old_number IS NOT NULL AND EXISTS (
    SELECT 1 FROM former_number
    WHERE organisation_id = NEW.organisation_id AND kind = 'old' AND number = NEW.old_number
      AND client_number <> NEW.number) THEN
    RAISE EXCEPTION 'old_number_taken' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_old_number_is_free BEFORE INSERT OR UPDATE OF old_number, organisation_id ON client
  FOR EACH ROW EXECUTE FUNCTION client_old_number_is_free();

-- A client changes organisation only by a move that the sending organisation agreed to.
CREATE FUNCTION client_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.organisation_id <> OLD.organisation_id AND NOT EXISTS (
    SELECT 1 FROM client_move
    WHERE client_number = OLD.number AND from_organisation_id = OLD.organisation_id
      AND to_organisation_id = NEW.organisation_id AND status = 'agreed') THEN
    RAISE EXCEPTION 'client_move_unrecorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_moved BEFORE UPDATE OF organisation_id ON client
  FOR EACH ROW EXECUTE FUNCTION client_moved();

-- Lock the client's row, so that it is not deleted meanwhile.
CREATE FUNCTION client_move_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM client WHERE number = NEW.client_number AND organisation_id = NEW.from_organisation_id FOR SHARE) THEN
    RAISE EXCEPTION 'client_move_without_client' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_move_client BEFORE INSERT ON client_move
  FOR EACH ROW EXECUTE FUNCTION client_move_client();

CREATE FUNCTION client_move_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL THEN
    RAISE EXCEPTION 'client_move_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_move_is_kept BEFORE UPDATE OR DELETE ON client_move
  FOR EACH ROW EXECUTE FUNCTION client_move_is_kept();

CREATE FUNCTION client_merge_clients() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF 2 <> (
    SELECT count(*) FROM client
    WHERE number IN (NEW.kept_number, NEW.merged_number) AND organisation_id = NEW.organisation_id) THEN
    RAISE EXCEPTION 'client_merge_without_client' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_merge_clients BEFORE INSERT ON client_merge
  FOR EACH ROW EXECUTE FUNCTION client_merge_clients();

CREATE FUNCTION client_merge_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.kept_rows IS NULL THEN
    RAISE EXCEPTION 'client_merge_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_merge_is_kept BEFORE UPDATE OR DELETE ON client_merge
  FOR EACH ROW EXECUTE FUNCTION client_merge_is_kept();

CREATE FUNCTION withdrawal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.kept_rows IS NULL THEN
    RAISE EXCEPTION 'withdrawal_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER withdrawal_is_kept BEFORE UPDATE OR DELETE ON withdrawal
  FOR EACH ROW EXECUTE FUNCTION withdrawal_is_kept();

-- Before a client is deleted, its pending request must be decided and its rows kept for restoring.
CREATE OR REPLACE FUNCTION client_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deletion_request WHERE client_number = OLD.number AND status = 'pending') THEN
    RAISE EXCEPTION 'client_deletion_undecided' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (SELECT 1 FROM client_move WHERE client_number = OLD.number AND status IN ('proposed', 'agreed')) THEN
    RAISE EXCEPTION 'client_move_undecided' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.number AND restored_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM client_merge WHERE merged_number = OLD.number AND kept_rows IS NOT NULL) THEN
    RAISE EXCEPTION 'client_deletion_unrecorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;

-- A number is never given twice: only restoring a deletion or undoing a merge frees it.
CREATE OR REPLACE FUNCTION client_number_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deletion WHERE client_number = NEW.number AND restored_at IS NULL)
    OR EXISTS (SELECT 1 FROM client_merge WHERE merged_number = NEW.number AND undone_at IS NULL) THEN
    RAISE EXCEPTION 'client_number_given' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
