"""The contacts for help that an organisation's pages show."""
import re
from typing import NamedTuple
from urllib.parse import quote

from flask import g

from models.accounts import administrators
from views.shell.access import signed_in
from views.shell.helpdesk import operator


class Contact(NamedTuple):
    """A contact as a page shows it; the two addresses are tel: and mailto: links."""

    name: str
    telephone: str
    telephone_url: str
    email: str
    email_url: str


def administrator():
    """How messages name the person to turn to: the province's administrator, else the operator."""
    return "de beheerder van je provincie" if contacts() else operator()


def contacts():
    """The contacts of the province's administrators; empty if it has no administrator who can be reached."""
    if "contacts" not in g:
        g.contacts = [_shown(*contact) for contact in administrators.contacts(signed_in().province)]
    return g.contacts


def _shown(name, telephone, email):
    return Contact(name, telephone, f"tel:{_dialled(telephone)}", email, f"mailto:{quote(email, safe='@')}")


def _dialled(telephone):
    """The digits to dial; the (0) after a country code is left out."""
    return re.sub(r"[^\d+]", "", re.sub(r"^(\s*(?:\+|00).*?)\(0\)", r"\1", telephone))
