-- Upper-case words that no database knows are replaced by models/database.py, as in 0001_tables.sql.

-- The day on which the hours were given; NULL for hours from before this migration, and for those that were imported.
ALTER TABLE period ADD COLUMN hours_on DAY(hours_on);

-- Earlier hours a week of a period, in hundredths. until: the last day on which they held, before that of the period.
CREATE TABLE past_hours (
  id KEY,
  period_id INTEGER NOT NULL REFERENCES period (id) ON DELETE RESTRICT,
  hours INTEGER NOT NULL CHECK (hours > 0 AND hours <= 6000),
  until DAY(until) NOT NULL,
  made_at MOMENT NOT NULL,
  UNIQUE (period_id, until)
) STRICT;

-- Periods that were added by mistake. kept_rows holds the period as it was, and is emptied when it is restored or purged.
-- account_id is NULL if the operator withdrew it; last_year is NULL if the period was running.
CREATE TABLE withdrawal (
  id KEY,
  period_id INTEGER NOT NULL,
  client_number INTEGER NOT NULL,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  added_at MOMENT NOT NULL,
  first_year INTEGER NOT NULL,
  last_year INTEGER,
  kept_rows TEXT,
  withdrawn_at MOMENT NOT NULL,
  restored_at MOMENT,
  purged_at MOMENT,
  CHECK (restored_at IS NULL OR purged_at IS NULL),
  CHECK ((kept_rows IS NULL) = (restored_at IS NOT NULL OR purged_at IS NOT NULL)),
  CHECK (last_year IS NULL OR last_year >= first_year)
) STRICT;
CREATE UNIQUE INDEX withdrawal_period ON withdrawal (period_id) WHERE restored_at IS NULL;
CREATE INDEX withdrawal_client ON withdrawal (client_number, id);
CREATE INDEX withdrawal_organisation ON withdrawal (organisation_id, id);
CREATE INDEX withdrawal_waiting ON withdrawal (withdrawn_at) WHERE kept_rows IS NOT NULL;

-- Two registrations of one person made one: kept_number goes on. kept_rows holds all that is needed to undo it, except
-- names, and is emptied when it is undone or purged. form_key and registered_at are those of merged_number, by which its
-- form and its rows in a file are recognised; the years are those of its guidance.
CREATE TABLE client_merge (
  id KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  kept_number INTEGER NOT NULL,
  merged_number INTEGER NOT NULL,
  form_key TEXT CHECK (length(form_key) BETWEEN 1 AND 64),
  registered_at MOMENT NOT NULL,
  first_year INTEGER,
  last_year INTEGER,
  kept_rows TEXT,
  merged_at MOMENT NOT NULL,
  undone_at MOMENT,
  purged_at MOMENT,
  CHECK (kept_number <> merged_number),
  CHECK (undone_at IS NULL OR purged_at IS NULL),
  CHECK ((kept_rows IS NULL) = (undone_at IS NOT NULL OR purged_at IS NOT NULL)),
  CHECK (last_year IS NULL OR last_year >= first_year)
) STRICT;
CREATE UNIQUE INDEX client_merge_merged ON client_merge (merged_number) WHERE undone_at IS NULL;
CREATE INDEX client_merge_kept ON client_merge (kept_number, id);
CREATE INDEX client_merge_organisation ON client_merge (organisation_id, id);
CREATE INDEX client_merge_form ON client_merge (organisation_id, form_key) WHERE form_key IS NOT NULL;
CREATE INDEX client_merge_waiting ON client_merge (merged_at) WHERE kept_rows IS NOT NULL;

-- The encrypted names of both clients of a merge, as they were.
CREATE TABLE merged_name (
  merge_id INTEGER NOT NULL REFERENCES client_merge (id) ON DELETE RESTRICT,
  client_number INTEGER NOT NULL,
  sealed_name BYTES NOT NULL,
  PRIMARY KEY (merge_id, client_number)
) STRICT;

-- The numbers of merged clients, by which the one that goes on is found and shown. kind: 'new' for a number of Loket's
-- own series, 'old' for an old number. rank and sort_text: as old_number_rank and old_number_key of client.
CREATE UNIQUE INDEX client_of_organisation ON client (number, organisation_id);
CREATE TABLE former_number (
  client_number INTEGER NOT NULL,
  organisation_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'old')),
  number TEXT NOT NULL CHECK (number = trim(number) AND length(number) BETWEEN 1 AND 50),
  rank INTEGER NOT NULL CHECK (rank IN (0, 1)),
  sort_text TEXT NOT NULL,
  PRIMARY KEY (organisation_id, kind, number),
  FOREIGN KEY (client_number, organisation_id) REFERENCES client (number, organisation_id)
    ON UPDATE CASCADE ON DELETE RESTRICT
) STRICT;
CREATE INDEX former_number_client ON former_number (client_number);
CREATE INDEX former_number_search ON former_number (organisation_id, rank, sort_text);

-- The organisations at which a client was registered before. until: the last day on which it was there.
CREATE TABLE past_organisation (
  client_number INTEGER NOT NULL REFERENCES client (number) ON DELETE RESTRICT,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  until DAY(until) NOT NULL,
  PRIMARY KEY (client_number, until)
) STRICT;

-- A move of a client to another organisation: proposed by an administrator, agreed to by the sending organisation,
-- accepted by the receiving one. An account is NULL where the operator acted. answer: the reason of a refusal.
CREATE TABLE client_move (
  id KEY,
  client_number INTEGER NOT NULL,
  from_organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  to_organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'agreed', 'done', 'refused', 'cancelled')),
  remark TEXT NOT NULL DEFAULT '' CHECK (length(remark) <= 500),
  answer TEXT NOT NULL DEFAULT '' CHECK (length(answer) <= 500),
  proposed_by INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  agreed_by INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  ended_by INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  created_at MOMENT NOT NULL,
  agreed_at MOMENT,
  ended_at MOMENT,
  CHECK (from_organisation_id <> to_organisation_id),
  CHECK ((status IN ('proposed', 'agreed')) = (ended_at IS NULL)),
  CHECK (status NOT IN ('agreed', 'done') OR agreed_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX client_move_pending ON client_move (client_number) WHERE status IN ('proposed', 'agreed');
CREATE INDEX client_move_client ON client_move (client_number, id);
CREATE INDEX client_move_from ON client_move (from_organisation_id, status);
CREATE INDEX client_move_to ON client_move (to_organisation_id, status);

-- The number of the other registration of the same person.
ALTER TABLE deletion_request ADD COLUMN other_number INTEGER CHECK (other_number <> client_number);
