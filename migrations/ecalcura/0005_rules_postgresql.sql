-- Under another key no number would be found again.
CREATE FUNCTION person_index_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'person_index_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER person_index_kept BEFORE UPDATE OR DELETE ON person_index
  FOR EACH ROW EXECUTE FUNCTION person_index_kept();
CREATE TRIGGER person_index_kept_truncate BEFORE TRUNCATE ON person_index
  FOR EACH STATEMENT EXECUTE FUNCTION person_index_kept();
