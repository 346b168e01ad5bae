CREATE FUNCTION edition_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'edition_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER edition_is_kept BEFORE UPDATE OR DELETE ON edition
  FOR EACH ROW EXECUTE FUNCTION edition_is_kept();
CREATE TRIGGER edition_is_kept_truncate BEFORE TRUNCATE ON edition
  FOR EACH STATEMENT EXECUTE FUNCTION edition_is_kept();
