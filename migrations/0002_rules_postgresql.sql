ALTER TABLE login_move ADD CONSTRAINT login_move_too_soon CHECK (effective_at >= created_at + interval '72 hours');

CREATE FUNCTION login_move_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.status <> 'pending'
    OR (NEW.account_id, NEW.old_email, NEW.new_email, NEW.created_at, NEW.effective_at)
      <> (OLD.account_id, OLD.old_email, OLD.new_email, OLD.created_at, OLD.effective_at) THEN
    RAISE EXCEPTION 'login_move_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER login_move_is_kept BEFORE UPDATE OR DELETE ON login_move
  FOR EACH ROW EXECUTE FUNCTION login_move_is_kept();

-- Lock the client's row, so that it is not deleted meanwhile.
CREATE FUNCTION deletion_request_client() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM client WHERE number = NEW.client_number AND organisation_id = NEW.organisation_id FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'deletion_request_without_client' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deletion_request_client BEFORE INSERT ON deletion_request
  FOR EACH ROW EXECUTE FUNCTION deletion_request_client();

-- Before a client is deleted, its pending request must be decided and its rows kept for restoring.
CREATE FUNCTION client_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deletion_request WHERE client_number = OLD.number AND status = 'pending') THEN
    RAISE EXCEPTION 'client_deletion_undecided' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM deletion WHERE client_number = OLD.number AND restored_at IS NULL) THEN
    RAISE EXCEPTION 'client_deletion_unrecorded' USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER client_deleted BEFORE DELETE ON client
  FOR EACH ROW EXECUTE FUNCTION client_deleted();

-- A number is never given twice: only restoring a deletion frees it.
CREATE FUNCTION client_number_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM deletion WHERE client_number = NEW.number AND restored_at IS NULL) THEN
    RAISE EXCEPTION 'client_number_given' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_number_given BEFORE INSERT ON client
  FOR EACH ROW EXECUTE FUNCTION client_number_given();

CREATE FUNCTION deletion_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.kept_rows IS NULL THEN
    RAISE EXCEPTION 'deletion_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER deletion_is_kept BEFORE UPDATE OR DELETE ON deletion
  FOR EACH ROW EXECUTE FUNCTION deletion_is_kept();
