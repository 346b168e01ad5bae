-- Upper-case words that no database knows are replaced by models/database.py, as in the hall's 0001_tables.sql.
-- Each time that somebody saw the whole number of an employee, which is not in here. The desk says why.
CREATE TABLE number_look (
  id KEY,
  facility_id INTEGER NOT NULL REFERENCES facility (id) ON DELETE RESTRICT,
  employee_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  by_desk FLAG(by_desk) NOT NULL,
  reason TEXT NOT NULL DEFAULT '' CHECK (length(reason) <= 200),
  made_at MOMENT NOT NULL,
  CONSTRAINT number_look_reason CHECK (by_desk = (length(reason) >= 5) AND (by_desk OR reason = '')),
  FOREIGN KEY (employee_id, facility_id) REFERENCES employee (id, facility_id) ON DELETE RESTRICT
) STRICT;
CREATE INDEX number_look_employee ON number_look (employee_id, facility_id);
CREATE INDEX number_look_facility ON number_look (facility_id, made_at);
CREATE INDEX number_look_account ON number_look (account_id, made_at);

-- The looks that facilities had before this table are in the log.
INSERT INTO number_look (facility_id, employee_id, account_id, made_at)
SELECT e.facility_id, e.id, a.account_id, a.made_at
FROM audit_entry a
JOIN employee e ON CAST(e.id AS TEXT) = a.subject AND e.facility_id = a.tenant_id
WHERE a.event = 'number-shown' AND a.account_id IS NOT NULL
ORDER BY a.id;
