"""The forms about bank accounts. Forms validate and never write."""
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired

from models.ecalcura.accounts import four_eyes, numbers
from models.ecalcura.errors import CODES, EcalcuraCode
from views.ecalcura.accounts import words
from views.ecalcura.fields import day_field
from views.shell.fields import BaseForm, FormKey, ParsedField, choice_field, line, required_text_field

# The refusals that the field of a reason shows.
OF_REASON = (EcalcuraCode.ACCOUNT_REASON, EcalcuraCode.ACCOUNT_IN_REASON, EcalcuraCode.TEXT_NUMBER)
FIRST_DAY = "Typ de eerste dag, bijvoorbeeld 01/01/2027."


class IbanField(ParsedField):
    """The field in which an account number is typed."""

    def process_formdata(self, valuelist):
        """Read the number; a wrong one is refused with the code of its check."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(f"{CODES[EcalcuraCode.IBAN_INVALID]} {error}") from None


class AccountForm(BaseForm):
    """Proposes an account."""

    iban = IbanField("Rekeningnummer (IBAN)", numbers.clean, numbers.written, "Typ het rekeningnummer.")
    holder = required_text_field(
        "Rekeninghouder", four_eyes.LONGEST_HOLDER, "Typ de naam van de rekeninghouder, zoals de bank ze kent.")
    valid_from = day_field("In gebruik vanaf", FIRST_DAY)
    form_key = FormKey()


class FirstDayForm(BaseForm):
    """Proposes an account that came from RaaS."""

    valid_from = day_field("In gebruik vanaf", FIRST_DAY)


class OpenForm(BaseForm):
    """Why the desk opens a whole number."""

    purpose = StringField("Waarom je het nummer opent", filters=[line])


class ReasonForm(BaseForm):
    """Why an account is refused."""

    reason = StringField("Reden", filters=[line])


class CallForm(BaseForm):
    """Confirms an account at the desk, after a call back."""

    called_on = day_field("Teruggebeld op", "Typ de dag, bijvoorbeeld 03/06/2026.")
    called = choice_field("Gesproken met", {"": "Kies …", **words.CALLED}, "Kies met wie je gebeld hebt.")
    known = BooleanField("Ik belde naar het nummer dat het Departement al kende, en het rekeningnummer klopt.",
                         validators=[DataRequired("Vink dit aan, of weiger de rekening.")])
