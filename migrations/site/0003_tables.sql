-- A picture of the public pages, with its text alternative; whoever sent it said that the people on it agreed.
CREATE TABLE site_picture (
  id KEY,
  alternative TEXT NOT NULL CHECK (length(trim(alternative)) >= 1 AND length(alternative) <= 250),
  consented FLAG(consented) NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  made_at MOMENT NOT NULL,
  CONSTRAINT site_picture_consented CHECK (consented)
) STRICT;
CREATE INDEX site_picture_account ON site_picture (account_id);

-- A picture in one width, made again from its pixels: always WebP. A page names it by the digest of its content.
CREATE TABLE site_picture_file (
  picture_id INTEGER NOT NULL REFERENCES site_picture (id) ON DELETE RESTRICT,
  width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 1280),
  height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 5120),
  digest TEXT NOT NULL CHECK (length(digest) = 32),
  content BYTES NOT NULL CHECK (length(content) BETWEEN 1 AND 8388608),
  PRIMARY KEY (picture_id, width)
) STRICT;
CREATE INDEX site_picture_file_digest ON site_picture_file (digest);
