-- The log is copied by 0004_grants.py, between this script and 0004_log_copied_sqlite.sql.
CREATE TABLE new_audit_entry (
  id KEY,
  made_at MOMENT NOT NULL,
  event TEXT NOT NULL,
  actor TEXT NOT NULL,
  account_id INTEGER,
  tenant_id INTEGER REFERENCES tenant (id) ON DELETE RESTRICT,
  province TEXT,
  subject TEXT,
  shown_to TEXT NOT NULL DEFAULT 'province' CHECK (shown_to IN ('tenant', 'province', 'tenants')),
  detail TEXT NOT NULL DEFAULT '{}'
) STRICT;
