-- The shed of a bike is a tenant of that kind.
CREATE TABLE bike (
  tenant_id INTEGER NOT NULL,
  kind TEXT GENERATED ALWAYS AS ('shed') STORED,
  number INTEGER NOT NULL CHECK (number > 0),
  PRIMARY KEY (tenant_id, number),
  FOREIGN KEY (tenant_id, kind) REFERENCES tenant (id, kind) ON DELETE RESTRICT
) STRICT;
