-- The tenant under whose data key numbers of persons are hashed. There is one.
CREATE TABLE person_index (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  tenant_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind = 'person_index'),
  FOREIGN KEY (tenant_id, kind) REFERENCES tenant (id, kind) ON DELETE RESTRICT
) STRICT;
