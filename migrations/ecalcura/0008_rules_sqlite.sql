-- A reminder that was sent stays as it is.
CREATE TRIGGER reminder_changed BEFORE UPDATE ON reminder
BEGIN
  SELECT RAISE(ABORT, 'reminder_is_kept');
END;

-- Of a trimester that was submitted, the day of the first submission stays.
CREATE TRIGGER trimester_file_submitted_on BEFORE UPDATE OF submitted_on ON trimester_file
WHEN OLD.submitted_on IS NOT NULL AND NEW.submitted_on IS NOT OLD.submitted_on
BEGIN
  SELECT RAISE(ABORT, 'trimester_file_submitted_on');
END;

-- Counts are of the rows as they are.
CREATE TRIGGER trimester_file_added_uncounts AFTER INSERT ON trimester_file
BEGIN
  UPDATE trimester_counts SET counted_on = NULL WHERE trimester_id = NEW.trimester_id AND counted_on IS NOT NULL;
END;
CREATE TRIGGER trimester_file_changed_uncounts AFTER UPDATE ON trimester_file
BEGIN
  UPDATE trimester_counts SET counted_on = NULL WHERE trimester_id = NEW.trimester_id AND counted_on IS NOT NULL;
END;
CREATE TRIGGER trimester_window_added_uncounts AFTER INSERT ON trimester_window
BEGIN
  UPDATE trimester_counts SET counted_on = NULL WHERE trimester_id = NEW.trimester_id AND counted_on IS NOT NULL;
END;
CREATE TRIGGER trimester_window_changed_uncounts AFTER UPDATE ON trimester_window
BEGIN
  UPDATE trimester_counts SET counted_on = NULL WHERE trimester_id = NEW.trimester_id AND counted_on IS NOT NULL;
END;
CREATE TRIGGER facility_added_uncounts AFTER INSERT ON facility
BEGIN
  UPDATE trimester_counts SET counted_on = NULL WHERE counted_on IS NOT NULL;
END;
CREATE TRIGGER facility_changed_uncounts AFTER UPDATE OF province, merged_on ON facility
BEGIN
  UPDATE trimester_counts SET counted_on = NULL WHERE counted_on IS NOT NULL;
END;
