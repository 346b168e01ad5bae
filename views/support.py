"""Whom the help texts send an organisation to."""
from flask import current_app

from models.accounts import Account
from views.access import signed_in


def administrator():
    """Its province's administrator; the operator, who acts for a province that has none."""
    if Account.administers(signed_in().province):
        return "de beheerder van je provincie"
    contact = current_app.config["OPERATOR_CONTACT"]
    return f"wie Loket beheert ({contact})" if contact else "wie Loket beheert"
