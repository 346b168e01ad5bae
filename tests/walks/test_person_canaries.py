"""Two hundred people pass through a register and a facility, and no number or name of theirs is anywhere in clear."""
import datetime
import json
import logging

import pytest

from models.audit import AuditEntry
from models.database import database, is_sqlite, now
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people import corrections, lookups, number_looks, numbers, registers, retries
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.register_client import HttpRegisters
from models.errors import Refused
from tests.hall import mails
from tests.models.ecalcura.cast import number_of
from tests.models.ecalcura.simulation import running
from tests.walks.test_canaries import bytes_of
from tests.walks.test_secrets import raw_bytes

COUNT = 200
NAMES = ("anarie", "ilverstaart")
SEE_NAMES = {"ecalcura:privacy", "ecalcura:dossier"}
# Nobody of the walk was born on these days.
FIRST = datetime.date(1981, 1, 1)


def in_the_register():
    """The file of the register: some were replaced, some died."""
    for at in range(COUNT):
        born = FIRST + datetime.timedelta(days=at)
        person = {"number": number_of(born), "first": f"Kanarie{at:03}", "last": "Zilverstaart", "codes": ["VPK"],
                  "birth": born.isoformat()}
        if at % 10 == 1:
            yield {**person, "number": number_of(born, month_up=40), "replaced_by": person["number"]}
        yield person | ({"deceased_on": "2026-01-01"} if at % 10 == 2 else {})


def spread(home, account, simulation, canaries):
    """Enter, show, correct and retry all of them; every tenth while the register is down."""
    for at, number in enumerate(canaries):
        simulation.control("down" if at % 10 == 3 else "normal")
        made = Employee.enter(home, number, account)
        number_looks.show_number(made, account)
        with pytest.raises(Refused) as refused:
            Employee.enter(home, number, account)
        logging.getLogger("loket").info("%s %s", refused.value, refused.value.code)
        if at % 10 == 4:
            # Another number of nobody, which the register does not know.
            with pytest.raises(Refused):
                corrections.correct_number(made, number_of(FIRST, "999"), account, made.version)
    simulation.control("normal")
    Employee.update(register_asked_at=now() - datetime.timedelta(days=2)).execute()
    while retries.retry():
        pass


@pytest.fixture
def canaries(app, walk, people, tmp_path, caplog):
    """All numbers, after their people were entered in the facility of the walk, and the log of that."""
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "register.json"
    file.write_text(json.dumps(list(in_the_register())), encoding="utf-8")
    listed = [one["number"] for one in json.loads(file.read_text(encoding="utf-8"))]
    replaced = {one["replaced_by"] for one in in_the_register() if "replaced_by" in one}
    home, account = Facility.by_hco("990001"), people["ecalcura:privacy", "own"]
    lookups.use(10_000)
    with running("--seed", file) as simulation:
        registers.use(HttpRegisters(simulation.url))
        spread(home, account, simulation, [number for number in listed if number not in replaced])
    file.unlink()
    yield listed, caplog.text
    registers.use(None)
    lookups.use(lookups.A_DAY)


def test_two_hundred_numbers_and_names_are_nowhere(app, page, people, rows, canaries, caplog, database_url, tmp_path):
    """A24, ASVS 8.2.3: no page, address, log, mail, error or file, nor the raw database."""
    assert Employee.select().where(Employee.register_state == "found").count() >= COUNT
    listed, log = canaries
    assert "rijksregister does not answer" in log
    traces = {*listed, *map(numbers.written, listed)}
    seen = 0
    for (role, _), account in people.items():
        if account is None or not role.startswith("ecalcura:"):
            continue
        page.sign_in(account)
        with app.test_request_context():
            addresses = {rule.build(rows)[1] for rule in app.url_map.iter_rules()
                         if "GET" in rule.methods and rule.arguments <= set(rows)}
        for address in sorted(addresses):
            text = bytes_of(page.browser.get(address)).decode("latin-1")
            assert not [trace for trace in traces if trace in text], address
            assert role in SEE_NAMES or not [name for name in NAMES if name in text], address
            seen += 1
    assert seen > 100
    _look_into(traces, log, caplog.text, str(mails()), *(str(entry.__data__) for entry in AuditEntry.select()))
    files = [file for file in tmp_path.rglob("*") if file.is_file() and not file.name.startswith("register.db")]
    _look_into(traces, *(file.name for file in files), *(file.read_bytes().decode("latin-1") for file in files))
    if is_sqlite():
        database.close()
        _look_into(traces, raw_bytes(database_url).decode("latin-1"))
    assert AuditEntry.select().where(AuditEntry.event == "number-shown").count() == COUNT


def _look_into(traces, *texts):
    for text in texts:
        assert not [trace for trace in (*traces, *NAMES) if trace in text]
