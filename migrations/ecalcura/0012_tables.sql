-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- A contact person of a facility for a theme of themes.toml. Name, function and telephone number are in `sealed`. The
-- address is not: mails are sent by those who meet no names, and while the names' key is absent.
CREATE TABLE contact_person (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  theme TEXT NOT NULL CHECK (length(theme) BETWEEN 1 AND 40),
  email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
  sealed BYTES NOT NULL,
  saved_by INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  form_key TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT contact_person_email UNIQUE (facility_id, theme, email),
  CONSTRAINT contact_person_form_key UNIQUE (facility_id, form_key)
) STRICT;
CREATE INDEX contact_person_saved_by ON contact_person (saved_by);

-- A mail to a facility without a contact person for a theme.
CREATE TABLE contact_reminder (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  theme TEXT NOT NULL CHECK (length(theme) BETWEEN 1 AND 40),
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  form_key TEXT,
  made_at MOMENT NOT NULL,
  CONSTRAINT contact_reminder_form_key UNIQUE (facility_id, form_key)
) STRICT;
CREATE INDEX contact_reminder_facility ON contact_reminder (facility_id, theme, made_at);
CREATE INDEX contact_reminder_account ON contact_reminder (account_id);
CREATE INDEX contact_reminder_of_form ON contact_reminder (form_key);
