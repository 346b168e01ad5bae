"""`flask report publish`: the operator publishes the yearly report."""
import datetime

import pytest

from models.arbeidszorg.events import ArbeidszorgEvent
from models.arbeidszorg.report.editions import Edition
from models.audit import AuditEntry
from models.database import today
from tests.factories import client_of, period_of

LAST = today().year - 1


@pytest.fixture
def register_of(ploeg):
    """Eight clients in Oost-Vlaanderen, guided since March of last year."""
    for _ in range(8):
        period_of(client_of(ploeg), ploeg, datetime.date(LAST, 3, 1))


@pytest.mark.parametrize("scope", ["oost-vlaanderen", "vlaanderen"])
def test_an_edition_is_published_and_logged_as_done_by_the_operator(lines_of, register_of, scope):
    [[number, year, of, _moment], [_, printed_hash]] = [line for line in lines_of(
        "report", "publish", LAST, "--scope", scope, "--remark", "Definitieve cijfers") if len(line) > 1]
    edition = Edition.get()
    assert (number, year, of, printed_hash) == (f"edition {edition.id}", str(LAST), scope, edition.hash)
    assert (edition.account_id, edition.remark, edition.is_intact) == (None, "Definitieve cijfers", True)
    assert edition.report.clients.now.count == 8
    entry = AuditEntry.select().order_by(AuditEntry.id.desc()).first()
    assert (entry.event, entry.account_id) == (ArbeidszorgEvent.EDITION_PUBLISHED, None)
    assert entry.province == (None if scope == "vlaanderen" else scope)


@pytest.mark.parametrize(("words", "code", "message"), [
    ((LAST, "--scope", "limburg"), 1, "Nobody was guided there"),
    ((1999, "--scope", "limburg"), 1, "Nobody was guided in that year"),
    ((LAST + 2, "--scope", "limburg"), 1, "Nobody was guided in that year"),
    ((LAST, "--scope", "wallonie"), 2, "wallonie"),
    ((LAST,), 2, "--scope"),
    ((LAST, "--scope", "oost-vlaanderen", "--remark", "85.07.30-033.28"), 1, "national number"),
    ((LAST, "--scope", "oost-vlaanderen", "--remark", "x" * 501), 1, "at most 500"),
])
def test_a_refused_edition_says_why_and_nothing_is_kept(run, register_of, words, code, message):
    exit_code, output = run("report", "publish", *words)
    assert exit_code == code
    assert message in output
    assert Edition.select().count() == 0


def test_progress_goes_to_standard_error(app, register_of):
    result = app.test_cli_runner().invoke(args=["report", "publish", str(LAST), "--scope", "vlaanderen"])
    assert result.stderr.startswith("Counting")
    assert [line.split("\t")[0].split()[0] for line in result.stdout.splitlines()] == ["edition", "SHA-256"]
