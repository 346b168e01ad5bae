"""A spool keeps bytes on the disk, sealed and without a name."""
import io
import os

import pytest
from cryptography.exceptions import InvalidTag

from views.shell.front import spool
from views.shell.front.spool import BLOCK, Spool, Spooled

CANARY = b"Amina Peeters-Kanarie "


@pytest.fixture
def empty(tmp_path):
    """An empty spool."""
    empty = Spool(tmp_path)
    yield empty
    empty.close()


@pytest.fixture
def full(empty):
    """A spool of some blocks full of a name."""
    empty.write(CANARY * BLOCK)
    return empty


def raw(full):
    """The bytes of a spool's file."""
    return os.pread(full._file.fileno(), 10 * len(CANARY) * BLOCK, 0)


def test_bytes_are_read_in_the_order_in_which_they_were_written(empty):
    both, pieces = empty, [os.urandom(size) for size in (1, BLOCK - 1, 0, 3 * BLOCK + 7, 5)]
    for piece in pieces[:3]:
        both.write(piece)
    read = both.read()
    for piece in pieces[3:]:
        both.write(piece)
    while piece := both.read():
        assert len(piece) <= BLOCK
        read += piece
    assert read == b"".join(pieces)
    assert both.read() == b""


def test_a_name_is_not_in_the_file_and_the_file_has_no_name(full, tmp_path):
    assert len(raw(full)) > len(CANARY) * (BLOCK - 1)
    assert CANARY not in raw(full)
    assert list(tmp_path.iterdir()) == []


def test_blocks_with_the_same_bytes_differ_in_the_file(empty):
    empty.write(bytes(2 * BLOCK))
    size = len(raw(empty)) // 2
    assert raw(empty)[:size] != raw(empty)[size:]


def test_a_block_that_was_changed_is_refused(full):
    os.pwrite(full._file.fileno(), b"x", 10)
    with pytest.raises(InvalidTag):
        full.read()


def test_the_disk_gets_its_space_back(full):
    full.close()
    with pytest.raises(ValueError, match="closed"):
        full._file.fileno()


def test_a_disk_that_takes_a_part_at_a_time_loses_nothing(empty, monkeypatch):
    write = os.pwrite
    monkeypatch.setattr(spool.os, "pwrite", lambda number, content, at: write(number, content[:1000], at))
    empty.write(CANARY * BLOCK)
    assert empty.read() == (CANARY * BLOCK)[:BLOCK]


def test_a_body_reads_as_a_file(full):
    body = io.BufferedReader(Spooled(full))
    assert body.read(len(CANARY)) == CANARY
    assert body.read() == CANARY * (BLOCK - 1)
    assert body.read() == b""
