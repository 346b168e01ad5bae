"""The import of an organisation's own list: its rows are its own, whatever else the file says."""
import datetime

import pytest

from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.errors import ArbeidszorgCode, ImportCode
from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register.clients import Client
from models.arbeidszorg.register.periods import Period
from models.arbeidszorg.transfer.exporting import Export
from models.arbeidszorg.transfer.register_file.columns import OWN, columns
from models.errors import Refused
from models.organisations import Organisation
from tests.factories import client_of, days, period_of
from tests.models.arbeidszorg.doubles.merges import merged
from tests.models.arbeidszorg.transfer.lists import FILLED_IN, NO_PERIOD, OPEN, reasons, table, take
from tests.tables import contents

OTHER_NUMBER = "Dit nummer is in je organisatie niet van deze cliënt: Loket gebruikt het niet."
OTHER_ORGANISATION = "Deze rij is van een andere organisatie."
WITH_NUMBER = ["number", *FILLED_IN]


def clients(login):
    return list(Client.of(login.organisation).order_by(Client.number))


def made(login, **cells):
    """A client that came in as a list of one row."""
    take(login, table(cells))
    return clients(login)[-1]


def test_the_rows_are_the_organisation_s_own(cast):
    before = Organisation.select().count()
    result = take(cast.ploeg, table({"name": "Roos Peeters", "old_number": "007"}, {"name": "Ward", **OPEN}))
    assert (result.clients, result.periods, result.organisations, result.refused) == (2, 2, 0, 0)
    assert [(client.name, client.old_number) for client in clients(cast.ploeg)] == [
        ("Roos Peeters", "007"), ("Ward", None)]
    assert Organisation.select().count() == before


def test_a_name_that_begins_with_an_apostrophe_keeps_it(cast):
    typed, written = b"'t Kindt", b"''t Kindt"
    for name in (typed, written):
        take(cast.ploeg, table({"name": "NAAM"}).replace(b"NAAM", name))
    assert [client.name for client in clients(cast.ploeg)] == ["'t Kindt"] * 2


def test_columns_come_in_any_order(cast):
    take(cast.ploeg, table({"name": "Roos Peeters"}, codes=FILLED_IN[::-1]))
    [client] = clients(cast.ploeg)
    assert (client.name, client.birth_date) == ("Roos Peeters", datetime.date(1985, 7, 14))


@pytest.mark.parametrize("absent", FILLED_IN)
def test_a_list_without_a_column_of_the_template_is_refused_and_the_column_named(cast, absent):
    with pytest.raises(Refused) as refused:
        take(cast.ploeg, table({}, codes=[code for code in FILLED_IN if code != absent]))
    assert (refused.value.code, refused.value.context["columns"]) == ("columns_missing", [columns(OWN)[absent]])


def test_an_unknown_column_is_refused_by_its_place_and_a_column_that_is_there_twice_by_its_name(cast):
    unknown = table({}).replace(b"Geslacht", b"Gemoed")
    with pytest.raises(Refused, match="columns_missing"):
        take(cast.ploeg, unknown)
    with pytest.raises(Refused) as refused:
        take(cast.ploeg, table({}).replace(b"\r\n", b";Kleur\r\n", 1))
    assert refused.value.context == {"places": [len(FILLED_IN) + 1]}
    with pytest.raises(Refused) as refused:
        take(cast.ploeg, table({}, codes=[*FILLED_IN, "gender"]))
    assert refused.value.context == {"columns": ["Geslacht"]}


@pytest.mark.parametrize(("column", "cell"), [
    ("organisation", "Het Atelier"), ("province", "Limburg"), ("organisation", "De Onbekende"), ("province", "Ergens")])
def test_a_row_of_another_organisation_is_refused_and_costs_no_other(cast, column, cell):
    own = {"organisation": " de  ploeg", "province": "oost-vlaanderen"}
    result = take(cast.ploeg, table(own, {**own, column: cell}, {}, codes=[*FILLED_IN, "province", "organisation"]))
    assert reasons(result) == {(3, columns(OWN)[column]): OTHER_ORGANISATION}
    assert [refusal.value for refusal in result.refusals] == [cell]
    assert len(clients(cast.ploeg)) == 2
    assert clients(cast.outsider) == []


