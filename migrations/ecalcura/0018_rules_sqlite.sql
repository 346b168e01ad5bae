-- A purge starts as a proposal and only goes on: proposed, confirmed, done, or withdrawn before it is done.
CREATE TRIGGER retention_purge_added BEFORE INSERT ON retention_purge
WHEN NEW.state <> 'proposed' OR EXISTS (SELECT 1 FROM retention_purge WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'retention_purge_step');
END;
CREATE TRIGGER retention_purge_changed BEFORE UPDATE ON retention_purge
WHEN (NEW.id, NEW.facility_id, NEW.term, NEW.before, NEW.proposer_id, NEW.proposed_at)
    <> (OLD.id, OLD.facility_id, OLD.term, OLD.before, OLD.proposer_id, OLD.proposed_at)
  OR (OLD.state, NEW.state) NOT IN (VALUES
    ('proposed', 'confirmed'), ('proposed', 'withdrawn'), ('confirmed', 'withdrawn'), ('confirmed', 'done'))
  OR (OLD.state = 'confirmed' AND (NEW.confirmer_id, NEW.confirmed_at) IS NOT (OLD.confirmer_id, OLD.confirmed_at))
BEGIN
  SELECT RAISE(ABORT, 'retention_purge_step');
END;
CREATE TRIGGER retention_purge_deleted BEFORE DELETE ON retention_purge
BEGIN
  SELECT RAISE(ABORT, 'retention_purge_step');
END;
-- Two accounts with one address are one person, unless a service signs both in: see models/ecalcura/same_person.py.
CREATE TRIGGER retention_purge_of_one_person BEFORE UPDATE ON retention_purge
WHEN NEW.confirmer_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM account a JOIN account b ON b.email = a.email AND b.id <> a.id
  WHERE a.id = NEW.proposer_id AND b.id = NEW.confirmer_id
    AND (SELECT count(DISTINCT account_id) FROM identity WHERE account_id IN (a.id, b.id)) < 2)
BEGIN
  SELECT RAISE(ABORT, 'retention_purge_of_one_person');
END;

-- A row is purged in a confirmed purge of its term, or again after a restore. No purge is ever taken back.
CREATE TRIGGER purged_row_added BEFORE INSERT ON purged_row
WHEN EXISTS (SELECT 1 FROM purged_row WHERE kind = NEW.kind AND row_id = NEW.row_id AND made_at = NEW.made_at)
  OR (NEW.purge_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM retention_purge
    WHERE id = NEW.purge_id AND state = 'confirmed' AND (term, NEW.kind) IN (VALUES
      ('staff', 'employee'), ('submissions', 'submission'), ('messages', 'thread'),
      ('deliveries', 'certificate'), ('deliveries', 'physician'))))
BEGIN
  SELECT RAISE(ABORT, 'purged_row_confirmed');
END;
CREATE TRIGGER purged_row_changed BEFORE UPDATE ON purged_row
BEGIN
  SELECT RAISE(ABORT, 'purged_row_is_kept');
END;
CREATE TRIGGER purged_row_deleted BEFORE DELETE ON purged_row
BEGIN
  SELECT RAISE(ABORT, 'purged_row_is_kept');
END;

-- A submission that is purged loses its snapshot and its documents, and nothing else; no document of it is made again.
DROP TRIGGER submission_changed;
CREATE TRIGGER submission_changed BEFORE UPDATE ON submission
WHEN length(NEW.sealed) > 0
  OR (NEW.id, NEW.file_id, NEW.facility_id, NEW.number, NEW.account_id, NEW.sha256, NEW.made_at)
    IS NOT (OLD.id, OLD.file_id, OLD.facility_id, OLD.number, OLD.account_id, OLD.sha256, OLD.made_at)
  OR NOT EXISTS (
    SELECT 1 FROM purged_row WHERE kind = 'submission' AND row_id = OLD.id AND made_at = OLD.made_at)
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;
DROP TRIGGER submission_document_added;
CREATE TRIGGER submission_document_added BEFORE INSERT ON submission_document
WHEN EXISTS (SELECT 1 FROM submission_document WHERE submission_id = NEW.submission_id AND kind = NEW.kind)
  OR EXISTS (SELECT 1 FROM submission WHERE id = NEW.submission_id AND length(sealed) = 0)
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;
DROP TRIGGER submission_document_deleted;
CREATE TRIGGER submission_document_deleted BEFORE DELETE ON submission_document
WHEN NOT EXISTS (SELECT 1 FROM submission WHERE id = OLD.submission_id AND length(sealed) = 0)
BEGIN
  SELECT RAISE(ABORT, 'submission_is_frozen');
END;

-- A look is deleted with its employee, the file of a certificate alone.
DROP TRIGGER number_look_deleted;
CREATE TRIGGER number_look_deleted BEFORE DELETE ON number_look
WHEN NOT EXISTS (
  SELECT 1 FROM purged_row p JOIN employee e ON e.id = p.row_id AND e.created_at = p.made_at
  WHERE p.kind = 'employee' AND p.row_id = OLD.employee_id)
BEGIN
  SELECT RAISE(ABORT, 'number_look_is_kept');
END;
DROP TRIGGER certificate_file_deleted;
CREATE TRIGGER certificate_file_deleted BEFORE DELETE ON certificate_file
WHEN NOT EXISTS (
  SELECT 1 FROM purged_row
  WHERE kind = 'certificate' AND row_id = OLD.certificate_id AND made_at = OLD.made_at)
BEGIN
  SELECT RAISE(ABORT, 'certificate_is_kept');
END;
