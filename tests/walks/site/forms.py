"""Valid values for each form of site; see tests/walks/hall/forms.py."""
FILLED: dict = {
    "site:editor": {
        "site_contact.edit": {"name": "Redactie Arbeidszorg", "telephone": "02 000 00 10", "shows_telephone": "y"},
        "site_editors.index": {"email": "beheer.oost-vlaanderen@voorbeeld.be"},
        "site_editors.end": {},
    },
}
PREPARE: dict = {}
READ_ONLY: set = set()
VERSIONED: set = set()
NEWER: tuple = ()
