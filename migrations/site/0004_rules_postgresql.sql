-- An address that was public stays: a link to it may be anywhere. A news item is never deleted.
CREATE FUNCTION site_news_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.id = OLD.id AND (OLD.published_at IS NULL OR OLD.published_at > now() AT TIME ZONE 'UTC'
        OR NEW.year IS NOT DISTINCT FROM OLD.year AND NEW.slug IS NOT DISTINCT FROM OLD.slug) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'site_news_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER site_news_kept BEFORE UPDATE OR DELETE ON site_news
  FOR EACH ROW EXECUTE FUNCTION site_news_kept();
