-- Upper-case words that no database knows are replaced by models/database.py, as in 0001_tables.sql.

CREATE TABLE register (
  id TEXT PRIMARY KEY CHECK (length(id) = 32)
) STRICT;

-- The contact details of an administrator that organisations see.
ALTER TABLE account ADD COLUMN contact_name TEXT NOT NULL DEFAULT '' CHECK (length(contact_name) <= 100);
ALTER TABLE account ADD COLUMN contact_telephone TEXT NOT NULL DEFAULT '' CHECK (length(contact_telephone) <= 50);
ALTER TABLE account ADD COLUMN contact_email TEXT NOT NULL DEFAULT '' CHECK (length(contact_email) <= 254);

-- True while a session that gave the right password still needs the second factor.
ALTER TABLE session ADD COLUMN awaits_factor FLAG(awaits_factor) NOT NULL;

-- The secret is encrypted under app.key. last_step is the half minute whose code was used last: a code works once.
CREATE TABLE second_factor (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
  sealed_secret BYTES NOT NULL,
  last_step INTEGER NOT NULL,
  created_at MOMENT NOT NULL
) STRICT;

-- A used code is deleted.
CREATE TABLE recovery_code (
  code_hash TEXT PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  created_at MOMENT NOT NULL
) STRICT;
CREATE INDEX recovery_code_account ON recovery_code (account_id);

-- A move of an organisation's login to another address; asked_by is NULL if the operator requested it.
CREATE TABLE login_move (
  id KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  old_email TEXT NOT NULL CHECK (old_email = lower(old_email)),
  new_email TEXT NOT NULL CHECK (new_email = lower(new_email) AND length(new_email) BETWEEN 3 AND 254),
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'cancelled', 'done')),
  asked_by INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  created_at MOMENT NOT NULL,
  effective_at MOMENT NOT NULL,
  ended_at MOMENT,
  CHECK (new_email <> old_email),
  CHECK ((status = 'pending') = (ended_at IS NULL)),
  CHECK (status <> 'done' OR ended_at >= effective_at)
) STRICT;
CREATE UNIQUE INDEX login_move_pending ON login_move (account_id) WHERE status = 'pending';

-- Requests outlive their client, so only the rules below tie them to it. answer is for the organisation, from the
-- administrator who decided; decided_by is NULL if the operator did.
CREATE TABLE request_of_deletion (
  id KEY,
  client_number INTEGER NOT NULL,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  reason TEXT NOT NULL CHECK (reason IN ('double', 'not-guided', 'wrong-organisation', 'other')),
  remark TEXT NOT NULL DEFAULT '' CHECK (length(remark) <= 500),
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'withdrawn', 'refused', 'approved')),
  answer TEXT NOT NULL DEFAULT '' CHECK (length(answer) <= 500),
  decided_by INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CHECK (status <> 'refused' OR answer <> '')
) STRICT;
INSERT INTO request_of_deletion (client_number, organisation_id, account_id, reason, remark, status, created_at, changed_at)
  SELECT r.client_number, c.organisation_id, r.account_id, r.reason, r.remark, r.status, r.created_at, r.changed_at
  FROM deletion_request r JOIN client c ON c.number = r.client_number
  WHERE r.status <> 'refused'
  ORDER BY r.id;
DROP TABLE deletion_request;
ALTER TABLE request_of_deletion RENAME TO deletion_request;
CREATE UNIQUE INDEX deletion_request_pending ON deletion_request (client_number) WHERE status = 'pending';
CREATE INDEX deletion_request_client ON deletion_request (client_number, id);
CREATE INDEX deletion_request_organisation ON deletion_request (organisation_id, status);

-- Deleted clients, with the actor and the reason. kept_rows holds every row of the client as it was, except its name; it
-- is emptied when the client is restored or purged. The rest stays, to explain changed totals: the years are the first
-- and last of the client's guidance, and last_year is NULL if a period was running.
CREATE TABLE deletion (
  id KEY,
  client_number INTEGER NOT NULL,
  organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE RESTRICT,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  request_id INTEGER REFERENCES deletion_request (id) ON DELETE RESTRICT,
  reason TEXT NOT NULL CHECK (reason IN ('double', 'not-guided', 'wrong-organisation', 'other')),
  registered_at MOMENT NOT NULL,
  first_year INTEGER,
  last_year INTEGER,
  kept_rows TEXT,
  deleted_at MOMENT NOT NULL,
  restored_at MOMENT,
  purged_at MOMENT,
  CHECK (restored_at IS NULL OR purged_at IS NULL),
  CHECK ((kept_rows IS NULL) = (restored_at IS NOT NULL OR purged_at IS NOT NULL)),
  CHECK (last_year IS NULL OR last_year >= first_year)
) STRICT;
CREATE UNIQUE INDEX deletion_client ON deletion (client_number) WHERE restored_at IS NULL;
CREATE INDEX deletion_organisation ON deletion (organisation_id, id);
CREATE INDEX deletion_waiting ON deletion (deleted_at) WHERE kept_rows IS NOT NULL;

-- An export of a whole province is in the log of each of its organisations.
CREATE INDEX audit_entry_export ON audit_entry (province, id) WHERE event = 'clients-exported' AND organisation_id IS NULL;

-- The encrypted name of a deleted client. One statement moves it in or out within the database, so that an
-- administrator's request never reads it.
CREATE TABLE deleted_name (
  client_number INTEGER PRIMARY KEY,
  sealed_name BYTES NOT NULL
) STRICT;
