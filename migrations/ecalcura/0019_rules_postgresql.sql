-- A calculation that was discarded stays as it is.
CREATE FUNCTION calculation_discarded_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'calculation_is_discarded' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER calculation_discarded_stays BEFORE UPDATE ON calculation
  FOR EACH ROW WHEN (OLD.discarded_at IS NOT NULL) EXECUTE FUNCTION calculation_discarded_stays();

-- Two accounts with one address are one person, unless a service signs both in: see models/ecalcura/same_person.py.
CREATE FUNCTION is_of_one_person(one INTEGER, other INTEGER) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM account a JOIN account b ON b.email = a.email AND b.id <> a.id
    WHERE a.id = one AND b.id = other
      AND (SELECT count(DISTINCT account_id) FROM identity WHERE account_id IN (a.id, b.id)) < 2)
$$;
CREATE FUNCTION bank_account_of_one_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_of_one_person(NEW.proposer_id, NEW.decider_id) THEN
    RAISE EXCEPTION 'bank_account_of_one_person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bank_account_of_one_person BEFORE UPDATE ON bank_account
  FOR EACH ROW WHEN (NEW.state = 'confirmed') EXECUTE FUNCTION bank_account_of_one_person();
CREATE FUNCTION parameter_version_of_one_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_of_one_person(NEW.author_id, NEW.confirmer_id) THEN
    RAISE EXCEPTION 'parameter_version_of_one_person' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER parameter_version_of_one_person BEFORE UPDATE ON parameter_version
  FOR EACH ROW WHEN (NEW.confirmer_id IS NOT NULL) EXECUTE FUNCTION parameter_version_of_one_person();

-- The looks before this table are in the log, with their reasons.
INSERT INTO bank_account_look (facility_id, bank_account_id, account_id, reason, made_at)
SELECT b.facility_id, b.id, a.account_id, CAST(a.detail AS JSON) ->> 'reason', a.made_at
FROM audit_entry a
JOIN bank_account b ON CAST(b.id AS TEXT) = a.subject AND b.facility_id = a.tenant_id
WHERE a.event = 'account-shown' AND a.account_id IS NOT NULL
ORDER BY a.id;
-- A look is never changed or deleted.
CREATE FUNCTION bank_account_look_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'bank_account_look_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER bank_account_look_is_kept BEFORE UPDATE OR DELETE ON bank_account_look
  FOR EACH ROW EXECUTE FUNCTION bank_account_look_is_kept();
CREATE TRIGGER bank_account_look_is_kept_truncate BEFORE TRUNCATE ON bank_account_look
  FOR EACH STATEMENT EXECUTE FUNCTION bank_account_look_is_kept();

-- A new question to reopen a trimester takes the place of the answer to an older one.
UPDATE trimester_file SET refused_at = NULL, refused_reason = '' WHERE asked_at IS NOT NULL;
ALTER TABLE trimester_file ADD CONSTRAINT trimester_file_asked_again
  CHECK (asked_at IS NULL OR refused_at IS NULL);
