-- SQLite changes the rules of a table by building it again. No row refers to a row that is not there when this ends:
-- models/database.py checks that. sqlite_sequence keeps the last number given, so that no number is given twice.

CREATE TABLE new_organisation (
  id INTEGER PRIMARY KEY,
  kind TEXT GENERATED ALWAYS AS ('organisation') STORED,
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
  UNIQUE (province, name),
  FOREIGN KEY (id, kind) REFERENCES tenant (id, kind) ON DELETE RESTRICT
) STRICT;
INSERT INTO new_organisation (
  id, name, province, sector, email, address, telephone, website, version, created_at, changed_at)
  SELECT id, name, province, sector, email, address, telephone, website, version, created_at, changed_at
  FROM organisation;
DELETE FROM sqlite_sequence WHERE name = 'tenant';
INSERT INTO sqlite_sequence (name, seq) SELECT 'tenant', seq FROM sqlite_sequence WHERE name = 'organisation';
DROP TABLE organisation;
ALTER TABLE new_organisation RENAME TO organisation;

-- local: signs in here, by address and password.
CREATE TABLE new_account (
  id KEY,
  local FLAG(local) NOT NULL,
  email TEXT CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  password_hash TEXT,
  blocked FLAG(blocked) NOT NULL,
  contact_name TEXT NOT NULL DEFAULT '' CHECK (length(contact_name) <= 100),
  contact_telephone TEXT NOT NULL DEFAULT '' CHECK (length(contact_telephone) <= 50),
  contact_email TEXT NOT NULL DEFAULT '' CHECK (length(contact_email) <= 254),
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT account_local_address CHECK (NOT local OR email IS NOT NULL),
  CONSTRAINT account_local_password CHECK (local OR password_hash IS NULL)
) STRICT;
INSERT INTO new_account (id, local, email, password_hash, blocked, contact_name, contact_telephone, contact_email,
    created_at, changed_at)
  SELECT id, TRUE, email, password_hash, blocked, contact_name, contact_telephone, contact_email, created_at, changed_at
  FROM account;
DELETE FROM sqlite_sequence WHERE name = 'new_account';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_account', seq FROM sqlite_sequence WHERE name = 'account';
DROP TABLE account;
ALTER TABLE new_account RENAME TO account;
CREATE UNIQUE INDEX account_email ON account (email) WHERE local;

-- grant_id is NULL until somebody with several grants has chosen one.
CREATE TABLE new_session (
  id KEY,
  token_hash TEXT NOT NULL UNIQUE,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  grant_id INTEGER,
  device TEXT NOT NULL DEFAULT '',
  created_at MOMENT NOT NULL,
  seen_at MOMENT NOT NULL,
  ended_at MOMENT,
  awaits_factor FLAG(awaits_factor) NOT NULL,
  FOREIGN KEY (grant_id, account_id) REFERENCES account_grant (id, account_id) ON DELETE RESTRICT
) STRICT;
INSERT INTO new_session (id, token_hash, account_id, grant_id, device, created_at, seen_at, ended_at, awaits_factor)
  SELECT s.id, s.token_hash, s.account_id, g.id, s.device, s.created_at, s.seen_at, s.ended_at, s.awaits_factor
  FROM session s JOIN account_grant g ON g.account_id = s.account_id;
DELETE FROM sqlite_sequence WHERE name = 'new_session';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_session', seq FROM sqlite_sequence WHERE name = 'session';
DROP TABLE session;
ALTER TABLE new_session RENAME TO session;
CREATE INDEX session_account ON session (account_id);

-- Slots of a tenant's data key: 'server' is wrapped by names.key; other kinds come later.
CREATE TABLE new_name_key (
  tenant_id INTEGER NOT NULL REFERENCES tenant (id) ON DELETE RESTRICT,
  kind TEXT NOT NULL,
  wrapped BYTES NOT NULL,
  parameters TEXT NOT NULL DEFAULT '{}',
  version INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (tenant_id, kind)
) STRICT;
INSERT INTO new_name_key (tenant_id, kind, wrapped, parameters, version)
  SELECT organisation_id, kind, wrapped, parameters, version FROM name_key;
DROP TABLE name_key;
ALTER TABLE new_name_key RENAME TO name_key;
