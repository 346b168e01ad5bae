-- A look is never changed or deleted.
CREATE FUNCTION number_look_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'number_look_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER number_look_is_kept BEFORE UPDATE OR DELETE ON number_look
  FOR EACH ROW EXECUTE FUNCTION number_look_is_kept();
CREATE TRIGGER number_look_is_kept_truncate BEFORE TRUNCATE ON number_look
  FOR EACH STATEMENT EXECUTE FUNCTION number_look_is_kept();
