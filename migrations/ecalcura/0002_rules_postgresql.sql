-- Contracts of one employee in the same role and qualification never overlap.
ALTER TABLE contract
  ADD CONSTRAINT contract_overlap EXCLUDE USING gist (
    employee_id WITH =, role WITH =, qualification WITH =, daterange(start, until, '[]') WITH &&);

ALTER TABLE choice
  ADD CONSTRAINT choice_overlap EXCLUDE USING gist (
    employee_id WITH =, step WITH =, daterange(since, until, '[]') WITH &&);

CREATE FUNCTION contract_holds_its_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM terms WHERE contract_id = NEW.id AND (since <= NEW.start OR since > NEW.until)) THEN
    RAISE EXCEPTION 'terms_outside' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
      SELECT 1 FROM replacement
      WHERE contract_id = NEW.id AND (since < NEW.start OR coalesce(until, '9999-12-31') > NEW.until)) THEN
    RAISE EXCEPTION 'replacement_outside' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contract_holds_its_parts BEFORE UPDATE OF start, until ON contract
  FOR EACH ROW EXECUTE FUNCTION contract_holds_its_parts();

-- Terms begin after the first day of their contract, and not after its last. The contract does not change meanwhile.
CREATE FUNCTION terms_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM contract
  WHERE id = NEW.contract_id AND start < NEW.since AND coalesce(until, '9999-12-31') >= NEW.since FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'terms_outside' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER terms_inside BEFORE INSERT OR UPDATE OF contract_id, since ON terms
  FOR EACH ROW EXECUTE FUNCTION terms_inside();

-- A replacement lies within its contract.
CREATE FUNCTION replacement_inside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM contract
  WHERE id = NEW.contract_id AND start <= NEW.since
    AND coalesce(until, '9999-12-31') >= coalesce(NEW.until, '9999-12-31') FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'replacement_outside' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER replacement_inside BEFORE INSERT OR UPDATE OF contract_id, since, until ON replacement
  FOR EACH ROW EXECUTE FUNCTION replacement_inside();

-- A replacing number that another employee of the facility has would find two. The facility's row orders both sides.
CREATE FUNCTION employee_number_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM facility WHERE id = NEW.facility_id FOR NO key UPDATE;
  IF EXISTS (
      SELECT 1 FROM past_number
      WHERE facility_id = NEW.facility_id AND number_hash = NEW.number_hash AND reason = 'replaced') THEN
    RAISE EXCEPTION 'employee_number_past' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER employee_number_is_free BEFORE INSERT OR UPDATE OF number_hash ON employee
  FOR EACH ROW EXECUTE FUNCTION employee_number_is_free();

CREATE FUNCTION past_number_is_free() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM facility WHERE id = NEW.facility_id FOR NO key UPDATE;
  IF NEW.reason = 'replaced' AND EXISTS (
      SELECT 1 FROM employee WHERE facility_id = NEW.facility_id AND number_hash = NEW.number_hash) THEN
    RAISE EXCEPTION 'employee_number_past' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER past_number_is_free BEFORE INSERT ON past_number
  FOR EACH ROW EXECUTE FUNCTION past_number_is_free();

-- A submission is never changed or deleted, nor are its documents.
CREATE FUNCTION submission_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'submission_is_frozen' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER submission_is_frozen BEFORE UPDATE OR DELETE ON submission
  FOR EACH ROW EXECUTE FUNCTION submission_is_frozen();
CREATE TRIGGER submission_is_frozen_truncate BEFORE TRUNCATE ON submission
  FOR EACH STATEMENT EXECUTE FUNCTION submission_is_frozen();
CREATE TRIGGER submission_document_is_frozen BEFORE UPDATE OR DELETE ON submission_document
  FOR EACH ROW EXECUTE FUNCTION submission_is_frozen();
CREATE TRIGGER submission_document_is_frozen_truncate BEFORE TRUNCATE ON submission_document
  FOR EACH STATEMENT EXECUTE FUNCTION submission_is_frozen();

-- A file is submitted only with a submission.
CREATE FUNCTION trimester_file_submitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state IN ('submitted', 'closed') AND NOT EXISTS (SELECT 1 FROM submission WHERE file_id = NEW.id) THEN
    RAISE EXCEPTION 'trimester_file_unsubmitted' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER trimester_file_submitted BEFORE INSERT OR UPDATE OF state ON trimester_file
  FOR EACH ROW EXECUTE FUNCTION trimester_file_submitted();
