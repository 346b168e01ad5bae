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
