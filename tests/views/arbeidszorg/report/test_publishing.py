"""Publishing an edition when counting is slow: its progress, its outcome, and never twice."""
import datetime
import threading

import pytest

from models.arbeidszorg.report.editions import Edition
from models.arbeidszorg.report.report import Report
from models.database import today
from tests.factories import client_of, period_of
from tests.page import text_of
from views.arbeidszorg.report import editions
from views.shell import progress
from views.shell.progress import Work

LAST = today().year - 1
NEW = "/province/editions/new"
WRONG = ".notice.error[role=alert]:not([hidden])"


def guided(login):
    for _ in range(6):
        period_of(client_of(login), login, datetime.date(LAST, 3, 1))


@pytest.fixture
def register_of(cast):
    """Six clients of De Ploeg, of last year."""
    guided(cast.ploeg)


@pytest.fixture
def slowly(monkeypatch):
    """Makes counting take longer than PATIENCE."""
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(progress.Work, "is_done", lambda self, within, calls=[]: len(calls) > 2 or calls.append(within))


def test_slow_publishing_shows_its_progress_and_links_to_the_edition(administration, register_of, slowly):
    soup = administration.post(NEW, {"remark": "Definitief", "confirm": "y"}, 200)
    assert "Bezig met tellen" in text_of(soup.select_one(".far[role=status]"))
    assert "Laat deze pagina open" in text_of(soup.select_one(".meanwhile"))
    assert "gepubliceerd en blijft bewaard" in text_of(soup.select_one(".notice.success"))
    edition = Edition.get()
    assert edition.remark == "Definitief"
    administration.get(soup.select_one("main .button")["href"])
    assert edition.hash in text_of(administration.get(soup.select_one("main .button")["href"]).main)


def test_conclusions_are_chapter_5_of_the_edition(administration, register_of):
    administration.post(NEW, {"conclusions": "Meer vrouwen.\n\nMinder <uren>.", "confirm": "y"})
    chapter = administration.follow().select_one("section[aria-labelledby=hoofdstuk-5]")
    assert chapter.select_one(".as-typed").get_text() == "Meer vrouwen.\n\nMinder <uren>."
    administration.post(NEW, {"confirm": "y"})
    assert "geen conclusies geschreven" in text_of(administration.follow().select_one("section:has(#hoofdstuk-5)"))


def test_conclusions_that_are_too_long_are_refused_and_stay_in_the_form(administration, register_of):
    soup = administration.post(NEW, {"conclusions": "a" * 10_001, "remark": "Definitief", "confirm": "y"}, 422)
    assert "hoogstens 10.000 tekens" in text_of(soup.select_one("#conclusions-error"))
    assert soup.select_one("#conclusions").get_text().strip() == "a" * 10_001
    assert Edition.select().count() == 0


def test_a_form_sent_again_with_other_conclusions_is_refused(administration, register_of):
    fields = administration.form_of(NEW) | {"confirm": "y", "conclusions": "Meer"}
    administration.post(NEW, fields, token=False)
    administration.post(NEW, fields | {"conclusions": "Minder"}, token=False)
    assert "al verstuurd" in text_of(administration.follow().select_one(WRONG))
    assert Edition.get().conclusions == "Meer"


def test_posting_the_form_again_meanwhile_gives_the_same_edition(administration, register_of, slowly, monkeypatch):
    fields = administration.form_of(NEW) | {"confirm": "y"}
    first = administration.post(NEW, fields, 200, token=False).select_one("main .button")["href"]
    monkeypatch.undo()
    administration.post(NEW, fields, token=False)
    assert administration.response.location == first
    assert Edition.select().count() == 1


def test_a_changed_form_posted_again_shows_an_error_after_slow_counting(administration, register_of, slowly, cast):
    fields = administration.form_of(NEW) | {"confirm": "y"}
    Edition.publish(LAST, cast.administrator.province, "", cast.administrator, today(), fields["form_key"])
    soup = administration.post(NEW, fields | {"remark": "Anders"}, 200, token=False)
    assert "al verstuurd" in text_of(soup.select_one(WRONG))
    assert soup.select_one("main .button")["href"] == f"/province/editions/{Edition.get().id}"


def test_a_refusal_after_slow_counting_is_shown_with_a_back_link(administration, cast, slowly):
    guided(cast.elsewhere)
    soup = administration.post(NEW, {"confirm": "y"}, 200)
    assert "er is niets om te bewaren" in text_of(soup.select_one(WRONG))
    administration.get(soup.select_one("main .button")["href"])
    assert Edition.select().count() == 0


def test_a_failure_while_publishing_is_shown_on_the_page(administration, register_of, slowly, monkeypatch):
    monkeypatch.setattr(Edition, "publish", lambda *_: 1 / 0)
    soup = administration.post(NEW, {"confirm": "y"}, 200)
    assert "ging iets mis" in text_of(soup.select_one(WRONG))


def test_closing_the_page_while_it_counts_publishes_nothing(administration, register_of, monkeypatch):
    begun, left = threading.Event(), threading.Event()

    def make(year, scope, day, on_progress, make=Report.make):
        on_progress(0.1)
        begun.set()
        assert left.wait(20)
        return make(year, scope, day, on_progress)

    works = []
    monkeypatch.setattr(Report, "make", make)
    monkeypatch.setattr(progress, "PATIENCE", 0)
    monkeypatch.setattr(editions, "Work", lambda do: works.append(Work(do)) or works[0])
    fields = administration.form_of(NEW) | {"confirm": "y"}
    answer = administration.browser.post(NEW, data=fields, buffered=False)
    assert begun.wait(20)
    next(answer.response)
    answer.close()
    left.set()
    assert works[0].is_done(20)
    assert Edition.select().count() == 0
