-- Contact persons are of a facility with a dossier, and there are five for a theme at most: MOST in contacts.py.
CREATE TRIGGER contact_person_added BEFORE INSERT ON contact_person
BEGIN
  SELECT RAISE(ABORT, 'contact_person_dossier')
  WHERE NOT EXISTS (SELECT 1 FROM facility WHERE id = NEW.facility_id AND under = '');
  SELECT RAISE(ABORT, 'contact_person_full')
  WHERE (SELECT count(*) FROM contact_person WHERE facility_id = NEW.facility_id AND theme = NEW.theme) >= 5;
END;

CREATE TRIGGER contact_person_changed BEFORE UPDATE ON contact_person
WHEN (NEW.id, NEW.facility_id, NEW.theme) <> (OLD.id, OLD.facility_id, OLD.theme)
BEGIN
  SELECT RAISE(ABORT, 'contact_person_stays');
END;
