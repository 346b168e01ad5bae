"""Valid values for each form of site; see tests/walks/hall/forms.py."""
FILLED: dict = {
    "site:editor": {
        "site_contact.edit": {"name": "Redactie Arbeidszorg", "telephone": "02 000 00 10", "shows_telephone": "y"},
        "site_editors.index": {"email": "beheer.oost-vlaanderen@voorbeeld.be"},
        "site_editors.end": {},
        "site_pages.edit": {"text": "Wij bewaren niets.", "checked_on": "01/06/2026"},
    },
}
PREPARE: dict = {}
READ_ONLY: set = set()
VERSIONED: set = {
    "site_pages.edit",
}
NEWER: tuple = (
    "INSERT INTO fixed_page_version (page, number, text, checked_on, made_at)"
    " VALUES ('privacy', 1, 'Anders.', '2026-06-01', '2026-06-01 09:00:00')",
)
