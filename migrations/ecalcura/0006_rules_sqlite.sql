-- A role in a facility is for one with a dossier. An access manager of that facility gives it, or the operator; the desk
-- names access managers.
DROP TRIGGER facility_grant_given;
CREATE TRIGGER facility_grant_given BEFORE INSERT ON account_grant WHEN NEW.wing = 'ecalcura' AND NOT NEW.whole
BEGIN
  SELECT RAISE(ABORT, 'facility_grant_dossier')
  WHERE NOT EXISTS (SELECT 1 FROM facility WHERE id = NEW.tenant_id AND under = '');
  SELECT RAISE(ABORT, 'facility_grant_giver')
  WHERE NEW.given_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_grant g
    WHERE g.account_id = NEW.given_by AND g.wing = 'ecalcura'
      AND (g.role = 'access' AND g.tenant_id = NEW.tenant_id
        OR g.role = 'dossier' AND NEW.role IN ('access', 'colleague'))
      AND g.since <= NEW.since AND NEW.since < coalesce(g.until, '9999-12-31'));
END;

-- Nobody at the desk gives a role at the desk: the operator does, or the service that signs people in from outside.
CREATE TRIGGER desk_grant_given BEFORE INSERT ON account_grant
WHEN NEW.wing = 'ecalcura' AND NEW.whole AND NEW.given_by IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'facility_grant_giver');
END;
