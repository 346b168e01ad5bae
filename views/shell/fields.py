"""The base of every form, the fields of the hall, and the one home of what they say when something is wrong."""
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
from models.database import Refused
from views.shell.helpdesk import operator

MESSAGES = {
    "required": "Vul dit in.",
    "long": "Dit is te lang: hoogstens {max} tekens.",
    "characters": "Hierin staat een teken dat niet kan. Typ het opnieuw.",
    "telephone": "Typ een telefoonnummer: cijfers, spaties en + ( ) / . -",
    "website": "Typ het adres van een website, bijvoorbeeld www.voorbeeld.be.",
    "email": "Dit is geen e-mailadres. Kijk het na, bijvoorbeeld op een spatie of een vergeten @.",
    "email_same": "Dit is het e-mailadres dat je login al heeft.",
    "email_taken": "Dit e-mailadres hoort intussen bij een andere login.",
    "login_taken": "Dit e-mailadres hoort al bij een andere login.",
    "login_blocked": "De login van deze organisatie is geblokkeerd. Maak dat eerst ongedaan.",
    "has_login": "Deze organisatie heeft haar uitnodiging al aanvaard.",
    "not_accepted": "Deze organisatie koos nog geen wachtwoord. Nodig ze uit op het juiste e-mailadres.",
    "move_same": "Dit is het e-mailadres dat de login al heeft.",
    "move_pending": "Er wacht al een verhuizing van deze login. Annuleer die eerst.",
    "move_over": "Er is geen verhuizing meer die wacht.",
    "organisation_name": "Typ een naam van hoogstens 200 tekens.",
    "organisation_exists": "Je provincie heeft al een organisatie met deze naam.",
    "administrator_blocked": "Deze collega is geblokkeerd. Maak dat eerst ongedaan.",
    "administrator_accepted": "Deze collega heeft de uitnodiging al aanvaard.",
    "own_login": "Je eigen login kan je niet blokkeren: vraag het aan een collega.",
    "last_administrator": "Dan kan geen enkele beheerder van je provincie zich nog aanmelden.",
    "contact_name": "Vul je naam in, of maak alles leeg.",
    "contact_way": "Vul een telefoonnummer of een e-mailadres in, zodat organisaties je kunnen bereiken.",
    "unknown": "E-mailadres of wachtwoord klopt niet.",
    "too_many": "Er is te vaak na elkaar geprobeerd. Wacht even en probeer het dan opnieuw.",
    "too_many_codes": "Er is te vaak na elkaar een verkeerde code getypt. Begin over een kwartier opnieuw.",
    "password_wrong": "Dit is niet het huidige wachtwoord.",
    "password_short": "Kies een langer wachtwoord.",
    "password_long": "Kies een korter wachtwoord: hoogstens 256 tekens.",
    "password_weak": "Dit wachtwoord is makkelijk te raden. Kies bijvoorbeeld vier woorden die niets met elkaar "
                     "of met je organisatie te maken hebben.",
    "password_repeat": "Dit is niet twee keer hetzelfde.",
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
    "names_key": "Namen kunnen nu niet bewaard worden. Laat de naam leeg en vul hem later aan, of verwittig "
                 "{operator}.",
    "birth_date": "Typ een geboortedatum tussen 01/01/1900 en vandaag.",
    "before_birth": "Er is een begeleidingsperiode die vóór deze geboortedatum begint.",
    "start_before_birth": "De startdatum ligt vóór de geboortedatum van de cliënt ({birth_date}).",
    "end_before_start": "De einddatum ligt vóór de startdatum.",
    "day_range": "Kijk het jaar na.",
    "option": "Kies een antwoord uit de lijst.",
    "closing": "Einddatum, reden en perspectief gaan samen: vul alle drie in, of geen enkele.",
    "overlap": "Deze periode valt samen met de periode {period}. Pas de datums aan, of bewerk eerst die periode.",
    "remark_name": "Het woord ‘{word}’ staat ook in de naam of in het oude volgnummer van deze cliënt. De beheerder "
                   "leest de opmerking en mag "
                   "geen namen kennen: laat het weg.",
    "answer": "Typ een antwoord: de organisatie leest het bij de cliënt.",
    "answer_long": "Dit is te lang: hoogstens 500 tekens.",
    "retyped": "Dit is niet het nummer van deze cliënt. Er is niets verwijderd. Typ {number} over.",
    "already_restored": "Cliënt {number} was al teruggezet.",
    "restore_late": "Cliënt {number} kan niet meer teruggezet worden: de termijn is voorbij.",
    "restore_taken": "Cliënt {number} kan niet teruggezet worden: de organisatie heeft intussen een andere cliënt met "
                     "hetzelfde oude volgnummer.",
    "restore_sent_again": "Cliënt {number} kan niet teruggezet worden: de organisatie registreerde deze cliënt "
                          "intussen opnieuw.",
    "reason": "Kies een reden uit de lijst.",
    "edition_empty": "In dat jaar werd daar niemand begeleid: er is niets om te bewaren.",
    "edition_confirm": "Vink dit aan: wat gepubliceerd is, blijft bewaard zoals het is.",
    "code": "Deze code klopt niet, of werd al gebruikt. Wacht tot je app een nieuwe toont, en kijk of de klok van je "
            "telefoon juist staat.",
    "new_code": "Deze code klopt niet. Typ de code die de app nu toont, en kijk of de klok van je telefoon juist "
                "staat.",
    "recovery_code": "Deze herstelcode klopt niet, of werd al gebruikt.",
    "candidate": "Dit formulier was te oud. Scan de QR-code opnieuw.",
    "factor_key": "Loket kan codes van een app nu niet nakijken. Gebruik een herstelcode.",
    "no_factor": "Je codes zijn intussen weggenomen. Meld je opnieuw aan.",
    "mail_key": "Loket kan nu geen mails versturen. Verwittig {operator}.",
}
TELEPHONE = re.compile(r"[0-9 +()/.-]*\Z")
# What an INTEGER of PostgreSQL holds.
LARGEST_INTEGER = 2**31 - 1
CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
REPLACEMENT = "\ufffd"


