-- A postcode has four digits.
ALTER TABLE initiative ADD CONSTRAINT initiative_postcode CHECK (postcode ~ '^([1-9][0-9]{3})?$');
