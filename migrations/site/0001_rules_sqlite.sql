INSERT INTO site_moment (id, number, changed_at) VALUES (1, 1, datetime('now'));
CREATE TRIGGER site_moment_kept BEFORE DELETE ON site_moment
BEGIN
  SELECT RAISE(ABORT, 'site_moment_is_kept');
END;
CREATE TRIGGER site_moment_rises BEFORE UPDATE ON site_moment
WHEN NEW.number <= OLD.number
BEGIN
  SELECT RAISE(ABORT, 'site_moment_is_kept');
END;
