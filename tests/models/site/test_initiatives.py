"""Initiatives: those that appear, those that visitors find, and the rules that the database keeps."""
import datetime

import peewee
import pytest

from models.accounts.accounts import Account
from models.arbeidszorg.roles import ORGANISATION
from models.audit import AuditEntry
from models.database import database, today
from models.errors import Stale
from models.organisations import Organisation
from models.site.initiatives import initiatives, overview
from models.site.initiatives.forms_of_work import FORMS, labels, stored
from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.listing import (
    TILES,
    Filters,
    Listing,
    all_that_appear,
    id_in,
    one,
    slug,
)
from models.site.initiatives.near import FIRST_DIGITS, MUNICIPALITIES
from models.site.moment import last_change
from tests.factories import account_with
from tests.hall import refusal


def made(name="De Brug", province="limburg", accepted=True, **values):
    """An organisation with a login and a page."""
    organisation = Organisation.create(name=name, province=province, sector=values.pop("sector", None))
    account_with(ORGANISATION, organisation, email=f"{organisation.id}@voorbeeld.be",
                 password_hash="-" if accepted else None)
    if values:
        Initiative.create(organisation_id=organisation.id, **values)
    return organisation


def names(**filters):
    return [tile.name for tile in Listing(Filters(**filters)).rows]


def saved(organisation, by, version=1, **values):
    initiatives.change(organisation, Initiative().values | values, version, by)
    return Initiative.of(organisation)


@pytest.fixture
def empty(register):
    """A register without any organisation."""
    assert all_that_appear() == []
    return register


def test_an_organisation_appears_once_its_login_was_accepted_or_its_province_ticks_it(empty):
    invited, ticked = made("Wacht", accepted=False), made("Gevinkt", accepted=False, ticked=True)
    accepted = made("Aanvaard")
    without_login = Organisation.create(name="Zonder login", province="limburg")
    assert names() == ["Aanvaard", "Gevinkt"]
    before = last_change()
    Account.update(password_hash="-").where(Account.email == f"{invited.id}@voorbeeld.be").execute()
    assert last_change().number > before.number
    assert names() == ["Aanvaard", "Gevinkt", "Wacht"]
    assert [overview.of_organisation(each).why for each in (accepted, ticked, without_login)] == [
        "accepted", "ticked", "not-accepted"]


def test_one_that_stops_does_not_want_to_or_is_hidden_does_not_appear(empty):
    hidden = made("Verborgen", hidden_because="Dubbel")
    unwilling = made("Wil niet", unwilling=True, ticked=True)
    stopped = made("Gestopt", ticked=True)
    ended = made("Rol beëindigd")
    assert names() == ["Gestopt", "Rol beëindigd"]
    Account.update(blocked=True).where(Account.email == f"{stopped.id}@voorbeeld.be").execute()
    database.execute_sql(f"UPDATE account_grant SET until = '2026-01-01 00:00:00' WHERE tenant_id = {ended.id}")
    assert names() == []
    assert one(stopped.id) is one(hidden.id) is one(unwilling.id) is None
    assert [state.why for state in overview.of_province("limburg")] == [
        "blocked", "not-accepted", "hidden", "unwilling"]


def test_an_upgrade_publishes_nothing_of_what_organisations_entered(empty):
    Organisation.update(address="Dorp 1", telephone="011 00 00 00", website="https://brug.be").where(
        Organisation.id == made().id).execute()
    assert Initiative.select().count() == 0
    [tile] = all_that_appear()
    assert tile[2:] == ("limburg", None, "", "", "", "", "", "", None, "")
    organisation, published = one(tile.id)
    assert (published.address, published.telephone) == ("", "")
    assert initiatives.proposed(organisation)["address"] == "Dorp 1"


def test_visitors_filter_by_province_form_of_work_and_sector(empty):
    made("A", forms="green kitchen", sector="welfare")
    made("B", forms="green", province="antwerpen")
    made("C", forms="greenhouse")
    assert names(work="green") == ["A", "B"]
    assert names(work="green", province="antwerpen") == ["B"]
    assert names(sector="welfare") == ["A"]
    assert Listing(Filters(work="green", province="antwerpen")).by_province["limburg"] == 1
    assert Filters.of({"province": "mars", "work": "'", "sector": "x", "q": " gent "}) == Filters(q="gent")


def test_visitors_find_a_name_or_a_municipality_without_its_accents(empty):
    made("Café De Brug", municipality="Gent")
    made("Het Anker", municipality="Temse")
    assert names(q="cafe") == names(q="GENT") == ["Café De Brug"]
    assert names(q="anker temse") == ["Het Anker"]
    assert names(q="brug temse") == []


