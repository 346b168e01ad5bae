-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- The messages of a facility about a calculation. `state` is that of its question: `open` before the first one, then
-- `new` until the desk says that it read it, `read`, and `answered`. `answer_read`: the facility read the last answer.
-- `version` is the number of the next message.
CREATE TABLE message_thread (
  id KEY,
  calculation_id INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'new', 'read', 'answered')),
  answer_read FLAG(answer_read) NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at MOMENT NOT NULL,
  changed_at MOMENT NOT NULL,
  CONSTRAINT message_thread_once UNIQUE (facility_id, calculation_id),
  UNIQUE (id, facility_id),
  FOREIGN KEY (calculation_id, facility_id)
    REFERENCES calculation_result (calculation_id, facility_id) ON DELETE RESTRICT,
  CONSTRAINT message_thread_answer CHECK (state = 'answered' OR NOT answer_read)
) STRICT;
CREATE INDEX message_thread_calculation ON message_thread (calculation_id, facility_id);
CREATE INDEX message_thread_state ON message_thread (state, changed_at);

-- A message. `number` counts within the thread; the text is in `sealed`, with both numbers.
CREATE TABLE message (
  thread_id INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  facility_id INTEGER NOT NULL,
  sender TEXT NOT NULL CHECK (sender IN ('facility', 'desk')),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  sealed BYTES NOT NULL,
  form_key TEXT,
  made_at MOMENT NOT NULL,
  PRIMARY KEY (thread_id, number),
  CONSTRAINT message_form_key UNIQUE (thread_id, form_key),
  FOREIGN KEY (thread_id, facility_id) REFERENCES message_thread (id, facility_id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX message_thread_of_facility ON message (thread_id, facility_id);
CREATE INDEX message_account ON message (account_id);
