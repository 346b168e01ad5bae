CREATE TRIGGER client_postcodes_insert BEFORE INSERT ON client
WHEN NOT (
  (NEW.home_postcode IS NULL OR NEW.home_postcode IN ('unknown', 'none', 'abroad') OR NEW.home_postcode GLOB '[1-9][0-9][0-9][0-9]')
  AND (NEW.work_postcode IS NULL OR NEW.work_postcode = 'unknown' OR NEW.work_postcode GLOB '[1-9][0-9][0-9][0-9]'))
BEGIN
  SELECT RAISE(ABORT, 'client_postcode');
END;

CREATE TRIGGER client_postcodes_update BEFORE UPDATE OF home_postcode, work_postcode ON client
WHEN NOT (
  (NEW.home_postcode IS NULL OR NEW.home_postcode IN ('unknown', 'none', 'abroad') OR NEW.home_postcode GLOB '[1-9][0-9][0-9][0-9]')
  AND (NEW.work_postcode IS NULL OR NEW.work_postcode = 'unknown' OR NEW.work_postcode GLOB '[1-9][0-9][0-9][0-9]'))
BEGIN
  SELECT RAISE(ABORT, 'client_postcode');
END;

CREATE TRIGGER client_birth_date BEFORE UPDATE OF birth_date ON client
WHEN EXISTS (SELECT 1 FROM period WHERE client_number = NEW.number AND start_date < NEW.birth_date)
BEGIN
  SELECT RAISE(ABORT, 'period_before_birth');
END;

CREATE TRIGGER period_insert BEFORE INSERT ON period
BEGIN
  SELECT RAISE(ABORT, 'period_before_birth')
  WHERE EXISTS (SELECT 1 FROM client WHERE number = NEW.client_number AND birth_date > NEW.start_date);
  SELECT RAISE(ABORT, 'period_overlap')
  WHERE EXISTS (
    SELECT 1 FROM period
    WHERE client_number = NEW.client_number
      AND start_date <= coalesce(NEW.end_date, '9999-12-31')
      AND coalesce(end_date, '9999-12-31') >= NEW.start_date);
END;

CREATE TRIGGER period_update BEFORE UPDATE OF client_number, start_date, end_date ON period
BEGIN
  SELECT RAISE(ABORT, 'period_before_birth')
  WHERE EXISTS (SELECT 1 FROM client WHERE number = NEW.client_number AND birth_date > NEW.start_date);
  SELECT RAISE(ABORT, 'period_overlap')
  WHERE EXISTS (
    SELECT 1 FROM period
    WHERE client_number = NEW.client_number
      AND id <> NEW.id
      AND start_date <= coalesce(NEW.end_date, '9999-12-31')
      AND coalesce(end_date, '9999-12-31') >= NEW.start_date);
END;

CREATE TRIGGER period_inserted AFTER INSERT ON period
BEGIN
  UPDATE client
  SET active_until = max(coalesce(active_until, '0000-01-01'), coalesce(NEW.end_date, '9999-12-31'))
  WHERE number = NEW.client_number;
END;

CREATE TRIGGER period_updated AFTER UPDATE OF client_number, end_date ON period
BEGIN
  UPDATE client
  SET active_until = (SELECT max(coalesce(end_date, '9999-12-31')) FROM period WHERE client_number = client.number)
  WHERE number IN (OLD.client_number, NEW.client_number);
END;

CREATE TRIGGER period_deleted AFTER DELETE ON period
BEGIN
  UPDATE client
  SET active_until = (SELECT max(coalesce(end_date, '9999-12-31')) FROM period WHERE client_number = client.number)
  WHERE number = OLD.client_number;
END;

CREATE TRIGGER audit_entry_kept_update BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit_entry_append_only');
END;

CREATE TRIGGER audit_entry_kept_delete BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit_entry_append_only');
END;
