-- The words that an organisation publishes; without a row its name, province and sector. `forms`: codes of
-- models/site/initiatives/forms_of_work.toml, a space between two. `unwilling`: it does not want to appear. `ticked`:
-- its province lets it appear though its login was never accepted. `hidden_because`: its province hides it, with this
-- word. `checked_on`: the day on which the organisation last said that all of it is right.
CREATE TABLE initiative (
  organisation_id INTEGER PRIMARY KEY REFERENCES organisation (id) ON DELETE RESTRICT,
  sentence TEXT NOT NULL DEFAULT '' CHECK (length(sentence) <= 160),
  description TEXT NOT NULL DEFAULT '' CHECK (length(description) <= 5000),
  forms TEXT NOT NULL DEFAULT '' CHECK (length(forms) <= 400),
  postcode TEXT NOT NULL DEFAULT '' CHECK (length(postcode) IN (0, 4)),
  municipality TEXT NOT NULL DEFAULT '' CHECK (length(municipality) <= 60),
  address TEXT NOT NULL DEFAULT '' CHECK (length(address) <= 300),
  opening_hours TEXT NOT NULL DEFAULT '' CHECK (length(opening_hours) <= 500),
  telephone TEXT NOT NULL DEFAULT '' CHECK (length(telephone) <= 50),
  email TEXT NOT NULL DEFAULT '' CHECK (length(email) <= 254),
  website TEXT NOT NULL DEFAULT '' CHECK (length(website) <= 200),
  doeners TEXT NOT NULL DEFAULT '' CHECK (length(doeners) <= 200),
  contact_role TEXT NOT NULL DEFAULT '' CHECK (length(contact_role) <= 100),
  shows_telephone FLAG(shows_telephone) NOT NULL,
  shows_email FLAG(shows_email) NOT NULL,
  unwilling FLAG(unwilling) NOT NULL,
  ticked FLAG(ticked) NOT NULL,
  hidden_because TEXT NOT NULL DEFAULT '' CHECK (length(hidden_because) <= 300),
  checked_on DAY(checked_on),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  changed_at MOMENT NOT NULL,
  -- Fields of one line.
  CONSTRAINT initiative_lines CHECK (
    replace(sentence || municipality || address || contact_role, '
', '') = sentence || municipality || address || contact_role),
  CONSTRAINT initiative_website CHECK (website = '' OR substr(website, 1, 8) = 'https://'),
  CONSTRAINT initiative_doeners CHECK (
    doeners = '' OR substr(doeners, 1, 19) = 'https://doeners.be/' OR substr(doeners, 1, 23) = 'https://www.doeners.be/')
) STRICT;
