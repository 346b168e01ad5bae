"""The scenes of site: the public pages, and those of an editor."""
from types import SimpleNamespace

from models.site.roles import EDITOR
from tests.factories import account_with
from tests.journeys.tools.showing import Scene, at

EDITS = "editor"
SITE_SCENES = [
    Scene("public-home", "/", None, at("/")),
    Scene("public-contact", "/contact", None, at("/contact")),
    Scene("site-office", "/site", EDITS, at("/site")),
]


def site_of(number):
    """An editor; `number` makes the address unique."""
    account = account_with(EDITOR, None, email=f"site{number}@voorbeeld.be", password_hash="-")
    return {EDITS: SimpleNamespace(account=account)}
