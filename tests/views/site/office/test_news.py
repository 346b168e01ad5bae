"""'Nieuws' for an editor."""
import io

import pytest

from models.site.news.news import News, State, change_news
from models.site.pictures.pictures import Change, Picture, pictures_of
from models.site.roles import EDITOR
from tests.factories import account_with
from tests.models.site.news.made import NO_PICTURE, NOON, an_item, moment, planned, published
from tests.models.site.pictures import files
from tests.models.site.pictures.made import WORDS
from tests.page import text_of

WORDS_OF_NEWS = {"title": "Open dag", "text": "Kom **kijken**."}


@pytest.fixture(autouse=True)
def editor(page, cast, clock):
    """An editor, who is signed in at noon."""
    clock(NOON)
    editor = account_with(EDITOR, None, email="redactie@voorbeeld.be", password_hash=cast.administrator.password_hash)
    page.sign_in(editor)
    return editor


def picture(content=files.JPEG, name="foto.jpg", **more):
    """The fields of a picture as a browser sends them."""
    return {"picture": (io.BytesIO(content), name), "alternative": WORDS, "consented": "y", **more}


def test_an_editor_writes_publishes_and_withdraws_an_item(page):
    page.post("/site/news/new", WORDS_OF_NEWS | picture(), 303)
    item = News.get()
    assert text_of(page.get("/site/news").tbody).startswith("Open dag Concept nog niet")
    page.post(f"/site/news/{item.id}/publish", {"when": "now"}, 303)
    public = News.get()
    assert "op de site" in page.get(f"/site/news/{item.id}").select_one("[role=status]").get_text()
    assert page.get(f"/nieuws/{public.year}/open-dag").article.strong.get_text() == "kijken"
    page.post(f"/site/news/{item.id}/withdraw", {}, 303)
    page.get(f"/nieuws/{public.year}/open-dag", 410)


def test_an_editor_deletes_a_concept_after_a_question(page):
    item = an_item(picture=True)
    assert "De tekst en de foto" in page.get(f"/site/news/{item.id}/delete").main.get_text()
    assert News.select().count() == 1
    page.post(f"/site/news/{item.id}/delete", {}, 303)
    assert page.response.location == "/site/news"
    assert "verwijderd" in page.get("/site/news").select_one("[role=status]").get_text()
    assert (News.select().count(), Picture.select().count()) == (0, 0)
    page.get(f"/site/news/{item.id}", 404)


def test_only_a_concept_offers_to_be_deleted(page):
    for item in (planned(), published("Ander nieuws")):
        assert not page.get(f"/site/news/{item.id}").select("a[href$='/delete']")
        page.post(f"/site/news/{item.id}/delete", {}, 303)
        assert "Alleen een concept" in page.get(f"/site/news/{item.id}").select_one("[role=status]").get_text()
    assert News.select().count() == 2


def test_a_concept_that_a_colleague_changed_is_not_deleted_but_asked_about_again(page):
    item = an_item()
    form = page.form_of(f"/site/news/{item.id}/delete")
    change_news(item, item.details._replace(title="Anders"), Change(), 1)
    assert "Anders" in text_of(page.post(f"/site/news/{item.id}/delete", form, 409, form=False).main)
    assert News.select().count() == 1


def test_the_preview_is_exactly_the_page_that_visitors_get(page):
    item = an_item(picture=True)
    shown = page.get(f"/site/news/{item.id}/preview")
    page.post(f"/site/news/{item.id}/publish", {"when": "now"}, 303)
    public = page.get(f"/nieuws/{News.get().year}/{News.get().slug}")
    assert (shown.article, shown.h1, shown.title) == (public.article, public.h1, public.title)


def test_an_item_is_planned_in_the_time_of_flanders_and_the_planning_moved_and_cancelled(page):
    item = an_item()
    page.post(f"/site/news/{item.id}/publish", {"when": "later", "day": "01/12/2026", "hour": "9:00"}, 303)
    assert News.get().published_at == moment(2026, 12, 1, 8)
    assert "01/12/2026 09:00" in page.get(f"/site/news/{item.id}").select_one("[role=status]").get_text()
    form = page.get(f"/site/news/{item.id}/publish")
    assert (form.select_one("#day")["value"], form.select_one("#hour")["value"]) == ("01/12/2026", "09:00")
    page.post(f"/site/news/{item.id}/publish", {"when": "later", "day": "01/07/2027", "hour": "9u30"}, 303)
    assert News.get().published_at == moment(2027, 7, 1, 7, 30)
    page.post(f"/site/news/{item.id}/withdraw", {}, 303)
    assert News.get().state == State.CONCEPT


