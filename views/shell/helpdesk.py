"""How pages name those to whom users turn: a contact, and the operator when no administrator can help."""
import re
from typing import NamedTuple
from urllib.parse import quote

from flask import current_app


class Contact(NamedTuple):
    """A contact as a page shows it; the two addresses are tel: and mailto: links."""

    name: str
    telephone: str
    telephone_url: str
    email: str
    email_url: str


def contact(name, telephone, email):
    """The contact with these details, as a page shows it."""
    return Contact(name, telephone, f"tel:{_dialled(telephone)}", email, f"mailto:{quote(email, safe='@')}")


def _dialled(telephone):
    """The digits to dial; the (0) after a country code is left out."""
    return re.sub(r"[^\d+]", "", re.sub(r"^(\s*(?:\+|00).*?)\(0\)", r"\1", telephone))


def operator():
    """The operator as text within a sentence, with the contact details from the settings if there are any."""
    contact = current_app.config["OPERATOR_CONTACT"]
    return f"de helpdesk van Loket ({contact})" if contact else "de helpdesk van Loket"
