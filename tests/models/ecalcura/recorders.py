"""The functions of ecalcura that write to the audit, for tests/models/test_both_or_neither.py."""
from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.loading import load
from models.ecalcura.roles import PRIVACY
from models.ecalcura.trimesters import reopening
from models.ecalcura.trimesters.calendar import Place, Trimester
from models.ecalcura.trimesters.windows import close_trimester
from tests.models.ecalcura.cast import facility, line, opened, somebody, submitted, write

REASON = "Uren vergeten"
# The function that calls `record` -> calls that lead to it, on the rows of `there`.
VERBS = {
    "invite": [lambda there: colleagues.invite(there.facility, "Jan", "jan@voorbeeld.be")],
    "_save": [lambda there: load_facility(there, "990002")],
    "_change": [lambda there: load_facility(there, "990001", name="De Eik"),
                lambda there: load_facility(there, "990001", successor="990003", merged_on="01/07/2026")],
    "open_trimester": [lambda there: opened(number=3)],
    "close_trimester": [lambda there: close_trimester(Place(2026, 1), ["woonzorgcentrum"])],
    "reopen": [lambda there: reopening.reopen(there.facility, Place(2026, 1), REASON)],
    "ask_to_reopen": [
        lambda there: reopening.ask_to_reopen(there.facility, Trimester.of_day(SUMMER), REASON, there.privacy)],
}
SUMMER = Place(2026, 1).first


def rows(folder):
    """A facility that submitted a trimester, and somebody with the privacy role, who is mailed when it is reopened."""
    home = facility()
    submitted(home)
    return {"facility": home, "successor": facility("990003"), "privacy": somebody(home, PRIVACY, "Lies Dok"),
            "facility_file": folder / "facilities.csv"}


def load_facility(there, hco, **values):
    """Load a file of facilities with one row."""
    load(write(there.facility_file, line(hco, **values)))
