"""'Mijn organisatie': the contact details of the own organisation, its sessions, and cancelling a move of its login."""
from flask import Blueprint
from wtforms import HiddenField

from models.accounts.accounts import Account
from models.accounts.moves import LoginMove
from models.accounts.sessions import Session
from models.errors import Stale
from models.organisations import CONTACT, PROVINCES, SECTORS, Organisation
from views.hall import support
from views.hall.words import MOVE_OVER
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import (
    BaseForm,
    merged,
    snapshot,
    telephone_field,
    text_field,
    version_field,
    website_field,
)

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")

MOVE_CANCELLED = "De verhuizing is geannuleerd: je login blijft wat hij is. Wie het vroeg, krijgt een mail."


class ContactForm(BaseForm):
    address = text_field("Adres", 300)
    telephone = telephone_field()
    website = website_field()
    version = version_field()
    opened = HiddenField()


@blueprint.get("")
@open_to("hall:organisation")
def show():
    """Show the organisation, its open sessions and its administrators' contact details."""
    organisation = Organisation.get_by_id(signed_in().organisation_id)
    return pages.render(
        "hall/organisation/show.html", organisation=organisation, province=PROVINCES[organisation.province],
        sector=SECTORS.get(organisation.sector), sessions=list(Session.of(signed_in())), current=signed_in().session_id,
        local=Account.get_by_id(signed_in().account_id).local, administrator=support.administrator(),
        contacts=support.contacts(), move=LoginMove.pending(signed_in()))


@blueprint.post("/move/cancel")
@open_to("hall:organisation")
def cancel_move():
    """Cancel the pending move of the own login to another e-mail address."""
    move = LoginMove.pending(signed_in())
    cancelled = move is not None and move.cancel(by=signed_in())
    return pages.back_to("organisation.show", MOVE_CANCELLED if cancelled else MOVE_OVER)


@blueprint.route("/edit", methods=["GET", "POST"])
@open_to("hall:organisation")
def edit():
    """Change the contact details; if a colleague saved meanwhile, show both versions with status 409."""
    organisation = Organisation.get_by_id(signed_in().organisation_id)
    form = ContactForm(obj=organisation, data={"opened": snapshot(_contact_of(organisation))})
    if not form.validate_on_submit():
        return _edit_page(form, 422 if form.errors else 200)
    contact = {name: form[name].data or "" for name in CONTACT}
    try:
        organisation.update_contact(**contact, version=form.version.data, by=signed_in())
    except Stale as stale:
        return _conflict_page(contact, form.opened.data, stale.current)
    return pages.back_to("organisation.show", "De gegevens zijn bewaard.")


def _conflict_page(contact, opened, current):
    """Show the stored values beside the typed ones, in a form made from the current row."""
    kept = _contact_of(current)
    wanted = merged(contact, opened, kept)
    if wanted == kept:
        return pages.back_to("organisation.show", "De gegevens waren al zo bewaard.")
    form = ContactForm(formdata=None, data={**wanted, "version": current.version, "opened": snapshot(kept)})
    return _edit_page(form, 409, [(form[name].label.text, kept[name] or "–", contact[name] or "–")
                                  for name in CONTACT if kept[name] != contact[name]])


def _contact_of(organisation):
    return {name: getattr(organisation, name) for name in CONTACT}


def _edit_page(form, status, differences=None):
    return pages.render("hall/organisation/edit.html", status=status, form=form, differences=differences)
