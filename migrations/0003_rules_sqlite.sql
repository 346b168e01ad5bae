CREATE TRIGGER edition_kept_update BEFORE UPDATE ON edition
BEGIN
  SELECT RAISE(ABORT, 'edition_is_kept');
END;

CREATE TRIGGER edition_kept_delete BEFORE DELETE ON edition
BEGIN
  SELECT RAISE(ABORT, 'edition_is_kept');
END;

-- INSERT OR REPLACE deletes a row without firing its delete trigger.
CREATE TRIGGER edition_kept_replace BEFORE INSERT ON edition
WHEN EXISTS (
  SELECT 1 FROM edition
  WHERE id = NEW.id OR (account_id = NEW.account_id AND form_key = NEW.form_key))
BEGIN
  SELECT RAISE(ABORT, 'edition_is_kept');
END;
