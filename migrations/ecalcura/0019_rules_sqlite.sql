-- A calculation that was discarded stays as it is.
CREATE TRIGGER calculation_discarded_stays BEFORE UPDATE ON calculation WHEN OLD.discarded_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'calculation_is_discarded');
END;

-- Two accounts with one address are one person, unless a service signs both in: see models/ecalcura/same_person.py.
CREATE TRIGGER bank_account_of_one_person BEFORE UPDATE ON bank_account
WHEN NEW.state = 'confirmed' AND EXISTS (
  SELECT 1 FROM account a JOIN account b ON b.email = a.email AND b.id <> a.id
  WHERE a.id = NEW.proposer_id AND b.id = NEW.decider_id
    AND (SELECT count(DISTINCT account_id) FROM identity WHERE account_id IN (a.id, b.id)) < 2)
BEGIN
  SELECT RAISE(ABORT, 'bank_account_of_one_person');
END;
CREATE TRIGGER parameter_version_of_one_person BEFORE UPDATE ON parameter_version
WHEN NEW.confirmer_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM account a JOIN account b ON b.email = a.email AND b.id <> a.id
  WHERE a.id = NEW.author_id AND b.id = NEW.confirmer_id
    AND (SELECT count(DISTINCT account_id) FROM identity WHERE account_id IN (a.id, b.id)) < 2)
BEGIN
  SELECT RAISE(ABORT, 'parameter_version_of_one_person');
END;

-- The looks before this table are in the log, with their reasons.
INSERT INTO bank_account_look (facility_id, bank_account_id, account_id, reason, made_at)
SELECT b.facility_id, b.id, a.account_id, json_extract(a.detail, '$.reason'), a.made_at
FROM audit_entry a
JOIN bank_account b ON CAST(b.id AS TEXT) = a.subject AND b.facility_id = a.tenant_id
WHERE a.event = 'account-shown' AND a.account_id IS NOT NULL
ORDER BY a.id;
-- A look is never changed or deleted.
CREATE TRIGGER bank_account_look_added BEFORE INSERT ON bank_account_look
WHEN EXISTS (SELECT 1 FROM bank_account_look WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'bank_account_look_is_kept');
END;
CREATE TRIGGER bank_account_look_changed BEFORE UPDATE ON bank_account_look
BEGIN
  SELECT RAISE(ABORT, 'bank_account_look_is_kept');
END;
CREATE TRIGGER bank_account_look_deleted BEFORE DELETE ON bank_account_look
BEGIN
  SELECT RAISE(ABORT, 'bank_account_look_is_kept');
END;

-- A new question to reopen a trimester takes the place of the answer to an older one.
UPDATE trimester_file SET refused_at = NULL, refused_reason = '' WHERE asked_at IS NOT NULL;
CREATE TRIGGER trimester_file_asked_again_added BEFORE INSERT ON trimester_file
WHEN NEW.asked_at IS NOT NULL AND NEW.refused_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'trimester_file_asked_again');
END;
CREATE TRIGGER trimester_file_asked_again BEFORE UPDATE ON trimester_file
WHEN NEW.asked_at IS NOT NULL AND NEW.refused_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'trimester_file_asked_again');
END;
