"""The demonstration of site: forty initiatives, news with pictures, documents, contacts, and an editor."""
from models.accounts import roles
from models.accounts.accounts import Account
from models.arbeidszorg.transfer import demonstration as of_arbeidszorg
from models.documents.documents import Document
from models.documents.versions import DocumentVersion
from models.organisations import PROVINCES, Organisation
from models.site import contacts, documents
from models.site.contacts import FLANDERS
from models.site.demonstration import demonstration
from models.site.initiatives import listing
from models.site.initiatives.initiatives import Initiative, check
from models.site.news import news
from models.site.news.news import News
from models.site.roles import EDITOR


def test_every_province_has_initiatives_and_a_contact_and_there_is_news(shipped):
    of_arbeidszorg.fill()
    (description, *login), = demonstration.fill()
    assert description.startswith("Redactie van de publieke site")
    assert login == [demonstration.EDITOR_EMAIL, demonstration.PASSWORD]
    counts = listing.counts()
    assert sum(counts.values()) == 40
    assert min(counts.values()) >= 6
    assert contacts.by_place().keys() == {*PROVINCES, FLANDERS}
    shown = list(news.published())
    assert len(shown) == 8
    assert sum(item.picture_id is not None for item in shown) == 4
    assert len({item.slug for item in shown}) == 8
    pictures = [tile.name for tile in listing.all_that_appear() if tile.picture_id]
    assert sorted(pictures) == sorted(demonstration.SAMPLE["pictures"])


def test_each_category_has_a_document_and_one_was_replaced(shipped):
    demonstration.fill()
    shown = list(documents.published())
    assert len(shown) == 6
    assert {one.category for one in shown} == set(documents.categories())
    assert sorted(version.format or "link" for version in DocumentVersion.newest(one.id for one in shown).values()) == [
        "docx", "link", "link", "pdf", "pdf", "xlsx"]
    assert [one.title for one in shown if len(one.versions) > 1] == ["Arbeidszorgovereenkomst"]


def test_everything_could_have_been_typed_in_the_forms(shipped):
    of_arbeidszorg.fill()
    demonstration.fill()
    for initiative in Initiative.select():
        check(initiative.values)


def test_filling_it_twice_changes_nothing(shipped):
    demonstration.fill()
    before = [table.select().count() for table in (Organisation, News, Account, Document)]
    assert demonstration.fill()
    assert [table.select().count() for table in (Organisation, News, Account, Document)] == before


def test_without_a_wing_that_has_organisations_there_is_news_alone(register):
    roles.use([EDITOR])
    assert demonstration.fill()
    assert not Organisation.select().exists()
    assert news.published().count() == 8
    assert documents.published().count() == 6


def test_a_database_with_somebody_else_s_login_stays_as_it_is(shipped):
    Account.create(email="echt@stad.be")
    assert demonstration.fill() == []
    assert not News.select().exists()
