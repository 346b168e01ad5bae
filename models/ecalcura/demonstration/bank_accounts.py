"""The bank accounts of the demonstration: one in use, one that a colleague can confirm, and one that the desk can."""
from models.accounts.accounts import Account
from models.database import today
from models.ecalcura.accounts import four_eyes
from models.ecalcura.facilities.facilities import Facility

# Their banks are in no list, so that nobody has these numbers.
IN_USE, WAITING, ASKED = "BE76117000100095", "BE65117000100196", "BE54117000100297"
HOLDER = "Zorg De Linde vzw (voorbeeld)"


def fill(home: Facility, first: Account, second: Account, small: Facility, alone: Account) -> None:
    """Let two people of a facility have an account in use and a next one, and somebody alone ask the desk."""
    in_use = four_eyes.propose(home, IN_USE, HOLDER, today(), first)
    four_eyes.confirm(home, in_use, second)
    four_eyes.propose(home, WAITING, HOLDER, today(), second)
    asked = four_eyes.propose(small, ASKED, "Beschut wonen Kompas vzw (voorbeeld)", today(), alone)
    four_eyes.ask_desk(small, asked, alone)
