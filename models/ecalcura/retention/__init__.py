"""Everything that is kept of a person, to give to that person."""
