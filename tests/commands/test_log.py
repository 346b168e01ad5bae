"""`flask log`: the log of a province as its administrators read it."""
import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.audit import record
from models.log import PAGE_SIZE
from tests.factories import client_of

OWN = ("--province", "oost-vlaanderen")


def events(lines):
    """The last cell of each line."""
    return [line[-1] for line in lines]


def test_the_log_says_who_did_what_without_names(rows_of_list, cast):
    client = client_of(cast.ploeg, "Roos")
    client.change({"income": "pension"}, "Roos Peeters", 1, by=cast.ploeg.account)
    client_of(cast.elsewhere)
    assert [line[1:] for line in rows_of_list("log", *OWN)] == [
        ["De Ploeg", "De Ploeg", f"Cliënt {client.number} bewerkt: Hoofdinkomen"],
        ["De Ploeg", "De Ploeg", f"Cliënt {client.number} toegevoegd"],
        ["de helpdesk van Loket", "Het Atelier", "Organisatie gemaakt"],
        ["de helpdesk van Loket", "De Ploeg", "Organisatie gemaakt"]]


def test_the_log_is_filtered_and_paged(rows_of_list, cast):
    for _ in range(PAGE_SIZE):
        record(ArbeidszorgEvent.CLIENT_VIEWED, by=cast.administrator, organisation=cast.outsider.organisation,
               subject=3)
    client_of(cast.ploeg)
    assert events(rows_of_list("log", *OWN, "--kind", "client")) == ["Cliënt 1 toegevoegd"]
    assert len(rows_of_list("log", *OWN, "--organisation", "Het Atelier")) == PAGE_SIZE
    assert events(rows_of_list("log", *OWN, "--organisation", "Het Atelier", "--page", "2")) == ["Organisatie gemaakt"]
    assert rows_of_list("log", *OWN, "--until", "31/12/2020") == []
    assert len(rows_of_list("log", *OWN, "--since", "01/01/2021", "--until", "31/12/2999")) == PAGE_SIZE


@pytest.mark.parametrize(("words", "message"), [
    (("--since", "31/02/2026"), "'31/02/2026' is not a date"),
    (("--until", "01-2026"), "is not a date"),
    (("--kind", "x"), "--kind"),
    (("--page", "0"), "--page"),
    (("--organisation", "De Winning"), "no organisation of that name"),
])
def test_an_unusable_option_is_named(run, cast, words, message):
    code, output = run("log", *OWN, *words)
    assert code in (1, 2)
    assert message in output
