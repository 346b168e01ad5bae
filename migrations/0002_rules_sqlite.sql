CREATE TRIGGER login_move_waits BEFORE INSERT ON login_move
WHEN NEW.effective_at < datetime(NEW.created_at, '+72 hours')
BEGIN
  SELECT RAISE(ABORT, 'login_move_too_soon');
END;

CREATE TRIGGER login_move_is_kept BEFORE UPDATE ON login_move
WHEN OLD.status <> 'pending'
  OR (NEW.account_id, NEW.old_email, NEW.new_email, NEW.created_at, NEW.effective_at)
    <> (OLD.account_id, OLD.old_email, OLD.new_email, OLD.created_at, OLD.effective_at)
BEGIN
  SELECT RAISE(ABORT, 'login_move_is_kept');
END;

CREATE TRIGGER login_move_is_not_deleted BEFORE DELETE ON login_move
BEGIN
  SELECT RAISE(ABORT, 'login_move_is_kept');
END;

CREATE TRIGGER deletion_request_client BEFORE INSERT ON deletion_request
WHEN NOT EXISTS (SELECT 1 FROM client WHERE number = NEW.client_number AND organisation_id = NEW.organisation_id)
BEGIN
  SELECT RAISE(ABORT, 'deletion_request_without_client');
END;

-- Before a client is deleted, its pending request must be decided and its rows kept for restoring.
CREATE TRIGGER client_deleted BEFORE DELETE ON client
BEGIN
  SELECT RAISE(ABORT, 'client_deletion_undecided')
  WHERE EXISTS (SELECT 1 FROM deletion_request WHERE client_number = OLD.number AND status = 'pending');
  SELECT RAISE(ABORT, 'client_deletion_unrecorded')
  WHERE NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.number AND restored_at IS NULL);
END;

-- A number is never given twice: only restoring a deletion frees it.
CREATE TRIGGER client_number_given BEFORE INSERT ON client
WHEN EXISTS (SELECT 1 FROM deletion WHERE client_number = NEW.number AND restored_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'client_number_given');
END;

-- INSERT OR REPLACE deletes a row without firing its delete trigger.
CREATE TRIGGER audit_entry_kept_replace BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'audit_entry_append_only');
END;

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
