"""The routes of site for everybody, and those of the hall for its grants (tests/walks/hall/routes.py)."""
from tests.walks.hall.person import OF_PERSON

COLUMNS = (("site:editor", "own"), ("site:editor", "other"))

HALL = {key: (status,) * len(COLUMNS) for key, status in OF_PERSON.items()}
# A public page answers everybody alike.
_PUBLIC = (200,) * 4
ORGANISATIONS = (("arbeidszorg:organisation", "own"), ("arbeidszorg:organisation", "other"))
ADMINISTRATORS = (("arbeidszorg:administrator", "own"), ("arbeidszorg:administrator", "other"))
# The statuses for an organisation, which has only its own page.
OF_ORGANISATION = {
    ("site_own.show", "GET"): 200,
    ("site_own.change", "GET"): 200,
    ("site_own.change", "POST"): 422,
    ("site_own.picture", "GET"): 200,
    ("site_own.picture", "POST"): 422,
    ("site_own.check", "POST"): 303,
}
# The statuses for the administrator of the own province, and of another one.
OF_ADMINISTRATOR = {
    ("site_initiatives.index", "GET"): (200, 200),
    ("site_initiatives.show", "GET"): (200, 404),
    ("site_initiatives.change", "GET"): (200, 404),
    ("site_initiatives.change", "POST"): (422, 404),
    ("site_initiatives.picture", "GET"): (200, 404),
    ("site_initiatives.picture", "POST"): (422, 404),
    ("site_initiatives.tick", "POST"): (303, 404),
    ("site_initiatives.untick", "POST"): (303, 404),
    ("site_initiatives.hide", "POST"): (422, 404),
    ("site_initiatives.show_again", "POST"): (303, 404),
}
# The wing's own routes: the status for each column of the hall, then for each of COLUMNS.
EXPECTED = {
    ("public_contact.show", "GET"): _PUBLIC,
    ("public_pictures.show", "GET"): _PUBLIC,
    ("public_machines.robots", "GET"): _PUBLIC,
    ("public_machines.sitemap", "GET"): _PUBLIC,
    ("public_news.index", "GET"): _PUBLIC,
    ("public_news.show", "GET"): _PUBLIC,
    ("public_news.feed", "GET"): _PUBLIC,
    ("public_site_documents.index", "GET"): _PUBLIC,
    ("public_site_documents.download", "GET"): _PUBLIC,
    ("public_site_documents.report", "GET"): _PUBLIC,
    ("public_initiatives.index", "GET"): _PUBLIC,
    ("public_initiatives.show", "GET"): _PUBLIC,
    ("public_help.index", "GET"): _PUBLIC,
    ("public_help.show", "GET"): _PUBLIC,
    ("site_office.show", "GET"): (303, 303, 200, 200),
    ("public_fixed.privacy", "GET"): _PUBLIC,
    ("public_fixed.accessibility", "GET"): _PUBLIC,
    ("site_pages.index", "GET"): (303, 303, 200, 200),
    ("site_pages.edit", "GET"): (303, 303, 200, 200),
    ("site_pages.edit", "POST"): (303, 303, 422, 422),
    **{(f"site_news.{act}", "GET"): (303, 303, 200, 200) for act in (
        "index", "create", "show", "preview", "edit", "publish", "withdraw", "delete")},
    **{(f"site_news.{act}", "POST"): (303, 303, 422, 422) for act in (
        "create", "edit", "publish", "withdraw", "delete")},
    **{(f"site_documents.{act}", "GET"): (303, 303, 200, 200) for act in (
        "index", "create", "show", "download", "edit", "add_version", "withdraw")},
    **{(f"site_documents.{act}", "POST"): (303, 303, 422, 422) for act in (
        "create", "edit", "add_version", "withdraw")},
    ("site_editors.index", "GET"): (303, 303, 200, 200),
    ("site_editors.index", "POST"): (303, 303, 422, 422),
    # The second one would end the own role: the page says why not.
    ("site_editors.end", "POST"): (303, 303, 303, 303),
    ("site_contact.edit", "GET"): (303, 303, 200, 200),
    ("site_contact.edit", "POST"): (303, 303, 303, 303),
    **dict.fromkeys((*OF_ORGANISATION, *OF_ADMINISTRATOR), (303, 303, 403, 403)),
}
# Routes that a grant of another wing opens: (endpoint, method) → column → status.
OF_OTHERS: dict = {
    ("site_contact.edit", "GET"): dict.fromkeys(ADMINISTRATORS, 200),
    ("site_contact.edit", "POST"): dict.fromkeys(ADMINISTRATORS, 303),
    **{key: dict.fromkeys(ORGANISATIONS, status) for key, status in OF_ORGANISATION.items()},
    **{key: dict(zip(ADMINISTRATORS, statuses, strict=True)) for key, statuses in OF_ADMINISTRATOR.items()},
}
