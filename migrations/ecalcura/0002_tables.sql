-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- The four lists repeat the codes of models/ecalcura/contracts/lists.toml, for the foreign keys.
CREATE TABLE qualification (code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40)) STRICT;
CREATE TABLE statute (code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40)) STRICT;
CREATE TABLE step (age INTEGER PRIMARY KEY CHECK (age BETWEEN 15 AND 99)) STRICT;
CREATE TABLE performance_kind (code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40)) STRICT;

-- Trimester 1 of reference period 2026 is July to September 2026, trimester 4 is April to June 2027.
CREATE TABLE trimester (
  id KEY,
  period INTEGER NOT NULL CHECK (period BETWEEN 2000 AND 2200),
  number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4),
  first DAY(first) NOT NULL,
  last DAY(last) NOT NULL,
  UNIQUE (period, number),
  UNIQUE (first),
  CONSTRAINT trimester_days CHECK (last > first)
) STRICT;

-- When facilities of a kind may enter and submit a trimester. Without a deadline nothing is late.
CREATE TABLE trimester_window (
  trimester_id INTEGER NOT NULL REFERENCES trimester (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL REFERENCES facility_kind (code) ON DELETE RESTRICT,
  entry_from DAY(entry_from) NOT NULL,
  submit_from DAY(submit_from),
  deadline DAY(deadline),
  closed FLAG(closed) NOT NULL,
  changed_at MOMENT NOT NULL,
  PRIMARY KEY (trimester_id, kind),
  CONSTRAINT trimester_window_days CHECK (submit_from >= entry_from AND deadline >= submit_from)
) STRICT;

-- A trimester of one facility. `nothing_to_enter`: the facility declares that it has no data for the trimester.
CREATE TABLE trimester_file (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  trimester_id INTEGER NOT NULL REFERENCES trimester (id) ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('empty', 'entry', 'submitted', 'reopened', 'closed')),
  nothing_to_enter FLAG(nothing_to_enter) NOT NULL,
  reopened_until DAY(reopened_until),
  reopen_reason TEXT NOT NULL DEFAULT '' CHECK (length(reopen_reason) <= 500),
  asked_at MOMENT,
  asked_reason TEXT NOT NULL DEFAULT '' CHECK (length(asked_reason) <= 500),
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT trimester_file_once UNIQUE (facility_id, trimester_id),
  UNIQUE (id, facility_id),
  CONSTRAINT trimester_file_reason CHECK (state <> 'reopened' OR reopen_reason <> ''),
  CONSTRAINT trimester_file_asked CHECK ((asked_at IS NULL) = (asked_reason = ''))
) STRICT;
CREATE INDEX trimester_file_trimester ON trimester_file (trimester_id);

-- `sealed` holds number, names and birth date together, so that no part of it moves to another row.
-- `open_checks` and `step` are kept by the models, for the list: the number of checks that
-- block a submission, and the highest step reached.
CREATE TABLE employee (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  number_hash BYTES NOT NULL CHECK (length(number_hash) = 32),
  sealed BYTES NOT NULL,
  register_state TEXT NOT NULL CHECK (register_state IN ('found', 'not_found', 'silent')),
  register_asked_at MOMENT,
  register_tries INTEGER NOT NULL DEFAULT 0 CHECK (register_tries >= 0),
  open_checks INTEGER NOT NULL DEFAULT 0 CHECK (open_checks >= 0),
  step INTEGER REFERENCES step (age) ON DELETE RESTRICT,
  form_key TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  UNIQUE (id, facility_id),
  CONSTRAINT employee_number UNIQUE (facility_id, number_hash),
  CONSTRAINT employee_form_key UNIQUE (facility_id, form_key)
) STRICT;
CREATE INDEX employee_number_hash ON employee (number_hash);
CREATE INDEX employee_silent ON employee (register_asked_at) WHERE register_state = 'silent';

