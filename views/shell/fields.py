"""The base of every form, and the fields of the hall."""
import json
import re
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import (
    DataRequired,
    EqualTo,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from models.accounts.accounts import clean_email
from models.errors import Refused
from views.shell.messages import (
    NO_TELEPHONE,
    NO_WEBSITE,
    NOT_IN_LIST,
    NOT_REPEATED,
    REQUIRED,
    TOO_LONG,
    WRONG_CHARACTERS,
    message,
)

TELEPHONE = re.compile(r"[0-9 +()/.-]*\Z")
# What an INTEGER of PostgreSQL holds.
LARGEST_INTEGER = 2**31 - 1
CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
REPLACEMENT = "\ufffd"


class BaseForm(FlaskForm):
    class Meta(FlaskForm.Meta):
        locales = ["nl"]

    def refuse(self, name, refused, words=None, **context):
        """Show by the field `name` why a model refused, as `message` says it; with None, above the form."""
        shown = message(refused, words, **context)
        if name is None:
            self.form_errors.append(shown)
        else:
            self[name].errors = [*self[name].errors, shown]


class FormKey(HiddenField):
    """A key that goes with a create form, so that the same form sent twice makes one row."""

    def post_validate(self, form, validation_stopped):
        self.data = self.data if re.fullmatch(r"[\w-]{1,64}", self.data or "", re.ASCII) else None


class ParsedField(StringField):
    """A text field whose data is what `parse` makes of it; what was typed stays in the box."""

    def __init__(self, label, parse, show=str, required="", boxes=(), **kwargs):
        super().__init__(label, **kwargs)
        self.parse, self.show, self.required, self.boxes, self.typed = parse, show, required, boxes, ""
        if not required:
            self.flags.optional = True

    def process_formdata(self, valuelist):
        self.data = None
        self.typed = next((line(value) for value in valuelist if value.strip()), "")
        if self.typed:
            try:
                self.data = self.parse(self.typed)
            except Refused as refused:
                raise ValueError(message(refused)) from None

    def _value(self):
        if self.raw_data or self.data is None:
            return self.typed
        return self.show(self.data)

    def pre_validate(self, form):
        ticked = [box for box in self.boxes if form[box].data]
        if len(ticked) + bool(self.typed) > 1:
            raise StopValidation("Kies één antwoord: typ het, of vink één vakje aan.")
        if not ticked and not self.typed and self.required:
            raise StopValidation(self.required)


def choice_field(label, choices, required=""):
    """One of `choices`, a value → label; a value outside them is refused, also where no browser is used."""
    validators = [InputRequired(required) if required else Optional()]
    return SelectField(label, validators, choices=choices, invalid_choice_message=NOT_IN_LIST)


def text_field(label, at_most, *validators, filters=()):
    """A line of text that may stay empty, without the spaces around it."""
    short = Length(max=at_most, message=TOO_LONG.format(max=at_most))
    return StringField(
        label, filters=[line, *filters], validators=[Optional(), short, _no_control_characters, *validators])


def required_text_field(label, at_most):
    """A line of text that must be filled in."""
    short = Length(max=at_most, message=TOO_LONG.format(max=at_most))
    return StringField(
        label, filters=[line], validators=[DataRequired(REQUIRED), short, _no_control_characters])


def telephone_field(label="Telefoon"):
    return text_field(label, 50, Regexp(TELEPHONE, message=NO_TELEPHONE))


def website_field(label="Website"):
    return text_field(label, 200, _is_website, filters=[_with_scheme])


def email_field(label="E-mailadres"):
    return EmailField(label, filters=[line], validators=[InputRequired(REQUIRED), _is_email])


def optional_email_field(label="E-mailadres"):
    return EmailField(label, filters=[line], validators=[Optional(), _is_email])


def password_field(label="Wachtwoord", *validators):
    return PasswordField(label, validators=[InputRequired(REQUIRED), *validators])


def repeat_password_field(label="Herhaal het nieuwe wachtwoord"):
    return password_field(label, EqualTo("password", NOT_REPEATED))


def version_field():
    """The version of the row that a form was made from."""
    return IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_INTEGER)])


def noted(values):
    """What a form was opened with, to send along: it tells later which fields were touched."""
    return json.dumps({name: _text(value) for name, value in values.items()})


def merged(typed, opened, kept):
    """What was typed where that was touched, and elsewhere what is kept now; `opened` is what `noted` gave."""
    try:
        before = dict(json.loads(opened or "{}"))
    except (ValueError, TypeError):
        before = {}
    return {name: kept.get(name) if before.get(name) == _text(value) else value for name, value in typed.items()}


def _text(value):
    return "" if value is None else str(value)


def line(text):
    """A typed line without the spaces around it."""
    # No page can show a control character: it becomes a sign that stands for it, and is refused below.
    return CONTROL.sub(REPLACEMENT, text.strip(" \t")) if text else text


def lines(text):
    """The same for a text of more lines."""
    return CONTROL_BUT_LINES.sub(REPLACEMENT, text.strip()) if text else text


def _with_scheme(text):
    bare = text and "." in text and not re.search(r"://|\s", text)
    return f"https://{text}" if bare else text


def _no_control_characters(_form, field):
    if REPLACEMENT in field.data:
        raise ValidationError(WRONG_CHARACTERS)


def is_website(text):
    """Whether this is a whole address of a website."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in text
    except ValueError:
        return False


def _is_website(_form, field):
    if field.data and not is_website(field.data):
        raise ValidationError(NO_WEBSITE)


def _is_email(_form, field):
    try:
        clean_email(field.data)
    except Refused as refused:
        raise ValidationError(message(refused)) from None
