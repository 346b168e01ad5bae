"""Rows that an import refuses, each with its line, its column and the reason; the other rows are imported."""
import pytest

from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.register_file.columns import OLD_REGISTER
from tests import old_register
from tests.conftest import ASKED
from tests.factories import client_of, period_of
from tests.old_register import NO_PERIOD, OPEN, counts, places, row


@pytest.mark.parametrize(("changes", "column", "value"), [
    ({"province": ""}, "Provincie", ""),
    ({"email": "ploeg"}, "E-mail organisatie", "ploeg"),
    ({"organisation": "x" * 201}, "Organisatie", "x" * 100 + "…"),
    ({"old_number": "1\x07"}, "Volgnummer", "1�"),
    ({"birth_date": "1899"}, "Geboortedatum", "1899"),
    ({"birth_date": "31/12/1899"}, "Geboortedatum", "31/12/1899"),
    ({"birth_date": "01/01/2999", **NO_PERIOD}, "Geboortedatum", "01/01/2999"),
    ({"work_postcode": "Geen vaste woonplaats"}, "Postcode werkplaats", "Geen vaste woonplaats"),
    ({"gender": "vrouw"}, "Geslacht", "vrouw"),
    ({"hours": ""}, "Aantal uren", ""),
    ({"hours": "12,505"}, "Aantal uren", "12,505"),
    ({"hours": "0"}, "Aantal uren", "0"),
    ({"start_date": ""}, "Startdatum", ""),
    ({"end_date": "01/01/3000"}, "Einddatum", "01/01/3000"),
    ({"end_date": ""}, "Einddatum", ""),
    ({"closing_reason": ""}, "Reden van stopzetting", ""),
    ({"outlook": "Zelfde"}, "Perspectief na stopzetting", "Zelfde"),
])
def test_a_row_that_breaks_a_rule_is_refused_and_the_others_are_not(run, changes, column, value):
    result = run(row(**changes), row(old_number="2"))
    assert places(result) == [(2, column, value)]
    assert counts() == (1, 1, 1, 0)
    assert Client.get().old_number == "2"


@pytest.mark.parametrize("code", [question.code for question in ASKED.questions])
def test_an_answer_outside_its_list_is_refused(run, code):
    result = run(row(**{code: "Bestaat niet"}), row(old_number="2"))
    assert places(result) == [(2, OLD_REGISTER[code], "Bestaat niet")]


@pytest.mark.parametrize("cell", ['"De Ploeg', 'De "Ploeg"; Gent', '"De" Ploeg'])
def test_wrong_quotes_refuse_one_row(run, cell):
    result = run(row(organisation=cell), *[row(old_number=str(number)) for number in range(2, 40)])
    assert [line for line, _, _ in places(result)] == [2]
    assert result.clients == 38


def test_a_refused_sign_that_cannot_be_seen_is_named_with_its_place(run, tmp_path):
    rows = (row(organisation="De\x07Ploeg"), row(birth_date="14/07\ue0001985"),
            row(old_number="2", organisation="De\xa0Pl\xadoeg"), row(old_number="3", hours="\u200b12,5\u202f"))
    result = run(path=old_register.write(tmp_path, *rows, encoding="utf-8"))
    assert [refusal.reason.partition(". ")[2] for refusal in result.refusals] == [
        "Teken 3 is een stuurteken (U+0007).", "Teken 6 is een teken zonder betekenis (U+E000)."]
    assert (result.clients, result.organisations) == (2, 1)


def test_a_row_with_too_few_cells_is_refused(run):
    result = run(row()[:-1], row(old_number="2"))
    assert places(result) == [(2, "Perspectief na stopzetting", "")]
    assert result.clients == 1


def test_blank_lines_are_skipped(run):
    assert run([], row(), [""] * 24, []).rows == 1


@pytest.mark.parametrize(("changes", "column"), [
    ({"birth_date": "01/01/1961"}, "Geboortedatum"),
    ({"birth_date": "Onbekend"}, "Geboortedatum"),
    ({"method": "Onbekend"}, "Methodiek"),
    ({"home_postcode": "9001"}, "Postcode woonplaats"),
])
def test_a_row_that_contradicts_an_earlier_one_is_refused(run, changes, column):
    later = {"start_date": "01/01/2021", **OPEN}
    result = run(row(), row(**changes, **later), row(**later))
    assert [(line, where) for line, where, _ in places(result)] == [(3, column)]
    assert (result.periods, Period.select().count()) == (2, 2)


def test_a_missing_birth_date_is_not_filled_in_if_a_period_starts_before_it(run):
    result = run(row(birth_date=""), row(birth_date="01/01/2020", start_date="01/01/2021", **OPEN))
    assert places(result) == [(3, "Geboortedatum", "01/01/2020")]
    assert "03/06/2019" in result.refusals[0].reason


def test_a_row_that_differs_from_the_register_changes_nothing(run, ploeg):
    run(row())
    client = Client.get()
    client.change({"living_situation": "homeless"}, None, client.version, by=ploeg.account)
    result = run(row())
    assert [(line, where) for line, where, _ in places(result)] == [(2, "Leefsituatie")]
    assert Client.get().answers()["living_situation"] == "homeless"


def test_a_period_that_was_closed_in_loket_is_not_opened_again(run, ploeg):
    run(row(**OPEN))
    period = Period.get()
    period.change(period.hours, period.start_date, period.start_date, "move", "same", period.version, by=ploeg.account)
    assert places(run(row(**OPEN))) == [(2, "Startdatum", "03/06/2019")]
    assert Period.get().end_date is not None


def test_clients_without_an_old_number_are_never_matched_by_number(run, ploeg):
    own = client_of(ploeg)
    period_of(own, ploeg)
    result = run(row(old_number=str(own.number)))
    assert (result.clients, result.organisations) == (1, 0)
    assert Client.get(Client.old_number.is_null(False)).number == own.number + 1


@pytest.mark.parametrize("old_number", ["85.07.30-033.28", "85073003328", "nr 85073003328"])
def test_an_old_number_that_holds_a_national_number_is_refused_and_not_repeated(run, old_number):
    result = run(row(old_number=old_number))
    assert places(result) == [(2, "Volgnummer", "")]
    assert result.refusals[0].reason == "Hierin staat een rijksregisternummer."
    assert "033" not in str(result.lines())
    assert Client.select().count() == 0


def test_an_old_number_that_reads_as_a_name_is_taken_and_pointed_out_by_its_line(run):
    result = run(*(row(old_number=text) for text in ("17", "A-7", "Peeters", "Roos P.", "jan", "ABC", "K2024", "Zoë")))
    assert (result.refused, result.named) == (0, [4, 5, 9])
    assert [line for line in result.lines() if "op een naam lijkt" in line][0].endswith("regel: 4, 5, 9")
    assert "Peeters" not in str(result.lines())
