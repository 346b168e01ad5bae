-- A thread is about a calculation that is published, and stays with it. A message never changes.
CREATE FUNCTION message_thread_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'message_thread_stays' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM calculation WHERE id = NEW.calculation_id AND state = 'published') THEN
    RAISE EXCEPTION 'message_thread_published' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER message_thread_added BEFORE INSERT ON message_thread
  FOR EACH ROW EXECUTE FUNCTION message_thread_kept();
CREATE TRIGGER message_thread_changed BEFORE UPDATE ON message_thread
  FOR EACH ROW WHEN ((NEW.id, NEW.calculation_id, NEW.facility_id) IS DISTINCT FROM
    (OLD.id, OLD.calculation_id, OLD.facility_id))
  EXECUTE FUNCTION message_thread_kept();

CREATE FUNCTION message_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'message_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER message_changed BEFORE UPDATE ON message
  FOR EACH ROW EXECUTE FUNCTION message_kept();
