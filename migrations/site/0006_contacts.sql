-- The parts of an account's contact details that everybody may see. The details are on the account.
CREATE TABLE public_contact (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE RESTRICT,
  name FLAG(name) NOT NULL,
  telephone FLAG(telephone) NOT NULL,
  email FLAG(email) NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT public_contact_way CHECK (name = false OR telephone OR email)
) STRICT;

-- The text of a fixed page, each time that an editor saved it. Nobody changes or deletes it.
CREATE TABLE fixed_page_version (
  id KEY,
  page TEXT NOT NULL CHECK (page IN ('privacy', 'accessibility')),
  number INTEGER NOT NULL CHECK (number >= 1),
  text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 30000),
  checked_on DAY(checked_on) NOT NULL,
  account_id INTEGER REFERENCES account (id) ON DELETE RESTRICT,
  made_at MOMENT NOT NULL,
  CONSTRAINT fixed_page_version_once UNIQUE (page, number)
) STRICT;
CREATE INDEX fixed_page_version_account ON fixed_page_version (account_id);
