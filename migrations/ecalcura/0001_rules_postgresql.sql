CREATE FUNCTION facility_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP NOT IN ('INSERT', 'UPDATE') THEN
    RAISE EXCEPTION 'facility_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  -- Its number and the rules of its kind stay as they are; a merger is never changed.
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.id, NEW.hco, NEW.kind, NEW.under) IS DISTINCT FROM (OLD.id, OLD.hco, OLD.kind, OLD.under) THEN
      RAISE EXCEPTION 'facility_is_kept' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.successor_id IS NOT NULL THEN
      IF (NEW.successor_id, NEW.merged_on) IS DISTINCT FROM (OLD.successor_id, OLD.merged_on) THEN
        RAISE EXCEPTION 'facility_merger_is_kept' USING ERRCODE = 'check_violation';
      END IF;
      RETURN NEW;
    END IF;
  END IF;
  IF NEW.successor_id IS NOT NULL THEN
    -- Of two that merge into each other at the same moment, the second waits here.
    PERFORM 1 FROM facility s
    WHERE s.id = NEW.successor_id AND s.under = '' AND s.successor_id IS NULL FOR UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'facility_successor' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facility_kept BEFORE INSERT OR UPDATE OR DELETE ON facility
  FOR EACH ROW EXECUTE FUNCTION facility_kept();
CREATE TRIGGER facility_kept_truncate BEFORE TRUNCATE ON facility
  FOR EACH STATEMENT EXECUTE FUNCTION facility_kept();

CREATE FUNCTION facility_kind_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'facility_kind_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER facility_kind_kept BEFORE UPDATE ON facility_kind
  FOR EACH ROW EXECUTE FUNCTION facility_kind_kept();

-- A role is for a facility with a dossier, and is given by an access manager of that facility, or by the operator.
CREATE FUNCTION facility_grant_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM facility WHERE id = NEW.tenant_id AND under = '') THEN
    RAISE EXCEPTION 'facility_grant_dossier' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.given_by IS NOT NULL THEN
    PERFORM 1 FROM account_grant g
    WHERE g.account_id = NEW.given_by AND g.wing = 'ecalcura' AND g.role = 'access' AND g.tenant_id = NEW.tenant_id
      AND g.since <= NEW.since AND NEW.since < coalesce(g.until, 'infinity')
    -- The grant that this one rests on does not end meanwhile.
    FOR SHARE OF g;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'facility_grant_giver' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facility_grant_given BEFORE INSERT ON account_grant
  FOR EACH ROW WHEN (NEW.wing = 'ecalcura') EXECUTE FUNCTION facility_grant_given();

-- The last access manager of a facility stays until another one is there, who has the role without an end.
CREATE FUNCTION facility_grant_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Of two who end each other's role at the same moment, the second waits here, and then finds nobody.
  PERFORM 1 FROM tenant WHERE id = NEW.tenant_id FOR NO key UPDATE;
  IF NOT EXISTS (
      SELECT 1 FROM account_grant g JOIN account a ON a.id = g.account_id AND NOT a.blocked
      WHERE g.id <> NEW.id AND g.wing = 'ecalcura' AND g.role = 'access' AND g.tenant_id = NEW.tenant_id
        AND g.until IS NULL AND g.since <= NEW.until) THEN
    RAISE EXCEPTION 'facility_last_access' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facility_grant_ended BEFORE UPDATE ON account_grant
  FOR EACH ROW WHEN (NEW.wing = 'ecalcura' AND NEW.role = 'access' AND OLD.until IS NULL AND NEW.until IS NOT NULL)
  EXECUTE FUNCTION facility_grant_ended();
