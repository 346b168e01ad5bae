"""Valid values for each form of ecalcura; see tests/walks/hall/forms.py."""
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import TrimesterFile
from tests.models.ecalcura.cast import opened
from tests.models.ecalcura.submissions.snapshots import content, frozen

# Long before any contract of the cast.
LONG_AGO = {"period": 2001, "number": 1}


def empty_trimester(_cast, rows):
    """A trimester that is open to submit, and in which nobody has a contract."""
    rows.update(LONG_AGO)
    opened(**LONG_AGO)
    TrimesterFile.get_or_make(Facility.by_hco(rows["hco"]), Trimester.get_or_make(**LONG_AGO))


def submitted_trimester(_cast, rows):
    """A trimester that is submitted."""
    rows.update(LONG_AGO)
    frozen(Facility.by_hco(rows["hco"]), content(), **LONG_AGO)


FILLED = {
    "ecalcura:privacy": {
        "trimesters.submit": {"declared": "y", "nothing": "y", "version": "1"},
        "trimesters.ask": {"reason": "Uren van een vervanger vergeten"},
    },
    "ecalcura:access": {
        "access.new": {"name": "Lies Dok", "email": "lies@voorbeeld.be"},
        "access.invite": {},
        "access.give": {"role": "financial"},
        "access.end": {},
    },
}
PREPARE = {"trimesters.submit": empty_trimester, "trimesters.ask": submitted_trimester}
READ_ONLY = set()
VERSIONED = {"trimesters.submit"}
NEWER = ["UPDATE trimester_file SET version = version + 1"]
