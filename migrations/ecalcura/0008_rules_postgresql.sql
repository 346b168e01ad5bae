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

-- Counts are of the rows as they are. Those who change rows share a lock, for which whoever counts waits: a change that
-- is not committed yet is not overlooked.
CREATE FUNCTION trimester_uncounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(8, 1);
  UPDATE trimester_counts SET counted_on = NULL WHERE trimester_id = NEW.trimester_id AND counted_on IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER trimester_file_uncounts AFTER INSERT OR UPDATE ON trimester_file
  FOR EACH ROW EXECUTE FUNCTION trimester_uncounts();
CREATE TRIGGER trimester_window_uncounts AFTER INSERT OR UPDATE ON trimester_window
  FOR EACH ROW EXECUTE FUNCTION trimester_uncounts();
CREATE FUNCTION facility_uncounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(8, 1);
  UPDATE trimester_counts SET counted_on = NULL WHERE counted_on IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER facility_added_uncounts AFTER INSERT ON facility
  FOR EACH ROW EXECUTE FUNCTION facility_uncounts();
CREATE TRIGGER facility_changed_uncounts AFTER UPDATE OF province, merged_on ON facility
  FOR EACH ROW EXECUTE FUNCTION facility_uncounts();
