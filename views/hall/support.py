"""The contacts for help that an organisation's pages show."""
from flask import g

from models.accounts import administrators
from views.shell.access import signed_in
from views.shell.helpdesk import contact, operator


def administrator():
    """How messages name the person to turn to: the province's administrator, else the operator."""
    return "de beheerder van je provincie" if contacts() else operator()


def contacts():
    """The contacts of the province's administrators; empty if it has no administrator who can be reached."""
    if "contacts" not in g:
        g.contacts = [contact(*one) for one in administrators.contacts(signed_in().province)]
    return g.contacts
