"""The base of every form, and the fields that forms share."""
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
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)
from wtforms.widgets import HiddenInput

from models.errors import Refused
from models.files.invisible import about_invisible, clean
from models.mail.addresses import clean_email
from views.shell.forms import inputs
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
# The largest value of PostgreSQL's INTEGER.
LARGEST_INTEGER = 2**31 - 1
CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile(r"[\r\n]")
REPLACEMENT = "\ufffd"


class BaseForm(FlaskForm):
    """The base of every form: Dutch messages, and a way to show that a model refused."""

    class Meta(FlaskForm.Meta):
        locales = ["nl"]

        def render_field(self, field, render_kw):
            """Write the field as HTML; a widget that views/shell/forms/inputs.py does not know writes itself."""
            return inputs.written(field, render_kw) or super().render_field(field, render_kw)

    def refuse(self, name, refused, words=None, **context):
        """Show the message of a model's refusal at the field `name`, or above the form if `name` is None."""
        shown = message(refused, words, **context)
        if name is None:
            self.form_errors.append(shown)
        else:
            self[name].errors = [*self[name].errors, shown]

    def point_out(self, keys):
        """List these words in the hidden field `pointed_out`; return whether one was not listed when it was posted.

        So a form asks once: posted again, it carries the words of everything that it asked.
        """
        known = set((self.pointed_out.data or "").split())
        self.pointed_out.data, self.pointed_out.raw_data = " ".join(keys), None
        return not known.issuperset(keys)


class FormKey(HiddenField):
    """A hidden key in a create form, so that posting the same form twice makes one row; None if malformed."""

    def post_validate(self, form, validation_stopped):
        self.data = self.data if re.fullmatch(r"[\w-]{1,64}", self.data or "", re.ASCII) else None


class ParsedField(StringField):
    """A text field whose data is `parse(text)`; the box keeps the text as typed.

    `parse` raises Refused, `show` turns data into text, `required` is the message when nothing is filled in, and
    `boxes` names the checkboxes of which one may be ticked instead.
    """

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
                raise ValueError(message(refused) + about_sign(self)) from None

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


class ChoiceField(SelectField):
    """A list with one of `choices`, a dict of value → label; any other value is refused."""

    def pre_validate(self, form):
        if self.data not in self.choices:
            raise ValidationError(NOT_IN_LIST)


def choice_field(label, choices, required=""):
    """A `ChoiceField` with these choices; `required` is the message when nothing is chosen."""
    return ChoiceField(label, [InputRequired(required) if required else Optional()], choices=choices)


def text_field(label, at_most, *validators, filters=()):
    """An optional line of text of at most `at_most` characters, stripped of surrounding spaces."""
    short = Length(max=at_most, message=TOO_LONG.format(max=at_most))
    return StringField(
        label, filters=[line, *filters], validators=[Optional(), short, _no_control_characters, *validators])


def required_text_field(label, at_most, required=REQUIRED):
    """A line of text of at most `at_most` characters, stripped of surrounding spaces; `required` says it is absent."""
    short = Length(max=at_most, message=TOO_LONG.format(max=at_most))
    return StringField(
        label, filters=[line], validators=[DataRequired(required), short, _no_control_characters])


def telephone_field(label="Telefoon"):
    """An optional telephone number: digits, spaces and + ( ) / . -"""
    return text_field(label, 50, Regexp(TELEPHONE, message=NO_TELEPHONE))


def website_field(label="Website"):
    """An optional web address; https:// is added to a bare domain."""
    return text_field(label, 200, _is_website, filters=[_with_scheme])


def email_field(label="E-mailadres", required=REQUIRED):
    """An e-mail address; `required` says that it is absent."""
    return EmailField(label, filters=[line], validators=[InputRequired(required), _is_email])


def optional_email_field(label="E-mailadres"):
    """An optional e-mail address."""
    return EmailField(label, filters=[line], validators=[Optional(), _is_email])


def password_field(label="Wachtwoord", *validators):
    """A required password; it is never shown again and never stripped."""
    return PasswordField(label, validators=[InputRequired(REQUIRED), *validators])


def repeat_password_field(label="Herhaal het nieuwe wachtwoord"):
    """A required repetition of the field `password`."""
    return password_field(label, EqualTo("password", NOT_REPEATED))


def version_field():
    """The hidden version of the row that a form was made from."""
    return IntegerField(widget=HiddenInput(), validators=[InputRequired(), _may_be_stored])


def _may_be_stored(_form, field):
    """Refuse a number outside of a column; WTForms' own range turns it into a float, and a long one is no float."""
    if not 1 <= (field.data or 0) <= LARGEST_INTEGER:
        raise ValidationError(NOT_IN_LIST)


def snapshot(values):
    """The values that a form is opened with, as JSON for its hidden field `opened`; see `merged`."""
    return json.dumps({name: _text(value) for name, value in values.items()})


def merged(typed, opened, kept):
    """Merge two edits by field: the typed value where this form changed it since `opened`, else the stored value.

    `typed` and `kept` are dicts of name → value, `opened` is the JSON of `snapshot`.
    """
    try:
        before = dict(json.loads(opened or "{}"))
    except (ValueError, TypeError, RecursionError):
        before = {}
    return {name: kept.get(name) if before.get(name) == _text(value) else value for name, value in typed.items()}


def _text(value):
    return "" if value is None else str(value)


def line(text):
    """A typed line without surrounding spaces and marks without width; each control character is U+FFFD, to refuse."""
    return CONTROL.sub(REPLACEMENT, clean(text).strip(" ")) if text else text


def lines(text):
    """A typed text of several lines, cleaned likewise: line breaks stay."""
    return CONTROL_BUT_LINES.sub(REPLACEMENT, clean(text).strip()) if text else text


def about_sign(field):
    """A sentence, after a space, that names the typed sign for which a text is refused; '' without such a sign."""
    typed = LINE_ENDS.sub(" ", clean(next(iter(field.raw_data or ()), "")))
    return f" {about_invisible(typed.strip())}".rstrip()


def _with_scheme(text):
    bare = text and "." in text and not re.search(r"://|\s", text)
    return f"https://{text}" if bare else text


def _no_control_characters(_form, field):
    if REPLACEMENT in field.data:
        raise ValidationError(WRONG_CHARACTERS + about_sign(field))


def is_website(text):
    """Whether `text` is a complete web address: http or https, with a domain."""
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
        raise ValidationError(message(refused) + about_sign(field)) from None
