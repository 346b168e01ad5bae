"""Free memory is given back to the system."""
import ctypes
import gc
import platform
import re
from pathlib import Path

import pytest

from models.upkeep import memory

SIZE, PIECE = 30_000_000, 10_000


def in_use():
    """The bytes of memory of this process."""
    text = Path("/proc/self/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Rss:\s+(\d+) kB", text, re.MULTILINE)[1]) * 1024


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what is free")
def test_memory_that_is_free_between_memory_in_use_is_given_back(monkeypatch):
    monkeypatch.setattr(memory, "EVERY", 0)
    pieces = [ctypes.create_string_buffer(PIECE) for _ in range(SIZE // PIECE)]
    del pieces[:-1]
    before = in_use()
    memory.giver()()
    assert before - in_use() > SIZE / 2
    assert pieces


def test_memory_is_given_back_once_a_minute(monkeypatch):
    given = []
    monkeypatch.setattr(memory, "_trim", given.append)
    moment = [0]
    monkeypatch.setattr(memory.time, "monotonic", lambda: moment[0])
    chore = memory.giver()
    for seconds in range(0, 185, 5):
        moment[0] = seconds
        chore()
    assert len(given) == 3


def test_old_objects_are_looked_through_seldom(monkeypatch):
    before = gc.get_threshold()
    try:
        memory.leave_garbage_to_chore()
        assert gc.get_threshold()[:2] == before[:2]
        assert gc.get_threshold()[2] == 10 * before[2]
        assert gc.get_freeze_count() > 1000
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
