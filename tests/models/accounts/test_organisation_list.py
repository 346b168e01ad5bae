"""A province's organisations: the state of each login, and a number that a wing adds."""
import datetime

import pytest
from peewee import fn

from models.accounts.accounts import Account
from models.accounts.links import OneTimeLink
from models.accounts.organisation_list import Count, OrganisationList
from models.accounts.sessions import Session
from models.arbeidszorg.roles import ORGANISATION
from models.organisations import Organisation

PROVINCE = "oost-vlaanderen"
# A number of each organisation that no wing has to be on for.
LETTERS = Count("letters", lambda: fn.LENGTH(Organisation.name))


@pytest.fixture
def sixty(register):
    """Sixty organisations of Oost-Vlaanderen."""
    for number in range(1, 61):
        Organisation.create_new(f"Organisatie {number:02}", PROVINCE)


def names_of(listing):
    return [row.name for row in listing.rows]


def test_the_state_of_each_login_is_shown(cast, start):
    Session.start(cast.ploeg.account)
    cast.outsider.account.save_values(blocked=True)
    for name in ("Nieuw", "Uitgenodigd", "Verlopen"):
        made = Organisation.create_new(name, PROVINCE)
        if name != "Nieuw":
            login = Account.new(ORGANISATION, made, email=f"{name.lower()}@voorbeeld.be")
            OneTimeLink.make(login, "invitation")
    OneTimeLink.update(expires_at=start).where(OneTimeLink.account_id == login.id).execute()
    assert {row.name: (row.state, row.last_sign_in) for row in OrganisationList(PROVINCE).rows} == {
        "De Ploeg": ("active", start), "Het Atelier": ("blocked", None), "Nieuw": ("new", None),
        "Uitgenodigd": ("invited", None), "Verlopen": ("expired", None)}


@pytest.mark.parametrize(("search", "expected"), [
    ("ploeg", ["De Ploeg"]), ("  ATELIER het ", ["Het Atelier"]), ("cafe", ["Café Zorg"]),
    ("é", ["Café Zorg", "De Ploeg", "Het Atelier"]), ("%", []), ("winning", []), ("\x00ploeg", ["De Ploeg"])])
def test_organisations_are_found_by_the_words_of_their_name(cast, search, expected):
    Organisation.create_new("Café Zorg", PROVINCE)
    matching = OrganisationList(PROVINCE, search=search)
    assert (names_of(matching), matching.total) == (expected, len(expected))
    assert matching.organisations == 3


def test_organisations_sort_in_each_order_and_equal_ones_by_name(cast, start, clock):
    made = {name: Organisation.create_new(name, PROVINCE) for name in ("émile", "Zon", "anker")}
    for hour, name in enumerate(("Zon", "anker")):
        login = Account.new(ORGANISATION, made[name], email=f"{name}@voorbeeld.be".lower())
        clock(start + datetime.timedelta(hours=hour))
        Session.start(login)
    clock(start + datetime.timedelta(hours=9))
    listed = OrganisationList(PROVINCE, (LETTERS,))
    orders = {sort: names_of(OrganisationList(PROVINCE, (LETTERS,), sort=sort)) for sort in listed.sorts}
    assert list(orders) == ["name", "letters", "signed-in", "not-signed-in"]
    assert orders == {
        "name": ["anker", "De Ploeg", "émile", "Het Atelier", "Zon"],
        "letters": ["Het Atelier", "De Ploeg", "anker", "émile", "Zon"],
        "signed-in": ["anker", "Zon", "De Ploeg", "émile", "Het Atelier"],
        "not-signed-in": ["De Ploeg", "émile", "Het Atelier", "Zon", "anker"],
    }
    assert OrganisationList(PROVINCE, sort="email").sort == "name"
    assert OrganisationList(PROVINCE, sort="letters").sort == "name"


def test_a_page_has_25_organisations_and_a_missing_page_becomes_the_nearest(sixty):
    second = OrganisationList(PROVINCE, page=2)
    assert (names_of(second)[0], len(second.rows), second.pages) == ("Organisatie 26", 25, 3)
    assert names_of(OrganisationList(PROVINCE, page=99))[-1] == "Organisatie 60"
    assert OrganisationList(PROVINCE, page=-3).page == 1
    assert names_of(OrganisationList("limburg")) == []


def test_a_wing_adds_a_number_to_each_organisation(cast):
    assert [row.counts for row in OrganisationList(PROVINCE).rows] == [(), ()]
    listed = OrganisationList(PROVINCE, (LETTERS, LETTERS._replace(code="again")), search="ploeg")
    assert [row.counts for row in listed.rows] == [(8, 8)]
    assert listed.counts == (19, 19)


def test_the_list_takes_one_statement_also_with_a_number_of_a_wing(sixty, statements):
    OrganisationList(PROVINCE, (LETTERS,), sort="letters")
    assert len(statements) == 1
