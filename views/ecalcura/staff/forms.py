"""The forms about employees, their contracts, choices and replacements. Forms validate and never write.

Each class has FIELDS, the fields that are compared when a colleague saved the same row meanwhile (`row_form`).
"""
import functools

from wtforms import HiddenField

from models.ecalcura.contracts import lists
from models.ecalcura.errors import CODES, EcalcuraCode
from models.ecalcura.people import numbers
from views.ecalcura import words
from views.ecalcura.fields import day_field, hours_field
from views.shell.fields import BaseForm, FormKey, ParsedField, choice_field, snapshot, version_field

FULL_TIME = 3800
# In the list of people to replace: the facility's pool, without a person.
POOL = "pool"
START = "Typ de begindatum, bijvoorbeeld 01/09/2026."
HOURS = "Typ de uren per week, bijvoorbeeld 19 of 30,4."
ONLY_REPLACEMENT = "Alleen voor een vervanger: maak dit leeg, of kies de rol ‘vervanger’."
ONLY_ENTITLED = "Alleen voor een gerechtigde: laat dit leeg, of kies de rol ‘gerechtigde’."
REPLACES = "Kies voor wie, of kies de pool van de voorziening."


class NumberField(ParsedField):
    """The field in which a rijksregister- or bisnummer is typed; it never shows a stored one."""

    def __init__(self, **options):
        super().__init__(
            "Rijksregister- of bisnummer", numbers.clean, required="Typ de 11 cijfers van het nummer.", **options)

    def process_formdata(self, valuelist):
        """Read the number; a wrong one is refused with the code of its check."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(f"{CODES[EcalcuraCode.NUMBER_INVALID]} {error}") from None


# Made first: it is the first field of a form, and gets the focus if it is wrong.
NUMBER = NumberField()


class FindForm(BaseForm):
    """The search of the list: a name, or a whole number."""

    text = ParsedField("Zoeken op naam of rijksregisternummer", str)


class ContractForm(BaseForm):
    """The fields of a contract; the version is of the row that it was made from."""

    FIELDS = ("role", "qualification", "statute", "start", "until", "hours", "full_time", "acquired_step")

    role = choice_field("Rol", {"": "Kies …", **words.ROLES}, "Kies de rol.")
    qualification = choice_field("Kwalificatie", {}, "Kies de kwalificatie.")
    statute = choice_field("Statuut", {}, "Kies het statuut.")
    start = day_field("Begindatum", START)
    until = day_field("Einddatum")
    hours = hours_field("Uren per week", HOURS)
    full_time = hours_field("Voltijdse week", "Typ de uren van een voltijdse week, bijvoorbeeld 38.")
    acquired_step = choice_field("Verworven recht tot stap", {})
    version = version_field()
    opened = HiddenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.acquired_step.choices = {"": "niet van toepassing", **{str(age): f"{age} jaar" for age in lists.steps()}}
        self.qualification.choices = {
            "": "Kies …", **{code: one.label for code, one in lists.qualifications().items()}}
        self.statute.choices = {"": "Kies …", **lists.statutes()}

    @property
    def is_replacement(self):
        """Whether the role is that of a replacement."""
        return self.role.data == "replacement"

    def validate(self, extra_validators=None):
        """Check each field, and that a replacement has no acquired right."""
        sound = super().validate(extra_validators)
        return self._wrong("acquired_step", ONLY_ENTITLED) if self.is_replacement and self.acquired_step.data else sound

    def _wrong(self, name, words):
        self[name].errors = [*self[name].errors, words]
        return False

    def contract(self):
        """The values of the contract itself, as field → value."""
        return {**given(self), "acquired_step": int(self.acquired_step.data) if self.acquired_step.data else None}


class NewContractForm(ContractForm):
    """A further contract of an employee; for a replacement also whom it replaces."""

    replaces = choice_field("Vervangt", {})
    replaced_hours = hours_field("Uren per week die vervangen worden")
    act_on = day_field("Datum van de overeenkomst of akte")
    form_key = FormKey()
    version = opened = None

    def __init__(self, people, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.replaces.choices = to_replace(people)
        for name in ("replaces", "replaced_hours", "act_on"):
            # Not marked as optional: the form says for which role they are.
            self[name].flags.optional = None

    def validate(self, extra_validators=None):
        """Check each field, and that only a replacement says whom it replaces, and always does."""
        sound = super().validate(extra_validators)
        if self.is_replacement:
            return self._wrong("replaces", REPLACES) if not self.replaces.data else sound
        filled = [name for name in ("replaces", "replaced_hours", "act_on") if self[name].data]
        for name in filled if self.role.data else ():
            sound = self._wrong(name, ONLY_REPLACEMENT)
        return sound

    def chosen(self):
        """The choices by step: a new employee's form asks for them."""
        return {}


