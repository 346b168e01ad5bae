DROP INDEX audit_entry_organisation;
DROP INDEX audit_entry_export;
ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_actor_check;
ALTER TABLE audit_entry RENAME COLUMN organisation_id TO tenant_id;
ALTER TABLE audit_entry RENAME COLUMN client_number TO subject;
ALTER TABLE audit_entry ADD COLUMN shown_to TEXT NOT NULL DEFAULT 'province';
-- Changing the type of a column rewrites the table and fires no trigger: the log stays append-only.
ALTER TABLE audit_entry
  ALTER COLUMN actor TYPE TEXT USING CASE actor
    WHEN 'organisation' THEN 'arbeidszorg:organisation' WHEN 'administrator' THEN 'arbeidszorg:administrator'
    ELSE actor END,
  ALTER COLUMN subject TYPE TEXT USING subject::TEXT,
  ALTER COLUMN shown_to TYPE TEXT USING CASE event
    WHEN 'client-name-changed' THEN 'tenant' WHEN 'clients-exported' THEN 'tenants' ELSE 'province' END;
ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_shown_to CHECK (shown_to IN ('tenant', 'province', 'tenants'));
ALTER TABLE audit_entry ADD FOREIGN KEY (tenant_id) REFERENCES tenant (id) ON DELETE RESTRICT;
CREATE INDEX audit_entry_tenant ON audit_entry (tenant_id, id);
-- An entry about a whole province that each of its organisations reads.
CREATE INDEX audit_entry_tenants ON audit_entry (province, id) WHERE shown_to = 'tenants' AND tenant_id IS NULL;

-- The actor is a role of a wing, or one of the two who have no grant.
CREATE FUNCTION audit_entry_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.actor NOT IN ('operator', 'nobody') AND NOT EXISTS (SELECT 1 FROM wing_role WHERE code = NEW.actor) THEN
    RAISE EXCEPTION 'audit_entry_actor' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_actor BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_actor();
