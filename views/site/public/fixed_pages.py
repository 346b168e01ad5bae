"""The fixed pages: the statements that public bodies owe their visitors."""
from flask import Blueprint

from models.site import fixed_pages
from models.site.fixed_pages import ACCESSIBILITY, PRIVACY
from models.site.markdown import html_of
from views.shell.access import open_to
from views.site.public import answers
from views.site.words import FIXED_PAGES

blueprint = Blueprint("public_fixed", __name__)

DESCRIPTIONS = {
    PRIVACY: "Welke gegevens de site van arbeidszorg en Loket gebruiken, waarvoor, en wat je rechten zijn.",
    ACCESSIBILITY: "Hoe toegankelijk de site van arbeidszorg is, wat nog niet lukt, en aan wie je dat laat weten.",
}


@blueprint.get("/privacy")
@open_to("anyone")
@answers.remembered
def privacy():
    """Show the privacy statement."""
    return _page(PRIVACY)


@blueprint.get("/toegankelijkheid")
@open_to("anyone")
@answers.remembered
def accessibility():
    """Show the accessibility statement."""
    return _page(ACCESSIBILITY)


def _page(name):
    """A fixed page, and when it was last checked."""
    current = fixed_pages.current(name)
    return answers.render("site/public/fixed_page.html", heading=FIXED_PAGES[name], description=DESCRIPTIONS[name],
                          text=html_of(current.text), checked_on=current.checked_on)
