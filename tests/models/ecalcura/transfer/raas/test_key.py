"""The files of made-up people, which are not in this repository, against their key: the result of each contract."""
import json
from collections import Counter

import pytest

from models.ecalcura.people import registers as asked
from models.ecalcura.transfer.raas import importing
from models.ecalcura.transfer.raas.columns import CONTRACTS
from tests.old_register import real
from tests.tables import contents


@pytest.fixture
def folder(register):
    """The folder of the files, with the registers that know their people."""
    folder = real("raas")
    asked.use(asked.FromFile(folder / "registers.json"))
    yield folder
    asked.use(None)


def lasting():
    """The contents of the database, without the runs that saw each row."""
    return {table: rows for table, rows in contents().items() if not table.startswith("raas_")}


def test_every_contract_ends_as_the_key_says(folder):
    key = json.loads((folder / "sleutel.json").read_text(encoding="utf-8"))
    outcome = importing.import_raas(folder)
    found = list(importing.results(outcome.import_id))
    assert [(one["contract"], one["result"]) for one in found] == [
        (one["contract"], one["result"]) for one in key["contracts"]]
    assert Counter(one["result"] for one in found) == key["results"]


def test_before_is_after_and_refused_for_each_file(folder):
    outcome = importing.import_raas(folder)
    assert outcome.read == {"facilities": 26, "certificates": 26, "contracts": 648, "performances": 1200}
    assert [outcome.unread(file) for file in outcome.read] == [0, 0, 0, 0]
    taken = sum(count for (file, result), count in outcome.counts.items() if file == CONTRACTS and result.is_taken)
    assert taken == len(contents()["contract"]) == 508


def test_a_second_run_changes_nothing(folder):
    first = importing.import_raas(folder)
    found, before = list(importing.results(first.import_id)), lasting()
    second = importing.import_raas(folder)
    assert lasting() == before
    assert second.counts == first.counts
    assert list(importing.results(second.import_id)) == found
