-- Upper-case words that no database knows are replaced by models/database.py, as in 0001_tables.sql.
-- NULL for an answer from before this migration, and for one that was imported.
ALTER TABLE answer ADD COLUMN given_on DAY(given_on);
ALTER TABLE client ADD COLUMN home_postcode_on DAY(home_postcode_on);
ALTER TABLE client ADD COLUMN work_postcode_on DAY(work_postcode_on);
