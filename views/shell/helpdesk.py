"""How messages name the operator, to whom users turn when no administrator can help."""
from flask import current_app


def operator():
    """The operator as text within a sentence, with the contact details from the settings if there are any."""
    contact = current_app.config["OPERATOR_CONTACT"]
    return f"de helpdesk van Loket ({contact})" if contact else "de helpdesk van Loket"
