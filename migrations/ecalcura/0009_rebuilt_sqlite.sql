-- 0009_altered_postgresql.sql does the same there; see it for what the columns mean.
CREATE TABLE bank_account_new (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'withdrawn', 'refused')),
  source TEXT NOT NULL CHECK (source IN ('raas', 'proposal')),
  sealed BYTES NOT NULL,
  masked TEXT NOT NULL DEFAULT '' CHECK (length(masked) <= 50),
  proposer_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  proposed_at MOMENT,
  valid_from DAY(valid_from),
  asked_at MOMENT,
  decider_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  decided_at MOMENT,
  by_desk FLAG(by_desk) NOT NULL,
  called_on DAY(called_on),
  called TEXT NOT NULL DEFAULT '' CHECK (length(called) <= 40),
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  ordinal INTEGER CHECK (ordinal > 0),
  form_key TEXT CHECK (length(form_key) <= 64),
  created_at MOMENT NOT NULL,
  CONSTRAINT bank_account_source CHECK (source = 'raas' OR proposer_id IS NOT NULL),
  CONSTRAINT bank_account_proposal CHECK (
    (proposer_id IS NULL) = (proposed_at IS NULL) AND (proposer_id IS NULL) = (valid_from IS NULL)
    AND (proposer_id IS NOT NULL OR asked_at IS NULL)),
  CONSTRAINT bank_account_decision CHECK (
    (state = 'proposed') = (decider_id IS NULL) AND (decider_id IS NULL) = (decided_at IS NULL)
    AND (state <> 'proposed' OR NOT by_desk)),
  CONSTRAINT bank_account_four_eyes CHECK (
    state <> 'confirmed' OR (proposer_id IS NOT NULL AND proposer_id <> decider_id)),
  CONSTRAINT bank_account_withdrawn CHECK (
    state <> 'withdrawn' OR (proposer_id IS NOT NULL AND proposer_id = decider_id)),
  CONSTRAINT bank_account_refused CHECK ((state = 'refused') = (reason <> '') AND (
    state <> 'refused' OR proposer_id IS NULL OR proposer_id <> decider_id)),
  CONSTRAINT bank_account_desk CHECK (NOT by_desk OR asked_at IS NOT NULL),
  CONSTRAINT bank_account_called CHECK (
    (by_desk AND state = 'confirmed') = (called_on IS NOT NULL) AND (called_on IS NULL) = (called = '')),
  CONSTRAINT bank_account_ordinal CHECK ((state = 'confirmed') = (ordinal IS NOT NULL)),
  CONSTRAINT bank_account_form UNIQUE (facility_id, form_key),
  CONSTRAINT bank_account_order UNIQUE (facility_id, ordinal)
) STRICT;
INSERT INTO bank_account_new (id, facility_id, state, source, sealed, proposer_id, created_at)
  SELECT id, facility_id, state, source, sealed, account_id, created_at FROM bank_account;
DROP TABLE bank_account;
ALTER TABLE bank_account_new RENAME TO bank_account;
CREATE INDEX bank_account_facility ON bank_account (facility_id);
CREATE UNIQUE INDEX bank_account_raas ON bank_account (facility_id) WHERE source = 'raas';
CREATE INDEX bank_account_proposer_id ON bank_account (proposer_id);
CREATE INDEX bank_account_decider_id ON bank_account (decider_id);
CREATE INDEX bank_account_asked ON bank_account (asked_at) WHERE state = 'proposed' AND asked_at IS NOT NULL;
