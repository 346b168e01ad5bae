INSERT INTO site_moment (id, number, changed_at) VALUES (1, 1, date_trunc('second', now() AT TIME ZONE 'UTC'));
CREATE FUNCTION site_moment_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.number > OLD.number THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'site_moment_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER site_moment_kept BEFORE UPDATE OR DELETE ON site_moment
  FOR EACH ROW EXECUTE FUNCTION site_moment_kept();
CREATE FUNCTION site_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE site_moment SET number = number + 1, changed_at = date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC');
  RETURN NULL;
END $$;
