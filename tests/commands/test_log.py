"""The log of a province, from the command line: what its administrators would read."""
import pytest

from models.audit import Event, record
from models.log import PAGE_SIZE
from tests.factories import client_of

OWN = ("--province", "oost-vlaanderen")


def what(lines):
    return [line[-1] for line in lines]


def test_it_tells_who_did_what_and_nothing_of_names(rows_of_list, cast):
    client = client_of(cast.ploeg, "Roos")
    client.change({"income": "pension"}, "Roos Peeters", 1, by=cast.ploeg.account)
    client_of(cast.elsewhere)
    assert [line[1:] for line in rows_of_list("log", *OWN)] == [
        ["De Ploeg", "De Ploeg", f"Cliënt {client.number} bewerkt: Hoofdinkomen"],
        ["De Ploeg", "De Ploeg", f"Cliënt {client.number} toegevoegd"],
        ["wie Loket beheert", "Het Atelier", "Organisatie gemaakt"],
        ["wie Loket beheert", "De Ploeg", "Organisatie gemaakt"]]


def test_it_is_filtered_and_paged(rows_of_list, cast):
    for _ in range(PAGE_SIZE):
        record(Event.CLIENT_VIEWED, by=cast.administrator, organisation=cast.outsider.organisation, client=3)
    client_of(cast.ploeg)
    assert what(rows_of_list("log", *OWN, "--kind", "client")) == ["Cliënt 1 toegevoegd"]
    assert len(rows_of_list("log", *OWN, "--organisation", "Het Atelier")) == PAGE_SIZE
    assert what(rows_of_list("log", *OWN, "--organisation", "Het Atelier", "--page", "2")) == ["Organisatie gemaakt"]
    assert rows_of_list("log", *OWN, "--until", "31/12/2020") == []
    assert len(rows_of_list("log", *OWN, "--since", "01/01/2021", "--until", "31/12/2999")) == PAGE_SIZE


@pytest.mark.parametrize(("words", "said"), [
    (("--since", "31/02/2026"), "'31/02/2026' is no day"),
    (("--until", "2026-01-01"), "is no day"),
    (("--kind", "x"), "--kind"),
    (("--page", "0"), "--page"),
    (("--organisation", "De Winning"), "no organisation of that name"),
])
def test_what_is_not_understood_is_said(run, cast, words, said):
    code, output = run("log", *OWN, *words)
    assert code in (1, 2)
    assert said in output
