CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Sort by bytes, as SQLite does, whatever the locale of the server.
ALTER TABLE client ALTER COLUMN old_number_key TYPE TEXT COLLATE "C";

ALTER TABLE client
  ADD CONSTRAINT client_home_postcode CHECK (home_postcode IN ('unknown', 'none', 'abroad') OR home_postcode ~ '^[1-9][0-9]{3}$'),
  ADD CONSTRAINT client_work_postcode CHECK (work_postcode = 'unknown' OR work_postcode ~ '^[1-9][0-9]{3}$');

ALTER TABLE period
  ADD CONSTRAINT period_overlap EXCLUDE USING gist (
    client_number WITH =, daterange(start_date, end_date, '[]') WITH &&);

CREATE FUNCTION client_birth_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM period WHERE client_number = NEW.number AND start_date < NEW.birth_date) THEN
    RAISE EXCEPTION 'period_before_birth' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER client_birth_date BEFORE UPDATE OF birth_date ON client
  FOR EACH ROW EXECUTE FUNCTION client_birth_date();

-- Lock the client's row first: without that, simultaneous pairs deadlocked, and the birth date could change meanwhile.
CREATE FUNCTION period_before_birth() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  born DATE;
BEGIN
  SELECT birth_date INTO born FROM client WHERE number = NEW.client_number FOR UPDATE;
  IF born > NEW.start_date THEN
    RAISE EXCEPTION 'period_before_birth' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER period_before_birth BEFORE INSERT OR UPDATE OF client_number, start_date, end_date ON period
  FOR EACH ROW EXECUTE FUNCTION period_before_birth();

CREATE FUNCTION client_active_until() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP IN ('UPDATE', 'DELETE') THEN
    UPDATE client
    SET active_until = (SELECT max(coalesce(end_date, '9999-12-31')) FROM period WHERE client_number = OLD.client_number)
    WHERE number = OLD.client_number;
  END IF;
  IF TG_OP IN ('INSERT', 'UPDATE') THEN
    UPDATE client
    SET active_until = (SELECT max(coalesce(end_date, '9999-12-31')) FROM period WHERE client_number = NEW.client_number)
    WHERE number = NEW.client_number;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER client_active_until AFTER INSERT OR DELETE OR UPDATE OF client_number, end_date ON period
  FOR EACH ROW EXECUTE FUNCTION client_active_until();

CREATE FUNCTION audit_entry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entry_append_only' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_append_only();
CREATE TRIGGER audit_entry_append_only_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_append_only();
