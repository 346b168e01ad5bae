-- A postcode has four digits.
CREATE TRIGGER initiative_postcode_added BEFORE INSERT ON initiative
WHEN NEW.postcode <> '' AND NEW.postcode NOT GLOB '[1-9][0-9][0-9][0-9]'
BEGIN
  SELECT RAISE(ABORT, 'initiative_postcode');
END;
CREATE TRIGGER initiative_postcode_changed BEFORE UPDATE ON initiative
WHEN NEW.postcode <> '' AND NEW.postcode NOT GLOB '[1-9][0-9][0-9][0-9]'
BEGIN
  SELECT RAISE(ABORT, 'initiative_postcode');
END;
