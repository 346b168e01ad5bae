-- The last access manager of a facility who signs in here stays until another one is there, who has the role without an
-- end. Another service that signs somebody in says itself whether a role has ended.
CREATE OR REPLACE FUNCTION facility_grant_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM account WHERE id = NEW.account_id AND NOT local) THEN
    RETURN NEW;
  END IF;
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
