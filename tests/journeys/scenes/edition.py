"""The scenes of editions: publishing, showing, comparing, and one that was altered after it was published."""
import datetime
from unittest import mock

from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.report.editions import Edition
from models.database import clock, database, today
from tests.factories import client_of, period_of
from tests.journeys.tools.showing import Scene, at, sent

ADMINISTRATOR = "administrator"
EDITION = "/province/editions/<int:edition_id>"
NEW = "/province/editions/new"
EDITION_SCENES = [
    Scene("editions", "/province/editions", ADMINISTRATOR, at("/province/editions")),
    Scene("edition-new", NEW, ADMINISTRATOR, at(f"{NEW}?scope=vlaanderen&year={today().year - 1}")),
    Scene("edition-new-wrong", NEW, ADMINISTRATOR,
          sent(NEW, "Editie publiceren", remark="Meld het aan 85.07.30-033.28"), wrong=True),
    Scene("edition", EDITION, ADMINISTRATOR, at("/province/editions/{edition.id}"), long=True),
    Scene("edition-broken", EDITION, ADMINISTRATOR, at("/province/editions/{broken.id}")),
    Scene("edition-changes", f"{EDITION}/changes", ADMINISTRATOR,
          at("/province/editions/{edition.id}/changes?open=all")),
]
# Routes that are files of an edition; tests of the views download them.
EDITION_FILES = {
    f"{EDITION}/{name}" for name in ("edition.csv", "edition.json", "edition.xlsx", "<string:table>.svg")}
REMARK = "Definitieve cijfers, na nazicht door de vijf provincies.\nVervangt de voorlopige van januari."


def editions_of(login, administrator):
    """An edition, followed by a new client and a deletion; and an edition that was altered in the database."""
    year = today().year - 1
    clients = [_guided(login, year) for _ in range(8)]
    edition = Edition.publish(year, administrator.province, REMARK, administrator, today())
    broken = Edition.publish(year, "vlaanderen", "", administrator, today())
    database.execute_sql("DROP TRIGGER edition_kept_update")
    database.execute_sql("UPDATE edition SET remark = 'Anders' WHERE id = ?", (broken.id,))
    later = clock() + datetime.timedelta(hours=1)
    with mock.patch("models.database.clock", return_value=later):
        Deletion.make(clients[0], "double", administrator)
        _guided(login, year)
    return {"edition": edition, "broken": broken}


def _guided(login, year):
    client = client_of(login)
    period_of(client, login, datetime.date(year, 3, 1))
    return client
