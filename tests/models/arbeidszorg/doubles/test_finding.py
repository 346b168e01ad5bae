"""Finding likely doubles, and a client by any of its numbers."""
import pytest

from models.arbeidszorg.doubles import finding
from models.arbeidszorg.register.finding import find_client
from tests.factories import client_of
from tests.models.arbeidszorg.doubles.merges import merged, with_old_number


@pytest.fixture
def pair(ploeg):
    """Clients 1 (old number 17) and 2 (old number 21)."""
    return with_old_number(client_of(ploeg), "17"), with_old_number(client_of(ploeg), "21")


def test_doubles_are_listed_in_groups_of_the_own_organisation(ploeg, cast):
    first, second, third = (client_of(ploeg, name) for name in ("Roos", "", "Roos P."))
    client_of(ploeg, gender="male")
    client_of(ploeg, birth_date="unknown")
    client_of(cast.outsider)
    [group] = finding.groups(ploeg.organisation)
    assert [(double.number, double.name) for double in group] == [
        (first.number, "Roos"), (second.number, None), (third.number, "Roos P.")]
    merged(first, second)
    assert [double.number for double in finding.groups(ploeg.organisation)[0]] == [first.number, third.number]
    assert finding.groups(cast.outsider.organisation) == []


@pytest.mark.parametrize("text", ["2", "#2", "2 (21)", " 2 ", "21", "a 7"])
def test_a_client_is_found_by_any_number_that_the_list_prints(ploeg, pair, text):
    kept, other = pair
    merged(kept, other)
    third = with_old_number(client_of(ploeg), "a 7")
    found = find_client(ploeg.organisation, text)
    assert found.number == (third.number if text == "a 7" else kept.number)


def test_another_organisation_s_number_and_the_client_itself_are_not_found(ploeg, cast, pair):
    kept, _ = pair
    foreign = with_old_number(client_of(cast.outsider), "99")
    for text in (str(foreign.number), "99", str(kept.number), "17", "", "0", "9" * 60):
        assert find_client(ploeg.organisation, text, but=kept.number) is None
