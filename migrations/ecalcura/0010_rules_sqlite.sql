-- Billed days of a year that is submitted do not change, and in no part pass the places × its days (V28). Without a
-- number of places nothing bounds them.
CREATE TRIGGER billed_days_added BEFORE INSERT ON billed_days
WHEN EXISTS (SELECT 1 FROM billed_year WHERE id = NEW.billed_year_id AND state = 'submitted')
BEGIN
  SELECT RAISE(ABORT, 'billed_days_frozen');
END;
CREATE TRIGGER billed_days_changed BEFORE UPDATE ON billed_days
WHEN EXISTS (
  SELECT 1 FROM billed_year WHERE id IN (OLD.billed_year_id, NEW.billed_year_id) AND state = 'submitted')
BEGIN
  SELECT RAISE(ABORT, 'billed_days_frozen');
END;
CREATE TRIGGER billed_days_deleted BEFORE DELETE ON billed_days
WHEN EXISTS (SELECT 1 FROM billed_year WHERE id = OLD.billed_year_id AND state = 'submitted')
BEGIN
  SELECT RAISE(ABORT, 'billed_days_frozen');
END;
CREATE VIEW billed_too_many AS
SELECT d.billed_year_id, d.part
FROM billed_days d JOIN billed_year y ON y.id = d.billed_year_id JOIN facility f ON f.id = y.facility_id
GROUP BY d.billed_year_id, d.part, y.year, f.places
HAVING sum(d.days) > f.places * (CASE
  WHEN d.part = 2 THEN 184
  WHEN y.year % 4 = 0 AND (y.year % 100 <> 0 OR y.year % 400 = 0) THEN 182
  ELSE 181 END);
CREATE TRIGGER billed_days_bounded AFTER INSERT ON billed_days
WHEN EXISTS (SELECT 1 FROM billed_too_many WHERE billed_year_id = NEW.billed_year_id AND part = NEW.part)
BEGIN
  SELECT RAISE(ABORT, 'billed_days_most');
END;
CREATE TRIGGER billed_days_bounded_update AFTER UPDATE ON billed_days
WHEN EXISTS (SELECT 1 FROM billed_too_many WHERE billed_year_id = NEW.billed_year_id AND part = NEW.part)
BEGIN
  SELECT RAISE(ABORT, 'billed_days_most');
END;

-- A year is submitted only with a version, and a version never changes.
CREATE TRIGGER billed_year_submitted BEFORE UPDATE OF state ON billed_year
WHEN NEW.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM billed_version WHERE billed_year_id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'billed_year_unsubmitted');
END;
CREATE TRIGGER billed_year_added BEFORE INSERT ON billed_year
WHEN NEW.state = 'submitted'
BEGIN
  SELECT RAISE(ABORT, 'billed_year_unsubmitted');
END;
CREATE TRIGGER billed_version_added BEFORE INSERT ON billed_version
WHEN EXISTS (SELECT 1 FROM billed_version WHERE id = NEW.id
             OR (billed_year_id = NEW.billed_year_id AND number = NEW.number))
BEGIN
  SELECT RAISE(ABORT, 'billed_version_once');
END;
CREATE TRIGGER billed_version_changed BEFORE UPDATE ON billed_version
BEGIN
  SELECT RAISE(ABORT, 'billed_version_frozen');
END;
CREATE TRIGGER billed_version_deleted BEFORE DELETE ON billed_version
BEGIN
  SELECT RAISE(ABORT, 'billed_version_frozen');
END;

-- Resident data of a trimester that is submitted do not change.
CREATE VIEW resident_data_frozen AS
SELECT r.id FROM resident_data r
JOIN trimester_file f ON f.facility_id = r.facility_id AND f.trimester_id = r.trimester_id
WHERE f.state IN ('submitted', 'closed');
CREATE TRIGGER resident_count_added BEFORE INSERT ON resident_count
WHEN EXISTS (SELECT 1 FROM resident_data_frozen WHERE id = NEW.resident_data_id)
BEGIN
  SELECT RAISE(ABORT, 'resident_data_frozen');
END;
CREATE TRIGGER resident_count_changed BEFORE UPDATE ON resident_count
WHEN EXISTS (SELECT 1 FROM resident_data_frozen WHERE id IN (OLD.resident_data_id, NEW.resident_data_id))
BEGIN
  SELECT RAISE(ABORT, 'resident_data_frozen');
END;
CREATE TRIGGER resident_count_deleted BEFORE DELETE ON resident_count
WHEN EXISTS (SELECT 1 FROM resident_data_frozen WHERE id = OLD.resident_data_id)
BEGIN
  SELECT RAISE(ABORT, 'resident_data_frozen');
END;

-- Contracts of physicians of one facility never overlap.
CREATE TRIGGER cra_contract_added BEFORE INSERT ON cra_contract
WHEN EXISTS (
  SELECT 1 FROM cra_contract
  WHERE facility_id = NEW.facility_id
    AND since <= coalesce(NEW.until, '9999-12-31') AND coalesce(until, '9999-12-31') >= NEW.since)
BEGIN
  SELECT RAISE(ABORT, 'cra_contract_overlap');
END;
CREATE TRIGGER cra_contract_changed BEFORE UPDATE OF facility_id, since, until ON cra_contract
WHEN EXISTS (
  SELECT 1 FROM cra_contract
  WHERE facility_id = NEW.facility_id AND id <> NEW.id
    AND since <= coalesce(NEW.until, '9999-12-31') AND coalesce(until, '9999-12-31') >= NEW.since)
BEGIN
  SELECT RAISE(ABORT, 'cra_contract_overlap');
END;

-- A certificate is never overwritten: it ends, and another one follows. Its file stays as it was sent.
CREATE TRIGGER certificate_changed BEFORE UPDATE ON certificate
WHEN (NEW.id, NEW.facility_id, NEW.kind, NEW.number) <> (OLD.id, OLD.facility_id, OLD.kind, OLD.number)
  OR NEW.since IS NOT OLD.since
BEGIN
  SELECT RAISE(ABORT, 'certificate_is_kept');
END;
CREATE TRIGGER certificate_file_added BEFORE INSERT ON certificate_file
WHEN EXISTS (SELECT 1 FROM certificate_file WHERE certificate_id = NEW.certificate_id)
BEGIN
  SELECT RAISE(ABORT, 'certificate_is_kept');
END;
CREATE TRIGGER certificate_file_changed BEFORE UPDATE ON certificate_file
BEGIN
  SELECT RAISE(ABORT, 'certificate_is_kept');
END;
CREATE TRIGGER certificate_deleted BEFORE DELETE ON certificate
BEGIN
  SELECT RAISE(ABORT, 'certificate_is_kept');
END;
CREATE TRIGGER certificate_file_deleted BEFORE DELETE ON certificate_file
BEGIN
  SELECT RAISE(ABORT, 'certificate_is_kept');
END;
