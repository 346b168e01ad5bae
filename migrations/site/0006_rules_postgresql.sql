-- A version follows the one before, and stays as it is; two that are added at once are refused by their number.
CREATE FUNCTION fixed_page_version_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number <> (SELECT count(*) + 1 FROM fixed_page_version WHERE page = NEW.page) THEN
    RAISE EXCEPTION 'fixed_page_version_once' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fixed_page_version_follows BEFORE INSERT ON fixed_page_version
  FOR EACH ROW EXECUTE FUNCTION fixed_page_version_follows();
CREATE FUNCTION fixed_page_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'fixed_page_version_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER fixed_page_version_is_kept BEFORE UPDATE OR DELETE ON fixed_page_version
  FOR EACH ROW EXECUTE FUNCTION fixed_page_version_is_kept();
CREATE TRIGGER fixed_page_version_is_kept_truncate BEFORE TRUNCATE ON fixed_page_version
  FOR EACH STATEMENT EXECUTE FUNCTION fixed_page_version_is_kept();