-- An earlier number: the register replaced it (it still finds the employee), or it was typed wrong.
CREATE TABLE past_number (
  id KEY,
  employee_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  reason TEXT NOT NULL CHECK (reason IN ('replaced', 'corrected')),
  number_hash BYTES NOT NULL CHECK (length(number_hash) = 32),
  sealed BYTES NOT NULL,
  until MOMENT NOT NULL,
  FOREIGN KEY (employee_id, facility_id) REFERENCES employee (id, facility_id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX past_number_employee ON past_number (employee_id);
CREATE UNIQUE INDEX past_number_replaced ON past_number (facility_id, number_hash) WHERE reason = 'replaced';

-- Each time that a register was asked for a person: by which account, why, about whom (by hash), and the answer.
CREATE TABLE lookup (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  purpose TEXT NOT NULL CHECK (purpose IN ('contract', 'correction', 'retry', 'import')),
  number_hash BYTES NOT NULL CHECK (length(number_hash) = 32),
  answer TEXT NOT NULL CHECK (answer IN ('found', 'not_found', 'replaced', 'deceased', 'silent')),
  employee_id INTEGER REFERENCES employee (id) ON DELETE RESTRICT,
  made_at MOMENT NOT NULL
) STRICT;
CREATE INDEX lookup_account ON lookup (account_id, made_at);
CREATE INDEX lookup_facility ON lookup (facility_id, made_at);

-- Hours are in hundredths a week. The first hours are in this table, those from a later day in `terms`.
CREATE TABLE contract (
  id KEY,
  employee_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('entitled', 'replacement')),
  qualification TEXT NOT NULL REFERENCES qualification (code) ON DELETE RESTRICT,
  statute TEXT NOT NULL REFERENCES statute (code) ON DELETE RESTRICT,
  start DAY(start) NOT NULL,
  until DAY(until),
  hours INTEGER NOT NULL,
  full_time INTEGER NOT NULL,
  acquired_step INTEGER REFERENCES step (age) ON DELETE RESTRICT,
  qualification_state TEXT NOT NULL DEFAULT 'unchecked' CHECK (qualification_state IN (
    'in_order', 'no_visa', 'other', 'expired', 'not_applicable', 'unchecked')),
  qualification_detail TEXT NOT NULL DEFAULT '{}',
  qualification_asked_at MOMENT,
  qualification_tries INTEGER NOT NULL DEFAULT 0 CHECK (qualification_tries >= 0),
  taken_from INTEGER REFERENCES contract (id) ON DELETE RESTRICT,
  raas_number TEXT,
  form_key TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  FOREIGN KEY (employee_id, facility_id) REFERENCES employee (id, facility_id) ON DELETE RESTRICT,
  UNIQUE (id, role, employee_id, facility_id),
  UNIQUE (id, facility_id),
  CONSTRAINT contract_form_key UNIQUE (facility_id, form_key),
  CONSTRAINT contract_raas_number UNIQUE (raas_number),
  CONSTRAINT contract_taken_from UNIQUE (taken_from),
  CONSTRAINT contract_days CHECK (until >= start),
  CONSTRAINT contract_hours CHECK (hours > 0 AND hours <= full_time AND full_time <= 6000)
) STRICT;
CREATE INDEX contract_employee ON contract (employee_id, start);
CREATE INDEX contract_facility ON contract (facility_id);

CREATE TABLE terms (
  contract_id INTEGER NOT NULL REFERENCES contract (id) ON DELETE RESTRICT,
  since DAY(since) NOT NULL,
  hours INTEGER NOT NULL,
  full_time INTEGER NOT NULL,
  PRIMARY KEY (contract_id, since),
  CONSTRAINT terms_hours CHECK (hours > 0 AND hours <= full_time AND full_time <= 6000)
) STRICT;

-- Premium or exemption (vrijstelling) for a step. Of one step an employee has one choice at a time.
CREATE TABLE choice (
  id KEY,
  employee_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  step INTEGER NOT NULL REFERENCES step (age) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('premium', 'exemption')),
  since DAY(since) NOT NULL,
  until DAY(until),
  form_key TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  FOREIGN KEY (employee_id, facility_id) REFERENCES employee (id, facility_id) ON DELETE RESTRICT,
  CONSTRAINT choice_form_key UNIQUE (facility_id, form_key),
  CONSTRAINT choice_days CHECK (until >= since)
) STRICT;
CREATE INDEX choice_employee ON choice (employee_id);

