-- A look is never changed or deleted.
CREATE TRIGGER number_look_added BEFORE INSERT ON number_look
WHEN EXISTS (SELECT 1 FROM number_look WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'number_look_is_kept');
END;
CREATE TRIGGER number_look_changed BEFORE UPDATE ON number_look
BEGIN
  SELECT RAISE(ABORT, 'number_look_is_kept');
END;
CREATE TRIGGER number_look_deleted BEFORE DELETE ON number_look
BEGIN
  SELECT RAISE(ABORT, 'number_look_is_kept');
END;
