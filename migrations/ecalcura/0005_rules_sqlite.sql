-- Under another key no number would be found again.
CREATE TRIGGER person_index_added BEFORE INSERT ON person_index
WHEN EXISTS (SELECT 1 FROM person_index)
BEGIN
  SELECT RAISE(ABORT, 'person_index_is_kept');
END;
CREATE TRIGGER person_index_changed BEFORE UPDATE ON person_index
BEGIN
  SELECT RAISE(ABORT, 'person_index_is_kept');
END;
CREATE TRIGGER person_index_deleted BEFORE DELETE ON person_index
BEGIN
  SELECT RAISE(ABORT, 'person_index_is_kept');
END;
