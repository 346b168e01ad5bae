-- Contracts of one employee in the same role and qualification never overlap.
CREATE TRIGGER contract_added BEFORE INSERT ON contract
BEGIN
  -- INSERT OR REPLACE deletes a row without firing its delete trigger.
  SELECT RAISE(ABORT, 'contract_is_kept') WHERE EXISTS (SELECT 1 FROM contract WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'contract_overlap') WHERE EXISTS (
    SELECT 1 FROM contract
    WHERE employee_id = NEW.employee_id AND role = NEW.role AND qualification = NEW.qualification
      AND start <= coalesce(NEW.until, '9999-12-31') AND coalesce(until, '9999-12-31') >= NEW.start);
END;

CREATE TRIGGER contract_changed BEFORE UPDATE OF employee_id, role, qualification, start, until ON contract
BEGIN
  SELECT RAISE(ABORT, 'contract_overlap') WHERE EXISTS (
    SELECT 1 FROM contract
    WHERE employee_id = NEW.employee_id AND role = NEW.role AND qualification = NEW.qualification AND id <> NEW.id
      AND start <= coalesce(NEW.until, '9999-12-31') AND coalesce(until, '9999-12-31') >= NEW.start);
  SELECT RAISE(ABORT, 'terms_outside') WHERE EXISTS (
    SELECT 1 FROM terms WHERE contract_id = NEW.id AND (since <= NEW.start OR since > NEW.until));
  SELECT RAISE(ABORT, 'replacement_outside') WHERE EXISTS (
    SELECT 1 FROM replacement
    WHERE contract_id = NEW.id AND (since < NEW.start OR coalesce(until, '9999-12-31') > NEW.until));
END;

-- Terms begin after the first day of their contract, and not after its last.
CREATE TRIGGER terms_added BEFORE INSERT ON terms
WHEN NOT EXISTS (
  SELECT 1 FROM contract
  WHERE id = NEW.contract_id AND start < NEW.since AND coalesce(until, '9999-12-31') >= NEW.since)
BEGIN
  SELECT RAISE(ABORT, 'terms_outside');
END;

CREATE TRIGGER terms_changed BEFORE UPDATE OF contract_id, since ON terms
WHEN NOT EXISTS (
  SELECT 1 FROM contract
  WHERE id = NEW.contract_id AND start < NEW.since AND coalesce(until, '9999-12-31') >= NEW.since)
BEGIN
  SELECT RAISE(ABORT, 'terms_outside');
END;

CREATE TRIGGER choice_added BEFORE INSERT ON choice
WHEN EXISTS (
  SELECT 1 FROM choice
  WHERE employee_id = NEW.employee_id AND step = NEW.step
    AND since <= coalesce(NEW.until, '9999-12-31') AND coalesce(until, '9999-12-31') >= NEW.since)
BEGIN
  SELECT RAISE(ABORT, 'choice_overlap');
END;

CREATE TRIGGER choice_changed BEFORE UPDATE OF employee_id, step, since, until ON choice
WHEN EXISTS (
  SELECT 1 FROM choice
  WHERE employee_id = NEW.employee_id AND step = NEW.step AND id <> NEW.id
    AND since <= coalesce(NEW.until, '9999-12-31') AND coalesce(until, '9999-12-31') >= NEW.since)
BEGIN
  SELECT RAISE(ABORT, 'choice_overlap');
END;

-- A replacement lies within its contract.
CREATE TRIGGER replacement_added BEFORE INSERT ON replacement
WHEN NOT EXISTS (
  SELECT 1 FROM contract
  WHERE id = NEW.contract_id AND start <= NEW.since
    AND coalesce(until, '9999-12-31') >= coalesce(NEW.until, '9999-12-31'))
BEGIN
  SELECT RAISE(ABORT, 'replacement_outside');
END;

CREATE TRIGGER replacement_changed BEFORE UPDATE OF contract_id, since, until ON replacement
WHEN NOT EXISTS (
  SELECT 1 FROM contract
  WHERE id = NEW.contract_id AND start <= NEW.since
    AND coalesce(until, '9999-12-31') >= coalesce(NEW.until, '9999-12-31'))
BEGIN
  SELECT RAISE(ABORT, 'replacement_outside');
END;

-- A replacing number that another employee of the facility has would find two.
CREATE TRIGGER employee_number_is_free BEFORE INSERT ON employee
WHEN EXISTS (
  SELECT 1 FROM past_number
  WHERE facility_id = NEW.facility_id AND number_hash = NEW.number_hash AND reason = 'replaced')
BEGIN
  SELECT RAISE(ABORT, 'employee_number_past');
END;

CREATE TRIGGER employee_number_is_free_update BEFORE UPDATE OF number_hash ON employee
WHEN EXISTS (
  SELECT 1 FROM past_number
  WHERE facility_id = NEW.facility_id AND number_hash = NEW.number_hash AND reason = 'replaced')
BEGIN
  SELECT RAISE(ABORT, 'employee_number_past');
END;

CREATE TRIGGER past_number_is_free BEFORE INSERT ON past_number
WHEN NEW.reason = 'replaced' AND EXISTS (
  SELECT 1 FROM employee WHERE facility_id = NEW.facility_id AND number_hash = NEW.number_hash)
BEGIN
  SELECT RAISE(ABORT, 'employee_number_past');
END;

-- A submission is never changed or deleted, nor are its documents.
CREATE TRIGGER submission_added BEFORE INSERT ON submission
WHEN EXISTS (SELECT 1 FROM submission WHERE id = NEW.id OR (file_id = NEW.file_id AND number = NEW.number))
BEGIN
  SELECT RAISE(ABORT, 'submission_once');
END;
CREATE TRIGGER submission_changed BEFORE UPDATE ON submission
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;
CREATE TRIGGER submission_deleted BEFORE DELETE ON submission
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;
CREATE TRIGGER submission_document_added BEFORE INSERT ON submission_document
WHEN EXISTS (SELECT 1 FROM submission_document WHERE submission_id = NEW.submission_id AND kind = NEW.kind)
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;
CREATE TRIGGER submission_document_changed BEFORE UPDATE ON submission_document
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;
CREATE TRIGGER submission_document_deleted BEFORE DELETE ON submission_document
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;

-- A file is submitted only with a submission.
CREATE TRIGGER trimester_file_submitted BEFORE UPDATE OF state ON trimester_file
WHEN NEW.state IN ('submitted', 'closed') AND NOT EXISTS (SELECT 1 FROM submission WHERE file_id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'trimester_file_unsubmitted');
END;
CREATE TRIGGER trimester_file_added BEFORE INSERT ON trimester_file
WHEN NEW.state IN ('submitted', 'closed')
BEGIN
  SELECT RAISE(ABORT, 'trimester_file_unsubmitted');
END;
