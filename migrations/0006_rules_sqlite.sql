CREATE TRIGGER past_hours_in_period BEFORE INSERT ON past_hours
WHEN NOT EXISTS (
  SELECT 1 FROM period
  WHERE id = NEW.period_id AND start_date <= NEW.until AND (end_date IS NULL OR end_date > NEW.until))
BEGIN
  SELECT RAISE(ABORT, 'past_hours_outside');
END;

CREATE TRIGGER past_hours_in_period_update BEFORE UPDATE OF period_id, until ON past_hours
WHEN NOT EXISTS (
  SELECT 1 FROM period
  WHERE id = NEW.period_id AND start_date <= NEW.until AND (end_date IS NULL OR end_date > NEW.until))
BEGIN
  SELECT RAISE(ABORT, 'past_hours_outside');
END;

CREATE TRIGGER period_holds_past_hours BEFORE UPDATE OF start_date, end_date ON period
WHEN EXISTS (
  SELECT 1 FROM past_hours
  WHERE period_id = NEW.id AND (until < NEW.start_date OR until >= NEW.end_date))
BEGIN
  SELECT RAISE(ABORT, 'past_hours_outside');
END;

-- A period disappears only with its client, in a merge, or withdrawn: its rows are kept for restoring.
CREATE TRIGGER period_deleted_recorded BEFORE DELETE ON period
WHEN NOT EXISTS (SELECT 1 FROM withdrawal WHERE period_id = OLD.id AND restored_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.client_number AND restored_at IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM client_merge
    WHERE OLD.client_number IN (kept_number, merged_number) AND kept_rows IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'period_deletion_unrecorded');
END;

-- Within an organisation no two clients are found by one old number, and no client twice by it.
CREATE TRIGGER former_number_is_free BEFORE INSERT ON former_number
WHEN NEW.kind = 'old' AND EXISTS (
  SELECT 1 FROM client WHERE organisation_id = NEW.organisation_id AND old_number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'old_number_taken');
END;

CREATE TRIGGER former_number_is_free_update BEFORE UPDATE ON former_number
WHEN NEW.kind = 'old' AND EXISTS (
  SELECT 1 FROM client WHERE organisation_id = NEW.organisation_id AND old_number = NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'old_number_taken');
END;

CREATE TRIGGER client_old_number_is_free BEFORE INSERT ON client
WHEN NEW.old_number IS NOT NULL AND EXISTS (
  SELECT 1 FROM former_number
  WHERE organisation_id = NEW.organisation_id AND kind = 'old' AND number = NEW.old_number)
BEGIN
  SELECT RAISE(ABORT, 'old_number_taken');
END;

CREATE TRIGGER client_old_number_is_free_update BEFORE UPDATE OF old_number, organisation_id ON client
WHEN NEW.old_number IS NOT NULL AND EXISTS (
  SELECT 1 FROM former_number
  WHERE organisation_id = NEW.organisation_id AND kind = 'old' AND number = NEW.old_number
    AND client_number <> NEW.number)
BEGIN
  SELECT RAISE(ABORT, 'old_number_taken');
END;

-- A client changes organisation only by a move that the sending organisation agreed to.
CREATE TRIGGER client_moved BEFORE UPDATE OF organisation_id ON client
WHEN NEW.organisation_id <> OLD.organisation_id AND NOT EXISTS (
  SELECT 1 FROM client_move
  WHERE client_number = OLD.number AND from_organisation_id = OLD.organisation_id
    AND to_organisation_id = NEW.organisation_id AND status = 'agreed')
BEGIN
  SELECT RAISE(ABORT, 'client_move_unrecorded');
END;

CREATE TRIGGER client_move_client BEFORE INSERT ON client_move
WHEN NOT EXISTS (
  SELECT 1 FROM client WHERE number = NEW.client_number AND organisation_id = NEW.from_organisation_id)
