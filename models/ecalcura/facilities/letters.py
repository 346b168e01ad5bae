"""The mails of ecalcura, in plain Dutch: each function returns a subject and a body. None names a person."""
import datetime

from models.ecalcura.roles import LABELS
from models.mail.letters import Letter, body

GIVEN = """Dag,

Je hebt een rol in eCalcura, voor {facility}:

    {role} ({days})

Ben je al aangemeld? Meld je dan af en opnieuw aan: de rol geldt vanaf je volgende aanmelding.

{base_url}/ecalcura

Verwachtte je deze mail niet? Laat het dan weten aan de toegangsbeheerder van je voorziening."""

ENDED = """Dag,

Deze rol in eCalcura, voor {facility}, is beëindigd:

    {role}

Denk je dat dit een vergissing is? Vraag het aan de toegangsbeheerder van je voorziening."""

OF_MANAGER = """Dag,

In eCalcura is iets gewijzigd aan de toegang voor {facility}:

    {what}

Wie wat wijzigde, zie je op de pagina 'Toegang':

{base_url}/ecalcura/{hco}/access"""

WITHOUT_MANAGER = """Dag,

Deze voorziening heeft in eCalcura geen toegangsbeheerder meer die zich kan aanmelden:

    {facility} (HCO {hco})

De laatste verloor die rol bij de dienst die aanmeldt. Kijk na of er een opvolger is:

{base_url}/ecalcura/desk/facilities/{hco}/access"""

INVITED = (
    "Je bent uitgenodigd in Loket voor {facility} (eCalcura). Bij je eerste aanmelding heb je ook je telefoon nodig.")


def given(facility: str, role: str, since: datetime.date, until: datetime.date | None) -> Letter:
    """Tell a colleague of a role that was given."""
    days = f"vanaf {since:%d/%m/%Y}" + (f" tot en met {until:%d/%m/%Y}" if until else "")
    return "Je hebt een rol in eCalcura", body(GIVEN, facility=facility, role=LABELS[role], days=days)


def ended(facility: str, role: str) -> Letter:
    """Tell a colleague of a role that ended."""
    return "Een rol in eCalcura is beëindigd", body(ENDED, facility=facility, role=LABELS[role])


def to_managers(facility: str, hco: str, role: str, change: str) -> Letter:
    """Tell the other access managers of a change that concerns them: 'given' or 'ended'."""
    words = {"given": "gegeven", "ended": "beëindigd"}[change]
    what = f"Rol {words}: {LABELS[role]}"
    return "Toegang tot eCalcura gewijzigd", body(OF_MANAGER, facility=facility, hco=hco, what=what)


def without_manager(facility: str, hco: str) -> Letter:
    """Tell the desk that the last access manager of a facility lost that role."""
    return "Een voorziening zonder toegangsbeheerder", body(WITHOUT_MANAGER, facility=facility, hco=hco)


def invited(facility: str) -> str:
    """Return the sentence of an invitation that says what the login is for."""
    return INVITED.format(facility=facility)
