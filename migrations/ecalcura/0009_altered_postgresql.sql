-- IBAN and holder are in `sealed`; `masked` has the country and the last four signs, for lists. One that was taken over
-- from RaaS has no proposer until somebody proposes it. `asked_at`: the desk is asked to confirm it, since the proposer
-- is alone. The decider confirmed, refused or (as its proposer) withdrew it; `called_on` and `called` say when the desk
-- called back, and which role there. `ordinal` counts the confirmed accounts of a facility: each ends the one before.
ALTER TABLE bank_account DROP CONSTRAINT bank_account_state_check;
ALTER TABLE bank_account DROP CONSTRAINT bank_account_proposer;
ALTER TABLE bank_account RENAME COLUMN account_id TO proposer_id;
ALTER TABLE bank_account
  ADD COLUMN masked TEXT NOT NULL DEFAULT '' CHECK (length(masked) <= 50),
  ADD COLUMN proposed_at MOMENT,
  ADD COLUMN valid_from DAY(valid_from),
  ADD COLUMN asked_at MOMENT,
  ADD COLUMN decider_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  ADD COLUMN decided_at MOMENT,
  ADD COLUMN by_desk FLAG(by_desk) NOT NULL,
  ADD COLUMN called_on DAY(called_on),
  ADD COLUMN called TEXT NOT NULL DEFAULT '' CHECK (length(called) <= 40),
  ADD COLUMN reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
  ADD COLUMN ordinal INTEGER CHECK (ordinal > 0),
  ADD COLUMN form_key TEXT CHECK (length(form_key) <= 64),
  ADD CHECK (state IN ('proposed', 'confirmed', 'withdrawn', 'refused')),
  ADD CONSTRAINT bank_account_source CHECK (source = 'raas' OR proposer_id IS NOT NULL),
  ADD CONSTRAINT bank_account_proposal CHECK (
    (proposer_id IS NULL) = (proposed_at IS NULL) AND (proposer_id IS NULL) = (valid_from IS NULL)
    AND (proposer_id IS NOT NULL OR asked_at IS NULL)),
  ADD CONSTRAINT bank_account_decision CHECK (
    (state = 'proposed') = (decider_id IS NULL) AND (decider_id IS NULL) = (decided_at IS NULL)
    AND (state <> 'proposed' OR NOT by_desk)),
  ADD CONSTRAINT bank_account_four_eyes CHECK (
    state <> 'confirmed' OR (proposer_id IS NOT NULL AND proposer_id <> decider_id)),
  ADD CONSTRAINT bank_account_withdrawn CHECK (
    state <> 'withdrawn' OR (proposer_id IS NOT NULL AND proposer_id = decider_id)),
  ADD CONSTRAINT bank_account_refused CHECK ((state = 'refused') = (reason <> '') AND (
    state <> 'refused' OR proposer_id IS NULL OR proposer_id <> decider_id)),
  ADD CONSTRAINT bank_account_desk CHECK (NOT by_desk OR asked_at IS NOT NULL),
  ADD CONSTRAINT bank_account_called CHECK (
    (by_desk AND state = 'confirmed') = (called_on IS NOT NULL) AND (called_on IS NULL) = (called = '')),
  ADD CONSTRAINT bank_account_ordinal CHECK ((state = 'confirmed') = (ordinal IS NOT NULL)),
  ADD CONSTRAINT bank_account_form UNIQUE (facility_id, form_key),
  ADD CONSTRAINT bank_account_order UNIQUE (facility_id, ordinal);
CREATE INDEX bank_account_proposer_id ON bank_account (proposer_id);
CREATE INDEX bank_account_decider_id ON bank_account (decider_id);
CREATE INDEX bank_account_asked ON bank_account (asked_at) WHERE state = 'proposed' AND asked_at IS NOT NULL;
