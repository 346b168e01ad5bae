-- While a trimester is submitted its sums stay; changes made meanwhile count from the reopening on.
CREATE TRIGGER trimester_file_reopened_sums AFTER UPDATE OF state ON trimester_file
WHEN NEW.state = 'reopened' AND OLD.state <> 'reopened'
BEGIN
  UPDATE file_sums SET stale = 1 WHERE facility_id = NEW.facility_id AND trimester_id = NEW.trimester_id;
END;
-- The checks that block submitting are of resident data as well.
CREATE TRIGGER resident_data_changed_sums AFTER UPDATE OF version ON resident_data
BEGIN
  UPDATE file_sums SET stale = 1 WHERE facility_id = NEW.facility_id AND trimester_id = NEW.trimester_id;
END;
