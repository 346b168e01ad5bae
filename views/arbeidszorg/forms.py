"""The forms of arbeidszorg. The client's is made from the questionnaire; all of them validate and never write."""
import datetime

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, StopValidation, ValidationError

from models.arbeidszorg import questionnaire, values
from models.arbeidszorg.deletions import REASONS
from models.database import Refused, today
from views import filters
from views.fields import BaseForm

MESSAGES = {
    "date": "‘{value}’ is geen datum. Typ dag, maand en jaar, bijvoorbeeld 03/06/2024.",
    "date_year": "Typ het jaar van ‘{value}’ met vier cijfers, bijvoorbeeld 03/06/2024.",
    "date_absent": "De dag {value} bestaat niet. Kijk dag en maand na.",
    "hours": "‘{value}’ is geen getal. Typ een getal, bijvoorbeeld 12,5.",
    "hours_range": "Typ meer dan 0 en hoogstens 60 uren per week.",
    "hours_precise": "Typ hoogstens twee cijfers na de komma.",
    "postcode": "‘{value}’ is geen postcode. Typ vier cijfers, van 1000 tot 9999.",
    "name_long": "De naam is te lang: hoogstens 60 tekens.",
    "name_characters": "In de naam staat een teken dat niet kan. Typ hem opnieuw.",
    "remark_long": "De opmerking is te lang: hoogstens 500 tekens.",
    "remark_characters": "In de opmerking staat een teken dat niet kan. Typ ze opnieuw.",
    "national_number": "Hierin staat een rijksregisternummer. Laat het weg: het hoort niet in het register.",
    "names_key": "Namen kunnen nu niet bewaard worden. Laat de naam leeg en vul hem later aan, of verwittig wie Loket beheert.",
    "birth_date": "Typ een geboortedatum tussen 01/01/1900 en vandaag.",
    "before_birth": "Er is een begeleidingsperiode die vóór deze geboortedatum begint.",
    "start_before_birth": "De startdatum ligt vóór de geboortedatum van de cliënt ({birth_date}).",
    "end_before_start": "De einddatum ligt vóór de startdatum.",
    "day_range": "Kijk het jaar na.",
    "option": "Kies een antwoord uit de lijst.",
    "required": "Vul dit in.",
    "closing": "Einddatum, reden en perspectief gaan samen: vul alle drie in, of geen enkele.",
    "overlap": "Deze periode valt samen met de periode {period}. Pas de datums aan, of bewerk eerst die periode.",
    "reason": "Kies een reden uit de lijst.",
}


def message(refused, code=None, **context):
    """The words for a refusal by a model; `code` where this screen says it in another way."""
    return MESSAGES[code or refused.code].format(**{"value": "", **refused.context, **context})


class ParsedField(StringField):
    """A text field whose data is what `parse` makes of it; what was typed stays in the box."""

    def __init__(self, label, parse, show=str, required="", boxes=(), **kwargs):
        super().__init__(label, **kwargs)
        self.parse, self.show, self.required, self.boxes, self.typed = parse, show, required, boxes, ""
        if not required:
            self.flags.optional = True

    def process_formdata(self, valuelist):
        self.data = None
        self.typed = next((value.strip() for value in valuelist if value.strip()), "")
        if self.typed:
            try:
                self.data = self.parse(self.typed)
            except Refused as refused:
                raise ValueError(message(refused)) from None

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else self.show(self.data)

    def pre_validate(self, form):
        ticked = [box for box in self.boxes if form[box].data]
        if len(ticked) + bool(self.typed) > 1:
            raise StopValidation("Kies één antwoord: typ het, of vink één vakje aan.")
        if not ticked and not self.typed and self.required:
            raise StopValidation(self.required)


def choice_field(label, choices, required=""):
    """One of `choices`, a value → label; a value outside them is refused, also where no browser is used."""
    validators = [InputRequired(required)] if required else []
    return SelectField(label, validators, choices=choices, invalid_choice_message=MESSAGES["option"])


def date_field(label, required="", **kwargs):
    return ParsedField(label, values.parse_date, filters.day, required, **kwargs)


class FormKey(HiddenField):
    """A key that goes with a create form, so that the same form sent twice makes one row."""


class NameField(StringField):
    def post_validate(self, form, validation_stopped):
        try:
            self.data = values.clean_name(self.data or "")
        except Refused as refused:
            raise ValidationError(message(refused)) from None


