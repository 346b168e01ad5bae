-- The last access manager of a facility who signs in here stays until another one is there, who has the role without an
-- end. Another service that signs somebody in says itself whether a role has ended.
DROP TRIGGER facility_grant_ended;
CREATE TRIGGER facility_grant_ended BEFORE UPDATE ON account_grant
WHEN NEW.wing = 'ecalcura' AND NEW.role = 'access' AND OLD.until IS NULL AND NEW.until IS NOT NULL
  AND EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND local)
BEGIN
  SELECT RAISE(ABORT, 'facility_last_access')
  WHERE NOT EXISTS (
    SELECT 1 FROM account_grant g JOIN account a ON a.id = g.account_id AND NOT a.blocked
    WHERE g.id <> NEW.id AND g.wing = 'ecalcura' AND g.role = 'access' AND g.tenant_id = NEW.tenant_id
      AND g.until IS NULL AND g.since <= NEW.until);
END;
