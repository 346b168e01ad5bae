"""Pages about everything that is kept of a person."""
