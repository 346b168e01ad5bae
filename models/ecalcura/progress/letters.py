"""The mail that reminds a facility of a trimester, in plain Dutch: it names no person and says nothing of the data."""
import datetime

from models.database import today
from models.mail.letters import Letter, body

REMINDER = """Dag,

Voor {facility} is {label} nog niet ingediend.{deadline}

Nakijken en indienen doe je hier:

{base_url}/ecalcura/{hco}/trimesters/{period}/{number}"""

DEADLINE = " De uiterste dag {verb} {day:%d/%m/%Y}."


def reminder(facility: str, hco: str, label: str, period: int, number: int, deadline: datetime.date | None) -> Letter:
    """Remind those who may submit a trimester that it is not submitted."""
    day = DEADLINE.format(verb="is" if deadline >= today() else "was", day=deadline) if deadline else ""
    return "Een trimester is nog niet ingediend in eCalcura", body(
        REMINDER, facility=facility, hco=hco, label=label, period=period, number=number, deadline=day)
