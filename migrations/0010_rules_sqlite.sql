-- A document that is withdrawn never changes, and no document is deleted.
CREATE TRIGGER document_changed BEFORE UPDATE ON document
WHEN OLD.withdrawn_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'document_is_withdrawn');
END;
CREATE TRIGGER document_moved BEFORE UPDATE OF id, wing ON document
WHEN NEW.id <> OLD.id OR NEW.wing <> OLD.wing
BEGIN
  SELECT RAISE(ABORT, 'document_is_kept');
END;
CREATE TRIGGER document_replaced BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'document_is_kept');
END;
CREATE TRIGGER document_deleted BEFORE DELETE ON document
BEGIN
  SELECT RAISE(ABORT, 'document_is_kept');
END;

-- A version follows the one before, is added while the document is there, and stays as it is.
CREATE TRIGGER document_version_added BEFORE INSERT ON document_version
WHEN NEW.number <> (SELECT count(*) + 1 FROM document_version WHERE document_id = NEW.document_id)
  OR EXISTS (SELECT 1 FROM document_version WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'document_version_once');
END;
CREATE TRIGGER document_version_late BEFORE INSERT ON document_version
WHEN EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id AND withdrawn_at IS NOT NULL)
BEGIN
  SELECT RAISE(ABORT, 'document_is_withdrawn');
END;
CREATE TRIGGER document_version_changed BEFORE UPDATE ON document_version
BEGIN
  SELECT RAISE(ABORT, 'document_version_is_kept');
END;
CREATE TRIGGER document_version_deleted BEFORE DELETE ON document_version
BEGIN
  SELECT RAISE(ABORT, 'document_version_is_kept');
END;
