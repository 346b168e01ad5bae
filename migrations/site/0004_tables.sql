-- News: a concept has no address and no moment. One with a moment that is still to come is planned; nobody sees it yet.
-- `summary` are the first words of the text.
CREATE TABLE site_news (
  id KEY,
  title TEXT NOT NULL CHECK (length(trim(title)) >= 1 AND length(title) <= 150),
  text TEXT NOT NULL CHECK (length(trim(text)) >= 1 AND length(text) <= 20000),
  summary TEXT NOT NULL CHECK (length(summary) <= 201),
  picture_id INTEGER REFERENCES site_picture (id) ON DELETE RESTRICT,
  year INTEGER CHECK (year BETWEEN 2000 AND 9999),
  slug TEXT CHECK (length(slug) BETWEEN 1 AND 70),
  published_at MOMENT,
  withdrawn_at MOMENT,
  form_key TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT site_news_form_key UNIQUE (form_key),
  CONSTRAINT site_news_picture UNIQUE (picture_id),
  CONSTRAINT site_news_address UNIQUE (year, slug),
  CONSTRAINT site_news_published CHECK (
    (published_at IS NULL) = (slug IS NULL) AND (published_at IS NULL) = (year IS NULL)),
  CONSTRAINT site_news_withdrawn CHECK (withdrawn_at IS NULL OR published_at IS NOT NULL)
) STRICT;
CREATE INDEX site_news_moment ON site_news (published_at);
