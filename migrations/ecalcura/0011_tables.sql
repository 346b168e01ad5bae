-- The quantities that were counted from the snapshot of a submission: canonical JSON without a name or a number.
-- `sums` is the part of `content` with that name. Nothing of it ever changes.
CREATE TABLE counted_submission (
  submission_id INTEGER NOT NULL REFERENCES submission (id) ON DELETE RESTRICT,
  formula_version INTEGER NOT NULL CHECK (formula_version >= 1),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  sums TEXT NOT NULL,
  made_at MOMENT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (submission_id, formula_version)
) STRICT;

-- Parameters as one calculator entered them, with the text that they come from. Another confirms them; from then on, and
-- once they are withdrawn, nothing of them changes.
CREATE TABLE parameter_version (
  id KEY,
  reference TEXT NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
  since DAY(since) NOT NULL,
  until DAY(until),
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  author_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  entered_at MOMENT NOT NULL,
  confirmer_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  confirmed_at MOMENT,
  withdrawn_at MOMENT,
  form_key TEXT,
  CONSTRAINT parameter_version_form_key UNIQUE (author_id, form_key),
  CONSTRAINT parameter_version_days CHECK (until >= since),
  CONSTRAINT parameter_version_confirmer CHECK (confirmer_id <> author_id),
  CONSTRAINT parameter_version_confirmed CHECK ((confirmer_id IS NULL) = (confirmed_at IS NULL)),
  CONSTRAINT parameter_version_withdrawn CHECK (confirmed_at IS NULL OR withdrawn_at IS NULL)
) STRICT;
CREATE INDEX parameter_version_confirmer ON parameter_version (confirmer_id);

-- A calculation of a trimester. `sha256` is NULL until its last result is there; from then on only its state changes.
CREATE TABLE calculation (
  id KEY,
  kind TEXT NOT NULL CHECK (kind IN ('advance', 'definitive', 'revision')),
  trimester_id INTEGER NOT NULL REFERENCES trimester (id) ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('draft', 'frozen', 'published')),
  formula_version INTEGER NOT NULL CHECK (formula_version >= 1),
  parameter_version_id INTEGER REFERENCES parameter_version (id) ON DELETE RESTRICT,
  settings TEXT NOT NULL,
  sha256 TEXT CHECK (length(sha256) = 64),
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  made_at MOMENT NOT NULL,
  frozen_at MOMENT,
  publisher_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  published_at MOMENT,
  form_key TEXT,
  UNIQUE (id, formula_version),
  UNIQUE (id, trimester_id),
  CONSTRAINT calculation_form_key UNIQUE (account_id, form_key),
  CONSTRAINT calculation_whole CHECK (state = 'draft' OR sha256 IS NOT NULL),
  CONSTRAINT calculation_frozen CHECK ((state = 'draft') = (frozen_at IS NULL)),
  CONSTRAINT calculation_published CHECK ((state = 'published') = (published_at IS NOT NULL))
) STRICT;
CREATE INDEX calculation_trimester ON calculation (trimester_id);
CREATE INDEX calculation_parameters ON calculation (parameter_version_id);
CREATE INDEX calculation_publisher ON calculation (publisher_id);

-- The result of one facility: from which submission, and against which earlier result. Quantities are exact fractions of
-- hours a week; the amount is in cents, and NULL without parameters.
CREATE TABLE calculation_result (
  calculation_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  formula_version INTEGER NOT NULL,
  submission_id INTEGER NOT NULL,
  former_id INTEGER,
  exempt TEXT NOT NULL,
  replaced TEXT NOT NULL,
  financed TEXT NOT NULL,
  surplus TEXT NOT NULL,
  premium TEXT NOT NULL,
  amount INTEGER,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  content TEXT NOT NULL,
  PRIMARY KEY (calculation_id, facility_id),
  FOREIGN KEY (calculation_id, formula_version) REFERENCES calculation (id, formula_version) ON DELETE RESTRICT,
  FOREIGN KEY (submission_id, formula_version)
    REFERENCES counted_submission (submission_id, formula_version) ON DELETE RESTRICT,
  FOREIGN KEY (former_id, facility_id) REFERENCES calculation_result (calculation_id, facility_id) ON DELETE RESTRICT,
  CONSTRAINT calculation_result_former CHECK (former_id <> calculation_id)
) STRICT;
CREATE INDEX calculation_result_facility ON calculation_result (facility_id);
CREATE INDEX calculation_result_submission ON calculation_result (submission_id, formula_version);
CREATE INDEX calculation_result_former ON calculation_result (former_id, facility_id);
