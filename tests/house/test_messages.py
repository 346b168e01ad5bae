"""Checks that every code with which a model refuses has a message wherever it can occur: on a page, in a command."""
import string

import pytest

from commands.arbeidszorg.refusals import REFUSALS as OF_ARBEIDSZORG
from commands.ecalcura.refusals import REFUSALS as OF_ECALCURA
from commands.refusals import REFUSALS
from commands.site.refusals import REFUSALS as OF_SITE
from models.arbeidszorg.errors import ArbeidszorgCode, ImportCode
from models.arbeidszorg.transfer.outcome import FILE_REASONS, ROW_REASONS
from models.ecalcura.errors import EcalcuraCode
from models.errors import Code, Refused
from models.files.reading.errors import FileCode
from tests.reach import ENUMS, ROOT, modules_in, refusals
from views.arbeidszorg import messages as arbeidszorg
from views.ecalcura import messages as ecalcura
from views.shell import messages as shell
from views.site import messages as site

ON_PAGES = shell.MESSAGES | arbeidszorg.MESSAGES | ecalcura.MESSAGES | site.MESSAGES
IN_COMMANDS = REFUSALS | OF_ARBEIDSZORG | OF_ECALCURA | OF_SITE
OF_THE_IMPORT = FILE_REASONS | ROW_REASONS

# Codes without a message on a page → the views that catch the code and do something else.
CAUGHT = {
    Code.STALE: ["hall/organisation", "hall/organisations", "arbeidszorg/organisation/clients",
                 "arbeidszorg/organisation/doubles", "arbeidszorg/organisation/periods"],
    Code.LINK: ["hall/auth"],
    Code.FACTOR_THERE: ["hall/auth"],
    Code.WAITED_TOO_LONG: ["hall/auth"],
    ArbeidszorgCode.ALREADY_SAVED: ["arbeidszorg/organisation/clients", "arbeidszorg/organisation/periods",
                                    "arbeidszorg/report/editions"],
    ArbeidszorgCode.ALREADY_ASKED: ["arbeidszorg/organisation/clients"],
    ArbeidszorgCode.CLIENT_GONE: ["arbeidszorg/organisation/clients", "arbeidszorg/organisation/doubles"],
    ArbeidszorgCode.REQUEST_DECIDED: ["arbeidszorg/province/deletions"],
}
# Only a background job gets this code, and it tries again: models/accounts/moves.py.
NOWHERE = {Code.OVERTAKEN}
# The record of the wing hands the function with this code to the hall, which shows its message after signing in.
OF_CLAIMS = {EcalcuraCode.FACILITY_UNKNOWN}
# Codes that the source seems to reach, but that cannot occur in a command or in the import.
NEVER_IN_COMMANDS = {
    "a command sends no form key": {ArbeidszorgCode.ALREADY_SAVED},
    "the operator is no administrator, who could block himself or the last colleague": {
        Code.OWN_LOGIN, Code.LAST_ADMINISTRATOR},
    "the operator gives a role from now on and without an end, and needs no role to give it": {
        EcalcuraCode.ROLE_DAYS, EcalcuraCode.ROLE_PAST, EcalcuraCode.ROLE_GIVER},
    "the desk reads the days of contracts, and changes no contract": {
        EcalcuraCode.CONTRACT_END, EcalcuraCode.CONTRACT_OVERLAP, EcalcuraCode.CONTRACT_START,
        EcalcuraCode.ENTRY_EARLY, EcalcuraCode.FULL_TIME_RANGE,
        EcalcuraCode.HOURS_ABOVE_FULL_TIME, EcalcuraCode.HOURS_POSITIVE, EcalcuraCode.MERGED_AWAY,
        EcalcuraCode.NO_TRIMESTER_OPEN, EcalcuraCode.PREMIUM_NOT_ALLOWED, EcalcuraCode.QUALIFICATION_UNKNOWN,
        EcalcuraCode.REPLACEMENT_OUTSIDE, EcalcuraCode.ROLE_UNKNOWN,
        EcalcuraCode.STATUTE_UNKNOWN, EcalcuraCode.STEP_UNKNOWN, EcalcuraCode.TERMS_OUTSIDE,
        EcalcuraCode.TRIMESTER_CLOSED, EcalcuraCode.TRIMESTER_UNOPENED},
    "a number in a file of RaaS that is not valid refuses its row": {EcalcuraCode.NUMBER_INVALID},
}
NEVER_IN_THE_IMPORT = {
    "an import is made from no form": {Code.STALE},
    "the file is read again if somebody else makes its organisation meanwhile": {Code.ORGANISATION_EXISTS},
    "a row without a name of 1 to 200 characters is refused before": {Code.ORGANISATION_NAME},
    "an import refuses rows, but no request to delete a client": {
        ArbeidszorgCode.ANSWER, ArbeidszorgCode.REQUEST_DECIDED, ArbeidszorgCode.REMARK_LONG,
        ArbeidszorgCode.REMARK_CHARACTERS},
}
# The names that a page adds to the context of a refusal, to fill in its message.
ADDED = {
    ArbeidszorgCode.OVERLAP: {"period"},
    ArbeidszorgCode.ALREADY_RESTORED: {"number"},
    ArbeidszorgCode.RESTORE_LATE: {"number"},
    EcalcuraCode.ALREADY_EMPLOYEE: {"name"},
    EcalcuraCode.PERFORMANCE_HOURS: {"maximum"},
    EcalcuraCode.CHOICE_TWICE: {"step", "first", "last"},
    EcalcuraCode.CONTRACT_OVERLAP: {"first", "last"},
    EcalcuraCode.PREMIUM_NOT_ALLOWED: {"qualifications"},
}
ALWAYS_THERE = {"value", "operator"}


