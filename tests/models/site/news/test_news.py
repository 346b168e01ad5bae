"""News items: their states, addresses and pictures."""
import datetime

import peewee
import pytest

from models.audit import AuditEntry
from models.database import database, transaction
from models.errors import Stale
from models.site.moment import last_change
from models.site.news import news
from models.site.news.news import Details, News, State
from models.site.pictures.pictures import Change, Picture, uploaded
from tests.hall import refusal
from tests.models.site.news.made import NO_PICTURE, NOON, TEXT, an_item, moment, planned, published
from tests.models.site.pictures import files
from tests.models.site.pictures.made import WORDS


def states():
    """The state of each item, in the order in which they were made."""
    return [item.state for item in News.select().order_by(News.id)]


def test_a_concept_becomes_public_is_withdrawn_and_comes_back_at_its_address(register):
    item = an_item()
    assert (states(), list(news.published())) == ([State.CONCEPT], [])
    news.publish_news(item, 1)
    public = News.get_by_id(item.id)
    assert [one.id for one in news.published()] == [item.id]
    assert news.at_address(public.year, "een-nieuwe-moestuin") == public
    news.withdraw_news(item, 2)
    assert (states(), list(news.published())) == ([State.WITHDRAWN], [])
    assert news.at_address(public.year, public.slug).state == State.WITHDRAWN
    news.publish_news(item, 3)
    again = News.get_by_id(item.id)
    assert (again.slug, again.published_at, again.state) == (public.slug, public.published_at, State.PUBLISHED)


def test_a_planned_item_appears_without_anybody_and_the_site_knows_that_it_changed(register, clock):
    # Later than the clock of the machine, which the database reads.
    noon = NOON.replace(year=2126)
    clock(noon)
    item = planned(hours=2)
    before = last_change()
    assert (states(), list(news.published()), news.at_address(item.year, item.slug)) == ([State.PLANNED], [], None)
    clock(noon + datetime.timedelta(hours=2) - datetime.timedelta(seconds=1))
    assert last_change().number == before.number
    clock(noon + datetime.timedelta(hours=2))
    assert (states(), news.at_address(item.year, item.slug)) == ([State.PUBLISHED], item)
    assert last_change().number == before.number + 1
    assert last_change().changed_at == item.published_at


def test_the_site_asks_by_one_statement_whether_it_changed(register, monkeypatch):
    planned()
    ran = []
    monkeypatch.setattr(database.obj, "execute_sql", lambda *words, run=database.obj.execute_sql: (
        ran.append(words), run(*words))[1])
    last_change()
    assert len(ran) == 1


def test_the_year_of_an_address_is_that_of_the_moment_in_flanders(register, clock):
    clock(moment(2026, 12, 31, 22, 30))
    assert published().year == 2026
    clock(moment(2026, 12, 31, 23, 30))
    assert published().year == 2027


def test_the_planning_of_an_item_is_cancelled_or_moved(register, clock):
    clock(NOON)
    item = planned(title="Open dag")
    news.publish_news(item, 2, NOON + datetime.timedelta(days=60))
    assert News.get_by_id(item.id).year == 2027
    news.withdraw_news(item, 3)
    assert states() == [State.CONCEPT]
    assert News.get_by_id(item.id).slug is None
    assert refusal(news.publish_news, item, 4, NOON) == "news_past"
    news.publish_news(item, 4)
    assert states() == [State.PUBLISHED]


def test_two_items_with_the_same_words_never_have_the_same_address(register):
    assert [published(title).slug for title in ("Open dag", "Open dag!", "Open dág")] == [
        "open-dag", "open-dag-2", "open-dag-3"]
    assert published("Minder dan 12,5 uur").slug != published("Minder dan 125 uur").slug


def test_other_words_keep_the_address_of_a_public_item(register):
    item = published(title="Open dag")
    news.change_news(item, Details("Open deur", "Anders."), NO_PICTURE, item.version)
    changed = News.get_by_id(item.id)
    assert (changed.title, changed.summary, changed.slug) == ("Open deur", "Anders.", "open-dag")


def test_an_older_form_and_an_act_that_does_not_fit_are_refused(register):
    item = an_item()
    news.change_news(item, Details("Open dag", TEXT), NO_PICTURE, 1)
    for act in (lambda: news.change_news(item, item.details, NO_PICTURE, 1), lambda: news.publish_news(item, 1),
                lambda: news.withdraw_news(item, 1)):
        with pytest.raises(Stale):
            act()
    assert refusal(news.withdraw_news, item, 2) == "news_not_public"
    news.publish_news(item, 2)
    assert refusal(news.publish_news, item, 3) == "news_published"


def test_a_form_that_is_sent_again_adds_one_item(register):
    first, again = (news.add_news(Details("Open dag", TEXT), NO_PICTURE, form_key="k") for _ in range(2))
    assert (first, News.select().count()) == (again, 1)


def test_a_picture_that_is_replaced_or_removed_is_kept_nowhere(register):
    item = an_item(picture=True)
    first = Picture.get().id
    news.change_news(item, item.details, Change(uploaded(files.PNG, "Een serre.", True)), 1)
    second, = Picture.select()
    assert (second.id != first, second.alternative) == (True, "Een serre.")
    news.change_news(item, item.details, Change(alternative="Een kas."), 2)
    assert Picture.get().alternative == "Een kas."
    news.change_news(item, item.details, Change(removed=True), 3)
    assert (Picture.select().count(), News.get().picture_id) == (0, None)


def test_the_log_says_what_happened_and_which_parts_changed(register):
    item = an_item(picture=True)
    news.change_news(item, item.details, Change(alternative=WORDS), 1)
    news.change_news(item, Details("Open dag", item.text), Change(alternative="Een kas."), 2)
    news.publish_news(item, 3)
    news.withdraw_news(item, 4)
    assert [(entry.event, entry.details.get("fields")) for entry in AuditEntry.select().order_by(AuditEntry.id)] == [
        ("news-added", None), ("news-changed", []), ("news-changed", ["title", "picture"]), ("news-published", None),
        ("news-withdrawn", None)]


def test_a_concept_is_deleted_with_its_picture_and_an_item_with_an_address_stays(register, clock):
    concept = an_item(picture=True)
    news.delete_news(concept, 1)
    assert (News.select().count(), Picture.select().count()) == (0, 0)
    assert AuditEntry.select().order_by(AuditEntry.id.desc()).get().event == "news-deleted"
    coming, public = planned("Straks"), published("Nu")
    for item in (coming, public):
        assert refusal(lambda item=item: news.delete_news(item, item.version)) == "news_not_concept"
    news.withdraw_news(public, public.version)
    assert refusal(lambda: news.delete_news(public, 3)) == "news_not_concept"
    news.withdraw_news(coming, coming.version)
    with pytest.raises(Stale):
        news.delete_news(coming, coming.version)
    news.delete_news(coming, 3)
    assert [item.title for item in News.select()] == ["Nu"]


@pytest.mark.parametrize("statement", [
    "DELETE FROM site_news", "UPDATE site_news SET slug = 'anders'", "UPDATE site_news SET year = 2027",
    "UPDATE site_news SET published_at = NULL, year = NULL, slug = NULL", "UPDATE site_news SET title = ' '",
    "UPDATE site_news SET text = ''", "UPDATE site_news SET id = id + 1", "UPDATE site_news SET picture_id = 999",
    "UPDATE site_news SET slug = NULL"])
def test_the_database_holds_the_rules_too(register, statement):
    published()
    with pytest.raises(peewee.DatabaseError), transaction():
        database.execute_sql(statement)
