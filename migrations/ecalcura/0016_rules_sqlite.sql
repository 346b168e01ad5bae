-- A thread is about a calculation that is published, and stays with it. A message never changes.
CREATE TRIGGER message_thread_added BEFORE INSERT ON message_thread
BEGIN
  SELECT RAISE(ABORT, 'message_thread_published')
  WHERE NOT EXISTS (SELECT 1 FROM calculation WHERE id = NEW.calculation_id AND state = 'published');
END;

CREATE TRIGGER message_thread_changed BEFORE UPDATE ON message_thread
WHEN (NEW.id, NEW.calculation_id, NEW.facility_id) <> (OLD.id, OLD.calculation_id, OLD.facility_id)
BEGIN
  SELECT RAISE(ABORT, 'message_thread_stays');
END;

CREATE TRIGGER message_added BEFORE INSERT ON message
BEGIN
  -- INSERT OR REPLACE deletes a row without firing a trigger.
  SELECT RAISE(ABORT, 'message_is_kept')
  WHERE EXISTS (SELECT 1 FROM message WHERE thread_id = NEW.thread_id AND number = NEW.number);
END;

CREATE TRIGGER message_changed BEFORE UPDATE ON message
BEGIN
  SELECT RAISE(ABORT, 'message_is_kept');
END;
