-- The picture on the page of an initiative.
ALTER TABLE initiative ADD COLUMN picture_id INTEGER REFERENCES site_picture (id) ON DELETE RESTRICT;
CREATE UNIQUE INDEX initiative_picture ON initiative (picture_id);
