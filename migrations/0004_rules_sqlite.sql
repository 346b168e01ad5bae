CREATE TRIGGER account_grant_given BEFORE INSERT ON account_grant
BEGIN
  -- INSERT OR REPLACE deletes a row without firing its delete trigger.
  SELECT RAISE(ABORT, 'account_grant_is_kept') WHERE EXISTS (SELECT 1 FROM account_grant WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'account_grant_moment')
  WHERE NEW.since IS NOT datetime(NEW.since) OR NEW.until IS NOT datetime(NEW.until);
  SELECT RAISE(ABORT, 'account_grant_kind')
  WHERE NEW.tenant_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM wing_role r JOIN tenant t ON t.kind = r.tenant_kind
    WHERE r.wing = NEW.wing AND r.role = NEW.role AND t.id = NEW.tenant_id);
  SELECT RAISE(ABORT, 'account_grant_excluded')
  WHERE EXISTS (
    SELECT 1 FROM account_grant g
    JOIN role_exclusion e ON e.wing = g.wing AND e.other = g.role
    WHERE g.account_id = NEW.account_id AND e.wing = NEW.wing AND e.role = NEW.role
      AND g.since < coalesce(NEW.until, '9999-12-31') AND NEW.since < coalesce(g.until, '9999-12-31')
      AND g.since < coalesce(g.until, '9999-12-31'));
  SELECT RAISE(ABORT, 'account_grant_double')
  WHERE EXISTS (
    SELECT 1 FROM account_grant g
    WHERE g.account_id = NEW.account_id AND g.wing = NEW.wing AND g.role = NEW.role
      AND g.tenant_id IS NEW.tenant_id AND g.province IS NEW.province
      AND g.since < coalesce(NEW.until, '9999-12-31') AND NEW.since < coalesce(g.until, '9999-12-31')
      AND g.since < coalesce(g.until, '9999-12-31'));
  SELECT RAISE(ABORT, 'account_grant_single')
  WHERE EXISTS (
    SELECT 1 FROM account_grant g
    JOIN wing_role r ON r.wing = g.wing AND r.role = g.role
    WHERE r.single AND g.tenant_id = NEW.tenant_id AND g.wing = NEW.wing AND g.role = NEW.role
      AND g.since < coalesce(NEW.until, '9999-12-31') AND NEW.since < coalesce(g.until, '9999-12-31')
      AND g.since < coalesce(g.until, '9999-12-31'));
  -- Nobody grants wider than they hold: the whole holds each province, a province each of its organisations.
  SELECT RAISE(ABORT, 'account_grant_wider')
  WHERE NEW.given_by IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_grant g
    JOIN account a ON a.id = g.account_id AND NOT a.blocked
    WHERE g.account_id = NEW.given_by AND g.wing = NEW.wing
      AND g.since <= NEW.since AND NEW.since < coalesce(g.until, '9999-12-31')
      AND (g.whole OR g.province = NEW.province OR g.tenant_id = NEW.tenant_id
        OR g.province = (SELECT province FROM organisation WHERE id = NEW.tenant_id)));
END;

-- A grant only ends, or ends sooner.
CREATE TRIGGER account_grant_ended BEFORE UPDATE ON account_grant
WHEN NEW.until IS NULL OR NEW.until > OLD.until
  OR (NEW.id, NEW.account_id, NEW.wing, NEW.role, NEW.whole, NEW.since)
    <> (OLD.id, OLD.account_id, OLD.wing, OLD.role, OLD.whole, OLD.since)
  OR NEW.tenant_id IS NOT OLD.tenant_id OR NEW.province IS NOT OLD.province OR NEW.given_by IS NOT OLD.given_by
BEGIN
  SELECT RAISE(ABORT, 'account_grant_is_kept');
END;

CREATE TRIGGER account_grant_deleted BEFORE DELETE ON account_grant
BEGIN
  SELECT RAISE(ABORT, 'account_grant_is_kept');
END;

CREATE TRIGGER tenant_changed BEFORE UPDATE ON tenant
BEGIN
  SELECT RAISE(ABORT, 'tenant_is_kept');
END;

-- The rules that the wings declared stay as they are: a migration of a wing changes them.
CREATE TRIGGER wing_role_kept BEFORE UPDATE ON wing_role
BEGIN
  SELECT RAISE(ABORT, 'wing_role_is_kept');
END;

CREATE TRIGGER role_exclusion_kept BEFORE DELETE ON role_exclusion
BEGIN
  SELECT RAISE(ABORT, 'role_exclusion_is_kept');
END;
