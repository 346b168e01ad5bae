-- A role in a facility is for one with a dossier. An access manager of that facility gives it, or the operator; the desk
-- names access managers. Nobody at the desk gives a role at the desk: the operator does, or the service that signs people
-- in from outside.
CREATE OR REPLACE FUNCTION facility_grant_given() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.whole THEN
    IF NEW.given_by IS NOT NULL THEN
      RAISE EXCEPTION 'facility_grant_giver' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM facility WHERE id = NEW.tenant_id AND under = '') THEN
    RAISE EXCEPTION 'facility_grant_dossier' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.given_by IS NOT NULL THEN
    PERFORM 1 FROM account_grant g
    WHERE g.account_id = NEW.given_by AND g.wing = 'ecalcura'
      AND (g.role = 'access' AND g.tenant_id = NEW.tenant_id
        OR g.role = 'dossier' AND NEW.role IN ('access', 'colleague'))
      AND g.since <= NEW.since AND NEW.since < coalesce(g.until, 'infinity')
    -- The grant that this one rests on does not end meanwhile.
    FOR SHARE OF g;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'facility_grant_giver' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
