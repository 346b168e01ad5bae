"""Organisations that may be registered twice."""
import pytest

from models.alike import alike, plain
from models.organisations import Organisation

SAME = ["'t Hof van Één", "’t Hof van Één.", "`T HOF  VAN ÉÉN", "´t Hofvan E\u0301e\u0301n", "‘t\u00a0hof van één ."]


@pytest.mark.parametrize("name", SAME)
def test_names_that_are_written_differently_are_the_same(name):
    assert plain(name) == plain(SAME[0])


@pytest.mark.parametrize("name", ["'t Hof van Een", "'t Hof van Één 2", "'t Hof van Één vzw", ""])
def test_other_names_are_others(name):
    assert plain(name) != plain(SAME[0])


@pytest.mark.usefixtures("register")
def test_names_are_compared_within_a_province_and_addresses_over_all():
    here = Organisation.create_new("De Brug", "limburg", "Brug@voorbeeld.be")
    there = Organisation.create_new("De Brug", "antwerpen", "brug@voorbeeld.be")

    def found(*words, **options):
        return [(one.organisation.id, one.by_name) for one in alike(*words, **options)]

    assert found("DE BRUG.", "limburg") == [(here.id, True)]
    assert found("DE BRUG.", "limburg", "brug@voorbeeld.be") == [(here.id, True), (there.id, False)]
    assert found("De Brug", "limburg") == []
    assert found("de brug", "limburg", but=here.id) == []
    assert found("De Kring", "limburg", "andere@voorbeeld.be") == []