def test_a_postcode_finds_the_same_one_then_the_same_first_digits_then_the_province(empty):
    made("Ver", province="oost-vlaanderen")
    made("Buurt", province="oost-vlaanderen", postcode="9050")
    made("Hier", province="oost-vlaanderen", postcode="9000")
    made("Elders", province="limburg", postcode="3500")
    made("Over de grens", province="antwerpen", postcode="9080")
    rows = Listing(Filters(q="9000")).rows
    assert [(tile.name, tile.near) for tile in rows] == [
        ("Hier", "here"), ("Buurt", "region"), ("Over de grens", "region"), ("Ver", "province")]
    assert names(q="1000") == []


def test_a_municipality_finds_those_there_then_those_with_its_name_then_those_near_by(empty):
    made("Ver", province="oost-vlaanderen", municipality="Ronse")
    made("Buurt", province="oost-vlaanderen", postcode="9070", municipality="Destelbergen")
    made("Zonder postcode", province="oost-vlaanderen", municipality="GENT")
    made("Andere postcode", province="oost-vlaanderen", postcode="9040", municipality="Sint-Amandsberg")
    made("Gent aan Zee", province="west-vlaanderen", postcode="8400", municipality="Oostende")
    made("Elders", postcode="3500")
    listing = Listing(Filters(q="gent"))
    assert [(tile.name, tile.near) for tile in listing.rows] == [
        ("Andere postcode", "here"), ("Zonder postcode", "here"), ("Gent aan Zee", "named"), ("Buurt", "region"),
        ("Ver", "province")]
    assert (listing.place.name, listing.here, listing.total) == ("Gent", 2, 5)
    assert names(q="9000 Gent") == names(q="9000")


def test_a_municipality_without_an_initiative_finds_those_near_by(empty):
    made("Buurt", province="oost-vlaanderen", postcode="9100", municipality="Sint-Niklaas")
    made("Elders", postcode="3500")
    for typed in ("Lokeren", "LOKEREN", "Moerbeke", "beveren kruibeke zwijndrecht", "Sint Gillis-Waas"):
        assert names(q=typed) == ["Buurt"], typed
    assert Listing(Filters(q="Lokeren")).here == 0
    assert names(q="Brussel") == []


def test_a_village_that_no_list_has_is_known_by_the_initiatives_there(empty):
    made("Hier", province="oost-vlaanderen", postcode="9040", municipality="Sint-Amandsberg")
    made("Buurt", province="oost-vlaanderen", postcode="9041", municipality="Oostakker")
    listing = Listing(Filters(q="sint amandsberg"))
    assert [(tile.name, tile.near) for tile in listing.rows] == [("Hier", "here"), ("Buurt", "region")]
    assert listing.place.name == "Sint-Amandsberg"


def test_each_municipality_has_postcodes_of_the_provinces():
    digits = tuple(several for own in FIRST_DIGITS.values() for several in own)
    assert len(MUNICIPALITIES) == 285 + 35
    assert all(postcode.startswith(digits) and len(postcode) == 4
               for place in MUNICIPALITIES.values() for postcode in place.postcodes)


def test_each_first_digits_are_of_one_province():
    every = [digits for several in FIRST_DIGITS.values() for digits in several]
    assert not [(a, b) for a in every for b in every if a != b and a.startswith(b)]


def test_pages_hold_whole_rows_and_a_page_that_is_not_there_becomes_the_nearest(empty):
    for number in range(TILES + 1):
        Initiative.create(organisation_id=Organisation.create(name=f"N{number:02}", province="limburg").id, ticked=True)
    first, last = Listing(Filters()), Listing(Filters(), 99)
    assert (len(first.rows), first.pages, first.total) == (TILES, 2, TILES + 1)
    assert [tile.name for tile in last.rows] == [f"N{TILES}"]


def test_two_names_never_fight_for_one_address_and_a_new_name_keeps_the_old_one_working():
    assert slug(7, "Minder dan 12,5 uur") == "minder-dan-12-5-uur-7"
    assert slug(8, "Minder dan 125 uur") == "minder-dan-125-uur-8"
    assert slug(9, "Café ‘Zoë’ & co") == "cafe-zoe-co-9"
    assert slug(10, "日本") == "initiatief-10"
    assert len(slug(123, "x" * 200)) == 64
    assert [id_in(text) for text in ("de-brug-7", "anders-7", "7", "de-brug", "x7", "a-0", "a-9999999999", "")] == [
        7, 7, 7, None, None, None, None, None]


def test_forms_of_work_are_kept_in_the_order_of_the_file_and_one_that_is_gone_is_not_shown():
    assert stored(["care", "green", "nothing"]) == "green care"
    assert labels("green gone care") == ["Groen en land", "Zorg en onthaal"]
    assert len(FORMS) == 12
    assert len(stored(FORMS)) < 400


