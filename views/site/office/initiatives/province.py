"""'Initiatieven' of an administrator: which of the own province appear on the site, and corrections."""
from flask import Blueprint, abort, url_for

from models.organisations import Organisation
from models.site.errors import SiteCode
from models.site.initiatives import initiatives, overview
from models.site.initiatives.listing import slug
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.audiences import MenuItem
from views.shell.fields import BaseForm
from views.shell.lanes import accepts
from views.site.initiative import shown_of
from views.site.messages import MESSAGES
from views.site.office.initiatives import picture as picture_form
from views.site.office.initiatives.form import Place, edit, text_area
from views.site.office.initiatives.words import WHY
from views.site.pictures import MOST_BYTES

blueprint = Blueprint("site_initiatives", __name__, url_prefix="/site/initiatives")

MENU = MenuItem("initiatives", "site_initiatives.index", "Initiatieven")


class HideForm(BaseForm):
    because = text_area("Waarom?", 300, MESSAGES[SiteCode.NO_REASON])


def _of_province(organisation_id):
    """The organisation with this id in the administrator's own province; else a 404."""
    return Organisation.one(signed_in().province, organisation_id) or abort(404)


@blueprint.get("")
@open_to("hall:province")
def index():
    """List the organisations of the own province: first those that do not appear."""
    states = overview.of_province(signed_in().province)
    return pages.render(
        "site/office/initiatives/index.html", states=[(state, WHY[state.why]) for state in states],
        appearing=sum(state.appears for state in states))


@blueprint.get("/<int:organisation_id>")
@open_to("hall:province")
def show(organisation_id):
    """Show one initiative, and why it appears or not."""
    return _page(_of_province(organisation_id), HideForm(formdata=None))


def _page(organisation, form, status=200):
    state = overview.of_organisation(organisation)
    return pages.render(
        "site/office/initiatives/show.html", status=status, organisation=organisation, state=state, why=WHY[state.why],
        form=form, shown=shown_of(organisation, state.initiative, 3),
        url=url_for("public_initiatives.show", address=slug(organisation.id, organisation.name)))


@blueprint.route("/<int:organisation_id>/edit", methods=["GET", "POST"])
@open_to("hall:province")
def change(organisation_id):
    """Correct what an organisation shows."""
    organisation = _of_province(organisation_id)
    return edit(organisation, Place("site/office/initiatives/edit.html", "site_initiatives.show",
                                    {"organisation_id": organisation.id}))


@blueprint.route("/<int:organisation_id>/picture", methods=["GET", "POST"])
@open_to("hall:province")
@accepts(MOST_BYTES)
def picture(organisation_id):
    """Add, replace or remove the picture of an organisation's page."""
    organisation = _of_province(organisation_id)
    return picture_form.edit(organisation, Place("site/office/initiatives/picture.html", "site_initiatives.show",
                                                 {"organisation_id": organisation.id}))


@blueprint.post("/<int:organisation_id>/tick")
@open_to("hall:province")
def tick(organisation_id):
    """Let an organisation appear whose login was never accepted."""
    return _ticked(organisation_id, True, "Staat nu op de site.")


@blueprint.post("/<int:organisation_id>/untick")
@open_to("hall:province")
def untick(organisation_id):
    """Let an organisation no longer appear by the tick of its province."""
    return _ticked(organisation_id, False, "Het vinkje van de provincie is weg.")


def _ticked(organisation_id, ticked, done):
    organisation = _of_province(organisation_id)
    initiatives.tick(organisation, ticked, signed_in())
    return pages.back_to("site_initiatives.show", done, organisation_id=organisation.id)


@blueprint.post("/<int:organisation_id>/hide")
@open_to("hall:province")
def hide(organisation_id):
    """Hide an organisation, with a word that it reads."""
    organisation, form = _of_province(organisation_id), HideForm()
    if not form.validate_on_submit():
        return _page(organisation, form, 422)
    initiatives.hide(organisation, form.because.data, signed_in())
    return pages.back_to("site_initiatives.show", "Verborgen. De organisatie leest waarom.",
                         organisation_id=organisation.id)


@blueprint.post("/<int:organisation_id>/show")
@open_to("hall:province")
def show_again(organisation_id):
    """Hide an organisation no longer."""
    organisation = _of_province(organisation_id)
    initiatives.show(organisation, signed_in())
    return pages.back_to("site_initiatives.show", "Niet langer verborgen.", organisation_id=organisation.id)
