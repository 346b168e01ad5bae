"""The forms of a document: its details, with a file or a link for a new one."""
from wtforms import BooleanField, HiddenField, SelectMultipleField
from wtforms.validators import ValidationError

from models.documents.documents import LONGEST_REFERENCE, LONGEST_SENTENCE, LONGEST_TITLE, Details
from models.ecalcura.communication.documents import audiences, categories
from models.ecalcura.errors import EcalcuraCode
from models.ecalcura.texts import holds_number
from models.errors import Refused
from views.ecalcura.fields import day_field
from views.hall.documents.forms import BodyForm
from views.shell import filters
from views.shell.fields import (
    BaseForm,
    FormKey,
    choice_field,
    required_text_field,
    text_field,
    version_field,
)
from views.shell.messages import NOT_IN_LIST, message


def _no_number(_form, field):
    if holds_number(field.data or ""):
        raise ValidationError(message(Refused(EcalcuraCode.TEXT_NUMBER)))


class AudienceField(SelectMultipleField):
    """Tick boxes, one for each kind of facilities."""

    def pre_validate(self, form):
        if not set(self.data or ()) <= audiences().keys():
            raise ValidationError(NOT_IN_LIST)


class DetailsForm(BaseForm):
    title = required_text_field("Titel", LONGEST_TITLE, "Typ de titel van het document.")
    category = choice_field("Soort document", {}, "Kies de soort document.")
    day = day_field("Datum", "Typ de datum van het document, bijvoorbeeld 03/06/2026.")
    reference = text_field("Referentie", LONGEST_REFERENCE, _no_number)
    sentence = text_field("Omschrijving", LONGEST_SENTENCE, _no_number)
    audience = AudienceField("Voor wie?")
    public = BooleanField("Openbaar: ook te lezen zonder aanmelden")

    def __init__(self, *arguments, **values):
        super().__init__(*arguments, **values)
        self.category.choices = {"": "Kies …", **categories()}
        self.audience.choices = list(audiences().items())

    def validate_title(self, field):
        """Refuse a rijksregisternummer."""
        _no_number(self, field)

    @property
    def details(self):
        """The details that were typed."""
        return Details(self.title.data, self.category.data, self.day.data, self.reference.data or "",
                       self.sentence.data or "", self.public.data, tuple(sorted(self.audience.data or ())))


class NewForm(DetailsForm, BodyForm):
    form_key = FormKey()


class EditForm(DetailsForm):
    version = version_field()
    opened = HiddenField()


def written(details):
    """Name → the value of each detail as a page writes it."""
    return {"title": details.title, "category": categories().get(details.category, details.category),
            "day": filters.day(details.day), "reference": details.reference or "–",
            "sentence": details.sentence or "–", "public": "Ja" if details.public else "Nee",
            "audience": whom(details.audience)}


def whom(codes):
    """For whom a document with these codes is, in words."""
    return ", ".join(audiences().get(code, code) for code in codes) or "Alle voorzieningen"
