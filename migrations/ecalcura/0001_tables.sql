-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- facility_kind repeats models/ecalcura/facilities/kinds.toml, so that the database can hold its rules.
CREATE TABLE facility_kind (
  code TEXT PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 40),
  under TEXT NOT NULL,
  agreements FLAG(agreements) NOT NULL,
  UNIQUE (code, under, agreements)
) STRICT;

-- An organisation in the law: it has one facility or several.
CREATE TABLE legal_entity (
  kbo TEXT PRIMARY KEY CHECK (length(kbo) = 10),
  name TEXT NOT NULL CHECK (length(name) <= 200)
) STRICT;

CREATE TABLE rehab_agreement (
  number TEXT PRIMARY KEY CHECK (length(number) BETWEEN 1 AND 40)
) STRICT;

-- A facility is a tenant. `under` is '' for one with a dossier of its own. One that falls under another has no dossier,
-- and nobody has a role there (facility_grant_given). The first facility of an agreement has place 1, the other place 2.
CREATE TABLE facility (
  id INTEGER PRIMARY KEY,
  tenant_kind TEXT GENERATED ALWAYS AS ('facility') STORED,
  hco TEXT NOT NULL UNIQUE CHECK (length(hco) BETWEEN 1 AND 20),
  riziv TEXT NOT NULL DEFAULT '' CHECK (length(riziv) <= 20),
  kbo TEXT NOT NULL REFERENCES legal_entity (kbo) ON DELETE RESTRICT,
  kind TEXT NOT NULL,
  under TEXT NOT NULL,
  agreements FLAG(agreements) NOT NULL,
  parent_id INTEGER,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  street TEXT NOT NULL DEFAULT '' CHECK (length(street) <= 200),
  postcode TEXT NOT NULL DEFAULT '' CHECK (length(postcode) <= 10),
  town TEXT NOT NULL DEFAULT '' CHECK (length(town) <= 100),
  province TEXT CHECK (
    province IN ('antwerpen', 'limburg', 'oost-vlaanderen', 'vlaams-brabant', 'west-vlaanderen')),
  email TEXT NOT NULL DEFAULT '' CHECK (length(email) <= 254),
  telephone TEXT NOT NULL DEFAULT '' CHECK (length(telephone) <= 50),
  places INTEGER CHECK (places >= 0),
  since DAY(since),
  until DAY(until),
  agreement TEXT REFERENCES rehab_agreement (number) ON DELETE RESTRICT,
  agreement_place INTEGER CHECK (agreement_place IN (1, 2)),
  successor_id INTEGER,
  merged_on DAY(merged_on),
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  UNIQUE (id, kind),
  CONSTRAINT facility_agreement_full UNIQUE (agreement, agreement_place),
  FOREIGN KEY (id, tenant_kind) REFERENCES tenant (id, kind) ON DELETE RESTRICT,
  FOREIGN KEY (kind, under, agreements) REFERENCES facility_kind (code, under, agreements) ON DELETE RESTRICT,
  -- The parent is of the kind that `under` names.
  FOREIGN KEY (parent_id, under) REFERENCES facility (id, kind) ON DELETE RESTRICT,
  FOREIGN KEY (successor_id) REFERENCES facility (id) ON DELETE RESTRICT,
  CONSTRAINT facility_parent CHECK ((under = '') = (parent_id IS NULL)),
  CONSTRAINT facility_agreement CHECK (agreement IS NULL OR agreements),
  CONSTRAINT facility_agreement_place CHECK ((agreement IS NULL) = (agreement_place IS NULL)),
  CONSTRAINT facility_days CHECK (until >= since),
  CONSTRAINT facility_merged CHECK ((successor_id IS NULL) = (merged_on IS NULL)),
  CONSTRAINT facility_successor_self CHECK (successor_id <> id)
) STRICT;
CREATE INDEX facility_parent_id ON facility (parent_id);
CREATE INDEX facility_successor_id ON facility (successor_id);
CREATE INDEX facility_kbo ON facility (kbo);

-- The name of a colleague, as the facility wrote it. The rights are grants.
CREATE TABLE facility_colleague (
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  created_at MOMENT NOT NULL,
  PRIMARY KEY (facility_id, account_id)
) STRICT;
CREATE INDEX facility_colleague_account ON facility_colleague (account_id);
