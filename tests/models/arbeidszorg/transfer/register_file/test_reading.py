"""A file that is not a register is refused whole, with a clear reason, and nothing changes."""
import codecs
import tracemalloc

import pytest

from models.arbeidszorg.transfer.outcome import reason
from models.arbeidszorg.transfer.register_file import reading
from models.arbeidszorg.transfer.register_file.columns import OLD, OWN, columns
from models.audit import AuditEntry
from models.errors import Refused
from tests import old_register
from tests.old_register import counts, row

HEADING = list(columns(OLD).values())
ROWS = row(), row(old_number="2", organisation="Café")


def changed(heading):
    return old_register.text(*ROWS, heading=heading).encode("cp1252")


FILES = {
    "empty": (b"", "file_empty"),
    "only a mark": (codecs.BOM_UTF8, "file_heading"),
    "only the heading": (changed(HEADING)[:len(";".join(HEADING)) + 2], "file_rows"),
    "no heading": (old_register.text(*ROWS).encode("cp1252").partition(b"\r\n")[2], "file_heading"),
    "prose": (b"Geachte,\n\nHierbij het register.\n", "file_heading"),
    "random bytes": (bytes(range(1, 256)) * 300, "file_encoding"),
    "null bytes": (bytes(1000), "file_binary"),
    "an archive": (b"PK\x03\x04" + bytes(100), "file_spreadsheet"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0" + bytes(100), "file_excel"),
    "UTF-32": (old_register.text(*ROWS).encode("utf-32"), "file_wide"),
    "UTF-16 without": (old_register.text(*ROWS).encode("utf-16-le"), "file_wide"),
    "DOS": (old_register.text(*ROWS).encode("cp850"), "file_encoding"),
    "Mac": (old_register.text(row(organisation="Créée")).encode("mac_roman"), "file_encoding"),
    "UTF-8 and Windows-1252 mixed": (
        old_register.text(*ROWS).encode() + ";".join(row(organisation="één")).encode("cp1252"), "file_encoding"),
    "marked as UTF-8 but not": (codecs.BOM_UTF8 + old_register.text(*ROWS).encode("cp1252"), "file_encoding"),
    "a column missing": (changed(HEADING[:-1]), "columns_missing"),
    "a column doubled": (changed([*HEADING, "Geslacht"]), "columns_doubled"),
    "a column too many": (changed([*HEADING, "Opmerking"]), "columns_unknown"),
    "two columns swapped": (changed([*HEADING[:7], HEADING[8], HEADING[7], *HEADING[9:]]), "columns_order"),
    "a null byte further on": (old_register.text(*ROWS).encode("cp1252") + b"\0", "file_binary"),
    "no line ends": (old_register.text(*ROWS).encode("cp1252") + b"x" * 100_000, "file_line"),
}


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES)
def test_a_file_that_is_not_a_register_is_refused_whole(run, tmp_path, content, code):
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        run(path=path)
    assert refused.value.code == code
    assert reason(refused.value).endswith(".")
    assert counts() == (0, 0, 0, 0)
    assert AuditEntry.select().count() == 0


@pytest.mark.parametrize(("name", "code"), [("nowhere.csv", "file_none"), (".", "file_none")])
def test_a_path_without_a_file_is_refused(run, tmp_path, name, code):
    with pytest.raises(Refused, match=code):
        run(path=tmp_path / name)


def test_a_message_names_the_columns(run, tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(changed([*HEADING[:7], HEADING[8], HEADING[7], *HEADING[9:]]))
    with pytest.raises(Refused) as refused:
        run(path=path)
    assert "op plaats 8 hoort 'Postcode woonplaats', er staat 'Postcode werkplaats'" in reason(refused.value)


def test_a_message_never_repeats_a_cell_of_a_file_without_a_heading(run, tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(";".join([*list(columns(OWN).values())[:-1], "Rosa Vermeulen"]), "utf-8")
    with pytest.raises(Refused) as refused:
        run(path=path)
    assert reason(refused.value) == "Deze kolommen ontbreken: Kenmerk."


@pytest.mark.parametrize("pattern", [b"\xe9ndless ", b"nonsense;" * 9 + b"\n", b'"\n'],
                         ids=["no line", "rows", "quotes"])
def test_nonsense_below_a_valid_heading_is_refused_in_constant_memory(run, tmp_path, pattern):
    path = tmp_path / "register.csv"
    with path.open("wb") as file:
        file.write(old_register.text().encode("cp1252"))
        for _ in range(20):
            file.write(pattern * (1_000_000 // len(pattern)))
    tracemalloc.start()
    with pytest.raises(Refused, match=r"file_line|file_nonsense"):
        run(path=path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000
    assert counts() == (0, 0, 0, 0)


def test_the_file_is_never_in_memory_as_a_whole(tmp_path):
    path = tmp_path / "register.csv"
    with path.open("wb") as file:
        file.write(old_register.text().encode("cp1252"))
        for _ in range(200):
            file.write((";".join(row()) + "\r\n").encode("cp1252") * 100)
    tracemalloc.start()
    assert sum(1 for _ in reading.examine(path).rows()) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2_000_000
