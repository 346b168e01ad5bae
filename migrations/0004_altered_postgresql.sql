-- The same changes as in 0004_rebuilt_sqlite.sql, which explains the columns.
SELECT setval('tenant_id_seq', last_value, is_called) FROM organisation_id_seq;
ALTER TABLE organisation ALTER COLUMN id DROP IDENTITY;
ALTER TABLE organisation ADD COLUMN kind TEXT GENERATED ALWAYS AS ('organisation') STORED;
ALTER TABLE organisation ADD FOREIGN KEY (id, kind) REFERENCES tenant (id, kind) ON DELETE RESTRICT;

ALTER TABLE account ADD COLUMN local BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE account ALTER COLUMN local SET DEFAULT false;
ALTER TABLE account DROP CONSTRAINT account_email_key;
ALTER TABLE account ALTER COLUMN email DROP NOT NULL;
-- The rules about these columns and the index on one of them go with them.
ALTER TABLE account DROP COLUMN role, DROP COLUMN organisation_id, DROP COLUMN province;
ALTER TABLE account
  ADD CONSTRAINT account_local_address CHECK (NOT local OR email IS NOT NULL),
  ADD CONSTRAINT account_local_password CHECK (local OR password_hash IS NULL);
CREATE UNIQUE INDEX account_email ON account (email) WHERE local;

ALTER TABLE session ADD COLUMN grant_id INTEGER;
UPDATE session SET grant_id = (SELECT id FROM account_grant WHERE account_id = session.account_id);
ALTER TABLE session
  ADD FOREIGN KEY (grant_id, account_id) REFERENCES account_grant (id, account_id) ON DELETE RESTRICT;

ALTER TABLE name_key RENAME COLUMN organisation_id TO tenant_id;
ALTER TABLE name_key DROP CONSTRAINT name_key_organisation_id_fkey;
ALTER TABLE name_key ADD FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT;
