"""Who keeps Loket running, in words: whom people turn to where no administrator can help."""
from flask import current_app


def operator():
    """The operator, with how to reach him where that is set."""
    contact = current_app.config["OPERATOR_CONTACT"]
    return f"wie Loket beheert ({contact})" if contact else "wie Loket beheert"