@pytest.mark.parametrize(("fields", "wrong"), [
    ({"when": "later", "day": "", "hour": "9:00"}, ["day"]),
    ({"when": "later", "day": "01/12/2026", "hour": "25:00"}, ["hour"]),
    ({"when": "later", "day": "", "hour": ""}, ["day", "hour"]),
    ({"when": "later", "day": "31/11/2026", "hour": "9:00"}, ["day"]),
    ({"when": "later", "day": "30/11/2026", "hour": "11:59"}, ["day"]),
    ({"when": "", "day": "", "hour": ""}, ["when"])])
def test_a_moment_that_cannot_be_is_refused_at_its_field(page, fields, wrong):
    item = an_item()
    soup = page.post(f"/site/news/{item.id}/publish", fields, 422)
    assert [one["id"].removesuffix("-error") for one in soup.select("p.wrong")] == wrong
    assert News.get().state == State.CONCEPT


@pytest.mark.parametrize("name", files.REFUSED)
def test_a_wrong_or_harmful_picture_is_refused_at_its_field_and_leaves_nothing(page, name, tmp_path):
    before = sorted(tmp_path.rglob("*.*"))
    content, _ = files.REFUSED[name]
    soup = page.post("/site/news/new", WORDS_OF_NEWS | picture(content, "../../foto.jpg"), 422)
    message = soup.select_one("#picture-error")
    assert message, text_of(soup.main)
    assert len(text_of(message)) > 30
    assert soup.select_one("#title")["value"] == "Open dag"
    assert "Kom **kijken**." in soup.select_one("#text").get_text()
    assert (News.select().count(), Picture.select().count()) == (0, 0)
    assert sorted(tmp_path.rglob("*.*")) == before


def test_the_name_of_a_file_decides_nothing(page):
    page.post("/site/news/new", WORDS_OF_NEWS | picture(files.PNG, "../../../programma.exe"), 303)
    assert pictures_of([News.get().picture_id])


@pytest.mark.parametrize(("fields", "field"), [
    ({"alternative": ""}, "alternative"), ({"consented": ""}, "consented"), ({"title": ""}, "title"),
    ({"text": ""}, "text"), ({"text": "x" * 20_001}, "text")])
def test_a_missing_answer_is_asked_at_its_field_and_the_picture_is_asked_again(page, fields, field):
    sent = {name: value for name, value in (WORDS_OF_NEWS | picture() | fields).items() if value}
    soup = page.post("/site/news/new", sent, 422)
    assert {one["id"] for one in soup.select("p.wrong")} == {f"{field}-error", "picture-error"}
    assert "opnieuw" in soup.select_one("#picture-error").get_text()


def test_words_without_their_picture_are_refused_at_the_file(page):
    soup = page.post("/site/news/new", WORDS_OF_NEWS | {"alternative": WORDS, "consented": "y"}, 422)
    assert "Kies ook de foto" in soup.select_one("#picture-error").get_text()
    assert News.select().count() == 0


def test_the_button_for_a_preview_shows_the_text_and_saves_nothing(page):
    soup = page.post("/site/news/new", WORDS_OF_NEWS | {"preview": "1"}, 200)
    assert soup.select_one("main section .prose strong").get_text() == "kijken"
    assert soup.select_one("#title")["value"] == "Open dag"
    assert News.select().count() == 0


def test_words_of_a_picture_change_without_sending_it_again(page):
    item = an_item(picture=True)
    form = page.form_of(f"/site/news/{item.id}/edit")
    assert form["alternative"] == WORDS
    page.post(f"/site/news/{item.id}/edit", {"alternative": "Een kas."}, 303)
    assert Picture.get().alternative == "Een kas."
    page.post(f"/site/news/{item.id}/edit", {"removed": "y"}, 303)
    assert Picture.select().count() == 0


def test_a_form_that_a_colleague_overtook_keeps_what_both_typed(page):
    item = published()
    form = page.form_of(f"/site/news/{item.id}/edit")
    change_news(item, item.details._replace(title="Van een collega"), NO_PICTURE, item.version)
    soup = page.post(f"/site/news/{item.id}/edit", form | {"text": "Van mij."}, 409, form=False)
    assert soup.select_one("#title")["value"] == "Van een collega"
    assert "Van mij." in soup.select_one("#text").get_text()
    assert News.get().text != "Van mij."


def test_publishing_what_a_colleague_changed_asks_again(page):
    item = an_item()
    form = page.form_of(f"/site/news/{item.id}/publish")
    change_news(item, item.details._replace(title="Anders"), Change(), 1)
    soup = page.post(f"/site/news/{item.id}/publish", form, 409, form=False)
    assert "Anders" in text_of(soup.main)
    assert News.get().state == State.CONCEPT


def test_the_log_of_an_editor_names_the_item(page):
    item = planned()
    page.post(f"/site/news/{item.id}/edit", {"title": "Nog een open dag"}, 303)
    page.get(f"/site/news/{item.id + 1}", 404)
