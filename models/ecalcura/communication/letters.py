"""The mails on a theme, in plain Dutch: none names a person, and none holds the text of a message."""
from models.mail.letters import Letter, body

REMINDED = """Dag,

{facility} heeft nog geen contactpersoon voor {theme}. Mails over {theme} gaan naar de contactpersonen van een
voorziening: nu krijgt niemand bij jullie ze.

Voeg een contactpersoon toe op deze pagina:

{base_url}/ecalcura/{hco}/contacts"""


ANSWER = """Dag,

Voor {facility} staat een bericht klaar in eCalcura:

{base_url}/ecalcura/{path}/calculations/{calculation}/messages"""

QUESTION = """Dag,

Er staat een bericht klaar in eCalcura:

{base_url}/ecalcura/desk/messages/{thread}"""


def reminded(facility: str, hco: str, theme: str) -> Letter:
    """Ask a facility to add a contact person."""
    return f"Geen contactpersoon voor {theme}", body(REMINDED, facility=facility, hco=hco, theme=theme)


def answer(facility: str, path: str, calculation_id: int) -> Letter:
    """Tell that there is a message of the desk; `path` is that of the facility's pages, as the reader opens them."""
    return "Een bericht in eCalcura", body(ANSWER, facility=facility, path=path, calculation=calculation_id)


def question(thread_id: int) -> Letter:
    """Tell a dossier manager that there is a message of a facility."""
    return "Een bericht in eCalcura", body(QUESTION, thread=thread_id)
