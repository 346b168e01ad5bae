"""'Foto van onze pagina': an organisation adds, replaces and removes the picture of its page."""
import io

import pytest

from models.site.initiatives.initiatives import Initiative
from models.site.initiatives.listing import slug
from models.site.pictures.pictures import Picture
from tests.models.site.pictures import files
from tests.models.site.pictures.made import WORDS
from tests.page import text_of

OWN, PICTURE = "/site/own", "/site/own/picture"


@pytest.fixture
def own(page, ploeg):
    """The pages of De Ploeg, signed in."""
    page.sign_in(ploeg.account)
    page.public = f"/arbeidszorginitiatieven/{slug(ploeg.organisation.id, ploeg.organisation.name)}"
    return page


def sent(content=files.JPEG, **more):
    """The fields of the form as a browser sends them."""
    return {"picture": (io.BytesIO(content), "../foto.jpg"), "alternative": WORDS, "consented": "y", **more}


def test_a_picture_is_on_the_page_in_the_list_and_where_the_page_is_shared(own):
    own.post(PICTURE, sent(), 303)
    soup = own.get(own.public)
    picture = soup.select_one("main [itemtype='https://schema.org/Organization'] img[itemprop=image]")
    assert (picture["alt"], picture["loading"]) == (WORDS, "lazy")
    assert own.browser.get(picture["src"]).content_type == "image/webp"
    assert soup.select_one("meta[property='og:image']")["content"].endswith(picture["src"])
    tile = own.get("/arbeidszorginitiatieven?q=ploeg").select_one(".tiles img")
    assert (tile["alt"], tile["loading"]) == (WORDS, "lazy")
    assert text_of(own.get(OWN).select_one("a[href='/site/own/picture']")) == "Foto wijzigen"
    assert own.get(OWN).select_one(".preview img")["alt"] == WORDS
    preview = own.post(f"{OWN}/edit", {"sentence": "Nieuw.", "preview": "1"}, 200, form=f"{OWN}/edit")
    assert preview.select_one(".preview img")["alt"] == WORDS


def test_other_words_another_picture_and_no_picture(own):
    own.post(PICTURE, sent(), 303)
    form = own.form_of(PICTURE)
    assert form["alternative"] == WORDS
    own.post(PICTURE, {"alternative": "Een kas."}, 303)
    assert Picture.get().alternative == "Een kas."
    own.post(PICTURE, sent(files.PNG, alternative="Een tuin."), 303)
    assert [picture.alternative for picture in Picture.select()] == ["Een tuin."]
    own.post(PICTURE, {"removed": "y"}, 303)
    assert Picture.select().count() == 0
    assert not own.get(own.public).select("main img")
    assert "share" in own.get(own.public).select_one("meta[property='og:image']")["content"]
    own.get("/organisation/log")
    assert "Foto" in own.response.text


@pytest.mark.parametrize(("fields", "field"), [
    ({}, "picture"), ({"alternative": WORDS, "consented": "y"}, "picture"), (sent(alternative=""), "alternative"),
    ({name: value for name, value in sent().items() if name != "consented"}, "consented")])
def test_a_missing_answer_is_asked_at_its_field_and_nothing_is_kept(own, fields, field):
    if "picture" in fields:
        fields = fields | {"picture": (io.BytesIO(files.JPEG), "foto.jpg")}
    soup = own.post(PICTURE, fields, 422)
    assert soup.select_one(f"#{field}-error")
    assert (Initiative.select().count(), Picture.select().count()) == (0, 0)


@pytest.mark.parametrize("name", list(files.REFUSED)[:6])
def test_a_wrong_file_is_refused_at_its_field(own, name):
    soup = own.post(PICTURE, sent(files.REFUSED[name][0]), 422)
    assert len(text_of(soup.select_one("#picture-error"))) > 30
    assert Picture.select().count() == 0


def test_a_form_that_a_colleague_overtook_shows_the_page_as_it_is_now(own, ploeg):
    form = own.form_of(PICTURE)
    Initiative.create(organisation_id=ploeg.organisation.id, version=2)
    soup = own.post(PICTURE, form | sent(), 409, form=False)
    assert "intussen gewijzigd" in text_of(soup.main)
    assert "opnieuw" in text_of(soup.select_one("#picture-error"))
    assert soup.select_one("#alternative")["value"] == WORDS
    assert Picture.select().count() == 0


def test_a_province_removes_a_picture_at_once_and_another_province_does_not(own, cast, ploeg):
    own.post(PICTURE, sent(), 303)
    address = own.get(own.public).select_one("main img")["src"]
    page = f"/site/initiatives/{ploeg.organisation.id}"
    own.sign_in(cast.other_administrator)
    own.post(f"{page}/picture", {"removed": "y"}, 404, form="/site/contact")
    own.sign_in(cast.administrator)
    assert text_of(own.get(page).select_one(f"a[href='{page}/picture']")) == "Foto wijzigen"
    own.post(f"{page}/picture", {"removed": "y"}, 303)
    assert own.response.location == page
    assert not own.get(own.public).select("main img")
    assert own.browser.get(address).status_code == 404
    assert Initiative.get().checked_on is None
    own.post(f"{page}/picture", sent(), 303)
    assert own.get(own.public).select_one("main img")["alt"] == WORDS


def test_a_province_sees_the_picture_and_hides_the_page_with_it(own, cast, ploeg):
    own.post(PICTURE, sent(), 303)
    own.sign_in(cast.administrator)
    page = f"/site/initiatives/{ploeg.organisation.id}"
    assert own.get(page).select_one(".preview img")["alt"] == WORDS
    own.get(PICTURE, 403)
    own.post(f"{page}/hide", {"because": "Op de foto staat een kind."}, form=page)
    own.get(own.public, 404)
    assert not own.get("/arbeidszorginitiatieven").select("main img")