def message(refused, code=None, **context):
    """The words for a refusal by a model; `code` where a screen says it in another way."""
    return MESSAGES[code or refused.code].format(**{"value": "", "operator": operator(), **refused.context, **context})


class BaseForm(FlaskForm):
    class Meta(FlaskForm.Meta):
        locales = ["nl"]

    def refuse(self, name, refused, code=None, **context):
        """Show by the field `name` why a model refused, in the words of `message`; with None, above the form."""
        words = message(refused, code, **context)
        if name is None:
            self.form_errors.append(words)
        else:
            self[name].errors = [*self[name].errors, words]


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
    return SelectField(label, validators, choices=choices, invalid_choice_message=MESSAGES["option"])


def text_field(label, at_most, *validators, filters=()):
    """A line of text that may stay empty, without the spaces around it."""
    short = Length(max=at_most, message=MESSAGES["long"].format(max=at_most))
    return StringField(
        label, filters=[line, *filters], validators=[Optional(), short, _no_control_characters, *validators])


def required_text_field(label, at_most):
    """A line of text that must be filled in."""
    short = Length(max=at_most, message=MESSAGES["long"].format(max=at_most))
    return StringField(
        label, filters=[line], validators=[DataRequired(MESSAGES["required"]), short, _no_control_characters])


def telephone_field(label="Telefoon"):
    return text_field(label, 50, Regexp(TELEPHONE, message=MESSAGES["telephone"]))


def website_field(label="Website"):
    return text_field(label, 200, _is_website, filters=[_with_scheme])


def email_field(label="E-mailadres"):
    return EmailField(label, filters=[line], validators=[InputRequired(MESSAGES["required"]), _is_email])


def optional_email_field(label="E-mailadres"):
    return EmailField(label, filters=[line], validators=[Optional(), _is_email])


def password_field(label="Wachtwoord", *validators):
    return PasswordField(label, validators=[InputRequired(MESSAGES["required"]), *validators])


def repeat_password_field(label="Herhaal het nieuwe wachtwoord"):
    return password_field(label, EqualTo("password", MESSAGES["password_repeat"]))


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
        raise ValidationError(MESSAGES["characters"])


def is_website(text):
    """Whether this is a whole address of a website."""
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in text
    except ValueError:
        return False


def _is_website(_form, field):
    if field.data and not is_website(field.data):
        raise ValidationError(MESSAGES["website"])


def _is_email(_form, field):
    try:
        clean_email(field.data)
    except Refused as refused:
        raise ValidationError(message(refused)) from None
