-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- A frozen calculation that is outdated may be discarded: it and its results stay, and it is never published.
ALTER TABLE calculation ADD COLUMN discarded_at MOMENT
  CONSTRAINT calculation_discarded CHECK (discarded_at IS NULL OR state = 'frozen');

-- Each time that the desk saw the whole number of a bank account, which is not in here, and why.
CREATE UNIQUE INDEX bank_account_of_facility ON bank_account (id, facility_id);
CREATE TABLE bank_account_look (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  bank_account_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  made_at MOMENT NOT NULL,
  FOREIGN KEY (bank_account_id, facility_id) REFERENCES bank_account (id, facility_id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX bank_account_look_bank_account ON bank_account_look (bank_account_id, facility_id);
CREATE INDEX bank_account_look_facility ON bank_account_look (facility_id, made_at);
CREATE INDEX bank_account_look_account ON bank_account_look (account_id, made_at);
