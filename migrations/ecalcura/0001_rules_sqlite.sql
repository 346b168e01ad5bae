CREATE TRIGGER facility_added BEFORE INSERT ON facility
BEGIN
  -- INSERT OR REPLACE deletes a row without firing its delete trigger.
  SELECT RAISE(ABORT, 'facility_is_kept') WHERE EXISTS (SELECT 1 FROM facility WHERE id = NEW.id OR hco = NEW.hco);
  SELECT RAISE(ABORT, 'facility_successor') WHERE NEW.successor_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM facility s WHERE s.id = NEW.successor_id AND s.under = '' AND s.successor_id IS NULL);
END;

-- Its number and the rules of its kind stay as they are; a merger is never changed.
CREATE TRIGGER facility_changed BEFORE UPDATE ON facility
BEGIN
  SELECT RAISE(ABORT, 'facility_is_kept')
  WHERE (NEW.id, NEW.hco, NEW.kind, NEW.under) <> (OLD.id, OLD.hco, OLD.kind, OLD.under);
  SELECT RAISE(ABORT, 'facility_merger_is_kept')
  WHERE OLD.successor_id IS NOT NULL
    AND (NEW.successor_id IS NOT OLD.successor_id OR NEW.merged_on IS NOT OLD.merged_on);
  SELECT RAISE(ABORT, 'facility_successor')
  WHERE NEW.successor_id IS NOT NULL AND OLD.successor_id IS NULL AND (
    NOT EXISTS (SELECT 1 FROM facility s WHERE s.id = NEW.successor_id AND s.under = '' AND s.successor_id IS NULL));
END;

CREATE TRIGGER facility_deleted BEFORE DELETE ON facility
BEGIN
  SELECT RAISE(ABORT, 'facility_is_kept');
END;

CREATE TRIGGER facility_kind_changed BEFORE UPDATE ON facility_kind
BEGIN
  SELECT RAISE(ABORT, 'facility_kind_is_kept');
END;

-- A role is for a facility with a dossier, and is given by an access manager of that facility, or by the operator.
CREATE TRIGGER facility_grant_given BEFORE INSERT ON account_grant WHEN NEW.wing = 'ecalcura'
BEGIN
  SELECT RAISE(ABORT, 'facility_grant_dossier')
  WHERE NOT EXISTS (SELECT 1 FROM facility WHERE id = NEW.tenant_id AND under = '');
  SELECT RAISE(ABORT, 'facility_grant_giver')
  WHERE NEW.given_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_grant g
    WHERE g.account_id = NEW.given_by AND g.wing = 'ecalcura' AND g.role = 'access' AND g.tenant_id = NEW.tenant_id
      AND g.since <= NEW.since AND NEW.since < coalesce(g.until, '9999-12-31'));
END;

-- The last access manager of a facility stays until another one is there, who has the role without an end.
CREATE TRIGGER facility_grant_ended BEFORE UPDATE ON account_grant
WHEN NEW.wing = 'ecalcura' AND NEW.role = 'access' AND OLD.until IS NULL AND NEW.until IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'facility_last_access')
  WHERE NOT EXISTS (
    SELECT 1 FROM account_grant g JOIN account a ON a.id = g.account_id AND NOT a.blocked
    WHERE g.id <> NEW.id AND g.wing = 'ecalcura' AND g.role = 'access' AND g.tenant_id = NEW.tenant_id
      AND g.until IS NULL AND g.since <= NEW.until);
END;
