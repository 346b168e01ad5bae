-- The quantities of a submission never change.
CREATE TRIGGER counted_submission_added BEFORE INSERT ON counted_submission
WHEN EXISTS (
  SELECT 1 FROM counted_submission
  WHERE submission_id = NEW.submission_id AND formula_version = NEW.formula_version)
BEGIN
  SELECT RAISE(ABORT, 'counted_submission_is_kept');
END;
CREATE TRIGGER counted_submission_changed BEFORE UPDATE ON counted_submission
BEGIN
  SELECT RAISE(ABORT, 'counted_submission_is_kept');
END;
CREATE TRIGGER counted_submission_deleted BEFORE DELETE ON counted_submission
BEGIN
  SELECT RAISE(ABORT, 'counted_submission_is_kept');
END;

-- Parameters are entered without a confirmation, and then confirmed or withdrawn, once.
CREATE TRIGGER parameter_version_added BEFORE INSERT ON parameter_version
BEGIN
  SELECT RAISE(ABORT, 'parameter_version_is_kept') WHERE EXISTS (
    SELECT 1 FROM parameter_version
    WHERE id = NEW.id OR (author_id = NEW.author_id AND form_key = NEW.form_key));
  SELECT RAISE(ABORT, 'parameter_version_unconfirmed')
  WHERE NEW.confirmed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL;
END;
CREATE TRIGGER parameter_version_changed BEFORE UPDATE ON parameter_version
WHEN OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
  OR (NEW.id, NEW.reference, NEW.since, NEW.content, NEW.sha256, NEW.author_id, NEW.entered_at)
    <> (OLD.id, OLD.reference, OLD.since, OLD.content, OLD.sha256, OLD.author_id, OLD.entered_at)
  OR NEW.until IS NOT OLD.until OR NEW.form_key IS NOT OLD.form_key
BEGIN
  SELECT RAISE(ABORT, 'parameter_version_is_kept');
END;
CREATE TRIGGER parameter_version_deleted BEFORE DELETE ON parameter_version
BEGIN
  SELECT RAISE(ABORT, 'parameter_version_is_kept');
END;

-- A calculation begins as a draft without a hash, with confirmed parameters or with none.
CREATE TRIGGER calculation_added BEFORE INSERT ON calculation
BEGIN
  SELECT RAISE(ABORT, 'calculation_is_kept') WHERE EXISTS (
    SELECT 1 FROM calculation WHERE id = NEW.id OR (account_id = NEW.account_id AND form_key = NEW.form_key));
  SELECT RAISE(ABORT, 'calculation_draft') WHERE NEW.state <> 'draft' OR NEW.sha256 IS NOT NULL;
  SELECT RAISE(ABORT, 'calculation_parameters')
  WHERE NEW.parameter_version_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM parameter_version WHERE id = NEW.parameter_version_id AND confirmed_at IS NOT NULL);
END;
CREATE TRIGGER calculation_changed BEFORE UPDATE ON calculation
BEGIN
  SELECT RAISE(ABORT, 'calculation_is_kept')
  WHERE (NEW.id, NEW.kind, NEW.trimester_id, NEW.formula_version, NEW.settings, NEW.made_at)
      <> (OLD.id, OLD.kind, OLD.trimester_id, OLD.formula_version, OLD.settings, OLD.made_at)
    OR NEW.parameter_version_id IS NOT OLD.parameter_version_id OR NEW.account_id IS NOT OLD.account_id
    OR NEW.form_key IS NOT OLD.form_key OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS NOT OLD.sha256)
    OR (OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS NOT OLD.frozen_at);
  SELECT RAISE(ABORT, 'calculation_state')
  WHERE OLD.state = 'published'
    OR (OLD.state, NEW.state) NOT IN (
      VALUES ('draft', 'draft'), ('draft', 'frozen'), ('frozen', 'frozen'), ('frozen', 'published'));
  -- A facility has one definitive calculation of a trimester; a later one is a revision.
  SELECT RAISE(ABORT, 'calculation_twice')
  WHERE NEW.state = 'published' AND NEW.kind = 'definitive' AND EXISTS (
    SELECT 1 FROM calculation_result r JOIN calculation_result o ON o.facility_id = r.facility_id
    JOIN calculation c ON c.id = o.calculation_id
    WHERE r.calculation_id = NEW.id AND c.id <> NEW.id AND c.trimester_id = NEW.trimester_id
      AND c.kind = 'definitive' AND c.state = 'published');
END;
CREATE TRIGGER calculation_deleted BEFORE DELETE ON calculation WHEN OLD.state <> 'draft'
BEGIN
  SELECT RAISE(ABORT, 'calculation_is_kept');
END;

-- A result is of a submission of that facility and trimester. It has an amount with parameters only, and never changes.
CREATE TRIGGER calculation_result_added BEFORE INSERT ON calculation_result
BEGIN
  SELECT RAISE(ABORT, 'calculation_result_is_kept')
  WHERE NOT EXISTS (SELECT 1 FROM calculation WHERE id = NEW.calculation_id AND sha256 IS NULL)
    OR EXISTS (
      SELECT 1 FROM calculation_result
      WHERE calculation_id = NEW.calculation_id AND facility_id = NEW.facility_id);
  SELECT RAISE(ABORT, 'calculation_result_submission')
  WHERE NOT EXISTS (
    SELECT 1 FROM submission s JOIN trimester_file f ON f.id = s.file_id
    JOIN calculation c ON c.trimester_id = f.trimester_id
    WHERE s.id = NEW.submission_id AND s.facility_id = NEW.facility_id AND c.id = NEW.calculation_id);
  SELECT RAISE(ABORT, 'calculation_result_amount')
  WHERE NOT EXISTS (
    SELECT 1 FROM calculation
    WHERE id = NEW.calculation_id AND (parameter_version_id IS NULL) = (NEW.amount IS NULL));
END;
CREATE TRIGGER calculation_result_changed BEFORE UPDATE ON calculation_result
BEGIN
  SELECT RAISE(ABORT, 'calculation_result_is_kept');
END;
CREATE TRIGGER calculation_result_deleted BEFORE DELETE ON calculation_result
WHEN EXISTS (SELECT 1 FROM calculation WHERE id = OLD.calculation_id AND state <> 'draft')
BEGIN
  SELECT RAISE(ABORT, 'calculation_result_is_kept');
END;
