DROP INDEX audit_entry_organisation;
DROP INDEX audit_entry_export;
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_actor_check;
ALTER TABLE audit_entry RENAME COLUMN organisation_id TO tenant_id;
ALTER TABLE audit_entry RENAME COLUMN client_number TO subject;
ALTER TABLE audit_entry ADD COLUMN shown_to TEXT NOT NULL DEFAULT 'province';
-- Changing the type of a column rewrites the table and fires no trigger: the log stays append-only.
ALTER TABLE audit_entry
  ALTER COLUMN subject TYPE TEXT USING subject::TEXT,
  ALTER COLUMN shown_to TYPE TEXT USING CASE event
    WHEN 'client-name-changed' THEN 'tenant' WHEN 'clients-exported' THEN 'tenants' ELSE 'province' END;
ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_shown_to CHECK (shown_to IN ('tenant', 'province', 'tenants'));
CREATE INDEX audit_entry_tenant ON audit_entry (tenant_id, id);
-- An entry about a whole province that each of its organisations reads.
CREATE INDEX audit_entry_tenants ON audit_entry (province, id) WHERE shown_to = 'tenants' AND tenant_id IS NULL;
