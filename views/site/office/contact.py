"""'Publiek contact': the parts of the own contact details that everybody sees."""
from flask import Blueprint
from wtforms import BooleanField

from models.accounts.accounts import Account
from models.accounts.administrators import Contact
from models.errors import Code, Refused
from models.site import contacts
from models.site.contacts import Ticks
from models.site.errors import SiteCode
from models.site.roles import EDITOR
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.audiences import MenuItem
from views.shell.fields import BaseForm, optional_email_field, telephone_field, text_field

blueprint = Blueprint("site_contact", __name__, url_prefix="/site/contact")

MENU = MenuItem("public-contact", "site_contact.edit", "Publiek contact")
# On the page of the hall where these details are changed.
SHOWN = MenuItem("public-contact", "site_contact.edit", "Kies wat bezoekers van de publieke site hiervan zien")
LABELS = Ticks("Naam", "Telefoon", "E-mailadres")
# Refusal code → the field that shows it.
FIELDS = {SiteCode.CONTACT_ALONE: "shows_name", SiteCode.CONTACT_OF_LOGIN: "shows_email", Code.CONTACT_NAME: "name",
          Code.CONTACT_WAY: "telephone"}


class TicksForm(BaseForm):
    shows_name = BooleanField(LABELS.name)
    shows_telephone = BooleanField(LABELS.telephone)
    shows_email = BooleanField(LABELS.email)


class EditorForm(TicksForm):
    """For an editor, who has no page of the hall with contact details."""

    name = text_field(LABELS.name, 100)
    telephone = telephone_field()
    email = optional_email_field()


@blueprint.route("", methods=["GET", "POST"])
@open_to("hall:province", "site:editor")
def edit():
    """Choose what everybody sees of the own contact details; an editor fills these in here too."""
    account, is_editor = Account.get_by_id(signed_in().account_id), signed_in().role == EDITOR.code
    own = Contact(account.contact_name, account.contact_telephone, account.contact_email)
    ticks = contacts.ticks_of(account.id)
    data = {f"shows_{part}": ticked for part, ticked in ticks._asdict().items()}
    form = EditorForm(data=data | own._asdict()) if is_editor else TicksForm(data=data)
    if form.validate_on_submit():
        try:
            _save(account, form, is_editor)
        except Refused as refused:
            form.refuse(FIELDS.get(refused.code) or f"shows_{refused.context['part']}", refused)
        else:
            return pages.back_to("site_contact.edit", "Opgeslagen. Bezoekers zien het meteen.")
    return pages.render("site/office/contact.html", status=422 if form.errors else 200, form=form,
                        is_editor=is_editor, boxes=_boxes(own, is_editor))


def _save(account, form, is_editor):
    ticks = Ticks(*(form[f"shows_{part}"].data for part in Ticks._fields))
    if is_editor:
        contact = Contact(*(form[part].data or "" for part in Contact._fields))
        contacts.change(account, contact, ticks, signed_in())
    else:
        contacts.show(account.id, ticks, signed_in())


def _boxes(own, is_editor):
    """(box, value) of each detail that can be shown; an editor has the value in a field of the same form."""
    if is_editor:
        return [(f"shows_{part}", None) for part in Ticks._fields]
    return [(f"shows_{part}", value) for part, value in own._asdict().items() if value]
