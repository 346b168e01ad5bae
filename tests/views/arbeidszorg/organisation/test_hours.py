"""Hours over time and continuations, as an organisation registers and sees them."""
import datetime

import pytest

from models.arbeidszorg.moving.moves import ClientMove
from models.arbeidszorg.register import answers
from models.arbeidszorg.register.hours import PastHours
from models.arbeidszorg.register.periods import Period
from models.audit import AuditEntry
from models.database import now
from tests.factories import client_of, days, period_of
from tests.page import text_of, values_of
from views.shell.filters import day

SINCE = "Vanaf welke dag gelden de nieuwe uren?"


@pytest.fixture
def period(signed_in, ploeg):
    signed_in.sign_in(ploeg.account)
    return period_of(client_of(ploeg, "Roos Peeters"), ploeg, days(-400), hours="6")


def path_of(period):
    return f"/clients/{period.client_number}/periods/{period.id}"


def cell_of(page, period, label="Aantal uren", path=None):
    soup = page.get(path or f"/clients/{period.client_number}")
    return text_of(soup.select_one(f"td[data-label='{label}']"))


def past(period):
    return [(was.until, was.hours) for was in PastHours.of(period.id)]


def test_new_hours_ask_from_which_day_they_hold(signed_in, period):
    soup = signed_in.post(path_of(period), {"hours": "3"}, 422)
    assert SINCE in text_of(soup.select_one("#hours_since-error"))
    signed_in.post(path_of(period), {"hours": "3", "hours_since": day(days(-30))})
    assert past(period) == [(days(-31), 6)]
    assert cell_of(signed_in, period) == (
        f"3 vanaf {day(days(-30))} 6 vanaf {day(days(-400))} klopte niet : 6 uren vanaf {day(days(-400))}")
    shown = cell_of(signed_in, period, path=f"/clients/{period.client_number}/province-view")
    assert shown == f"3 vanaf {day(days(-30))} 6 vanaf {day(days(-400))}"


def test_hours_that_were_never_right_leave_nothing_behind(signed_in, period):
    signed_in.post(path_of(period), {"hours": "3", "hours_mistake": "y"})
    assert (Period.get_by_id(period.id).hours, past(period)) == (3, [])
    assert cell_of(signed_in, period) == "3"


def test_hours_that_are_put_right_soon_ask_nothing(signed_in, period, ploeg, clock):
    answers.use(14)
    clock(now() + datetime.timedelta(days=14))
    signed_in.sign_in(ploeg.account)
    signed_in.post(path_of(period), {"hours": "3"})
    assert past(period) == []
    clock(now() + datetime.timedelta(days=15))
    signed_in.sign_in(ploeg.account)
    signed_in.post(path_of(period), {"hours": "4"}, 422)


@pytest.mark.parametrize(("typed", "words"), [
    ({"hours_since": day(days(1))}, "Typ een dag tot en met vandaag"),
    ({"hours_since": "31/02/2026"}, "bestaat niet"),
    ({"hours_since": day(days(-3)), "hours_mistake": "y"}, "Kies één antwoord"),
    ({"hours": "6", "hours_since": day(days(-3))}, "Het aantal uren gold toen al."),
])
def test_a_day_that_cannot_be_is_refused_at_its_field(signed_in, period, typed, words):
    soup = signed_in.post(path_of(period), {"hours": "3", **typed}, 422)
    assert words in text_of(soup.select_one("#hours_since-error"))
    assert soup.select_one("#hours_since")["value"] == typed["hours_since"]
    assert Period.get_by_id(period.id).hours == 6


def test_a_form_that_changes_nothing_does_not_say_that_it_saved(signed_in, period):
    signed_in.post(path_of(period), {})
    assert "Er is niets gewijzigd aan de periode." in text_of(signed_in.follow().main)


def test_the_later_of_two_colleagues_keeps_the_typed_day(signed_in, period, ploeg):
    mine = signed_in.form_of(path_of(period))
    period.change(20, period.start_date, None, None, None, 1, ploeg.account, days(-9))
    soup = signed_in.post(
        path_of(period), {**mine, "hours": "3", "hours_since": day(days(-5))}, 409, token=False)
    assert soup.select_one("#hours_since")["value"] == day(days(-5))
    signed_in.post(path_of(period), values_of(soup.select_one("main form")), token=False)
    assert past(period) == [(days(-6), 20), (days(-10), 6)]


def test_an_end_before_the_latest_hours_is_asked_once_because_they_would_be_lost(signed_in, period):
    signed_in.post(path_of(period), {"hours": "3", "hours_since": f"{days(-30):%d/%m/%Y}"})
    closing = {"end_date": f"{days(-40):%d/%m/%Y}", "closing_reason": "health", "outlook": "same"}
    soup = signed_in.post(path_of(period), closing, 422)
    assert f"Vanaf {days(-30):%d/%m/%Y} gelden andere uren." in text_of(soup.select_one(".asked"))
    assert past(period) == [(days(-31), 6)]
    signed_in.post(path_of(period), values_of(soup.select_one("main form")), token=False)
    assert (Period.get_by_id(period.id).hours, past(period)) == (6, [])


def test_earlier_hours_can_be_removed_after_a_question(signed_in, period, ploeg, cast):
    period.change(3, period.start_date, None, None, None, 1, ploeg.account, days(-9))
    link = f"{path_of(period)}/past-hours/{PastHours.get().id}/remove"
    asked = text_of(signed_in.get(link).main)
    assert f"Aantal uren 6 Van {day(days(-400))} tot en met {day(days(-10))} Daarna 3" in asked
    signed_in.post(link, {})
    assert "Het vroegere aantal uren is verwijderd." in text_of(signed_in.follow().main)
    assert (past(period), cell_of(signed_in, period)) == ([], "3")
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.subject) == ("past-hours-removed", str(period.client_number))
    signed_in.get(link, 404)
    signed_in.sign_in(cast.outsider.account)
    signed_in.get(link, 404)


