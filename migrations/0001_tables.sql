-- Upper-case words that no database knows are replaced by models/database.py:
-- KEY, DAY(column), MOMENT, FLAG(column), BYTES and STRICT have one meaning on SQLite and one on PostgreSQL.

CREATE TABLE organisation (
  id KEY,
  name TEXT NOT NULL CHECK (name = trim(name) AND length(name) BETWEEN 1 AND 200),
  province TEXT NOT NULL
    CHECK (province IN ('antwerpen', 'limburg', 'oost-vlaanderen', 'vlaams-brabant', 'west-vlaanderen')),
  sector TEXT
    CHECK (sector IN ('social-economy', 'mental-health', 'welfare', 'disability', 'other')),
  email TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '' CHECK (length(address) <= 300),
  telephone TEXT NOT NULL DEFAULT '' CHECK (length(telephone) <= 50),
  website TEXT NOT NULL DEFAULT '' CHECK (length(website) <= 200),
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  UNIQUE (province, name)
) STRICT;

CREATE TABLE account (
  id KEY,
  role TEXT NOT NULL CHECK (role IN ('organisation', 'administrator')),
  organisation_id INTEGER REFERENCES organisation (id) ON DELETE RESTRICT,
  province TEXT
    CHECK (province IN ('antwerpen', 'limburg', 'oost-vlaanderen', 'vlaams-brabant', 'west-vlaanderen')),
  email TEXT NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  password_hash TEXT,
  blocked FLAG(blocked) NOT NULL,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CHECK ((role = 'organisation') = (organisation_id IS NOT NULL)),
  CHECK ((role = 'administrator') = (province IS NOT NULL))
) STRICT;
CREATE INDEX account_organisation ON account (organisation_id);

CREATE TABLE session (
  id KEY,
  token_hash TEXT NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  device TEXT NOT NULL DEFAULT '',
  created_at MOMENT NOT NULL,
  seen_at MOMENT NOT NULL,
  ended_at MOMENT
) STRICT;
CREATE INDEX session_account ON session (account_id);

-- An account has one valid link of each kind: a newer link replaces, and so revokes, the older one.
CREATE TABLE one_time_link (
  id KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL CHECK (kind IN ('invitation', 'password', 'email')),
  token_hash TEXT NOT NULL UNIQUE,
  new_email TEXT CHECK (new_email = lower(new_email)),
  created_at MOMENT NOT NULL,
  expires_at MOMENT NOT NULL,
  UNIQUE (account_id, kind),
  CHECK ((kind = 'email') = (new_email IS NOT NULL))
) STRICT;

CREATE TABLE attempt (
  id KEY,
  subject TEXT NOT NULL,
  made_at MOMENT NOT NULL
) STRICT;
CREATE INDEX attempt_subject ON attempt (subject, made_at);

-- The body is encrypted under app.key, because it holds one-time links, and is emptied once it is delivered.
CREATE TABLE mail (
  id KEY,
  recipient TEXT NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254),
  subject TEXT NOT NULL,
  sealed_body BYTES,
  created_at MOMENT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at MOMENT NOT NULL,
  sent_at MOMENT,
  refusal TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX mail_waiting ON mail (next_try_at) WHERE sent_at IS NULL;

CREATE TABLE audit_entry (
  id KEY,
  made_at MOMENT NOT NULL,
  event TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor IN ('organisation', 'administrator', 'operator', 'nobody')),
  account_id INTEGER,
  organisation_id INTEGER,
  province TEXT,
  client_number INTEGER,
  detail TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX audit_entry_organisation ON audit_entry (organisation_id, id);
CREATE INDEX audit_entry_province ON audit_entry (province, id);

-- Slots of an organisation's data key: 'server' is wrapped by names.key; other kinds come later.
CREATE TABLE name_key (
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL,
  wrapped BYTES NOT NULL,
  parameters TEXT NOT NULL DEFAULT '{}',
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (organisation_id, kind)
) STRICT;

-- The options of the questionnaire's file, so that the database too refuses an answer that is not an option.
CREATE TABLE question_option (
  question TEXT NOT NULL,
  option TEXT NOT NULL,
  PRIMARY KEY (question, option)
) STRICT;

