-- The quantities of a submission never change.
CREATE FUNCTION counted_submission_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'counted_submission_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER counted_submission_is_kept BEFORE UPDATE OR DELETE ON counted_submission
  FOR EACH ROW EXECUTE FUNCTION counted_submission_is_kept();
CREATE TRIGGER counted_submission_is_kept_truncate BEFORE TRUNCATE ON counted_submission
  FOR EACH STATEMENT EXECUTE FUNCTION counted_submission_is_kept();

-- Parameters are entered without a confirmation, and then confirmed or withdrawn, once.
CREATE FUNCTION parameter_version_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.confirmed_at IS NOT NULL OR NEW.withdrawn_at IS NOT NULL THEN
      RAISE EXCEPTION 'parameter_version_unconfirmed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.confirmed_at IS NULL AND OLD.withdrawn_at IS NULL
      AND (NEW.id, NEW.reference, NEW.since, NEW.until, NEW.content, NEW.sha256, NEW.author_id, NEW.entered_at,
        NEW.form_key) IS NOT DISTINCT FROM (OLD.id, OLD.reference, OLD.since, OLD.until, OLD.content, OLD.sha256,
        OLD.author_id, OLD.entered_at, OLD.form_key) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'parameter_version_is_kept' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER parameter_version_is_kept BEFORE INSERT OR UPDATE OR DELETE ON parameter_version
  FOR EACH ROW EXECUTE FUNCTION parameter_version_is_kept();
CREATE TRIGGER parameter_version_is_kept_truncate BEFORE TRUNCATE ON parameter_version
  FOR EACH STATEMENT EXECUTE FUNCTION parameter_version_is_kept();

-- A calculation begins as a draft without a hash, with confirmed parameters or with none.
CREATE FUNCTION calculation_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'draft' OR NEW.sha256 IS NOT NULL THEN
    RAISE EXCEPTION 'calculation_draft' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.parameter_version_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM parameter_version WHERE id = NEW.parameter_version_id AND confirmed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'calculation_parameters' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER calculation_added BEFORE INSERT ON calculation
  FOR EACH ROW EXECUTE FUNCTION calculation_added();

CREATE FUNCTION calculation_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN
      RAISE EXCEPTION 'calculation_is_kept' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'calculation_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.id, NEW.kind, NEW.trimester_id, NEW.formula_version, NEW.settings, NEW.made_at, NEW.parameter_version_id,
      NEW.account_id, NEW.form_key) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.trimester_id, OLD.formula_version,
      OLD.settings, OLD.made_at, OLD.parameter_version_id, OLD.account_id, OLD.form_key)
    OR (OLD.sha256 IS NOT NULL AND NEW.sha256 IS DISTINCT FROM OLD.sha256)
    OR (OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS DISTINCT FROM OLD.frozen_at) THEN
    RAISE EXCEPTION 'calculation_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'published' OR (OLD.state, NEW.state) NOT IN (
      ('draft', 'draft'), ('draft', 'frozen'), ('frozen', 'frozen'), ('frozen', 'published')) THEN
    RAISE EXCEPTION 'calculation_state' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'published' AND NEW.kind = 'definitive' THEN
    -- Of two that are published at the same moment, the second waits here, and then finds the first.
    PERFORM 1 FROM trimester WHERE id = NEW.trimester_id FOR NO key UPDATE;
    -- A facility has one definitive calculation of a trimester; a later one is a revision.
    IF EXISTS (
        SELECT 1 FROM calculation_result r JOIN calculation_result o ON o.facility_id = r.facility_id
        JOIN calculation c ON c.id = o.calculation_id
        WHERE r.calculation_id = NEW.id AND c.id <> NEW.id AND c.trimester_id = NEW.trimester_id
          AND c.kind = 'definitive' AND c.state = 'published') THEN
      RAISE EXCEPTION 'calculation_twice' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER calculation_kept BEFORE UPDATE OR DELETE ON calculation
  FOR EACH ROW EXECUTE FUNCTION calculation_kept();
CREATE TRIGGER calculation_kept_truncate BEFORE TRUNCATE ON calculation
  FOR EACH STATEMENT EXECUTE FUNCTION calculation_kept();

-- A result is of a submission of that facility and trimester. It has an amount with parameters only, and never changes.
CREATE FUNCTION calculation_result_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM calculation WHERE id = OLD.calculation_id AND state <> 'draft') THEN
      RAISE EXCEPTION 'calculation_result_is_kept' USING ERRCODE = 'check_violation';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP <> 'INSERT' OR NOT EXISTS (
      SELECT 1 FROM calculation WHERE id = NEW.calculation_id AND sha256 IS NULL) THEN
    RAISE EXCEPTION 'calculation_result_is_kept' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (
      SELECT 1 FROM submission s JOIN trimester_file f ON f.id = s.file_id
      JOIN calculation c ON c.trimester_id = f.trimester_id
      WHERE s.id = NEW.submission_id AND s.facility_id = NEW.facility_id AND c.id = NEW.calculation_id) THEN
    RAISE EXCEPTION 'calculation_result_submission' USING ERRCODE = 'check_violation';
  END IF;
  IF NOT EXISTS (
      SELECT 1 FROM calculation
      WHERE id = NEW.calculation_id AND (parameter_version_id IS NULL) = (NEW.amount IS NULL)) THEN
    RAISE EXCEPTION 'calculation_result_amount' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER calculation_result_kept BEFORE INSERT OR UPDATE OR DELETE ON calculation_result
  FOR EACH ROW EXECUTE FUNCTION calculation_result_kept();
CREATE TRIGGER calculation_result_kept_truncate BEFORE TRUNCATE ON calculation_result
  FOR EACH STATEMENT EXECUTE FUNCTION calculation_result_kept();
