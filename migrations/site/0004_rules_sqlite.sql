-- An address that was public stays: a link to it may be anywhere. A news item is never deleted.
CREATE TRIGGER site_news_moved BEFORE UPDATE OF id, year, slug ON site_news
WHEN NEW.id <> OLD.id
  OR OLD.published_at <= datetime('now') AND (NEW.year IS NOT OLD.year OR NEW.slug IS NOT OLD.slug)
BEGIN
  SELECT RAISE(ABORT, 'site_news_is_kept');
END;
CREATE TRIGGER site_news_deleted BEFORE DELETE ON site_news
BEGIN
  SELECT RAISE(ABORT, 'site_news_is_kept');
END;
