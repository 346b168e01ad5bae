-- A purge starts as a proposal and only goes on: proposed, confirmed, done, or withdrawn before it is done.
CREATE FUNCTION retention_purge_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state = 'proposed' THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.facility_id, NEW.term, NEW.before, NEW.proposer_id, NEW.proposed_at)
        = (OLD.id, OLD.facility_id, OLD.term, OLD.before, OLD.proposer_id, OLD.proposed_at)
      AND (OLD.state, NEW.state) IN (
        ('proposed', 'confirmed'), ('proposed', 'withdrawn'), ('confirmed', 'withdrawn'), ('confirmed', 'done'))
      AND (OLD.state <> 'confirmed' OR (NEW.confirmer_id, NEW.confirmed_at) = (OLD.confirmer_id, OLD.confirmed_at))
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'retention_purge_step' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER retention_purge_step BEFORE INSERT OR UPDATE OR DELETE ON retention_purge
  FOR EACH ROW EXECUTE FUNCTION retention_purge_step();
CREATE TRIGGER retention_purge_step_truncate BEFORE TRUNCATE ON retention_purge
  FOR EACH STATEMENT EXECUTE FUNCTION retention_purge_step();
-- Two accounts with one address are one person, unless a service signs both in: see models/ecalcura/same_person.py.
CREATE FUNCTION retention_purge_of_one_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
  SELECT 1 FROM account a JOIN account b ON b.email = a.email AND b.id <> a.id
  WHERE a.id = NEW.proposer_id AND b.id = NEW.confirmer_id
    AND (SELECT count(DISTINCT account_id) FROM identity WHERE account_id IN (a.id, b.id)) < 2)
  THEN
    RAISE EXCEPTION 'retention_purge_of_one_person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER retention_purge_of_one_person BEFORE UPDATE ON retention_purge
  FOR EACH ROW WHEN (NEW.confirmer_id IS NOT NULL) EXECUTE FUNCTION retention_purge_of_one_person();

-- A row is purged in a confirmed purge of its term, or again after a restore. No purge is ever taken back.
CREATE FUNCTION purged_row_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.purge_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM retention_purge
    WHERE id = NEW.purge_id AND state = 'confirmed' AND (term, NEW.kind) IN (
      ('staff', 'employee'), ('submissions', 'submission'), ('messages', 'thread'),
      ('deliveries', 'certificate'), ('deliveries', 'physician')))
  THEN
    RAISE EXCEPTION 'purged_row_confirmed' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER purged_row_added BEFORE INSERT ON purged_row
  FOR EACH ROW EXECUTE FUNCTION purged_row_added();
CREATE FUNCTION purged_row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'purged_row_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER purged_row_is_kept BEFORE UPDATE OR DELETE ON purged_row
  FOR EACH ROW EXECUTE FUNCTION purged_row_is_kept();
CREATE TRIGGER purged_row_is_kept_truncate BEFORE TRUNCATE ON purged_row
  FOR EACH STATEMENT EXECUTE FUNCTION purged_row_is_kept();

-- A submission that is purged loses its snapshot and its documents, and nothing else; no document of it is made again.
CREATE OR REPLACE FUNCTION submission_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'submission' THEN
    IF length(NEW.sealed) = 0
      AND (NEW.id, NEW.file_id, NEW.facility_id, NEW.number, NEW.account_id, NEW.sha256, NEW.made_at)
        IS NOT DISTINCT FROM
          (OLD.id, OLD.file_id, OLD.facility_id, OLD.number, OLD.account_id, OLD.sha256, OLD.made_at)
      AND EXISTS (SELECT 1 FROM purged_row WHERE kind = 'submission' AND row_id = OLD.id AND made_at = OLD.made_at)
    THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'submission_document' THEN
    IF EXISTS (SELECT 1 FROM submission WHERE id = OLD.submission_id AND length(sealed) = 0) THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'submission_is_frozen' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION submission_document_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept integer;
BEGIN
  -- Locked, so that nobody purges the submission at the same moment.
  SELECT length(sealed) INTO kept FROM submission WHERE id = NEW.submission_id FOR SHARE;
  IF kept = 0 THEN
    RAISE EXCEPTION 'submission_is_frozen' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER submission_document_added BEFORE INSERT ON submission_document
  FOR EACH ROW EXECUTE FUNCTION submission_document_added();

-- A look is deleted with its employee, the file of a certificate alone.
CREATE OR REPLACE FUNCTION number_look_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (
      SELECT 1 FROM purged_row p JOIN employee e ON e.id = p.row_id AND e.created_at = p.made_at
      WHERE p.kind = 'employee' AND p.row_id = OLD.employee_id)
    THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'number_look_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE FUNCTION certificate_file_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (
      SELECT 1 FROM purged_row
      WHERE kind = 'certificate' AND row_id = OLD.certificate_id AND made_at = OLD.made_at)
    THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'certificate_is_kept' USING ERRCODE = 'check_violation';
END $$;
DROP TRIGGER certificate_file_is_kept ON certificate_file;
CREATE TRIGGER certificate_file_is_kept BEFORE UPDATE OR DELETE ON certificate_file
  FOR EACH ROW EXECUTE FUNCTION certificate_file_is_kept();