CREATE TABLE client (
  number KEY,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  old_number TEXT CHECK (old_number = trim(old_number) AND length(old_number) BETWEEN 1 AND 50),
  -- rank: 0 for a number, 1 for another text, 2 for no old number; key: numbers padded with zeros, so that they sort.
  old_number_rank INTEGER NOT NULL CHECK (old_number_rank IN (0, 1, 2)),
  old_number_key TEXT NOT NULL,
  sealed_name BYTES,
  birth_date DAY(birth_date) CHECK (birth_date >= '1900-01-01'),
  birth_date_unknown FLAG(birth_date_unknown) NOT NULL,
  home_postcode TEXT,
  work_postcode TEXT,
  incomplete FLAG(incomplete) NOT NULL,
  active_until DAY(active_until),
  form_key TEXT CHECK (length(form_key) BETWEEN 1 AND 64),
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  UNIQUE (organisation_id, old_number),
  CHECK ((old_number IS NULL) = (old_number_rank = 2)),
  CHECK (NOT birth_date_unknown OR birth_date IS NULL)
) STRICT;
CREATE INDEX client_list ON client (organisation_id, number, active_until);
CREATE INDEX client_tab ON client (organisation_id, active_until);
CREATE INDEX client_old_list ON client (organisation_id, old_number_rank, old_number_key, number, active_until);
-- For the sort from high to low: numbers still come before other texts, and clients without an old number last.
CREATE INDEX client_old_down ON client (organisation_id, old_number_rank, old_number_key DESC, number DESC, active_until);
CREATE INDEX client_double ON client (organisation_id, birth_date, home_postcode);
CREATE UNIQUE INDEX client_form_key ON client (organisation_id, form_key) WHERE form_key IS NOT NULL;
CREATE INDEX client_incomplete ON client (organisation_id, number) WHERE incomplete;

-- The current answers; earlier ones are in past_answer.
CREATE TABLE answer (
  client_number INTEGER NOT NULL REFERENCES client (number) ON DELETE RESTRICT,
  question TEXT NOT NULL,
  option TEXT NOT NULL,
  PRIMARY KEY (client_number, question),
  FOREIGN KEY (question, option) REFERENCES question_option (question, option) ON DELETE RESTRICT
) STRICT_WITHOUT_ROWID;
CREATE INDEX answer_option ON answer (question, option);

-- value: a date, a postcode or the code of an option; until: the last day on which the answer was current.
CREATE TABLE past_answer (
  id KEY,
  client_number INTEGER NOT NULL REFERENCES client (number) ON DELETE RESTRICT,
  question TEXT NOT NULL,
  option TEXT,
  value TEXT,
  until DAY(until) NOT NULL,
  made_at MOMENT NOT NULL,
  CHECK ((option IS NULL) <> (value IS NULL)),
  FOREIGN KEY (question, option) REFERENCES question_option (question, option) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX past_answer_client ON past_answer (client_number, question, until);
CREATE INDEX past_answer_option ON past_answer (question, option);

CREATE TABLE period (
  id KEY,
  client_number INTEGER NOT NULL REFERENCES client (number) ON DELETE RESTRICT,
  -- In hundredths of an hour a week, so that 12,5 and 15,25 are stored exactly.
  hours INTEGER NOT NULL CHECK (hours > 0 AND hours <= 6000),
  start_date DAY(start_date) NOT NULL CHECK (start_date BETWEEN '1900-01-01' AND '2999-12-31'),
  end_date DAY(end_date) CHECK (end_date <= '2999-12-31'),
  closing_reason TEXT,
  outlook TEXT,
  reason_question TEXT GENERATED ALWAYS AS ('closing_reason') STORED,
  outlook_question TEXT GENERATED ALWAYS AS ('outlook') STORED,
  form_key TEXT CHECK (length(form_key) BETWEEN 1 AND 64),
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CHECK (end_date >= start_date),
  CHECK ((end_date IS NULL) = (closing_reason IS NULL)),
  CHECK ((end_date IS NULL) = (outlook IS NULL)),
  FOREIGN KEY (reason_question, closing_reason) REFERENCES question_option (question, option) ON DELETE RESTRICT,
  FOREIGN KEY (outlook_question, outlook) REFERENCES question_option (question, option) ON DELETE RESTRICT
) STRICT;
CREATE UNIQUE INDEX period_start ON period (client_number, start_date);
CREATE UNIQUE INDEX period_form_key ON period (client_number, form_key) WHERE form_key IS NOT NULL;
CREATE INDEX period_reason ON period (closing_reason);
CREATE INDEX period_outlook ON period (outlook);

CREATE TABLE deletion_request (
  id KEY,
  client_number INTEGER NOT NULL REFERENCES client (number) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  reason TEXT NOT NULL CHECK (reason IN ('double', 'not-guided', 'wrong-organisation', 'other')),
  remark TEXT NOT NULL DEFAULT '' CHECK (length(remark) <= 500),
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'withdrawn', 'refused', 'approved')),
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL
) STRICT;
CREATE UNIQUE INDEX deletion_request_pending ON deletion_request (client_number) WHERE status = 'pending';