BEGIN
  SELECT RAISE(ABORT, 'client_move_without_client');
END;

CREATE TRIGGER client_move_is_kept BEFORE UPDATE ON client_move
WHEN OLD.ended_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'client_move_is_kept');
END;

CREATE TRIGGER client_move_is_not_deleted BEFORE DELETE ON client_move
BEGIN
  SELECT RAISE(ABORT, 'client_move_is_kept');
END;

CREATE TRIGGER client_merge_clients BEFORE INSERT ON client_merge
WHEN 2 <> (
  SELECT count(*) FROM client
  WHERE number IN (NEW.kept_number, NEW.merged_number) AND organisation_id = NEW.organisation_id)
BEGIN
  SELECT RAISE(ABORT, 'client_merge_without_client');
END;

CREATE TRIGGER client_merge_is_final BEFORE UPDATE ON client_merge
WHEN OLD.kept_rows IS NULL
BEGIN
  SELECT RAISE(ABORT, 'client_merge_is_kept');
END;

CREATE TRIGGER client_merge_is_kept BEFORE DELETE ON client_merge
BEGIN
  SELECT RAISE(ABORT, 'client_merge_is_kept');
END;

CREATE TRIGGER withdrawal_is_final BEFORE UPDATE ON withdrawal
WHEN OLD.kept_rows IS NULL
BEGIN
  SELECT RAISE(ABORT, 'withdrawal_is_kept');
END;

CREATE TRIGGER withdrawal_is_kept BEFORE DELETE ON withdrawal
BEGIN
  SELECT RAISE(ABORT, 'withdrawal_is_kept');
END;

-- A number is never given twice: only restoring a deletion or undoing a merge frees it.
CREATE TRIGGER client_number_given BEFORE INSERT ON client
WHEN EXISTS (SELECT 1 FROM deletion WHERE client_number = NEW.number AND restored_at IS NULL)
  OR EXISTS (SELECT 1 FROM client_merge WHERE merged_number = NEW.number AND undone_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'client_number_given');
END;

-- INSERT OR REPLACE deletes a row without firing its delete trigger.
CREATE TRIGGER client_move_kept_replace BEFORE INSERT ON client_move
WHEN EXISTS (
  SELECT 1 FROM client_move
  WHERE id = NEW.id OR (client_number = NEW.client_number AND status IN ('proposed', 'agreed')))
BEGIN
  SELECT RAISE(ABORT, 'client_move_is_kept');
END;

CREATE TRIGGER client_merge_kept_replace BEFORE INSERT ON client_merge
WHEN EXISTS (
  SELECT 1 FROM client_merge WHERE id = NEW.id OR (merged_number = NEW.merged_number AND undone_at IS NULL))
BEGIN
  SELECT RAISE(ABORT, 'client_merge_is_kept');
END;

CREATE TRIGGER withdrawal_kept_replace BEFORE INSERT ON withdrawal
WHEN EXISTS (
  SELECT 1 FROM withdrawal WHERE id = NEW.id OR (period_id = NEW.period_id AND restored_at IS NULL))
BEGIN
  SELECT RAISE(ABORT, 'withdrawal_is_kept');
END;

-- Before a client is deleted, its pending request must be decided and its rows kept for restoring.
CREATE TRIGGER client_deleted BEFORE DELETE ON client
BEGIN
  SELECT RAISE(ABORT, 'client_deletion_undecided')
  WHERE EXISTS (SELECT 1 FROM deletion_request WHERE client_number = OLD.number AND status = 'pending');
  SELECT RAISE(ABORT, 'client_move_undecided')
  WHERE EXISTS (SELECT 1 FROM client_move WHERE client_number = OLD.number AND status IN ('proposed', 'agreed'));
  SELECT RAISE(ABORT, 'client_deletion_unrecorded')
  WHERE NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.number AND restored_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM client_merge WHERE merged_number = OLD.number AND kept_rows IS NOT NULL);
END;