def test_a_number_of_its_own_finds_the_client_and_fills_in_empty_answers(cast):
    client = made(cast.ploeg, old_number="12", education="", **NO_PERIOD)
    result = take(cast.ploeg, table({"number": str(client.number)}, codes=WITH_NUMBER))
    assert (result.clients, result.completed, result.periods, result.remarked) == (0, 1, 1, 0)
    assert len(clients(cast.ploeg)) == 1


def test_an_answer_that_differs_is_refused(cast):
    client = made(cast.ploeg)
    result = take(cast.ploeg, table({"number": str(client.number), "gender": "Man"}, codes=WITH_NUMBER))
    assert reasons(result) == {(2, "Geslacht"): "Deze cliënt heeft hier al een ander antwoord."}


def test_a_number_that_is_not_its_own_gives_one_remark_whether_it_exists_elsewhere_or_not(cast):
    other = client_of(cast.outsider, "Jan")
    before = contents()
    results = {number: take(cast.ploeg, table({"number": str(number)}, codes=WITH_NUMBER), dry_run=True)
               for number in (other.number, 999_999)}
    for number, result in results.items():
        [remark] = result.remarks
        assert (remark.line, remark.column, remark.value, remark.reason) == (2, "Nummer", str(number), OTHER_NUMBER)
        assert (result.clients, result.refused) == (1, 0)
    assert contents() == before


def test_a_number_that_the_import_itself_gives_finds_nobody(cast):
    """The third row names the number that the second row's client gets."""
    highest = client_of(cast.outsider).number
    rows = [{"old_number": "A"}, {"old_number": "B", "birth_date": "23/11/1990"},
            {"number": str(highest + 2), "gender": "Man"}]
    result = take(cast.ploeg, table(*rows, codes=WITH_NUMBER))
    assert (result.clients, result.refused, result.remarked) == (3, 0, 1)


def test_the_number_of_a_merged_client_finds_the_one_that_goes_on(cast):
    client, other = made(cast.ploeg), made(cast.ploeg, **NO_PERIOD)
    merged(client, other, cast.ploeg.account)
    result = take(cast.ploeg, table({"number": str(other.number)}, codes=WITH_NUMBER))
    assert (result.clients, result.known, result.refused, result.remarked) == (0, 1, 0, 0)


def test_a_deleted_and_a_moved_client_do_not_come_back_by_their_number(cast):
    gone, moving = client_of(cast.ploeg), client_of(cast.ploeg)
    Deletion.make(gone, "double")
    move = ClientMove.propose(moving.number, cast.outsider.organisation.id, "", cast.administrator)
    move.agree(cast.ploeg.account)
    move.accept(cast.outsider.account)
    result = take(cast.ploeg, table({"number": str(gone.number)}, {"number": str(moving.number)}, codes=WITH_NUMBER))
    assert [refusal.reason.split(" op ")[0] for refusal in result.refusals] == [
        "Deze cliënt is verwijderd", "Deze cliënt is verhuisd naar een andere organisatie."]
    assert clients(cast.ploeg) == []


def test_a_deleted_and_a_moved_client_do_not_come_back_by_the_number_of_one_that_was_merged_into_them(cast):
    gone, moving, *merging = (client_of(cast.ploeg) for _ in range(4))
    for client, other in zip((gone, moving), merging, strict=True):
        merged(client, other, cast.ploeg.account)
    Deletion.make(gone, "double")
    move = ClientMove.propose(moving.number, cast.outsider.organisation.id, "", cast.administrator)
    move.agree(cast.ploeg.account)
    move.accept(cast.outsider.account)
    result = take(cast.ploeg, table(*({"number": str(other.number)} for other in merging), codes=WITH_NUMBER))
    assert [refusal.reason.split(" op ")[0] for refusal in result.refusals] == [
        "Deze cliënt is verwijderd", "Deze cliënt is verhuisd naar een andere organisatie."]
    assert clients(cast.ploeg) == []


def test_rows_without_a_number_are_a_client_each_and_an_old_number_holds_them_together(cast):
    earlier = {"start_date": "03/06/2017", "end_date": "30/06/2018"}
    result = take(cast.ploeg, table({"name": "Roos"}, {"name": "Roos", **earlier},
                                    {"old_number": "5"}, {"old_number": "5", **earlier}))
    assert (result.clients, result.periods, result.refused) == (3, 4, 0)


