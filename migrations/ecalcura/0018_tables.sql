-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- A purge of the rows of a facility that were kept longer than a term: one dossier manager proposes it, another confirms
-- it, and the next daily purge does it. `before`: the first day that is kept.
CREATE TABLE retention_purge (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  term TEXT NOT NULL CHECK (term IN ('staff', 'submissions', 'messages', 'deliveries')),
  before DAY(before) NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'withdrawn', 'done')),
  proposer_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  proposed_at MOMENT NOT NULL,
  confirmer_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  confirmed_at MOMENT,
  ended_at MOMENT,
  UNIQUE (id, facility_id),
  CONSTRAINT retention_purge_four_eyes CHECK (confirmer_id <> proposer_id),
  CONSTRAINT retention_purge_moment CHECK ((confirmer_id IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT retention_purge_confirmed CHECK (
    confirmer_id IS NOT NULL OR state NOT IN ('confirmed', 'done')),
  CONSTRAINT retention_purge_unconfirmed CHECK (confirmer_id IS NULL OR state <> 'proposed'),
  CONSTRAINT retention_purge_ended CHECK ((state IN ('withdrawn', 'done')) = (ended_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX retention_purge_open ON retention_purge (facility_id, term)
  WHERE state IN ('proposed', 'confirmed');
CREATE INDEX retention_purge_proposer ON retention_purge (proposer_id);
CREATE INDEX retention_purge_confirmer ON retention_purge (confirmer_id);

-- A row that was purged: all that is left of it. `made_at` is its own moment, for a restored backup may give its id
-- again. Without a purge it came back with a backup, and the list outside the database had it purged again.
CREATE TABLE purged_row (
  kind TEXT NOT NULL CHECK (kind IN ('employee', 'submission', 'thread', 'certificate', 'physician')),
  row_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  made_at MOMENT NOT NULL,
  purged_at MOMENT NOT NULL,
  purge_id INTEGER,
  PRIMARY KEY (kind, row_id, made_at),
  FOREIGN KEY (purge_id, facility_id) REFERENCES retention_purge (id, facility_id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX purged_row_facility ON purged_row (facility_id);
CREATE INDEX purged_row_purge ON purged_row (purge_id, facility_id);
