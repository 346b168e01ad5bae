"""The form of an initiative, for its organisation and for the administrators of its province."""
from typing import NamedTuple

from flask import request
from wtforms import BooleanField, HiddenField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from models.errors import Refused, Stale
from models.site.errors import SiteCode
from models.site.initiatives import initiatives
from models.site.initiatives.forms_of_work import FORMS, labels, stored
from models.site.initiatives.initiatives import FIELDS, Initiative
from views.shell import pages
from views.shell.access import signed_in
from views.shell.fields import (
    REPLACEMENT,
    BaseForm,
    lines,
    merged,
    optional_email_field,
    snapshot,
    telephone_field,
    text_field,
    version_field,
    website_field,
)
from views.shell.messages import NOT_IN_LIST, TOO_LONG, WRONG_CHARACTERS
from views.site.initiative import shown
from views.site.labels import INITIATIVE

# The field by which a refusal is shown.
AT = {SiteCode.NOT_HTTPS: "website", SiteCode.NOT_DOENERS: "doeners", SiteCode.WRONG_POSTCODE: "postcode",
      SiteCode.EMAIL_OF_LOGIN: "email"}
LONGEST_DESCRIPTION, LONGEST_HOURS = 5000, 500


class WorkField(SelectMultipleField):
    """Tick boxes, one for each form of work."""

    def pre_validate(self, form):
        if not FORMS.keys() >= set(self.data or ()):
            raise ValidationError(NOT_IN_LIST)


def text_area(label, at_most, required=""):
    """A text of several lines; `required` is the message when nothing is filled in."""
    first = DataRequired(required) if required else Optional()
    short = Length(max=at_most, message=TOO_LONG.format(max=at_most))
    return TextAreaField(label, filters=[lines], validators=[first, short, _no_control_characters])


def _no_control_characters(_form, field):
    if REPLACEMENT in (field.data or ""):
        raise ValidationError(WRONG_CHARACTERS)


class InitiativeForm(BaseForm):
    doeners = website_field(INITIATIVE["doeners"])
    sentence = text_field(INITIATIVE["sentence"], 160)
    description = text_area(INITIATIVE["description"], LONGEST_DESCRIPTION)
    forms = WorkField(INITIATIVE["forms"])
    postcode = text_field(INITIATIVE["postcode"], 4)
    municipality = text_field(INITIATIVE["municipality"], 60)
    address = text_field(INITIATIVE["address"], 300)
    opening_hours = text_area(INITIATIVE["opening_hours"], LONGEST_HOURS)
    telephone = telephone_field(INITIATIVE["telephone"])
    shows_telephone = BooleanField(INITIATIVE["shows_telephone"])
    email = optional_email_field(INITIATIVE["email"])
    shows_email = BooleanField(INITIATIVE["shows_email"])
    website = website_field(INITIATIVE["website"])
    contact_role = text_field(INITIATIVE["contact_role"], 100)
    unwilling = BooleanField(INITIATIVE["unwilling"])
    version = version_field()
    opened = HiddenField()

    @classmethod
    def of(cls, values, version, **options):
        """The form that shows these values."""
        return cls(data={**values, "forms": values["forms"].split(), "version": version,
                         "opened": snapshot(values)}, **options)

    def values(self):
        """The form's values, as `initiatives.change` stores them."""
        typed = {name: self[name].data or ("" if name not in TICKS else False) for name in FIELDS if name != "forms"}
        return {**typed, "email": typed["email"].lower(), "forms": stored(self.forms.data or ())}


TICKS = ("shows_telephone", "shows_email", "unwilling")


class Place(NamedTuple):
    """The page that edits: its template, and the page to return to, with the values of its address."""

    template: str
    back: str
    values: dict


def edit(organisation, place):
    """Show and save the form; show a preview instead if that button was pressed, and saves nothing."""
    row = Initiative.of(organisation)
    form = InitiativeForm.of(initiatives.proposed(organisation) if row.is_empty else row.values, row.version)
    if not form.validate_on_submit():
        return _page(organisation, place, form, 422 if form.is_submitted() else 200)
    try:
        if "preview" in request.form:
            initiatives.check(form.values())
            return _page(organisation, place, form, 200, preview=shown(organisation, form.values(), row.picture_id, 3))
        initiatives.change(organisation, form.values(), form.version.data, signed_in())
    except Stale as stale:
        return _conflict(organisation, place, form, stale.current)
    except Refused as refused:
        form.refuse(AT[refused.code], refused)
        return _page(organisation, place, form, 422)
    return pages.back_to(place.back, "Opgeslagen. Bezoekers zien het meteen.", **place.values)


def _conflict(organisation, place, form, current):
    """Show the stored values beside the typed ones, in a form made from the current row."""
    kept, typed = current.values, form.values()
    wanted = merged(typed, form.opened.data, kept)
    if wanted == kept:
        return pages.back_to(place.back, "De gegevens waren al zo opgeslagen.", **place.values)
    again = InitiativeForm.of(wanted, current.version, formdata=None)
    again.opened.data = snapshot(kept)
    differences = [(INITIATIVE[name], words(name, kept[name]), words(name, typed[name]))
                   for name in FIELDS if kept[name] != typed[name]]
    return _page(organisation, place, again, 409, differences=differences)


def words(name, value):
    """The words for a stored value."""
    if name in TICKS:
        return "ja" if value else "nee"
    return (", ".join(labels(value)) if name == "forms" else value) or "–"


def _page(organisation, place, form, status, differences=None, preview=None):
    return pages.render(place.template, status=status, organisation=organisation, form=form, differences=differences,
                        shown=preview, choices=FORMS)
