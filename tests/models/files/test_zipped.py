import io
import random
import zipfile

import pytest

from models.files.zipped import zipped

LARGE = random.Random(7).randbytes(100_000)


def test_every_file_of_the_zip_reads_as_it_was_given():
    content = b"".join(zipped([("a.json", [b"[", b"]"]), ("map/b.pdf", [LARGE]), ("c.txt", [])]))
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "a.json": b"[]", "map/b.pdf": LARGE, "c.txt": b""}


def test_a_part_is_sent_before_the_next_one_is_made():
    made = []

    def parts():
        for name in "abc":
            made.append(name)
            yield name, [LARGE]

    pieces = zipped(parts())
    assert len(next(pieces)) > 0
    assert made == ["a"]


def test_a_zip_that_was_broken_off_does_not_open():
    def parts():
        yield "a", [LARGE]
        raise OSError("no more")

    sent = []
    with pytest.raises(OSError, match="no more"):
        sent.extend(zipped(parts()))
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(b"".join(sent)))
    assert sent
