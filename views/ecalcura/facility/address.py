"""'Adresgegevens': changing them, alike for the facility and for the desk, each at its own address."""
from typing import NamedTuple

from flask import Blueprint, url_for
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Regexp

from models.ecalcura.facilities import address
from models.ecalcura.facilities.address import Address
from models.ecalcura.facilities.facilities import Facility
from models.errors import Code, Refused, Stale
from views.shell import pages
from views.shell.access import open_to, signed_in
from views.shell.fields import (
    BaseForm,
    line,
    merged,
    optional_email_field,
    required_text_field,
    snapshot,
    telephone_field,
    version_field,
)

blueprint = Blueprint("address", __name__, url_prefix="/ecalcura/<hco>/address")

class AddressForm(BaseForm):
    street = required_text_field("Straat en nummer", 200, "Typ de straat en het nummer.")
    postcode = StringField("Postcode", filters=[line], validators=[
        DataRequired("Typ de postcode."), Regexp(r"[1-9][0-9]{3}$", message="Typ de postcode met vier cijfers.")])
    town = required_text_field("Gemeente", 100, "Typ de gemeente.")
    email = optional_email_field()
    telephone = telephone_field()
    version = version_field()
    opened = HiddenField()


class Side(NamedTuple):
    """One of the two sides, the facility or the desk: the page to which its form leads back, and the section."""

    facility: Facility
    back: tuple
    section: str

    def done(self, text):
        """Go back to the page with the data, which shows this text."""
        endpoint, argument = self.back
        return pages.back_to(endpoint, text, **argument)

    @property
    def url(self):
        """The address of the page with the data."""
        endpoint, argument = self.back
        return url_for(endpoint, **argument)


@blueprint.route("", methods=["GET", "POST"])
@open_to("ecalcura:privacy", "ecalcura:financial", "ecalcura:access")
def edit(hco):
    """Change the address data of the own facility."""
    return answer(Side(Facility.by_hco(hco), ("facility.show", {"hco": hco}), "facility"))


def answer(side):
    """The form of one of the sides, or the way back once it is saved; 409 if a colleague saved it meanwhile."""
    before = address.address_of(side.facility)._asdict()
    form = AddressForm(data={**before, "version": side.facility.version, "opened": snapshot(before)})
    if form.validate_on_submit():
        try:
            address.change(side.facility, _typed(form), form.version.data, signed_in())
        except Stale as stale:
            return _conflict(side, form, stale.current)
        except Refused as refused:
            form.refuse("email" if refused.code == Code.EMAIL else None, refused)
        else:
            return side.done("De adresgegevens zijn opgeslagen.")
    return _page(side, form, 422 if form.errors else 200)


def _conflict(side, form, current):
    """The stored values beside the typed ones, in a form made from the row as it is now."""
    kept, typed = address.address_of(current)._asdict(), _typed(form)._asdict()
    wanted = merged(typed, form.opened.data, kept)
    if wanted == kept:
        return side.done("De adresgegevens waren al zo opgeslagen.")
    again = AddressForm(formdata=None, data={**wanted, "version": current.version, "opened": snapshot(kept)})
    return _page(side, again, 409, [
        (form[name].label.text, kept[name] or "–", typed[name] or "–") for name in kept if kept[name] != typed[name]])


def _typed(form):
    return Address(*(form[name].data or "" for name in Address._fields))


def _page(side, form, status, differences=()):
    return pages.render(
        "ecalcura/facility/address.html", status=status, facility=side.facility, form=form, differences=differences,
        back=side.url, section=side.section)
