"""The base of every form, the fields of the hall, and the one home of what they say when something is wrong."""
import re
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import EmailField, IntegerField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError
from wtforms.widgets import HiddenInput

from models.accounts import clean_email
from models.database import Refused

MESSAGES = {
    "required": "Vul dit in.",
    "long": "Dit is te lang: hoogstens {max} tekens.",
    "characters": "Hierin staat een teken dat niet kan. Typ het opnieuw.",
    "telephone": "Typ een telefoonnummer: cijfers, spaties en + ( ) / . -",
    "website": "Typ het adres van een website, bijvoorbeeld www.voorbeeld.be.",
    "email": "Dit is geen e-mailadres. Kijk het na, bijvoorbeeld op een spatie of een vergeten @.",
    "email_same": "Dit is het e-mailadres dat je login al heeft.",
    "email_taken": "Dit e-mailadres hoort intussen bij een andere login.",
    "unknown": "E-mailadres of wachtwoord klopt niet.",
    "too_many": "Er is te vaak na elkaar geprobeerd. Wacht even en probeer het dan opnieuw.",
    "password_wrong": "Dit is niet het huidige wachtwoord.",
    "password_short": "Kies een langer wachtwoord.",
    "password_long": "Kies een korter wachtwoord: hoogstens 256 tekens.",
    "password_weak": "Dit wachtwoord is makkelijk te raden. Kies bijvoorbeeld vier woorden die niets met elkaar "
                     "of met je organisatie te maken hebben.",
    "password_repeat": "Dit is niet twee keer hetzelfde.",
    "mail_key": "Loket kan nu geen mails versturen. Verwittig wie Loket beheert.",
}
TELEPHONE = re.compile(r"[0-9 +()/.-]*\Z")
# What an INTEGER of PostgreSQL holds.
LARGEST_INTEGER = 2**31 - 1
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def message(refused, **context):
    """The words for a refusal by a model."""
    return MESSAGES[refused.code].format(**{**refused.context, **context})


class BaseForm(FlaskForm):
    class Meta(FlaskForm.Meta):
        locales = ["nl"]

    def refuse(self, name, refused):
        """Show by the field `name` why a model refused; with None, above the form."""
        if name is None:
            self.form_errors.append(message(refused))
        else:
            self[name].errors = [*self[name].errors, message(refused)]


def text_field(label, at_most, *validators, filters=()):
    """A line of text that may stay empty, without the spaces around it."""
    short = Length(max=at_most, message=MESSAGES["long"].format(max=at_most))
    return StringField(
        label, filters=[_stripped, *filters], validators=[Optional(), short, _no_control_characters, *validators])


def telephone_field(label="Telefoon"):
    return text_field(label, 50, Regexp(TELEPHONE, message=MESSAGES["telephone"]))


def website_field(label="Website"):
    return text_field(label, 200, _is_website, filters=[_with_scheme])


def email_field(label="E-mailadres"):
    return EmailField(label, filters=[_stripped], validators=[InputRequired(MESSAGES["required"]), _is_email])


def password_field(label="Wachtwoord", *validators):
    return PasswordField(label, validators=[InputRequired(MESSAGES["required"]), *validators])


def repeat_password_field(label="Herhaal het nieuwe wachtwoord"):
    return password_field(label, EqualTo("password", MESSAGES["password_repeat"]))


def version_field():
    """The version of the row that a form was made from."""
    return IntegerField(widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, LARGEST_INTEGER)])


def _stripped(text):
    return text.strip(" \t") if text else text


def _with_scheme(text):
    bare = text and "." in text and not re.search(r"://|\s", text)
    return f"https://{text}" if bare else text


def _no_control_characters(_form, field):
    if CONTROL.search(field.data or ""):
        raise ValidationError(MESSAGES["characters"])


def _is_website(_form, field):
    if not field.data:
        return
    try:
        parts = urlsplit(field.data)
        good = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in field.data
    except ValueError:
        good = False
    if not good:
        raise ValidationError(MESSAGES["website"])


def _is_email(_form, field):
    try:
        clean_email(field.data)
    except Refused as refused:
        raise ValidationError(message(refused)) from None
