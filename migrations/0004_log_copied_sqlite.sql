-- Dropping a table fires no trigger. Nobody else can write before this transaction ends.
DROP TABLE audit_entry;
ALTER TABLE new_audit_entry RENAME TO audit_entry;
CREATE INDEX audit_entry_tenant ON audit_entry (tenant_id, id);
CREATE INDEX audit_entry_province ON audit_entry (province, id);
-- An entry about a whole province that each of its organisations reads.
CREATE INDEX audit_entry_tenants ON audit_entry (province, id) WHERE shown_to = 'tenants' AND tenant_id IS NULL;

CREATE TRIGGER audit_entry_kept_update BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit_entry_append_only');
END;

CREATE TRIGGER audit_entry_kept_delete BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit_entry_append_only');
END;

-- INSERT OR REPLACE deletes a row without firing its delete trigger.
CREATE TRIGGER audit_entry_kept_replace BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'audit_entry_append_only');
END;

-- The actor is a role of a wing, or one of the two who have no grant.
CREATE TRIGGER audit_entry_actor BEFORE INSERT ON audit_entry
WHEN NEW.actor NOT IN ('operator', 'nobody') AND NOT EXISTS (SELECT 1 FROM wing_role WHERE code = NEW.actor)
BEGIN
  SELECT RAISE(ABORT, 'audit_entry_actor');
END;
