-- A reminder that was sent stays as it is.
CREATE FUNCTION reminder_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'reminder_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER reminder_changed BEFORE UPDATE ON reminder FOR EACH ROW EXECUTE FUNCTION reminder_kept();

-- Of a trimester that was submitted, the day of the first submission stays.
CREATE FUNCTION trimester_file_submitted_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'trimester_file_submitted_on' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER trimester_file_submitted_on BEFORE UPDATE OF submitted_on ON trimester_file FOR EACH ROW
  WHEN (OLD.submitted_on IS NOT NULL AND NEW.submitted_on IS DISTINCT FROM OLD.submitted_on)
  EXECUTE FUNCTION trimester_file_submitted_on();
