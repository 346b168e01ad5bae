"""The list of purged clients: it only grows, is its owner's alone, and survives a line that was cut off."""
import datetime
import fcntl
import os
from pathlib import Path

import pytest

from models.arbeidszorg.deletion.purged_file import Purged, PurgedFile, PurgedPeriod

MOMENT = datetime.datetime.fromisoformat("2026-03-02 09:05:07")
ONE = Purged("a" * 32, 7, 3, MOMENT, 2019, None, "not-guided", MOMENT, MOMENT)
OTHER = ONE._replace(number=8, first_year=None)
PERIOD = PurgedPeriod("a" * 32, 12, 7, 3, MOMENT, 2019, None, MOMENT, MOMENT)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "purged.csv"


def append(path, *purges):
    with PurgedFile(path).open() as file:
        file.append(purges)


def read(path):
    with PurgedFile(path).open() as file:
        return file.read(), file.unreadable


def test_a_purge_is_read_as_it_was_written(path):
    assert read(path) == ([], [])
    append(path, ONE, OTHER)
    append(path)
    append(path, ONE._replace(number=9))
    assert read(path) == ([ONE, OTHER, ONE._replace(number=9)], [])
    assert path.read_text().splitlines()[0] == (
        f"{'a' * 32};7;3;2026-03-02 09:05:07;2019;;not-guided;2026-03-02 09:05:07;2026-03-02 09:05:07")


def test_only_the_owner_can_read_the_file_and_it_only_grows(path):
    append(path, ONE)
    before = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    append(path, OTHER)
    assert path.read_bytes().startswith(before)


def test_a_purge_is_on_the_disk_before_anything_else_happens(path, monkeypatch):
    synced = []
    monkeypatch.setattr(
        "os.fsync", lambda descriptor: synced.append((os.fstat(descriptor).st_ino, path.stat().st_size)))
    append(path, ONE)
    size = path.stat().st_size
    assert size > 0
    assert synced == [(path.stat().st_ino, size), (path.parent.stat().st_ino, size)]


def test_one_purge_at_a_time_has_the_file(path):
    with PurgedFile(path).open(), path.open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    with path.open() as other:
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("lost", [2, 20, 40, 60, 90, 105])
def test_a_cut_off_line_does_not_affect_the_others(path, lost):
    append(path, ONE, OTHER)
    path.write_bytes(path.read_bytes()[:-lost])
    assert read(path) == ([ONE], [2])
    append(path, OTHER)
    assert read(path) == ([ONE, OTHER], [2])


def test_a_last_line_that_lacks_only_its_line_end_counts(path):
    append(path, ONE)
    path.write_bytes(path.read_bytes()[:-1])
    append(path, OTHER)
    assert read(path) == ([ONE, OTHER], [])


def test_a_list_that_cannot_be_written_is_an_error(tmp_path):
    for wrong in (tmp_path, tmp_path / "none" / "purged.csv", Path("/dev/full")):
        with pytest.raises(OSError):
            append(wrong, ONE)


def test_a_period_has_lines_of_its_own_form_between_those_of_clients(path):
    append(path, ONE, PERIOD, OTHER, PERIOD._replace(period_id=13, last_year=2021))
    assert read(path) == ([ONE, OTHER], [])
    with PurgedFile(path).open() as file:
        assert file.periods() == [PERIOD, PERIOD._replace(period_id=13, last_year=2021)]
    assert path.read_text().splitlines()[1] == (
        f"{'a' * 32};period;12;7;3;2026-03-02 09:05:07;2019;;2026-03-02 09:05:07;2026-03-02 09:05:07")


def test_a_file_from_before_periods_is_read_as_it_was(path):
    path.write_text(f"{'a' * 32};7;3;2026-03-02 09:05:07;2019;;not-guided;2026-03-02 09:05:07;2026-03-02 09:05:07\n")
    assert read(path) == ([ONE], [])
    with PurgedFile(path).open() as file:
        assert file.periods() == []


def test_no_part_of_a_line_of_a_period_is_a_whole_line(path):
    line = PERIOD.line()
    for end in range(1, len(line)):
        path.write_text(line[:end])
        assert read(path) == ([], [1]), line[:end]
        with PurgedFile(path).open() as file:
            assert file.periods() == []
