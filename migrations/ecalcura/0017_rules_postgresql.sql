CREATE FUNCTION file_sums_are_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE file_sums SET stale = TRUE WHERE facility_id = NEW.facility_id AND trimester_id = NEW.trimester_id;
  RETURN NULL;
END $$;
-- While a trimester is submitted its sums stay; changes made meanwhile count from the reopening on.
CREATE TRIGGER trimester_file_reopened_sums AFTER UPDATE OF state ON trimester_file FOR EACH ROW
  WHEN (NEW.state = 'reopened' AND OLD.state <> 'reopened') EXECUTE FUNCTION file_sums_are_stale();
-- The checks that block submitting are of resident data as well.
CREATE TRIGGER resident_data_changed_sums AFTER UPDATE OF version ON resident_data FOR EACH ROW
  EXECUTE FUNCTION file_sums_are_stale();
