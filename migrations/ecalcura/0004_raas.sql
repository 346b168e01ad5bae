-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- A run of the import from RaaS. `paused`: a register was silent, and the next run goes on.
CREATE TABLE raas_import (
  id KEY,
  started_at MOMENT NOT NULL,
  ended_at MOMENT,
  paused FLAG(paused) NOT NULL
) STRICT;

-- A row of a file of RaaS and what became of it. `key` finds it again in the next run, which has `import_id` once it saw
-- the row; `decided_id` is the run that gave it this result. `reasons` hold codes, columns, days and hours, never a
-- number or a name: the cells of a row that was not taken over are in `sealed`, under the key of the facility.
CREATE TABLE raas_row (
  id KEY,
  file TEXT NOT NULL CHECK (file IN ('facilities', 'certificates', 'contracts', 'performances')),
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 120),
  line INTEGER NOT NULL CHECK (line > 0),
  import_id INTEGER NOT NULL REFERENCES raas_import (id) ON DELETE RESTRICT,
  decided_id INTEGER NOT NULL REFERENCES raas_import (id) ON DELETE RESTRICT,
  facility_id INTEGER REFERENCES facility (id) ON DELETE RESTRICT,
  contract_number TEXT NOT NULL DEFAULT '' CHECK (length(contract_number) <= 40),
  role TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'entitled', 'replacement')),
  result TEXT NOT NULL CHECK (result IN ('taken', 'remarked', 'undecided', 'refused', 'waiting')),
  reasons TEXT NOT NULL DEFAULT '[]',
  sealed BYTES,
  CONSTRAINT raas_row_key UNIQUE (file, key),
  CONSTRAINT raas_row_reason CHECK (result IN ('taken', 'waiting') OR reasons <> '[]'),
  CONSTRAINT raas_row_sealed CHECK (sealed IS NULL OR facility_id IS NOT NULL)
) STRICT;
CREATE INDEX raas_row_facility ON raas_row (facility_id, file, result);
CREATE INDEX raas_row_contract ON raas_row (contract_number);

CREATE TABLE certificate (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
  number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
  since DAY(since),
  until DAY(until),
  created_at MOMENT NOT NULL,
  CONSTRAINT certificate_once UNIQUE (facility_id, kind, number),
  CONSTRAINT certificate_days CHECK (until >= since)
) STRICT;

-- IBAN and holder are in `sealed`. An account that is only proposed is never used. One that was taken over from RaaS
-- was proposed by nobody.
CREATE TABLE bank_account (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed')),
  source TEXT NOT NULL CHECK (source IN ('raas', 'proposal')),
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  sealed BYTES NOT NULL,
  created_at MOMENT NOT NULL,
  CONSTRAINT bank_account_proposer CHECK ((source = 'raas') = (account_id IS NULL))
) STRICT;
CREATE INDEX bank_account_facility ON bank_account (facility_id);
CREATE UNIQUE INDEX bank_account_raas ON bank_account (facility_id) WHERE source = 'raas';
