CREATE TRIGGER login_move_waits BEFORE INSERT ON login_move
WHEN NEW.effective_at < datetime(NEW.created_at, '+72 hours')
BEGIN
  SELECT RAISE(ABORT, 'login_move_too_soon');
END;

CREATE TRIGGER login_move_is_kept BEFORE UPDATE ON login_move
WHEN OLD.status <> 'pending' OR NEW.effective_at <> OLD.effective_at OR NEW.new_email <> OLD.new_email
BEGIN
  SELECT RAISE(ABORT, 'login_move_is_kept');
END;

CREATE TRIGGER deletion_request_client BEFORE INSERT ON deletion_request
WHEN NOT EXISTS (SELECT 1 FROM client WHERE number = NEW.client_number AND organisation_id = NEW.organisation_id)
BEGIN
  SELECT RAISE(ABORT, 'deletion_request_without_client');
END;

-- Who deletes a client decides first on the request for it, and keeps what is needed to restore it.
CREATE TRIGGER client_deleted BEFORE DELETE ON client
BEGIN
  SELECT RAISE(ABORT, 'client_deletion_undecided')
  WHERE EXISTS (SELECT 1 FROM deletion_request WHERE client_number = OLD.number AND status = 'pending');
  SELECT RAISE(ABORT, 'client_deletion_unrecorded')
  WHERE NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.number AND restored_at IS NULL);
END;

-- A number is never given twice: only a deletion that is taken back frees it.
CREATE TRIGGER client_number_given BEFORE INSERT ON client
WHEN EXISTS (SELECT 1 FROM deletion WHERE client_number = NEW.number AND restored_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'client_number_given');
END;

-- A row that replaces another fires no trigger of a deletion.
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
