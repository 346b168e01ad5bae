"""The mails on a theme, in plain Dutch: none names a person, and none holds the text of a message."""
from models.mail.letters import Letter, body

REMINDED = """Dag,

{facility} heeft nog geen contactpersoon voor {theme}. Mails over {theme} gaan naar de contactpersonen van een
voorziening: nu krijgt niemand bij jullie ze.

Voeg een contactpersoon toe op deze pagina:

{base_url}/ecalcura/{hco}/contacts"""


def reminded(facility: str, hco: str, theme: str) -> Letter:
    """Ask a facility to add a contact person."""
    return f"Geen contactpersoon voor {theme}", body(REMINDED, facility=facility, hco=hco, theme=theme)