-- A gelijkgestelde declares 200 hours of irregular work in the 24 months before the month of the birthday of a step.
CREATE TABLE irregular_work (
  employee_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  step INTEGER NOT NULL REFERENCES step (age) ON DELETE RESTRICT,
  first DAY(first) NOT NULL,
  last DAY(last) NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  declared_at MOMENT NOT NULL,
  PRIMARY KEY (employee_id, step),
  FOREIGN KEY (employee_id, facility_id) REFERENCES employee (id, facility_id) ON DELETE RESTRICT,
  CONSTRAINT irregular_work_days CHECK (last >= first)
) STRICT;

-- A replacement contract replaces hours (hundredths a week) of an entitled employee, or, without one, of the facility's
-- pool. act_on: the date of the contract or act that mentions the compensation.
CREATE TABLE replacement (
  id KEY,
  contract_id INTEGER NOT NULL,
  contract_role TEXT GENERATED ALWAYS AS ('replacement') STORED,
  employee_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  replaced_id INTEGER,
  hours INTEGER NOT NULL CHECK (hours > 0 AND hours <= 6000),
  since DAY(since) NOT NULL,
  until DAY(until),
  act_on DAY(act_on),
  form_key TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  FOREIGN KEY (contract_id, contract_role, employee_id, facility_id)
    REFERENCES contract (id, role, employee_id, facility_id) ON DELETE RESTRICT,
  FOREIGN KEY (replaced_id, facility_id) REFERENCES employee (id, facility_id) ON DELETE RESTRICT,
  CONSTRAINT replacement_form_key UNIQUE (facility_id, form_key),
  CONSTRAINT replacement_days CHECK (until >= since),
  CONSTRAINT replacement_of_oneself CHECK (replaced_id <> employee_id)
) STRICT;
CREATE INDEX replacement_contract ON replacement (contract_id);
CREATE INDEX replacement_replaced ON replacement (replaced_id);

-- A row of the grid of prestaties: its version tells whether a colleague changed it.
CREATE TABLE performance_row (
  contract_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  trimester_id INTEGER NOT NULL REFERENCES trimester (id) ON DELETE RESTRICT,
  version INTEGER NOT NULL DEFAULT 1,
  changed_at MOMENT NOT NULL,
  PRIMARY KEY (contract_id, trimester_id),
  FOREIGN KEY (contract_id, facility_id) REFERENCES contract (id, facility_id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX performance_row_facility ON performance_row (facility_id, trimester_id);

-- Hours in the trimester, in hundredths.
CREATE TABLE performance (
  contract_id INTEGER NOT NULL,
  trimester_id INTEGER NOT NULL,
  kind TEXT NOT NULL REFERENCES performance_kind (code) ON DELETE RESTRICT,
  hours INTEGER NOT NULL CHECK (hours >= 0 AND hours <= 1000000),
  PRIMARY KEY (contract_id, trimester_id, kind),
  FOREIGN KEY (contract_id, trimester_id) REFERENCES performance_row (contract_id, trimester_id) ON DELETE RESTRICT
) STRICT;

-- A frozen submission: `sealed` is the canonical JSON of the snapshot, `sha256` the hash that is printed.
CREATE TABLE submission (
  id KEY,
  file_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  sealed BYTES NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  made_at MOMENT NOT NULL,
  CONSTRAINT submission_once UNIQUE (file_id, number),
  FOREIGN KEY (file_id, facility_id) REFERENCES trimester_file (id, facility_id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE submission_document (
  submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'xlsx')),
  sealed BYTES NOT NULL,
  made_at MOMENT NOT NULL,
  PRIMARY KEY (submission_id, kind)
) STRICT;
