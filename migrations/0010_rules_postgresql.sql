-- A document that is withdrawn never changes, and no document is deleted.
CREATE FUNCTION document_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.withdrawn_at IS NOT NULL THEN
      RAISE EXCEPTION 'document_is_withdrawn' USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.id, NEW.wing) = (OLD.id, OLD.wing) THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'document_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER document_is_kept BEFORE UPDATE OR DELETE ON document
  FOR EACH ROW EXECUTE FUNCTION document_is_kept();
CREATE TRIGGER document_is_kept_truncate BEFORE TRUNCATE ON document
  FOR EACH STATEMENT EXECUTE FUNCTION document_is_kept();

-- A version follows the one before, is added while the document is there, and stays as it is. The document's row
-- orders two that are added at once.
CREATE FUNCTION document_version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM document WHERE id = NEW.document_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT 1 FROM document WHERE id = NEW.document_id AND withdrawn_at IS NOT NULL) THEN
    RAISE EXCEPTION 'document_is_withdrawn' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.number <> (SELECT count(*) + 1 FROM document_version WHERE document_id = NEW.document_id) THEN
    RAISE EXCEPTION 'document_version_once' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER document_version_follows BEFORE INSERT ON document_version
  FOR EACH ROW EXECUTE FUNCTION document_version_follows();

CREATE FUNCTION document_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'document_version_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER document_version_is_kept BEFORE UPDATE OR DELETE ON document_version
  FOR EACH ROW EXECUTE FUNCTION document_version_is_kept();
CREATE TRIGGER document_version_is_kept_truncate BEFORE TRUNCATE ON document_version
  FOR EACH STATEMENT EXECUTE FUNCTION document_version_is_kept();
