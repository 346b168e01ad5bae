-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- The billed days of a facility in a calendar year.
CREATE TABLE billed_year (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  year INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2200),
  state TEXT NOT NULL CHECK (state IN ('entry', 'submitted', 'reopened')),
  reopen_reason TEXT NOT NULL DEFAULT '' CHECK (length(reopen_reason) <= 500),
  asked_at MOMENT,
  asked_reason TEXT NOT NULL DEFAULT '' CHECK (length(asked_reason) <= 500),
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT billed_year_once UNIQUE (facility_id, year),
  CONSTRAINT billed_year_reason CHECK (state <> 'reopened' OR reopen_reason <> ''),
  CONSTRAINT billed_year_asked CHECK ((asked_at IS NULL) = (asked_reason = ''))
) STRICT;

-- Part 1 is 1 January to 30 June, part 2 is 1 July to 31 December. `field` is a code of fields.toml.
CREATE TABLE billed_days (
  billed_year_id INTEGER NOT NULL REFERENCES billed_year (id) ON DELETE RESTRICT,
  part INTEGER NOT NULL CHECK (part IN (1, 2)),
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  days INTEGER NOT NULL CHECK (days >= 0),
  PRIMARY KEY (billed_year_id, part, field)
) STRICT;

-- A year as it was submitted: `content` is JSON with the days, the labels of their fields and the recognised places.
CREATE TABLE billed_version (
  id KEY,
  billed_year_id INTEGER NOT NULL REFERENCES billed_year (id) ON DELETE RESTRICT,
  number INTEGER NOT NULL CHECK (number >= 1),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  content TEXT NOT NULL,
  made_at MOMENT NOT NULL,
  CONSTRAINT billed_version_once UNIQUE (billed_year_id, number)
) STRICT;
CREATE INDEX billed_version_account ON billed_version (account_id);

-- The resident data of a facility in a trimester: sums alone, never a resident. `version` tells whether a colleague
-- changed them.
CREATE TABLE resident_data (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  trimester_id INTEGER NOT NULL REFERENCES trimester (id) ON DELETE RESTRICT,
  version INTEGER NOT NULL DEFAULT 1,
  changed_at MOMENT NOT NULL,
  CONSTRAINT resident_data_once UNIQUE (facility_id, trimester_id)
) STRICT;
CREATE INDEX resident_data_trimester ON resident_data (trimester_id);

-- `field` is a code of fields.toml, or 'total' for the total that the facility typed.
CREATE TABLE resident_count (
  resident_data_id INTEGER NOT NULL REFERENCES resident_data (id) ON DELETE RESTRICT,
  field TEXT NOT NULL CHECK (length(field) BETWEEN 1 AND 40),
  measure TEXT NOT NULL CHECK (measure IN ('places', 'days')),
  amount INTEGER NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (resident_data_id, field, measure)
) STRICT;

-- A contract of the coordinating and advising physician (CRA). `sealed` holds number, names, dates and RIZIV number.
-- A facility has one such physician at a time.
CREATE TABLE cra_contract (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  number_hash BYTES NOT NULL CHECK (length(number_hash) = 32),
  sealed BYTES NOT NULL,
  register_state TEXT NOT NULL CHECK (register_state IN ('found', 'silent', 'not_found')),
  lookup_id INTEGER REFERENCES lookup (id) ON DELETE RESTRICT,
  since DAY(since) NOT NULL,
  until DAY(until),
  form_key TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT cra_contract_form_key UNIQUE (facility_id, form_key),
  CONSTRAINT cra_contract_days CHECK (until >= since)
) STRICT;
CREATE INDEX cra_contract_facility ON cra_contract (facility_id, since);
CREATE INDEX cra_contract_lookup ON cra_contract (lookup_id);

-- The file of a certificate, under the key of its facility. Its content decides its type.
CREATE TABLE certificate_file (
  certificate_id INTEGER PRIMARY KEY REFERENCES certificate (id) ON DELETE RESTRICT,
  type TEXT NOT NULL CHECK (type IN ('pdf', 'jpeg', 'png')),
  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 8388608),
  sealed BYTES NOT NULL,
  made_at MOMENT NOT NULL
) STRICT;
