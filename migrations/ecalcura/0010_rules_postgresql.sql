-- Billed days of a year that is submitted do not change. The year's row orders saving and submitting.
CREATE FUNCTION billed_days_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  years INTEGER[] := '{}';
BEGIN
  IF TG_OP IN ('INSERT', 'UPDATE') THEN years := years || NEW.billed_year_id; END IF;
  IF TG_OP IN ('UPDATE', 'DELETE') THEN years := years || OLD.billed_year_id; END IF;
  PERFORM 1 FROM billed_year WHERE id = ANY (years) FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM billed_year WHERE id = ANY (years) AND state = 'submitted') THEN
    RAISE EXCEPTION 'billed_days_frozen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER billed_days_frozen BEFORE INSERT OR UPDATE OR DELETE ON billed_days
  FOR EACH ROW EXECUTE FUNCTION billed_days_frozen();

-- In no part they pass the places × its days (V28). Without a number of places nothing bounds them.
CREATE FUNCTION billed_days_most() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
      SELECT 1
      FROM billed_days d JOIN billed_year y ON y.id = d.billed_year_id JOIN facility f ON f.id = y.facility_id
      WHERE d.billed_year_id = NEW.billed_year_id AND d.part = NEW.part
      GROUP BY d.part, y.year, f.places
      HAVING sum(d.days) > f.places * (CASE
        WHEN d.part = 2 THEN 184
        WHEN mod(y.year, 4) = 0 AND (mod(y.year, 100) <> 0 OR mod(y.year, 400) = 0) THEN 182
        ELSE 181 END)) THEN
    RAISE EXCEPTION 'billed_days_most' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER billed_days_most AFTER INSERT OR UPDATE ON billed_days
  FOR EACH ROW EXECUTE FUNCTION billed_days_most();

-- A year is submitted only with a version, and a version never changes.
CREATE FUNCTION billed_year_submitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM billed_version WHERE billed_year_id = NEW.id) THEN
    RAISE EXCEPTION 'billed_year_unsubmitted' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER billed_year_submitted BEFORE INSERT OR UPDATE OF state ON billed_year
  FOR EACH ROW EXECUTE FUNCTION billed_year_submitted();

CREATE FUNCTION billed_version_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'billed_version_frozen' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER billed_version_frozen BEFORE UPDATE OR DELETE ON billed_version
  FOR EACH ROW EXECUTE FUNCTION billed_version_frozen();
CREATE TRIGGER billed_version_frozen_truncate BEFORE TRUNCATE ON billed_version
  FOR EACH STATEMENT EXECUTE FUNCTION billed_version_frozen();

-- Resident data of a trimester that is submitted do not change. Saving and submitting hold the facility's row.
CREATE FUNCTION resident_data_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids INTEGER[] := '{}';
BEGIN
  IF TG_OP IN ('INSERT', 'UPDATE') THEN ids := ids || NEW.resident_data_id; END IF;
  IF TG_OP IN ('UPDATE', 'DELETE') THEN ids := ids || OLD.resident_data_id; END IF;
  PERFORM 1 FROM facility WHERE id IN (SELECT facility_id FROM resident_data WHERE id = ANY (ids)) FOR NO KEY UPDATE;
  IF EXISTS (
      SELECT 1 FROM resident_data r
      JOIN trimester_file f ON f.facility_id = r.facility_id AND f.trimester_id = r.trimester_id
      WHERE r.id = ANY (ids) AND f.state IN ('submitted', 'closed')) THEN
    RAISE EXCEPTION 'resident_data_frozen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER resident_data_frozen BEFORE INSERT OR UPDATE OR DELETE ON resident_count
  FOR EACH ROW EXECUTE FUNCTION resident_data_frozen();

-- Contracts of physicians of one facility never overlap.
ALTER TABLE cra_contract
  ADD CONSTRAINT cra_contract_overlap EXCLUDE USING gist (
    facility_id WITH =, daterange(since, until, '[]') WITH &&);

-- A certificate is never overwritten: it ends, and another one follows. Its file stays as it was sent.
CREATE FUNCTION certificate_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'certificate' THEN
    IF (NEW.id, NEW.facility_id, NEW.kind, NEW.number, NEW.since)
        IS NOT DISTINCT FROM (OLD.id, OLD.facility_id, OLD.kind, OLD.number, OLD.since) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'certificate_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER certificate_is_kept BEFORE UPDATE OR DELETE ON certificate
  FOR EACH ROW EXECUTE FUNCTION certificate_is_kept();
CREATE TRIGGER certificate_is_kept_truncate BEFORE TRUNCATE ON certificate
  FOR EACH STATEMENT EXECUTE FUNCTION certificate_is_kept();
CREATE TRIGGER certificate_file_is_kept BEFORE UPDATE OR DELETE ON certificate_file
  FOR EACH ROW EXECUTE FUNCTION certificate_is_kept();
CREATE TRIGGER certificate_file_is_kept_truncate BEFORE TRUNCATE ON certificate_file
  FOR EACH STATEMENT EXECUTE FUNCTION certificate_is_kept();