class ClientForm(BaseForm):
    """What every client form has; the questions are added by `client_form`."""

    name = NameField("Naam")
    mistake = BooleanField("Foute registratie: wat er stond, was nooit juist")
    form_key = FormKey()
    version = HiddenField()
    known_double = HiddenField()

    def answers(self):
        """What was answered: question code → answer, as the models take it."""
        return {question.code: self._answer(question) for question in questionnaire.current().of_client}

    def _answer(self, question):
        if question.kind == "choice":
            return self[question.code].data
        ticked = [option.code for option in question.options
                  if box_of(question, option) in self and self[box_of(question, option)].data]
        return ticked[0] if ticked else self[question.code].data


def box_of(question, option):
    """The name of the box that stands in for a typed answer."""
    return f"{question.code}_{option.code}"


def client_form(answers=None, name="", **hidden):
    """The form for a new client, or for the client that has these answers."""
    answers = answers or {}
    fields, data = {}, {"name": name, **hidden}
    for question in questionnaire.current().of_client:
        answer = answers.get(question.code)
        fields.update(_fields(question, answer))
        if question.kind == "choice":
            data[question.code] = answer
        elif answer in question.labels:
            data[f"{question.code}_{answer}"] = True
        else:
            data[question.code] = answer
    return type("QuestionnaireForm", (ClientForm,), fields)(data=data)


def _fields(question, answer):
    if question.kind == "choice":
        wanted = "Kies een antwoord. Weet je het niet, kies dan ‘Onbekend’."
        return {question.code: choice_field(question.label, _choices(question, answer), wanted)}
    boxes = {box_of(question, option): BooleanField(option.label) for option in question.offered(answer)}
    wanted = "Vul dit in, of vink een vakje aan."
    if question.kind == "date":
        typed = date_field(question.label, wanted, boxes=tuple(boxes), validators=[_born])
    else:
        typed = ParsedField(question.label, values.parse_postcode, required=wanted, boxes=tuple(boxes))
    return {question.code: typed, **boxes}


def _choices(question, answer, nothing="Kies …"):
    return {"": nothing} | {option.code: option.label for option in question.offered(answer)}


def _born(form, field):
    if isinstance(field.data, datetime.date) and not datetime.date(1900, 1, 1) <= field.data <= today():
        raise ValidationError(MESSAGES["birth_date"])


class PeriodForm(BaseForm):
    hours = ParsedField("Aantal uren", values.parse_hours, filters.hours, "Typ het aantal uren, bijvoorbeeld 12,5.")
    start_date = date_field("Startdatum", "Typ de startdatum, bijvoorbeeld 03/06/2024.")
    end_date = date_field("Einddatum")
    closing_reason = choice_field("Reden van stopzetting", {})
    outlook = choice_field("Perspectief na stopzetting", {})
    form_key = FormKey()
    version = HiddenField()

    def __init__(self, *args, period=None, **kwargs):
        super().__init__(*args, obj=period, **kwargs)
        self.was_closed = period is not None and period.end_date is not None
        for question in questionnaire.current().of_closing:
            self[question.code].choices = _choices(question, getattr(period, question.code, None), "–")

    def validate(self, extra_validators=None):
        sound = super().validate(extra_validators)
        if self.was_closed and not self.end_date.typed:
            # Emptying the end date reopens the period; its reason and outlook go along.
            self.closing_reason.data = self.outlook.data = ""
        closing = [self.end_date, self.closing_reason, self.outlook]
        given = [bool(field.data) or bool(field.errors) for field in closing]
        if any(given) and not all(given):
            for field in (field for field, there in zip(closing, given, strict=True) if not there):
                field.errors = [*field.errors, MESSAGES["closing"]]
            sound = False
        if self.start_date.data and self.end_date.data and self.end_date.data < self.start_date.data:
            self.end_date.errors = [*self.end_date.errors, MESSAGES["end_before_start"]]
            sound = False
        return sound

    def period(self):
        """What was filled in, as Period.add and Period.change take it."""
        return {
            "hours": self.hours.data,
            "start": self.start_date.data,
            "end": self.end_date.data,
            "reason": self.closing_reason.data or None,
            "outlook": self.outlook.data or None,
        }


class DeletionForm(BaseForm):
    reason = choice_field("Reden", {"": "Kies …", **REASONS}, "Kies een reden.")
    remark = TextAreaField("Opmerking")

    def validate_remark(self, field):
        try:
            field.data = values.clean_remark(field.data or "")
        except Refused as refused:
            raise ValidationError(message(refused)) from None
