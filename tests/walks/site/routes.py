"""The routes of site for everybody, and those of the hall for its grants (tests/walks/hall/routes.py)."""
from tests.walks.hall.person import OF_PERSON

COLUMNS = (("site:editor", "own"), ("site:editor", "other"))

HALL = {key: (status,) * len(COLUMNS) for key, status in OF_PERSON.items()}
# A public page answers everybody alike.
_PUBLIC = (200,) * 4
# The wing's own routes: the status for each column of the hall, then for each of COLUMNS.
EXPECTED = {
    ("public_contact.show", "GET"): _PUBLIC,
    ("public_pictures.show", "GET"): _PUBLIC,
    ("public_machines.robots", "GET"): _PUBLIC,
    ("public_machines.sitemap", "GET"): _PUBLIC,
    ("public_news.index", "GET"): _PUBLIC,
    ("public_news.show", "GET"): _PUBLIC,
    ("public_news.feed", "GET"): _PUBLIC,
    ("site_office.show", "GET"): (303, 303, 200, 200),
    ("public_fixed.privacy", "GET"): _PUBLIC,
    ("public_fixed.accessibility", "GET"): _PUBLIC,
    ("site_pages.index", "GET"): (303, 303, 200, 200),
    ("site_pages.edit", "GET"): (303, 303, 200, 200),
    ("site_pages.edit", "POST"): (303, 303, 422, 422),
    **{(f"site_news.{act}", "GET"): (303, 303, 200, 200) for act in (
        "index", "create", "show", "preview", "edit", "publish", "withdraw")},
    **{(f"site_news.{act}", "POST"): (303, 303, 422, 422) for act in ("create", "edit", "publish", "withdraw")},
    ("site_editors.index", "GET"): (303, 303, 200, 200),
    ("site_editors.index", "POST"): (303, 303, 422, 422),
    # The second one would end the own role: the page says why not.
    ("site_editors.end", "POST"): (303, 303, 303, 303),
    ("site_contact.edit", "GET"): (303, 303, 200, 200),
    ("site_contact.edit", "POST"): (303, 303, 303, 303),
}
# Routes that a grant of another wing opens: (endpoint, method) → column → status.
ADMINISTRATORS = dict.fromkeys((("arbeidszorg:administrator", "own"), ("arbeidszorg:administrator", "other")), 200)
OF_OTHERS: dict = {
    ("site_contact.edit", "GET"): ADMINISTRATORS,
    ("site_contact.edit", "POST"): dict.fromkeys(ADMINISTRATORS, 303),
}
