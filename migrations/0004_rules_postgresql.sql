CREATE FUNCTION overlaps_grant(g account_grant, n account_grant) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT g.since < coalesce(n.until, 'infinity') AND n.since < coalesce(g.until, 'infinity')
    AND g.since < coalesce(g.until, 'infinity')
$$;

CREATE FUNCTION account_grant_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Two grants of one account, or in one tenant, are given one after the other; always lock in this order. 'key' is in
  -- lower case, because in upper case it is a word that models/database.py replaces.
  PERFORM 1 FROM account WHERE id = NEW.account_id FOR NO key UPDATE;
  PERFORM 1 FROM tenant WHERE id = NEW.tenant_id FOR NO key UPDATE;
  IF NEW.tenant_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM wing_role r JOIN tenant t ON t.kind = r.tenant_kind
      WHERE r.wing = NEW.wing AND r.role = NEW.role AND t.id = NEW.tenant_id) THEN
    RAISE EXCEPTION 'account_grant_kind' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
      SELECT 1 FROM account_grant g
      JOIN role_exclusion e ON e.wing = g.wing AND e.other = g.role
      WHERE g.account_id = NEW.account_id AND e.wing = NEW.wing AND e.role = NEW.role AND overlaps_grant(g, NEW)) THEN
    RAISE EXCEPTION 'account_grant_excluded' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
      SELECT 1 FROM account_grant g
      WHERE g.account_id = NEW.account_id AND g.wing = NEW.wing AND g.role = NEW.role
        AND g.tenant_id IS NOT DISTINCT FROM NEW.tenant_id AND g.province IS NOT DISTINCT FROM NEW.province
        AND overlaps_grant(g, NEW)) THEN
    RAISE EXCEPTION 'account_grant_double' USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
      SELECT 1 FROM account_grant g
      JOIN wing_role r ON r.wing = g.wing AND r.role = g.role
      WHERE r.single AND g.tenant_id = NEW.tenant_id AND g.wing = NEW.wing AND g.role = NEW.role
        AND overlaps_grant(g, NEW)) THEN
    RAISE EXCEPTION 'account_grant_single' USING ERRCODE = 'check_violation';
  END IF;
  -- Nobody grants wider than they hold: the whole holds each province, a province each of its organisations.
  IF NEW.given_by IS NOT NULL THEN
    PERFORM 1 FROM account_grant g JOIN account a ON a.id = g.account_id AND NOT a.blocked
    WHERE g.account_id = NEW.given_by AND g.wing = NEW.wing
      AND g.since <= NEW.since AND NEW.since < coalesce(g.until, 'infinity')
      AND (g.whole OR g.province = NEW.province OR g.tenant_id = NEW.tenant_id
        OR g.province = (SELECT province FROM organisation WHERE id = NEW.tenant_id))
    -- The grant that this one rests on does not end meanwhile.
    FOR SHARE OF g;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'account_grant_wider' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_grant_given BEFORE INSERT ON account_grant
  FOR EACH ROW EXECUTE FUNCTION account_grant_given();

-- A grant only ends, or ends sooner.
CREATE FUNCTION account_grant_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'account_grant_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.until IS NULL OR NEW.until > OLD.until
    OR (NEW.id, NEW.account_id, NEW.wing, NEW.role, NEW.tenant_id, NEW.province, NEW.whole, NEW.since, NEW.given_by)
      IS DISTINCT FROM (OLD.id, OLD.account_id, OLD.wing, OLD.role, OLD.tenant_id, OLD.province, OLD.whole, OLD.since,
        OLD.given_by) THEN
    RAISE EXCEPTION 'account_grant_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER account_grant_is_kept BEFORE UPDATE OR DELETE ON account_grant
  FOR EACH ROW EXECUTE FUNCTION account_grant_is_kept();
CREATE TRIGGER account_grant_is_kept_truncate BEFORE TRUNCATE ON account_grant
  FOR EACH STATEMENT EXECUTE FUNCTION account_grant_is_kept();

CREATE FUNCTION tenant_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'tenant_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER tenant_is_kept BEFORE UPDATE ON tenant
  FOR EACH ROW EXECUTE FUNCTION tenant_is_kept();

-- The rules that the wings declared stay as they are: a migration of a wing changes them.
CREATE FUNCTION rules_of_roles_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || '_is_kept', ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER wing_role_kept BEFORE UPDATE ON wing_role FOR EACH ROW EXECUTE FUNCTION rules_of_roles_are_kept();
CREATE TRIGGER role_exclusion_kept BEFORE DELETE ON role_exclusion
  FOR EACH ROW EXECUTE FUNCTION rules_of_roles_are_kept();
