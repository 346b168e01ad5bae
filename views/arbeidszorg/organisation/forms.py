"""The forms of an organisation. A client's form is made from the questionnaire; forms validate and never write."""
import datetime
import functools

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import Optional, ValidationError

from models.arbeidszorg.deletion.requests import DOUBLE, REASONS
from models.arbeidszorg.errors import ArbeidszorgCode
from models.arbeidszorg.register import questionnaire, values
from models.arbeidszorg.register.periods import FIRST_DAY, LAST_DAY
from models.database import today
from models.days import parse_date
from models.errors import Refused
from views.arbeidszorg.fields import RemarkField
from views.arbeidszorg.messages import MESSAGES, OTHER_MISSING
from views.shell import filters
from views.shell.fields import (
    BaseForm,
    FormKey,
    ParsedField,
    about_sign,
    choice_field,
    line,
    snapshot,
    version_field,
)
from views.shell.messages import message

# Why an answer changed: a code and its words.
CHANGED, MISTAKE = "changed", "mistake"
WHY = {CHANGED: "De situatie is veranderd", MISTAKE: "Foute registratie: wat er stond, was nooit juist"}


def date_field(label, required="", **kwargs):
    """A text field for a day, typed as 03/06/2024; see ParsedField."""
    return ParsedField(label, parse_date, filters.day, required, **kwargs)


class NameField(StringField):
    """A client's name, cleaned; refused if it is too long or holds characters that a name may not have."""

    def post_validate(self, form, validation_stopped):
        """Clean the name, or show why it is refused."""
        try:
            self.data = values.clean_name(self.data or "")
        except Refused as refused:
            raise ValidationError(message(refused) + about_sign(self)) from None


class ClientForm(BaseForm):
    """The fields that every client form has; `client_form` adds the questions."""

    name = NameField("Naam", [Optional()], filters=[line])
    form_key = FormKey()
    version = version_field()
    opened = HiddenField()
    pointed_out = HiddenField()

    def given(self):
        """The form's name and answers in one dict."""
        return {"name": self.name.data, **self.answers()}

    def answers(self):
        """The answers as question code → answer, as the models take them."""
        return {question.code: self._answer(question) for question in questionnaire.current().of_client}

    def _answer(self, question):
        if question.kind == "choice":
            return self[question.code].data
        ticked = [option.code for option in question.options
                  if box_of(question, option) in self and self[box_of(question, option)].data]
        return ticked[0] if ticked else self[question.code].data

    def why(self):
        """The reasons that are given for changed answers, as question code → a code of WHY."""
        given = {question.code: self[why_of(question.code)].data for question in questionnaire.current().of_client}
        return {code: reason for code, reason in given.items() if reason}


def why_of(code):
    """The name of the field that says why the answer to this question changed."""
    return f"why_{code}"


def box_of(question, option):
    """The name of the checkbox for an option of a question whose answer is typed."""
    return f"{question.code}_{option.code}"


def client_form(client=None, form_key=None, instead=None):
    """The form for this client, or for a new one with a `form_key`.

    `instead` is a dict with the name and answers to show, ignoring the posted ones.
    """
    kept = {"name": client.name, **client.answers()} if client else {}
    shown = kept if instead is None else instead
    data, retired = {"name": shown.get("name"), "form_key": form_key}, []
    if client:
        data |= {"version": client.version, "opened": snapshot(kept)}
    for question in questionnaire.current().of_client:
        answer = shown.get(question.code)
        if answer in question.retired:
            retired.append((question.code, answer))
        if question.kind != "choice" and answer in question.labels:
            data[f"{question.code}_{answer}"] = True
        else:
            data[question.code] = answer
    sent = {} if instead is None else {"formdata": None}
    return _form_class(questionnaire.current(), client is None, tuple(retired))(data=data, **sent)


@functools.lru_cache(maxsize=32)
def _form_class(questions, is_new, retired):
    """The class of the form, which WTForms makes slowly; `retired` has (question, answer) of each retired answer."""
    answers, fields = dict(retired), {"version": None, "opened": None} if is_new else {"form_key": None}
    for question in questions.of_client:
        fields.update(_fields(question, answers.get(question.code)))
        if not is_new:
            fields[why_of(question.code)] = HiddenField(filters=[_is_why])
    return type("QuestionnaireForm", (ClientForm,), fields)


def _is_why(reason):
    return reason if reason in WHY else None


def _fields(question, answer):
    if question.kind == "choice":
        wanted = "Kies een antwoord. Weet je het niet, kies dan ‘Onbekend’."
        return {question.code: choice_field(question.label, _choices(question, answer), wanted)}
    boxes = {box_of(question, option): BooleanField(option.label) for option in question.offered(answer)}
    wanted = "Vul dit in, of vink een vakje aan."
    if question.kind == "date":
        typed = date_field(question.label, wanted, boxes=tuple(boxes), validators=[_is_birth_date])
    else:
        typed = ParsedField(question.label, values.parse_postcode, required=wanted, boxes=tuple(boxes))
    return {question.code: typed, **boxes}


def _choices(question, answer, nothing="Kies …"):
    return {"": nothing} | {option.code: option.label for option in question.offered(answer)}


