"""Runs of the import from RaaS: that pause, start again, or are dry."""
import datetime

import pytest

from models.audit import AuditEntry
from models.ecalcura.contracts.contracts import Contract
from models.ecalcura.facilities.facilities import Facility
from models.ecalcura.people.employees import Employee
from models.ecalcura.people.lookups import Lookup
from models.ecalcura.transfer.raas import importing
from models.ecalcura.transfer.raas.asking import MOST_SILENT
from models.ecalcura.transfer.raas.reasons import Result
from models.ecalcura.transfer.raas.shown import taken_over
from models.errors import Refused
from models.files.reading.errors import FileCode
from tests.models.ecalcura.cast import facility, number_of
from tests.models.ecalcura.raas_files import (
    BORN_1970,
    OTHER,
    OTHER_RIZIV,
    REFUSED,
    REMARKED,
    RIZIV,
    TAKEN,
    contract_line,
    results,
    write,
)
from tests.tables import contents, rows_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_are_those_of_the_register_in_any_encoding(files, nurses, encoding):
    nurses.has(BORN_1970, first="Zoë", family="O’Brien", VPK=None)
    found = files(contract_line(family="O’Brien"), contract_line("C2", "123", family="Maës ’t Zand"), encoding=encoding)
    assert found == {"C1": (TAKEN, []), "C2": (REFUSED, ["number"])}
    home = Facility.by_hco("990001")
    assert Employee.get().person.name == "Zoë O’Brien"
    row, = taken_over(home).rows
    assert row[2:6] == ("Tweede Maës ’t Zand", "••.••.••-•••.23", "01/01/2015", "")


def test_an_empty_file_refuses_all_four_and_changes_nothing(register, tmp_path, nurses):
    before = contents()
    write(tmp_path, contract_line())
    (tmp_path / "raas_contracten.csv").write_bytes(b"")
    with pytest.raises(Refused) as refused:
        importing.import_raas(tmp_path)
    assert (refused.value.code, refused.value.context["name"]) == (FileCode.FILE_EMPTY, "raas_contracten.csv")
    assert contents() == before


def test_a_silent_register_pauses_the_run_and_the_next_one_goes_on(register, tmp_path, nurses):
    people = [nurses.has(number_of(datetime.date(1980, 1, 1 + day)), birth=datetime.date(1980, 1, 1 + day), VPK=None)
              for day in range(MOST_SILENT + 3)]
    write(tmp_path, *(contract_line(f"C{place}", number) for place, number in enumerate(people)),
          contract_line("R", OTHER, role="vervanger", replaces="C0"))
    nurses.silent = True
    paused = importing.import_raas(tmp_path)
    assert (paused.paused, paused.waits, paused.unread("contracts")) == (True, True, 3)
    assert not Contract.select().exists()
    nurses.silent = False
    gone_on = importing.import_raas(tmp_path)
    assert (gone_on.waits, gone_on.unread("contracts")) == (False, 0)
    assert {one.result for one in results(gone_on).values()} == {TAKEN, REMARKED}
    assert Contract.select().count() == len(people) + 1


def test_one_silent_answer_costs_no_other_row(register, tmp_path, nurses):
    nurses.people[BORN_1970] = nurses.people[BORN_1970]._replace(state="silent")
    found = importing.import_raas(write(tmp_path, contract_line("C1"), contract_line("C2", OTHER)))
    assert (found.paused, found.waits) == (False, True)
    assert results(found) == {"C1": ("wacht", ["silent"]), "C2": (TAKEN, [])}


def test_a_refused_row_is_decided_again_in_the_next_run(register, tmp_path, nurses):
    write(tmp_path, contract_line(riziv=OTHER_RIZIV))
    assert results(importing.import_raas(tmp_path)) == {"C1": (REFUSED, ["riziv_unknown"])}
    facility("990002", riziv=OTHER_RIZIV)
    assert results(importing.import_raas(tmp_path)) == {"C1": (TAKEN, [])}


def test_a_dry_run_keeps_only_that_the_registers_were_asked(register, tmp_path, nurses):
    facility(riziv=RIZIV)
    before, seen = contents(), []
    write(tmp_path, contract_line())
    importing.import_raas(tmp_path, dry_run=True, on_done=lambda done: seen.append(results(done)))
    assert seen == [{"C1": (TAKEN, [])}]
    assert contents() == before
    assert [(one.purpose, one.answer) for one in Lookup.select()] == [("import", "found")]


def test_the_log_of_the_facility_has_the_numbers_of_contracts(files):
    files(contract_line("C1"), contract_line("C2", hours=""))
    entry = AuditEntry.get(AuditEntry.event == "raas-taken-over")
    assert (entry.tenant_id, entry.details) == (Facility.get().id, {"taken": 1, "refused": 1})


def test_prestaties_are_counted_and_refused_row_by_row(register, tmp_path, nurses):
    row = f"{RIZIV};C1;2023-1;240,50;12,00"
    found = importing.import_raas(write(tmp_path, contract_line(), performances=(row, row)))
    assert found.counts["performances", Result.REFUSED] == 2
    assert rows_of("performance") == []
