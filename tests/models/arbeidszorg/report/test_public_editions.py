"""An edition that everybody may read: one of a year and scope, and never with a number of one organisation."""
import datetime
import io
from types import SimpleNamespace

import openpyxl
import peewee
import pytest

from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.public_editions import PublicEdition, hide_edition, is_public, public_part, show_edition
from models.arbeidszorg.roles import ORGANISATION
from models.audit import AuditEntry
from models.database import database, today
from models.organisations import Organisation
from models.site.moment import last_change
from tests.factories import account_with, client_of, period_of
from tests.hall import refusal

LAST = today().year - 1
OWN, FLANDERS = "oost-vlaanderen", "vlaanderen"


def guides(login, clients, year=LAST):
    for _ in range(clients):
        period_of(client_of(login), login, datetime.date(year, 3, 1))


@pytest.fixture
def three(cast):
    """Three organisations of one province that guided somebody last year, each in a sector of its own."""
    kring = Organisation.create_new("De Kring", OWN, sector="other")
    account = account_with(ORGANISATION, kring, email="kring@voorbeeld.be")
    Organisation.update(sector="welfare").where(Organisation.id == cast.ploeg.organisation.id).execute()
    logins = (cast.ploeg, cast.outsider, SimpleNamespace(organisation=kring, account=account))
    for login, clients in zip(logins, (7, 11, 13), strict=True):
        guides(login, clients)
    return cast


def published(cast, scope=OWN, remark=""):
    return Edition.publish(LAST, scope, remark, cast.administrator, today())


def show(edition, cast):
    return show_edition(edition, ["Zo is geteld."], cast.administrator, today())


def words_in(content):
    """Each text and number of a spreadsheet."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_everybody_reads_the_tables_but_those_by_sector_and_nothing_of_the_publisher(three):
    edition = published(three, remark="Vervangt de voorlopige van januari")
    assert show(edition, three) is None
    words = words_in(PublicEdition.file(edition.id))
    assert f"Jaarrapport {LAST}" not in words
    assert "31" in words
    assert "Zo is geteld." in words
    assert not [word for word in words if "sector" in word.lower() or "voorlopige" in word or "@" in word]
    assert not {"7", "11", "13"} & set(words)
    assert {"2-sector", "4-series-sector"} <= {table.code for table in edition.report.tables}
    assert not [table.code for table in public_part(edition.report).tables if "sector" in table.code]


def test_it_is_shown_and_hidden_once_each_in_the_log_and_the_site_knows_it(three):
    edition = published(three)
    numbers = [last_change().number]
    for change in (lambda: show(edition, three), lambda: hide_edition(edition, three.administrator)):
        for _ in range(2):
            change()
        numbers.append(last_change().number)
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]
    assert PublicEdition.file(edition.id) is None
    assert [(entry.event, entry.province) for entry in AuditEntry.select().where(
        AuditEntry.event.in_(["edition-shown", "edition-unshown"])).order_by(AuditEntry.id)] == [
            ("edition-shown", OWN), ("edition-unshown", OWN)]


def test_of_a_year_and_scope_one_edition_is_public(three):
    first, second = published(three), published(three)
    show(first, three)
    assert refusal(lambda: show(second, three)) == "edition_shown"
    hide_edition(first, three.administrator)
    show(second, three)
    assert (is_public(first), is_public(second)) == (False, True)


def test_a_report_of_a_province_with_fewer_than_three_organisations_is_not_public(three):
    edition, flanders = published(three), published(three, FLANDERS)
    guides(three.elsewhere, 9)
    assert refusal(lambda: show(flanders, three)) == "edition_of_few"
    show(edition, three)


def test_a_year_in_which_two_organisations_guided_counts_for_its_series(three):
    guides(three.ploeg, 5, LAST - 2)
    edition = published(three)
    assert refusal(lambda: show(edition, three)) == "edition_of_few"
    assert PublicEdition.select().count() == 0


def test_the_database_keeps_one_for_a_year_and_scope_and_only_of_an_edition(three):
    first, second = published(three), published(three)
    show(first, three)
    for statement in (
            "UPDATE public_edition SET edition_id = 999", "UPDATE public_edition SET sha256 = 'x'",
            f"INSERT INTO public_edition (edition_id, year, scope, content, sha256, shown_at) SELECT {second.id}, year,"
            " scope, content, sha256, shown_at FROM public_edition"):
        with pytest.raises(peewee.DatabaseError), database.atomic():
            database.execute_sql(statement)