def _is_birth_date(form, field):
    if isinstance(field.data, datetime.date) and not datetime.date(1900, 1, 1) <= field.data <= today():
        raise ValidationError(MESSAGES[ArbeidszorgCode.BIRTH_DATE])


def _is_in_range(_form, field):
    if field.data and not FIRST_DAY <= field.data <= LAST_DAY:
        raise ValidationError(MESSAGES[ArbeidszorgCode.DAY_RANGE])


class PeriodForm(BaseForm):
    """The form for a guidance period, or for a new one with a `form_key`; `instead` is as in `client_form`.

    `eves` are the days before the client's other periods. A period that another one continues needs no reason.
    """

    FIELDS = ("hours", "start_date", "end_date", "closing_reason", "outlook")

    hours = ParsedField("Aantal uren", values.parse_hours, filters.hours, "Typ het aantal uren, bijvoorbeeld 12,5.")
    hours_since = date_field("Nieuwe uren gelden vanaf", boxes=("hours_mistake",))
    hours_mistake = BooleanField("Foute registratie: de vorige uren waren nooit juist")
    start_date = date_field("Startdatum", "Typ de startdatum, bijvoorbeeld 03/06/2024.", validators=[_is_in_range])
    end_date = date_field("Einddatum", validators=[_is_in_range])
    closing_reason = choice_field("Reden van stopzetting", {})
    outlook = choice_field("Perspectief na stopzetting", {})
    form_key = FormKey()
    version = version_field()
    opened = HiddenField()
    # The button that ends the running period on this day, in ISO 8601, on the day before the new one.
    closes = HiddenField()
    pointed_out = HiddenField()

    def __init__(self, period=None, form_key=None, instead=None, eves=()):
        kept = {field: getattr(period, field) for field in self.FIELDS} if period else {}
        data = {"form_key": form_key, **(kept if instead is None else instead)}
        if period:
            data |= {"version": period.version, "opened": snapshot(kept)}
        sent = {} if instead is None else {"formdata": None}
        super().__init__(data=data, **sent)
        for name in ("form_key", "closes") if period else ("version", "opened", "hours_since", "hours_mistake"):
            del self[name]
        self.eves = eves
        self.was_closed = period is not None and period.end_date is not None
        for question in questionnaire.current().of_closing:
            self[question.code].choices = _choices(question, getattr(period, question.code, None), "–")
        for field in (self.end_date, self.closing_reason, self.outlook):
            # Not marked as optional: they go together, which the form explains in words.
            field.flags.optional = None

    def validate(self, extra_validators=None):
        """Check each field, that the closing fields go together, and that the end is not before the start."""
        sound = super().validate(extra_validators)
        if self.was_closed and not self.end_date.typed:
            # Emptying the end date reopens the period; its reason and outlook go along.
            self.closing_reason.data = self.outlook.data = ""
        closing = [self.end_date, self.closing_reason, self.outlook]
        # A reason that was not asked, for another period continued this one, is asked when that is no longer so.
        given = [bool(field.data and (self.end_date.data is None or field.raw_data != [])) or bool(field.errors)
                 for field in closing]
        if any(given) and not all(given) and not self.is_continued:
            for field in (field for field, there in zip(closing, given, strict=True) if not there):
                field.errors = [*field.errors, MESSAGES[ArbeidszorgCode.CLOSING]]
            sound = False
        if self.start_date.data and self.end_date.data and self.end_date.data < self.start_date.data:
            self.end_date.errors = [*self.end_date.errors, MESSAGES[ArbeidszorgCode.END_BEFORE_START]]
            sound = False
        return sound

    @property
    def is_continued(self):
        """Whether another period starts on the day after the end date."""
        return self.end_date.data in self.eves

    @property
    def asks_closing(self):
        """Whether the form shows reason and outlook: not for a continued period, unless they were typed."""
        return not self.is_continued or any(
            field.errors or any(field.raw_data or ()) for field in (self.closing_reason, self.outlook))

    def given(self):
        """The form's values as field → value."""
        return {field: self[field].data for field in self.FIELDS}

    def period(self):
        """The form's values as the arguments of Period.add and Period.change."""
        return {
            "hours": self.hours.data,
            "start": self.start_date.data,
            "end": self.end_date.data,
            "reason": self.closing_reason.data or None,
            "outlook": self.outlook.data or None,
        }

    def hours_change(self):
        """The day from which new hours hold, as arguments of Period.change."""
        return {"hours_since": self.hours_since.data, "hours_mistake": self.hours_mistake.data}

    def continues(self):
        """Whether the button was pressed that ends the running period on the day before this one."""
        return self.closes.data == (self.start_date.data - datetime.timedelta(days=1)).isoformat()


class DeletionForm(BaseForm):
    """The form with which an organisation requests a client's deletion."""

    reason = choice_field("Reden", {"": "Kies …", **REASONS}, "Kies een reden.")
    other = StringField("Volgnummer van de andere registratie", filters=[line])
    remark = RemarkField("Opmerking")

    def validate_other(self, field):
        """Ask the other number of a client that is registered twice."""
        if self.reason.data == DOUBLE and not field.data:
            raise ValidationError(OTHER_MISSING)
