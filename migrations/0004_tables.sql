-- Upper-case words that no database knows are replaced by models/database.py, as in 0001_tables.sql.
-- tenant_kind, wing_role and role_exclusion repeat the declarations of the wings, so that the database can hold them;
-- `flask init` writes them again (models/accounts/roles.py).

CREATE TABLE tenant_kind (
  kind TEXT PRIMARY KEY CHECK (length(kind) BETWEEN 1 AND 40),
  wing TEXT NOT NULL CHECK (length(wing) BETWEEN 1 AND 40),
  UNIQUE (kind, wing)
) STRICT;

-- A tenant has data and a data key of its own. The tables of its kind, such as organisation, use its id as theirs.
CREATE TABLE tenant (
  id KEY,
  wing TEXT NOT NULL,
  kind TEXT NOT NULL,
  UNIQUE (id, wing),
  UNIQUE (id, kind),
  FOREIGN KEY (kind, wing) REFERENCES tenant_kind (kind, wing) ON DELETE RESTRICT
) STRICT;

-- single: in one tenant, one account at a time has this role.
CREATE TABLE wing_role (
  wing TEXT NOT NULL CHECK (length(wing) BETWEEN 1 AND 40),
  role TEXT NOT NULL CHECK (length(role) BETWEEN 1 AND 40),
  code TEXT GENERATED ALWAYS AS (wing || ':' || role) STORED UNIQUE,
  scope TEXT NOT NULL CHECK (scope IN ('tenant', 'province', 'whole')),
  tenant_kind TEXT,
  single FLAG(single) NOT NULL,
  PRIMARY KEY (wing, role),
  UNIQUE (wing, role, scope),
  FOREIGN KEY (tenant_kind, wing) REFERENCES tenant_kind (kind, wing) ON DELETE RESTRICT,
  CHECK ((scope = 'tenant') = (tenant_kind IS NOT NULL)),
  CHECK (scope = 'tenant' OR NOT single)
) STRICT;

-- An account never has both roles at the same time. Each pair stands here in both orders.
CREATE TABLE role_exclusion (
  wing TEXT NOT NULL,
  role TEXT NOT NULL,
  other TEXT NOT NULL,
  PRIMARY KEY (wing, role, other),
  FOREIGN KEY (wing, role) REFERENCES wing_role (wing, role) ON DELETE RESTRICT,
  FOREIGN KEY (wing, other) REFERENCES wing_role (wing, role) ON DELETE RESTRICT,
  CHECK (role <> other)
) STRICT;

-- An account has a role of a wing in exactly one scope, from `since` until just before `until`.
-- given_by is NULL if the operator gave it. An ended grant is kept.
CREATE TABLE account_grant (
  id KEY,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  wing TEXT NOT NULL,
  role TEXT NOT NULL,
  tenant_id INTEGER,
  province TEXT
    CHECK (province IN ('antwerpen', 'limburg', 'oost-vlaanderen', 'vlaams-brabant', 'west-vlaanderen')),
  whole FLAG(whole) NOT NULL,
  scope TEXT GENERATED ALWAYS AS (
    CASE WHEN tenant_id IS NOT NULL THEN 'tenant' WHEN province IS NOT NULL THEN 'province' ELSE 'whole' END) STORED,
  since MOMENT NOT NULL,
  until MOMENT,
  given_by INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  UNIQUE (id, account_id),
  FOREIGN KEY (wing, role, scope) REFERENCES wing_role (wing, role, scope) ON DELETE RESTRICT,
  FOREIGN KEY (tenant_id, wing) REFERENCES tenant (id, wing) ON DELETE RESTRICT,
  CONSTRAINT account_grant_one_scope CHECK (
    CASE WHEN tenant_id IS NULL THEN 0 ELSE 1 END + CASE WHEN province IS NULL THEN 0 ELSE 1 END
    + CASE WHEN whole THEN 1 ELSE 0 END = 1),
  CONSTRAINT account_grant_order CHECK (until >= since)
) STRICT;
CREATE INDEX account_grant_account ON account_grant (account_id);
CREATE INDEX account_grant_tenant ON account_grant (tenant_id);
CREATE INDEX account_grant_province ON account_grant (province);

-- An account that somebody else's service signs in, beside its password or in its place. A mail address is no identity.
CREATE TABLE identity (
  issuer TEXT NOT NULL CHECK (length(issuer) BETWEEN 1 AND 300),
  subject TEXT NOT NULL CHECK (length(subject) BETWEEN 1 AND 300),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  created_at MOMENT NOT NULL,
  PRIMARY KEY (issuer, subject)
) STRICT;
CREATE INDEX identity_account ON identity (account_id);

-- Every row from before belongs to the one wing that there was.
INSERT INTO tenant_kind (kind, wing)
  SELECT 'organisation', 'arbeidszorg'
  WHERE EXISTS (SELECT 1 FROM organisation) OR EXISTS (SELECT 1 FROM account) OR EXISTS (SELECT 1 FROM audit_entry);
INSERT INTO wing_role (wing, role, scope, tenant_kind, single)
  SELECT wing, 'organisation', 'tenant', kind, TRUE FROM tenant_kind;
INSERT INTO wing_role (wing, role, scope) SELECT wing, 'administrator', 'province' FROM tenant_kind;
INSERT INTO role_exclusion (wing, role, other) SELECT wing, 'administrator', 'organisation' FROM tenant_kind;
INSERT INTO role_exclusion (wing, role, other) SELECT wing, 'organisation', 'administrator' FROM tenant_kind;
-- The log did not refer to organisations: it may name one that an operator removed by hand.
INSERT INTO tenant (id, wing, kind)
  SELECT id, 'arbeidszorg', 'organisation' FROM organisation
  UNION SELECT organisation_id, 'arbeidszorg', 'organisation' FROM audit_entry WHERE organisation_id IS NOT NULL;
-- The rules about grants come after this: an organisation with several logins, as the tables allowed, keeps them all.
INSERT INTO account_grant (account_id, wing, role, tenant_id, province, since)
  SELECT id, 'arbeidszorg', role, organisation_id, province, created_at FROM account ORDER BY id;
