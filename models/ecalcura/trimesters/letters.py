"""The mails about trimesters, in plain Dutch: none names a person or repeats a reason."""
import datetime

from models.mail.letters import Letter, body

REOPENED = """Dag,

Het Departement Zorg heeft {label} opnieuw geopend voor {facility}.{until}

De reden staat op de pagina van het trimester:

{base_url}/ecalcura/{hco}/trimesters"""

REFUSED = """Dag,

Het Departement Zorg heeft {label} niet heropend voor {facility}.

De reden staat op de pagina van het trimester:

{base_url}/ecalcura/{hco}/trimesters"""

UNTIL = " Je kunt de gegevens aanpassen en opnieuw indienen tot en met {day:%d/%m/%Y}."


def reopened(facility: str, hco: str, label: str, until: datetime.date | None) -> Letter:
    """Tell those who may submit, and the contact persons, that a trimester is open again."""
    return "Een trimester is heropend in eCalcura", body(
        REOPENED, facility=facility, hco=hco, label=label, until=UNTIL.format(day=until) if until else "")


def reopening_refused(facility: str, hco: str, label: str) -> Letter:
    """Tell those who may submit that the desk does not reopen a trimester."""
    return "Een trimester is niet heropend in eCalcura", body(REFUSED, facility=facility, hco=hco, label=label)
