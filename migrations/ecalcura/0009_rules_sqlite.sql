-- Each account begins as a proposal, of somebody who then manages the money of the facility.
CREATE TRIGGER bank_account_added BEFORE INSERT ON bank_account
BEGIN
  -- INSERT OR REPLACE deletes a row without firing its delete trigger.
  SELECT RAISE(ABORT, 'bank_account_is_kept') WHERE EXISTS (
    SELECT 1 FROM bank_account
    WHERE id = NEW.id OR facility_id = NEW.facility_id
      AND (form_key = NEW.form_key OR source = 'raas' AND NEW.source = 'raas'));
  SELECT RAISE(ABORT, 'bank_account_begins') WHERE NEW.state <> 'proposed' OR NEW.asked_at IS NOT NULL;
  SELECT RAISE(ABORT, 'bank_account_role') WHERE NEW.proposer_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_grant
    WHERE account_id = NEW.proposer_id AND wing = 'ecalcura' AND role = 'financial' AND tenant_id = NEW.facility_id
      AND since <= NEW.proposed_at AND NEW.proposed_at < coalesce(until, '9999-12-31'));
END;

-- Written columns stay. The number is sealed with the id of its row, so that it is written once after the row; an
-- account from RaaS gets a proposer once; a decided row never changes.
CREATE TRIGGER bank_account_changed BEFORE UPDATE ON bank_account
BEGIN
  SELECT RAISE(ABORT, 'bank_account_is_kept')
  WHERE OLD.state <> 'proposed'
    OR (NEW.id, NEW.facility_id, NEW.source, NEW.created_at) <> (OLD.id, OLD.facility_id, OLD.source, OLD.created_at)
    OR NEW.form_key IS NOT OLD.form_key
    OR length(OLD.sealed) > 0 AND NEW.sealed <> OLD.sealed
    OR OLD.masked <> '' AND NEW.masked <> OLD.masked
    OR OLD.proposer_id IS NOT NULL AND (NEW.proposer_id IS NOT OLD.proposer_id
      OR NEW.proposed_at IS NOT OLD.proposed_at OR NEW.valid_from IS NOT OLD.valid_from)
    OR OLD.asked_at IS NOT NULL AND NEW.asked_at IS NOT OLD.asked_at;
  SELECT RAISE(ABORT, 'bank_account_role') WHERE NEW.proposer_id IS NOT OLD.proposer_id AND NOT EXISTS (
    SELECT 1 FROM account_grant
    WHERE account_id = NEW.proposer_id AND wing = 'ecalcura' AND role = 'financial' AND tenant_id = NEW.facility_id
      AND since <= NEW.proposed_at AND NEW.proposed_at < coalesce(until, '9999-12-31'));
  SELECT RAISE(ABORT, 'bank_account_role') WHERE NEW.decider_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_grant
    WHERE account_id = NEW.decider_id AND wing = 'ecalcura'
      AND CASE WHEN NEW.by_desk THEN role = 'dossier' AND whole
        ELSE role = 'financial' AND tenant_id = NEW.facility_id END
      AND since <= NEW.decided_at AND NEW.decided_at < coalesce(until, '9999-12-31'));
  -- A confirmed account ends the one before it.
  SELECT RAISE(ABORT, 'bank_account_order') WHERE NEW.ordinal IS NOT NULL AND EXISTS (
    SELECT 1 FROM bank_account
    WHERE facility_id = NEW.facility_id AND ordinal IS NOT NULL
      AND (valid_from > NEW.valid_from OR ordinal >= NEW.ordinal));
END;

CREATE TRIGGER bank_account_deleted BEFORE DELETE ON bank_account
BEGIN
  SELECT RAISE(ABORT, 'bank_account_is_kept');
END;