def to_replace(people):
    """The options of whom somebody replaces: the pool, and (id, label) of each entitled employee."""
    return {"": "Kies …", POOL: "de pool van de voorziening", **{str(key): label for key, label in people}}


def new_employee_form(people, **data):
    """The form of a new employee, empty or as posted, with a choice for each step; `people` as in `to_replace`."""
    return _new_employee_class()(people, data={"full_time": FULL_TIME, **data})


@functools.cache
def _new_employee_class():
    offered = {"": "nog geen", **words.CHOICES}
    fields = {choice_of(age): choice_field(f"Keuze voor de stap van {age} jaar", offered, "") for age in lists.steps()}
    return type("NewEmployeeForm", (_NewEmployee,), fields)


def choice_of(age):
    """The name of the field with the choice for the step of this age."""
    return f"choice_{age}"


class _NewEmployee(NewContractForm):
    number = NUMBER

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for age in lists.steps():
            self[choice_of(age)].flags.optional = None

    def chosen(self):
        """The choices that were made, as age → kind."""
        return {age: self[choice_of(age)].data for age in lists.steps() if self[choice_of(age)].data}

    def validate(self, extra_validators=None):
        """Check each field, and that only somebody who is entitled chooses."""
        sound = super().validate(extra_validators)
        if self.is_replacement and self.chosen():
            return self._wrong(choice_of(min(self.chosen())), ONLY_ENTITLED)
        return sound


class NumberForm(BaseForm):
    """Puts a wrong number right."""

    number = NUMBER
    version = version_field()


class TermsForm(BaseForm):
    """Other hours from a day on."""

    since = day_field("Nieuwe uren vanaf", "Typ de eerste dag, bijvoorbeeld 01/10/2026.")
    hours = hours_field("Uren per week", HOURS)
    full_time = hours_field("Voltijdse week", "Typ de uren van een voltijdse week, bijvoorbeeld 38.")
    version = version_field()


class EndForm(BaseForm):
    """Ends a contract, or opens its end again."""

    FIELDS = ("until",)

    until = day_field("Laatste dag")
    version = version_field()
    opened = HiddenField()


class ChoiceForm(BaseForm):
    """A choice for a step."""

    FIELDS = ("step", "kind", "since", "until")

    step = choice_field("Stap", {}, "Kies de stap.")
    kind = choice_field("Keuze", {"": "Kies …", **words.CHOICES}, "Kies premie of vrijstelling.")
    since = day_field("Vanaf", "Typ de eerste dag, bijvoorbeeld 01/10/2026.")
    until = day_field("Tot en met")
    form_key = FormKey()
    version = version_field()
    opened = HiddenField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.step.choices = {"": "Kies …", **{str(age): f"{age} jaar" for age in lists.steps()}}


class ReplacementForm(BaseForm):
    """The employee whom a contract replaces, for which hours and which days."""

    FIELDS = ("replaces", "hours", "since", "until", "act_on")

    replaces = choice_field("Vervangt", {}, REPLACES)
    hours = hours_field("Uren per week die vervangen worden", HOURS)
    since = day_field("Vanaf", "Typ de eerste dag, bijvoorbeeld 01/10/2026.")
    until = day_field("Tot en met")
    act_on = day_field("Datum van de overeenkomst of akte")
    form_key = FormKey()
    version = version_field()
    opened = HiddenField()

    def __init__(self, people, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.replaces.choices = to_replace(people)


class IrregularForm(BaseForm):
    """Declares 200 hours of irregular work for a step, in a period of at most 24 months."""

    first = day_field("Eerste dag", "Typ de eerste dag van de periode.")
    last = day_field("Laatste dag", "Typ de laatste dag van de periode.")


class DoForm(BaseForm):
    """A form with only a button, made from this version of the row."""

    version = version_field()


def row_form(make, kept, version, instead=None):
    """A form of a stored row: `make(**arguments)` with the values `kept`, or with `instead` and not as posted."""
    sent = {} if instead is None else {"formdata": None}
    form = make(data={**(kept if instead is None else instead), "version": version, "opened": snapshot(kept)}, **sent)
    if "form_key" in form:
        del form.form_key
    return form


def created_form(make, key, **data):
    """A form of a new row, with the key that makes it once."""
    form = make(data={"form_key": key, **data})
    for name in ("version", "opened"):
        if name in form:
            del form[name]
    return form


def given(form):
    """The values of a row's form, as field → value."""
    return {name: form[name].data for name in form.FIELDS}


def differences(form, kept, shown):
    """(label, stored, typed) of each field that differs; `shown` is a function of (field's name, value) → text."""
    rows = [(form[name].label.text, shown(name, kept[name]), shown(name, form[name].data)) for name in form.FIELDS]
    return [(label, was or "–", now or "–") for label, was, now in rows if (was or "") != (now or "")]
