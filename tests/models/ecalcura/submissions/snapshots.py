"""Snapshots for tests, with invented people."""
from models.ecalcura.submissions import snapshot
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters.calendar import Trimester
from models.ecalcura.trimesters.files import SUBMITTED, TrimesterFile

KINDS = {"performed": "Gepresteerde uren", "assimilated": "Gelijkgestelde uren"}
NUMBER = "57010100010"


def contract(id_=1, role="entitled", **values):
    """A contract in a snapshot."""
    return {"id": id_, "role": role, "qualification": "VPK", "statute": "arbeidsovereenkomst", "start": "2019-02-01",
            "until": None, "hours": 1900, "full_time": 3800, "acquired_step": None, "qualification_state": "in_order",
            "raas_number": None, "qualification_label": "verpleegkundige", "statute_label": "arbeidsovereenkomst",
            "qualification_asked_at": None, "terms": [], "replacements": [], "performances": {}, **values}


def employee(id_=1, family="Test", first="Tweede", contracts=(), **values):
    """An employee in a snapshot, with one contract unless others are given."""
    return {"id": id_, "number": NUMBER, "family": family, "first": first, "birth": "1957-01-01", "deceased_on": None,
            "reference_date": None, "register_state": "found", "register_asked_at": "2026-07-01T08:00:00",
            "choices": [], "irregular_work": [], "quantities": {"hours": "3/2", "fte": "3/76", "exempt": "0"},
            "contracts": list(contracts) or [contract(id_)], **values}


def content(*employees, **values):
    """The content of a snapshot of the first trimester of 2026."""
    return {
        "facility": {"hco": "990001", "riziv": "", "kbo": "0000000196", "kind": "woonzorgcentrum",
                     "kind_label": "Woonzorgcentrum", "name": "Woonzorgcentrum De Linde (voorbeeld)", "street": "",
                     "postcode": "", "town": "", "province": None, "places": 60, "agreement": None,
                     "organisation": "Zorg Vlier vzw"},
        "trimester": {"period": 2026, "number": 1, "first": "2026-07-01", "last": "2026-09-30"},
        "settings": {"step_starts": "first_of_month"},
        "performance_kinds": KINDS,
        "employees": list(employees), "checks": [], "version": 1, "previous": None,
        "nothing_to_enter": not employees,
        "submitted": {"at": "2026-10-05T08:30:00", "account": 1, "by": "Lies Dok", "late": False,
                      "declaration": "Ik verklaar op eer dat deze gegevens juist en volledig zijn."},
        **values,
    }


def frozen(made, taken_content, period=2026, number=1):
    """A submission of this content by a facility."""
    trimester = Trimester.get_or_make(period, number)
    file = TrimesterFile.get_or_make(made, trimester)
    taken = snapshot.take(taken_content)
    version = Submission.of_file(file).count() + 1
    submission = Submission.create(file=file, facility_id=made.id, number=version, sha256=taken.sha256,
                                   sealed=snapshot.seal(made.id, file.id, version, taken))
    file.move(SUBMITTED)
    return submission
