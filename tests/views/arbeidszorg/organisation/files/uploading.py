"""Uploads lists on the page 'Importeren', and presses the buttons of the pages that follow."""
import io

import pytest

from tests.page import text_of
from views.shell import progress


@pytest.fixture
def inline(monkeypatch):
    """Does in the request what would go on in a thread."""
    monkeypatch.setattr(progress, "in_a_thread", lambda function, *arguments: function(*arguments))


def choose(page, content, name="lijst.csv", status=303):
    """Choose a file on the page and press 'Controleren'; returns the page if it is shown again."""
    return page.post("/imports", {"file": (io.BytesIO(content), name)}, status)


def checked(page, content, **options):
    """The page with what would come of this file."""
    choose(page, content, **options)
    return page.follow()


def button(soup, label):
    """The address and the fields of the form with this button."""
    form = next(form for form in soup.select("main form") if form.button.get_text() == label)
    return form.get("action"), {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def press(page, soup, label):
    action, fields = button(soup, label)
    page.post(action, fields, token=False)
    return action


def facts(soup):
    return dict(zip((text_of(one) for one in soup.select(".facts dt")),
                    (text_of(one) for one in soup.select(".facts dd")), strict=True))


def stored(page, content):
    choose(page, content)
    return int(page.response.location.rsplit("/", 1)[1])


