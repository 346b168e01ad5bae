-- An item that has an address is never deleted: a link to it may be anywhere. A concept was never public.
CREATE OR REPLACE FUNCTION site_news_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.published_at IS NULL THEN
      RETURN OLD;
    END IF;
  ELSIF NEW.id = OLD.id AND (OLD.published_at IS NULL OR OLD.published_at > now() AT TIME ZONE 'UTC'
      OR NEW.year IS NOT DISTINCT FROM OLD.year AND NEW.slug IS NOT DISTINCT FROM OLD.slug) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'site_news_is_kept' USING ERRCODE = 'check_violation';
END $$;
