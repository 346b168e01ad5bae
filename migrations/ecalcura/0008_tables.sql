-- The sums of a facility in a trimester, for the desk: counted in the background from the rows as they are, and stale as
-- soon as one of those rows changes. Hours a week are exact fractions as text, such as '3/2'.
CREATE TABLE file_sums (
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  trimester_id INTEGER NOT NULL REFERENCES trimester (id) ON DELETE RESTRICT,
  employees INTEGER NOT NULL DEFAULT 0 CHECK (employees >= 0),
  contracts INTEGER NOT NULL DEFAULT 0 CHECK (contracts >= employees),
  open_checks INTEGER NOT NULL DEFAULT 0 CHECK (open_checks >= 0),
  hours TEXT NOT NULL DEFAULT '0' CHECK (length(hours) BETWEEN 1 AND 200),
  exempt TEXT NOT NULL DEFAULT '0' CHECK (length(exempt) BETWEEN 1 AND 200),
  replaced TEXT NOT NULL DEFAULT '0' CHECK (length(replaced) BETWEEN 1 AND 200),
  last_activity MOMENT,
  counted_at MOMENT,
  stale FLAG(stale) NOT NULL,
  PRIMARY KEY (facility_id, trimester_id),
  CONSTRAINT file_sums_counted CHECK (stale OR counted_at IS NOT NULL)
) STRICT;
CREATE INDEX file_sums_trimester ON file_sums (trimester_id);
CREATE INDEX file_sums_stale ON file_sums (counted_at) WHERE stale;

-- The number of facilities of a trimester by kind, province and part, as JSON. counted_on: the day of which they are;
-- triggers make it NULL when a file, a window or a facility changes.
CREATE TABLE trimester_counts (
  trimester_id INTEGER PRIMARY KEY REFERENCES trimester (id) ON DELETE RESTRICT,
  counted_on DAY(counted_on),
  content TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- A reminder to submit, mailed to those of the facility who may.
CREATE TABLE reminder (
  id KEY,
  trimester_id INTEGER NOT NULL REFERENCES trimester (id) ON DELETE RESTRICT,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  form_key TEXT,
  sent_at MOMENT NOT NULL,
  CONSTRAINT reminder_form_key UNIQUE (trimester_id, facility_id, form_key)
) STRICT;
CREATE INDEX reminder_trimester ON reminder (trimester_id, facility_id);
CREATE INDEX reminder_facility ON reminder (facility_id);
CREATE INDEX reminder_account ON reminder (account_id);

-- The day of the first submission, which says whether it was late; the day and the words with which the desk refused to
-- reopen.
ALTER TABLE trimester_file ADD COLUMN submitted_on DAY(submitted_on);
ALTER TABLE trimester_file ADD COLUMN refused_at MOMENT;
ALTER TABLE trimester_file ADD COLUMN refused_reason TEXT NOT NULL DEFAULT ''
  CONSTRAINT trimester_file_refused CHECK (
    length(refused_reason) <= 500 AND (refused_at IS NULL) = (refused_reason = ''));

-- Rises with each change, so that a page made earlier does not undo what a colleague set.
ALTER TABLE trimester_window ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
