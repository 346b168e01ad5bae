"""Facilities and the people who act for them, for the tests of ecalcura. All are invented."""
import datetime

from models.ecalcura.facilities import colleagues
from models.ecalcura.facilities.facilities import Facility, LegalEntity
from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.roles import ACCESS, COLLEAGUE
from models.ecalcura.submissions.submissions import Submission
from models.ecalcura.trimesters import windows
from models.ecalcura.trimesters.calendar import Place
from models.ecalcura.trimesters.files import SUBMITTED, TrimesterFile
from tests.factories import account_with

# Numbers that are not given out.
KBO, OTHER_KBO = "0000000196", "0000000295"
LONG_AGO = datetime.date(2020, 1, 1)
HEADINGS = "HCO-nummer;KBO-nummer;Organisatie;Soort;Type;Hoort bij HCO;Overeenkomst;Naam;Opvolger HCO;Gefuseerd op"


def facility(hco="990001", kind="woonzorgcentrum", name="Woonzorgcentrum De Linde", kbo=KBO, **values):
    """A facility of this kind."""
    LegalEntity.insert(kbo=kbo, name="Zorg Vlier vzw").on_conflict_ignore().execute()
    return Facility.add(kinds()[kind], hco=hco, name=name, kbo=kbo, **values)


def somebody(made, role, name, password_hash="-"):
    """An account with this role in a facility since long ago, known there by its name."""
    account = account_with(role, made, email=f"{name.split()[0].lower()}@voorbeeld.be", password_hash=password_hash)
    colleagues.Colleague.create(facility_id=made.id, account_id=account.id, name=name)
    return account


def manager(made, name="Ann Maes", password_hash="-"):
    """An access manager of a facility."""
    return somebody(made, ACCESS, name, password_hash)


def newcomer(made, name="Jan Claes", password_hash="-"):
    """A colleague of a facility who has no role yet."""
    return somebody(made, COLLEAGUE, name, password_hash)


def opened(period=2026, number=1, entry_from=LONG_AGO, submit_from=LONG_AGO, deadline=None, kinds=None):
    """A trimester that is open to enter and to submit, for these kinds of facilities or for all."""
    return windows.open_trimester(Place(period, number), kinds or windows.kinds_with_files(), entry_from, submit_from,
                                  deadline)


def submitted(made, period=2026, number=1, **days):
    """The file of a trimester that a facility submitted; its snapshot is empty."""
    trimester = opened(period, number, **days)
    file = TrimesterFile.get_or_make(made, trimester)
    Submission.create(file=file, facility_id=made.id, number=1, sealed=b"-", sha256="0" * 64)
    file.move(SUBMITTED)
    return file


def write(path, *rows, headings=HEADINGS, encoding="utf-8"):
    """Write a file of facilities; returns its path."""
    path.write_text("\r\n".join([headings, *rows]) + "\r\n", encoding=encoding)
    return path


def line(hco, soort="woonzorgcentrum", name="De Linde", kbo=KBO, **other):
    """A row of such a file."""
    return ";".join((hco, kbo, other.get("organisation", ""), soort, other.get("type", ""), other.get("parent", ""),
                     other.get("agreement", ""), name, other.get("successor", ""), other.get("merged_on", "")))
