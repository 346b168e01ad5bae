-- Somebody who manages the money of the facility at this moment, or (`by_desk`) a dossier manager.
CREATE FUNCTION bank_account_holder(account INTEGER, facility INTEGER, moment TIMESTAMP, by_desk BOOLEAN)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM account_grant g
  WHERE g.account_id = account AND g.wing = 'ecalcura'
    AND CASE WHEN by_desk THEN g.role = 'dossier' AND g.whole
      ELSE g.role = 'financial' AND g.tenant_id = facility END
    AND g.since <= moment AND moment < coalesce(g.until, 'infinity')
  -- The grant that this rests on does not end meanwhile.
  FOR SHARE OF g;
  RETURN FOUND;
END $$;

CREATE FUNCTION bank_account_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP NOT IN ('INSERT', 'UPDATE') THEN
    RAISE EXCEPTION 'bank_account_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  -- Each account begins as a proposal.
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' OR NEW.asked_at IS NOT NULL THEN
      RAISE EXCEPTION 'bank_account_begins' USING ERRCODE = 'check_violation';
    END IF;
  -- Written columns stay. The number is sealed with the id of its row, so that it is written once after the row; an
  -- account from RaaS gets a proposer once; a decided row never changes.
  ELSIF OLD.state <> 'proposed'
      OR (NEW.id, NEW.facility_id, NEW.source, NEW.created_at, NEW.form_key)
        IS DISTINCT FROM (OLD.id, OLD.facility_id, OLD.source, OLD.created_at, OLD.form_key)
      OR length(OLD.sealed) > 0 AND NEW.sealed <> OLD.sealed
      OR OLD.masked <> '' AND NEW.masked <> OLD.masked
      OR OLD.proposer_id IS NOT NULL AND (NEW.proposer_id, NEW.proposed_at, NEW.valid_from)
        IS DISTINCT FROM (OLD.proposer_id, OLD.proposed_at, OLD.valid_from)
      OR OLD.asked_at IS NOT NULL AND NEW.asked_at IS DISTINCT FROM OLD.asked_at THEN
    RAISE EXCEPTION 'bank_account_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.proposer_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.proposer_id IS NULL)
      AND NOT bank_account_holder(NEW.proposer_id, NEW.facility_id, NEW.proposed_at, false)
    OR NEW.decider_id IS NOT NULL
      AND NOT bank_account_holder(NEW.decider_id, NEW.facility_id, NEW.decided_at, NEW.by_desk) THEN
    RAISE EXCEPTION 'bank_account_role' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.ordinal IS NOT NULL THEN
    -- Of two that are confirmed at the same moment, the second waits here.
    PERFORM 1 FROM facility WHERE id = NEW.facility_id FOR NO key UPDATE;
    -- A confirmed account ends the one before it.
    IF EXISTS (
        SELECT 1 FROM bank_account
        WHERE facility_id = NEW.facility_id AND ordinal IS NOT NULL
          AND (valid_from > NEW.valid_from OR ordinal >= NEW.ordinal)) THEN
      RAISE EXCEPTION 'bank_account_order' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bank_account_kept BEFORE INSERT OR UPDATE OR DELETE ON bank_account
  FOR EACH ROW EXECUTE FUNCTION bank_account_kept();
CREATE TRIGGER bank_account_kept_truncate BEFORE TRUNCATE ON bank_account
  FOR EACH STATEMENT EXECUTE FUNCTION bank_account_kept();
