-- A version follows the one before, and stays as it is.
CREATE TRIGGER fixed_page_version_added BEFORE INSERT ON fixed_page_version
WHEN NEW.number <> (SELECT count(*) + 1 FROM fixed_page_version WHERE page = NEW.page)
  OR EXISTS (SELECT 1 FROM fixed_page_version WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'fixed_page_version_once');
END;
CREATE TRIGGER fixed_page_version_changed BEFORE UPDATE ON fixed_page_version
BEGIN
  SELECT RAISE(ABORT, 'fixed_page_version_is_kept');
END;
CREATE TRIGGER fixed_page_version_deleted BEFORE DELETE ON fixed_page_version
BEGIN
  SELECT RAISE(ABORT, 'fixed_page_version_is_kept');
END;
