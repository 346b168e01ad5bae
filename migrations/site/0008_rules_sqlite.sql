-- An item that has an address is never deleted: a link to it may be anywhere. A concept was never public.
DROP TRIGGER site_news_deleted;
CREATE TRIGGER site_news_deleted BEFORE DELETE ON site_news
WHEN OLD.published_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'site_news_is_kept');
END;