def met_on_pages():
    return refusals(*modules_in("views"))


def met_in_commands():
    """The codes that commands can get; read for each command apart, because they do not share imports."""
    return set().union(*(refusals(name) for name in modules_in("commands", importing="refusing")))


def met_in_the_import():
    return refusals("commands.arbeidszorg.importing")


def without_words(reasons):
    return set().union(*reasons.values())


def fields(words):
    return {name.partition(":")[0] for _, name, _, _ in string.Formatter().parse(words) if name}


def test_a_plain_string_is_not_a_code():
    with pytest.raises(TypeError):
        Refused("stale")


def test_two_enums_share_no_value():
    values = [code.value for enum in ENUMS.values() for code in enum]
    assert sorted(values) == sorted(set(values))


def test_exactly_the_refusals_on_a_page_have_a_dutch_message():
    # A page shows the reasons of the import (transfer/outcome.py) for what it refuses.
    expected = (met_on_pages().keys() | OF_CLAIMS) - CAUGHT.keys() - {*FileCode, *ImportCode}
    assert ON_PAGES.keys() == expected


def test_exactly_the_refusals_of_a_command_have_an_english_message():
    assert IN_COMMANDS.keys() == met_in_commands() - without_words(NEVER_IN_COMMANDS)
    assert met_in_commands() >= without_words(NEVER_IN_COMMANDS)


def test_exactly_the_refusals_of_the_import_have_a_dutch_reason():
    assert OF_THE_IMPORT.keys() == met_in_the_import().keys() - without_words(NEVER_IN_THE_IMPORT)
    assert met_in_the_import().keys() >= without_words(NEVER_IN_THE_IMPORT)
    assert OF_THE_IMPORT.keys() >= {*FileCode, *ImportCode}


def test_every_code_is_used():
    met = met_on_pages().keys() | met_in_commands() | met_in_the_import().keys() | NOWHERE | OF_CLAIMS
    assert met == {code for enum in ENUMS.values() for code in enum}


@pytest.mark.parametrize("code", CAUGHT)
def test_a_refusal_without_a_message_is_caught_by_its_name(code):
    named = "except Stale" if code is Code.STALE else f"{type(code).__name__}.{code.name}"
    for path in CAUGHT[code]:
        assert named in (ROOT / "views" / f"{path}.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(("met", "words", "added"), [
    (met_on_pages, ON_PAGES, ADDED), (met_in_the_import, OF_THE_IMPORT, {})])
def test_a_message_uses_only_names_of_the_refusal_s_context(met, words, added):
    lacking = {code: fields(words[code]) - names - ALWAYS_THERE
               for code, names in met().items() if names is not None and code in words}
    assert {code: names for code, names in lacking.items() if names} == added


def test_messages_of_a_command_have_no_placeholders():
    assert {code: fields(words) for code, words in IN_COMMANDS.items() if fields(words)} == {}