def test_a_saved_page_is_public_at_once_and_recorded_without_its_values(cast):
    organisation = cast.ploeg.organisation
    row = saved(organisation, cast.ploeg.account, sentence="Wij kweken sla.", forms="green")
    assert (row.version, row.checked_on) == (2, today())
    assert one(organisation.id)[1].sentence == "Wij kweken sla."
    [entry] = AuditEntry.select().where(AuditEntry.event == "initiative-changed")
    assert (entry.tenant_id, entry.details) == (organisation.id, {"fields": ["forms", "sentence"]})


def test_a_province_corrects_without_saying_that_the_organisation_looked(cast):
    assert saved(cast.ploeg.organisation, cast.administrator, municipality="Gent").checked_on is None


def test_an_older_version_is_refused_also_before_there_is_a_row(cast):
    saved(cast.ploeg.organisation, cast.ploeg.account, sentence="Eerst")
    with pytest.raises(Stale) as stale:
        saved(cast.ploeg.organisation, cast.administrator, sentence="Tweede")
    assert stale.value.current.sentence == "Eerst"
    with pytest.raises(Stale):
        saved(cast.outsider.organisation, cast.administrator, version=2)
    assert Initiative.select().count() == 1


@pytest.mark.parametrize("values", [
    {"website": "http://brug.be"}, {"website": "https://brug.be@elders.be/"}, {"website": "https://brug"},
    {"website": 'https://brug.be/"><script>'}, {"website": "javascript:alert(1)"}, {"website": "https://[brug"},
    {"doeners": "https://doeners.be.brug.be/"}, {"doeners": "https://doeners.be@brug.be/"},
    {"doeners": "https://doeners.be\\.brug.be/"}, {"doeners": "http://doeners.be/brug"},
    {"doeners": "https://doeners.be:8080/"}, {"doeners": "https://brug.be/doeners.be/"},
    {"postcode": "900"}, {"postcode": "0900"}, {"postcode": "90000"}, {"postcode": "９０００"}])
def test_other_addresses_and_postcodes_are_refused(cast, values):
    assert refusal(lambda: saved(cast.ploeg.organisation, cast.ploeg.account, **values)) in (
        "not_https", "not_doeners", "wrong_postcode")
    assert Initiative.select().count() == 0


@pytest.mark.parametrize("values", [
    {"website": "http://brug.be"}, {"doeners": "https://doeners.be.brug.be/"}, {"doeners": "https://doeners.be"},
    {"postcode": "90x0"}, {"postcode": "900"}, {"sentence": "x" * 161}, {"description": "x" * 5001}, {"version": 0},
    {"address": "Dorp 1\n3500 Hasselt"}, {"checked_on": "31 mei"}, {"organisation_id": 999_999}])
def test_the_database_refuses_them_too(cast, values):
    saved(cast.ploeg.organisation, cast.ploeg.account, website="https://brug.be",
          doeners="https://www.doeners.be/brug", postcode="9000")
    [(column, value)] = values.items()
    with pytest.raises(peewee.DatabaseError), database.atomic():
        database.execute_sql(f"UPDATE initiative SET {column} = '{value}'")
    with pytest.raises(peewee.DatabaseError), database.atomic():
        Organisation.delete().where(Organisation.id == cast.ploeg.organisation.id).execute()


def test_the_province_ticks_hides_with_a_word_and_shows_again_each_once_in_the_log(cast):
    organisation, by = Organisation.create(name="De Brug", province="oost-vlaanderen"), cast.administrator
    for _ in range(2):
        initiatives.tick(organisation, True, by)
    assert one(organisation.id)
    assert refusal(lambda: initiatives.hide(organisation, "", by)) == "no_reason"
    for _ in range(2):
        initiatives.hide(organisation, "Staat er dubbel.", by)
    assert one(organisation.id) is None
    for _ in range(2):
        initiatives.show(organisation, by)
    assert one(organisation.id)
    for _ in range(2):
        initiatives.tick(organisation, False, by)
    assert [entry.event for entry in AuditEntry.select().where(
        AuditEntry.event.startswith("initiative")).order_by(AuditEntry.id)] == [
            "initiative-ticked", "initiative-hidden", "initiative-shown", "initiative-unticked"]
    assert "dubbel" not in str([entry.details for entry in AuditEntry.select()])


def test_a_year_after_it_was_looked_at_the_page_is_asked_about_once(cast):
    organisation, by = cast.ploeg.organisation, cast.ploeg.account
    assert not initiatives.asks_to_check(organisation.id)
    saved(organisation, by)
    assert not initiatives.asks_to_check(organisation.id)
    Initiative.update(checked_on=today() - datetime.timedelta(days=367)).execute()
    assert initiatives.asks_to_check(organisation.id)
    for _ in range(2):
        initiatives.confirm(organisation, by)
    assert not initiatives.asks_to_check(organisation.id)
    assert AuditEntry.select().where(AuditEntry.event == "initiative-checked").count() == 1