def test_an_old_number_and_a_number_of_two_clients_are_refused(cast):
    one = made(cast.ploeg)
    made(cast.ploeg, old_number="7")
    result = take(cast.ploeg, table({"number": str(one.number), "old_number": "7"}, codes=WITH_NUMBER))
    assert [(refusal.line, refusal.column) for refusal in result.refusals] == [(2, "Oud volgnummer")]


def test_an_export_comes_in_again_unchanged(cast):
    client = client_of(cast.ploeg, "Roos Peeters")
    period_of(client, cast.ploeg, days(-400), days(-300))
    period_of(client, cast.ploeg)
    client_of(cast.ploeg, "=Ward")
    before = contents()
    result = take(cast.ploeg, Export.of(cast.ploeg.organisation.id, "csv", by=cast.ploeg.account).csv())
    assert (result.rows, result.known, result.clients, result.refused, result.remarked) == (3, 3, 0, 0, 0)
    assert contents() | {"register_import": []} == before


def test_an_export_of_another_organisation_is_refused_whole(cast):
    client_of(cast.outsider, "Jan Janssens")
    result = take(cast.ploeg, Export.of(cast.outsider.organisation.id, "csv", by=cast.outsider.account).csv())
    assert (result.rows, result.refused) == (1, 1)
    assert "Jan" not in str(result)


def test_a_list_that_is_taken_back_by_its_caller_changes_nothing(cast):
    before = contents()

    def no(_result):
        raise Refused(ArbeidszorgCode.IMPORT_RUNS)

    with pytest.raises(Refused):
        take(cast.ploeg, table({"name": "Roos"}, NO_PERIOD), confirm=no)
    assert contents() == before
    assert not Period.select().exists()




# Changed by a spreadsheet

@pytest.mark.parametrize("codes", [FILLED_IN, FILLED_IN[::-1]])
def test_dates_with_the_month_first_refuse_the_list_with_line_and_column(cast, codes):
    content = table({"birth_date": "4/19/1970", "start_date": "2/3/2015", **OPEN}, codes=codes)
    before = contents()
    with pytest.raises(Refused) as refused:
        take(cast.ploeg, content)
    assert (refused.value.code, refused.value.context["lines"]) == (ImportCode.DATES_SWAPPED, ["2 (Geboortedatum)"])
    assert contents() == before
    assert take(cast.ploeg, content, dates_are_dmy=True).refused == 1


def test_a_list_without_a_proven_order_is_asked_and_an_export_is_not(cast):
    content = table({"birth_date": "4/9/1970", "start_date": "2/3/2015", **OPEN})
    with pytest.raises(Refused, match=ImportCode.DATES_OPEN):
        take(cast.ploeg, content)
    assert take(cast.ploeg, content, dates_are_dmy=True).clients == 1
    assert take(cast.ploeg, Export.of(cast.ploeg.organisation.id, "csv", by=cast.ploeg.account).csv()).known == 1


def test_old_numbers_that_look_made_stop_a_list_until_they_are_right(cast):
    content = table({"old_number": "12/mei"})
    with pytest.raises(Refused, match=ImportCode.NUMBERS_MADE):
        take(cast.ploeg, content)
    assert take(cast.ploeg, content, dry_run=True).made_number_lines == [2]
    assert take(cast.ploeg, content, numbers_are_right=True).clients == 1


def test_a_protected_number_finds_its_client_and_one_without_its_zeros_is_pointed_out(cast):
    take(cast.ploeg, table({"old_number": "007"}))
    assert take(cast.ploeg, table({"old_number": '="007"'})).known == 1
    [remark] = take(cast.ploeg, table({"old_number": "7"})).remarks
    assert remark.reason.startswith("Lijkt op cliënt 1 (oud volgnummer 007)")


def test_an_error_of_a_spreadsheet_refuses_its_row(cast):
    content = table({"old_number": "Err:502"}, {"name": "#VERW!"}, {"old_number": "8"})
    assert [line for line, _ in reasons(take(cast.ploeg, content))] == [2, 3]