# Voortzetting


def test_a_new_period_after_a_running_one_can_end_it_with_one_press(signed_in, period):
    path = f"/clients/{period.client_number}/periods/new"
    soup = signed_in.post(path, {"hours": "3", "start_date": day(days(-5))}, 422)
    offer = soup.select_one("button[name=closes]")
    assert f"eindigt die periode op {day(days(-6))}" in text_of(offer.parent)
    pressed = values_of(soup.select_one("main form")) | {"closes": offer["value"]}
    signed_in.post(path, pressed, token=False)
    signed_in.post(path, pressed, token=False)
    second, first = Period.of(period.client)
    assert (first.end_date, second.start_date, second.hours) == (days(-6), days(-5), 3)
    rows = [[text_of(cell) for cell in row.select("th, td")][:5]
            for row in signed_in.get(f"/clients/{period.client_number}").select("tbody tr")]
    assert rows == [[day(days(-5)), "–", "3", "–", "–"],
                    [day(days(-400)), day(days(-6)), "6", "Voortzetting", "–"]]


def test_the_offer_follows_the_start_date_and_is_not_made_for_other_overlaps(signed_in, period):
    path = f"/clients/{period.client_number}/periods/new"
    form = {"hours": "3", "start_date": day(days(-5)), "closes": days(-9).isoformat()}
    assert signed_in.post(path, form, 422).select_one("button[name=closes]")["value"] == days(-6).isoformat()
    form = {"hours": "3", "start_date": day(days(-500))}
    assert signed_in.post(path, form, 422).select_one("button[name=closes]") is None
    assert Period.get_by_id(period.id).end_date is None


def test_two_colleagues_who_say_another_first_day_of_the_hours_see_both(signed_in, period):
    stale = signed_in.form_of(path_of(period)) | {"hours": "3", "hours_since": day(days(-60))}
    signed_in.post(path_of(period), {"hours": "3", "hours_since": day(days(-30))})
    soup = signed_in.post(path_of(period), stale, 409, token=False)
    assert f"Nieuwe uren gelden vanaf {day(days(-30))} {day(days(-60))}" in text_of(soup.main)
    signed_in.post(path_of(period), values_of(soup.select_one("main form")), token=False)
    assert past(period) == [(days(-61), 6)]
    signed_in.post(path_of(period), stale, token=False)
    assert "De periode was al zo bewaard." in text_of(signed_in.follow().body)


def test_a_continuation_with_an_improbable_start_is_asked_once(signed_in, period):
    path = f"/clients/{period.client_number}/periods/new"
    soup = signed_in.post(path, {"hours": "3", "start_date": "01/01/2204"}, 422)
    pressed = values_of(soup.select_one("main form")) | {"closes": "2203-12-31"}
    soup = signed_in.post(path, pressed, 422, token=False)
    assert "De startdatum is 01/01/2204" in text_of(soup.select_one(".asked"))
    assert Period.get_by_id(period.id).end_date is None
    signed_in.post(path, values_of(soup.select_one("main form")), token=False)
    assert [(one.start_date.year, one.end_date) for one in Period.of(period.client)] == [
        (2204, None), (period.start_date.year, datetime.date(2203, 12, 31))]


def test_a_continued_period_asks_neither_reason_nor_outlook(signed_in, ploeg):
    signed_in.sign_in(ploeg.account)
    client = client_of(ploeg)
    first = period_of(client, ploeg, days(-90), days(-41), reason="move", outlook="lower")
    period_of(client, ploeg, days(-40))
    soup = signed_in.get(path_of(first))
    assert soup.select_one("#closing_reason") is None
    assert "Dit is dus een voortzetting" in text_of(soup.main)
    signed_in.post(path_of(first), {"start_date": day(days(-91))})
    stored = Period.get_by_id(first.id)
    assert (stored.start_date, stored.closing_reason, stored.outlook) == (days(-91), "move", "lower")
    soup = signed_in.post(path_of(first), {"end_date": day(days(-42))}, 422)
    assert soup.select_one("#closing_reason option[selected]")["value"] == "move"
    signed_in.post(path_of(first), values_of(soup.select_one("main form")), token=False)
    assert Period.get_by_id(first.id).end_date == days(-42)


def test_no_period_is_continued_from_before_a_move(page, cast, ploeg):
    client = client_of(ploeg)
    running = period_of(client, ploeg, days(-400))
    ClientMove.move_at_once(client.number, ploeg.organisation, cast.outsider.organisation)
    page.sign_in(cast.outsider.account)
    path = f"/clients/{client.number}/periods/new"
    soup = page.post(path, {"hours": "3", "start_date": day(days(0)), "closes": days(-1).isoformat()}, 422)
    assert soup.select_one("button[name=closes]") is None
    assert Period.get_by_id(running.id).end_date is None
    page.post(path_of(running), {"end_date": day(days(-1)), "closing_reason": "move", "outlook": "same"})
    page.post(path, {"hours": "3", "start_date": day(days(0))})
    assert page.get(path_of(running)).select_one("#closing_reason option[selected]")["value"] == "move"


def test_an_earlier_period_that_ends_on_the_eve_of_the_next_needs_no_reason(signed_in, period):
    path = f"/clients/{period.client_number}/periods/new"
    signed_in.post(path, {"hours": "3", "start_date": day(days(-500)), "end_date": day(days(-401))})
    assert cell_of(signed_in, period, "Reden") == "–"
    assert [one.closing_reason for one in Period.of(period.client)] == [None, "unknown"]
