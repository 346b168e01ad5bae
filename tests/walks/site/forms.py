"""Valid values for each form of site; see tests/walks/hall/forms.py."""
FILLED: dict = {}
PREPARE: dict = {}
READ_ONLY: set = set()
VERSIONED: set = set()
NEWER: tuple = ()
