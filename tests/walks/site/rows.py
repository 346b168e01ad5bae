"""The accounts of the grants of site."""
from models.site.fixed_pages import PRIVACY
from models.site.initiatives.listing import slug
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.models.documents.made import a_document_of_site
from tests.models.site.news.made import published
from tests.models.site.pictures.made import a_picture, digest_of


def people(cast):
    """The account of each column of routes.py: two editors, who keep the same pages."""
    return {("site:editor", whose): account_with(
        EDITOR, None, email=f"site{number}@voorbeeld.be", password_hash=cast.administrator.password_hash)
        for number, whose in enumerate(("own", "other"), 1)}


def _document():
    """A document that everybody reads."""
    made = a_document_of_site()
    return {"site_document": made.id, "site_digest": made.versions[0].digest}


def rows_for(cast):
    """Argument of an address → id."""
    item = published(title="Nieuwe moestuin")
    return {
        "fixed_page": PRIVACY,
        "news_id": item.id, "year": item.year, "item": item.slug,
        "editor_id": account_with(EDITOR, None, email="site3@voorbeeld.be").id,
        **_document(),
        "picture": digest_of(a_picture()),
        "address": slug(cast.ploeg.organisation.id, cast.ploeg.organisation.name),
        "topic": "aanmelden",
    }
