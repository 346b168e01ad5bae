-- The address data of a facility are changed by its people and by the desk: `version` finds a form from before somebody
-- else's change. Once they were saved here, the desk's file leaves them as they are.
ALTER TABLE facility ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1);
ALTER TABLE facility ADD COLUMN address_saved_at MOMENT;
