"""The scenes of site: the public pages, and those of an editor."""
from types import SimpleNamespace

from models.site.roles import EDITOR
from tests.factories import account_with
from tests.journeys.scenes.province import ADMINISTRATOR
from tests.journeys.scenes.site_news import NEWS_SCENES, news_of
from tests.journeys.tools.showing import Scene, at, sent

EDITS = "editor"
SITE_SCENES = [
    Scene("public-home", "/", None, at("/")),
    Scene("public-contact", "/contact", None, at("/contact")),
    Scene("site-office", "/site", EDITS, at("/site")),
    Scene("public-privacy", "/privacy", None, at("/privacy")),
    Scene("public-accessibility", "/toegankelijkheid", None, at("/toegankelijkheid")),
    Scene("site-pages", "/site/pages", EDITS, at("/site/pages")),
    Scene("site-page", "/site/pages/<fixed_page>", EDITS, at("/site/pages/privacy")),
    Scene("site-page-preview", "/site/pages/<fixed_page>", EDITS, sent("/site/pages/privacy", "Voorbeeld")),
    Scene("site-page-wrong", "/site/pages/<fixed_page>", EDITS,
          sent("/site/pages/privacy", "Opslaan", text="", checked_on="gisteren"), wrong=True),
    Scene("site-editors", "/site/editors", EDITS, at("/site/editors")),
    Scene("site-editors-wrong", "/site/editors", EDITS,
          sent("/site/editors", "Toevoegen", email="niemand@voorbeeld.be"), wrong=True),
    Scene("site-contact", "/site/contact", EDITS, at("/site/contact")),
    Scene("site-contact-wrong", "/site/contact", EDITS,
          sent("/site/contact", "Opslaan", name="", telephone="bel mij"), wrong=True),
    *NEWS_SCENES,
    Scene("site-contact-province", "/site/contact", ADMINISTRATOR, at("/site/contact")),
]


def site_of(number):
    """An editor; `number` makes the address unique."""
    account = account_with(EDITOR, None, email=f"site{number}@voorbeeld.be", password_hash="-")
    return {EDITS: SimpleNamespace(account=account), **news_of()}
