-- Contact persons are of a facility with a dossier, and there are five for a theme at most: MOST in contacts.py.
CREATE FUNCTION contact_person_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Of two that are added at the same moment, the second waits here, and then counts the first.
  PERFORM 1 FROM facility WHERE id = NEW.facility_id AND under = '' FOR NO key UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'contact_person_dossier' USING ERRCODE = 'check_violation';
  END IF;
  IF (SELECT count(*) FROM contact_person WHERE facility_id = NEW.facility_id AND theme = NEW.theme) >= 5 THEN
    RAISE EXCEPTION 'contact_person_full' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contact_person_added BEFORE INSERT ON contact_person
  FOR EACH ROW EXECUTE FUNCTION contact_person_added();

CREATE FUNCTION contact_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'contact_person_stays' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER contact_person_changed BEFORE UPDATE ON contact_person
  FOR EACH ROW WHEN ((NEW.id, NEW.facility_id, NEW.theme) IS DISTINCT FROM (OLD.id, OLD.facility_id, OLD.theme))
  EXECUTE FUNCTION contact_person_changed();
