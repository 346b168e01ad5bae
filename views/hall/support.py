"""Whom the help texts send an organisation to, and how to reach them."""
import re
from typing import NamedTuple
from urllib.parse import quote

from flask import g

from models.accounts import administrators
from views.shell.access import signed_in
from views.shell.helpdesk import operator


class Contact(NamedTuple):
    name: str
    telephone: str
    telephone_url: str
    email: str
    email_url: str


def administrator():
    """Its province's administrator; the operator, who acts for a province that has none."""
    return "de beheerder van je provincie" if contacts() else operator()


def contacts():
    """How its province's administrators can be reached; empty where the province has none."""
    if "contacts" not in g:
        g.contacts = [_shown(*contact) for contact in administrators.contacts(signed_in().province)]
    return g.contacts


def _shown(name, telephone, email):
    return Contact(name, telephone, f"tel:{_dialled(telephone)}", email, f"mailto:{quote(email, safe='@')}")


def _dialled(telephone):
    """The digits; the nought that stands in brackets after a country is not dialled."""
    return re.sub(r"[^\d+]", "", re.sub(r"^(\s*(?:\+|00).*?)\(0\)", r"\1", telephone))
