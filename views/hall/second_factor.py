"""Shared by the pages about the second factor: their fields, and the QR code to scan."""
from typing import NamedTuple

import segno
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from models.accounts.second_factor import Candidate
from models.errors import Code, Refused
from views.shell.fields import line
from views.shell.messages import REQUIRED

# The label in the app, for an account without an e-mail address.
NO_ADDRESS = "mijn login"


class Shown(NamedTuple):
    """A secret as an app takes it: a QR code to scan (a data: address), or text to type."""

    picture: str
    text: str


def code_field(label):
    """A required line of text for a code."""
    return StringField(label, filters=[line], validators=[InputRequired(REQUIRED)])


def candidate_field():
    """A hidden field with the encrypted secret that is being set up; it is stored once a code of it was typed."""
    return HiddenField()


def shown(account, form):
    """The secret that this form sets up, as Shown: the same each time the form is shown again; None without app.key."""
    try:
        candidate = _candidate(account, form.candidate.data)
    except Refused:
        return None
    form.candidate.data = candidate.sealed
    picture = segno.make(candidate.address(account.email or NO_ADDRESS), error="m", micro=False)
    # With its own white edge: in dark mode an app would not recognise it.
    return Shown(picture.svg_data_uri(scale=4, border=4, dark="#000", light="#fff"), candidate.text)


def _candidate(account, sealed):
    try:
        return Candidate.open(account, sealed or "")
    except Refused as refused:
        if refused.code == Code.FACTOR_KEY:
            raise
        return Candidate.draw(account)
