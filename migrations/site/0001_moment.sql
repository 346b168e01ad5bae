-- The last change of anything that the public pages show: one row, which triggers keep.
CREATE TABLE site_moment (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,
  changed_at MOMENT NOT NULL
) STRICT;
