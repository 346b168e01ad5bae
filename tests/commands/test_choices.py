"""Codes that the operator types: as they are, or as the pages write them, in capitals or not."""
import click
import pytest

import commands
from commands import arbeidszorg
from models.arbeidszorg.deletion.trash import Deletion
from models.arbeidszorg.report.report import SCOPES
from models.organisations import PROVINCES, Organisation
from tests.factories import client_of, period_of


def province_options():
    """(command, option) of each command that takes a province or a scope."""
    for group in (*commands.COMMANDS, *arbeidszorg.COMMANDS):
        for command in group.commands.values() if isinstance(group, click.Group) else (group,):
            yield from ((command, option) for option in command.params if option.name in ("province", "scope"))


@pytest.mark.parametrize(("command", "option"), list(province_options()), ids=lambda part: part.name)
@pytest.mark.parametrize("spelling", [str, str.upper, str.title, PROVINCES.get, " {} ".format])
def test_every_command_understands_each_spelling_of_a_province(command, option, spelling):
    for province in PROVINCES:
        assert option.type.convert(spelling(province), option, click.Context(command)) == province


@pytest.mark.parametrize("scope", ["Vlaanderen", "VLAANDEREN"])
def test_flanders_is_understood_as_a_scope_in_capitals(run, scope):
    code, output = run("report", "publish", "1999", "--scope", scope)
    assert (code, "Invalid value" in output) == (1, False)
    assert run("organisation", "list", "--province", scope)[0] == 2


def test_an_organisation_is_made_in_a_province_and_sector_as_the_pages_write_them(run):
    assert run("organisation", "create", "De Ploeg", "--province", "Vlaams-Brabant", "--email", "ploeg@voorbeeld.be",
               "--sector", "Algemeen welzijnswerk en ocmw")[0] == 0
    assert (Organisation.get().province, Organisation.get().sector) == ("vlaams-brabant", "welfare")


def test_a_reason_and_a_status_are_understood_as_the_pages_write_them(run, cast):
    number = client_of(cast.ploeg).number
    period_of(client_of(cast.outsider), cast.outsider)
    code, output = run("client", "export", "-", "--province", "Oost-Vlaanderen", "--status", "Niet-actief")
    assert (code, "De Ploeg" in output, "Het Atelier" in output) == (0, True, False)
    assert run("client", "delete", number, "--province", "Oost-Vlaanderen", "--reason", "dubbel geregistreerd",
               "--confirm", number)[0] == 0
    assert Deletion.get().reason == "double"


@pytest.mark.parametrize(("words", "known"), [
    (("organisation", "list", "--province", "gent"), PROVINCES),
    (("log", "--province", "Oost Vlaanderen"), PROVINCES),
    (("report", "publish", "2025", "--scope", "Wallonië"), SCOPES),
])
def test_an_unknown_province_is_refused_with_the_codes_that_are_known(run, words, known):
    code, output = run(*words)
    assert (code, [province for province in known if f"'{province}'" not in output]) == (2, [])
