"""The yearly report, published by the operator."""
import datetime

import pytest

from models.arbeidszorg.report.editions import Edition
from models.audit import AuditEntry, Event
from models.database import today
from tests.factories import client_of, period_of

LAST = today().year - 1


@pytest.fixture
def register_of(ploeg):
    """Eight clients of last year, in Oost-Vlaanderen."""
    for _ in range(8):
        period_of(client_of(ploeg), ploeg, datetime.date(LAST, 3, 1))


@pytest.mark.parametrize("scope", ["oost-vlaanderen", "vlaanderen"])
def test_an_edition_is_published_and_written_down_as_done_by_the_operator(lines_of, register_of, scope):
    [[number, year, of, _moment], [_, found]] = [line for line in lines_of(
        "report", "publish", LAST, "--scope", scope, "--remark", "Definitieve cijfers") if len(line) > 1]
    edition = Edition.get()
    assert (number, year, of, found) == (f"edition {edition.id}", str(LAST), scope, edition.hash)
    assert (edition.account_id, edition.remark, edition.is_intact) == (None, "Definitieve cijfers", True)
    assert edition.report.clients.now.count == 8
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.account_id) == (Event.EDITION_PUBLISHED, None)
    assert entry.province == (None if scope == "vlaanderen" else scope)


@pytest.mark.parametrize(("words", "code", "said"), [
    ((LAST, "--scope", "limburg"), 1, "Nobody was guided there"),
    ((1999, "--scope", "limburg"), 1, "Nobody was guided in that year"),
    ((LAST + 2, "--scope", "limburg"), 1, "Nobody was guided in that year"),
    ((LAST, "--scope", "wallonie"), 2, "wallonie"),
    ((LAST,), 2, "--scope"),
    ((LAST, "--scope", "oost-vlaanderen", "--remark", "85.07.30-033.28"), 1, "national number"),
    ((LAST, "--scope", "oost-vlaanderen", "--remark", "x" * 501), 1, "at most 500"),
])
def test_what_cannot_be_published_is_said_and_nothing_is_kept(run, register_of, words, code, said):
    found, output = run("report", "publish", *words)
    assert found == code
    assert said in output
    assert Edition.select().count() == 0


def test_how_far_it_is_goes_to_standard_error(app, register_of):
    result = app.test_cli_runner().invoke(args=["report", "publish", str(LAST), "--scope", "vlaanderen"])
    assert result.stderr.startswith("Counting")
    assert [line.split("\t")[0].split()[0] for line in result.stdout.splitlines()] == ["edition", "SHA-256"]
