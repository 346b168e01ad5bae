"""'Onze pagina': the page that an organisation has on the site, and its own words there."""
from flask import Blueprint, url_for

from models.organisations import Organisation
from models.site.initiatives import initiatives, overview
from models.site.initiatives.listing import slug
from views.hall.wing import Notice
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.audiences import MenuItem
from views.shell.lanes import accepts
from views.site.initiative import shown_of
from views.site.office.initiatives import picture as picture_form
from views.site.office.initiatives.form import Place, edit
from views.site.office.initiatives.words import WHY_OWN
from views.site.pictures import MOST_BYTES

blueprint = Blueprint("site_own", __name__, url_prefix="/site/own")

MENU = MenuItem("own-page", "site_own.show", "Onze pagina")


def _own():
    return Organisation.get_by_id(signed_in().organisation_id)


def notice():
    """Ask on the organisation's first page, once a year, whether its page is still right."""
    if initiatives.asks_to_check(signed_in().organisation_id):
        return Notice("Klopt je pagina op de site nog? Je keek ze meer dan een jaar geleden na.", MENU)
    return None


@blueprint.get("")
@open_to("hall:organisation")
def show():
    """Show the page as visitors see it, and whether they see it."""
    organisation = _own()
    state = overview.of_organisation(organisation)
    return pages.render(
        "site/office/initiatives/own.html", organisation=organisation, state=state, why=WHY_OWN[state.why],
        shown=shown_of(organisation, state.initiative, 3), asks=initiatives.asks_to_check(organisation.id),
        url=url_for("public_initiatives.show", address=slug(organisation.id, organisation.name)))


@blueprint.route("/edit", methods=["GET", "POST"])
@open_to("hall:organisation")
def change():
    """Change the page, which is public as soon as it is saved."""
    return edit(_own(), Place("site/office/initiatives/own_edit.html", "site_own.show", {}))


@blueprint.route("/picture", methods=["GET", "POST"])
@open_to("hall:organisation")
@accepts(MOST_BYTES)
def picture():
    """Add, replace or remove the picture of the page, which is public as soon as it is saved."""
    return picture_form.edit(_own(), Place("site/office/initiatives/own_picture.html", "site_own.show", {}))


@blueprint.post("/checked")
@open_to("hall:organisation")
def check():
    """Say that everything on the page is still right."""
    initiatives.confirm(_own(), signed_in())
    return pages.back_to("site_own.show", "Bedankt. Over een jaar vragen we het opnieuw.")
