#!/bin/bash
# openpyxl 3.1.5 reads spreadsheets (XLSX), in which `_x005F_` means the sign `_`: it escapes a text that looks like the
# name of a sign, such as `_x0041_`. A `x005F_` without the `_` before it means itself.
#
# Expected: a shared text is read as the writer was given it.
# Seen: openpyxl removes each `x005F_` from a shared text, with or without the `_` that makes it an escape, and decodes
#   nothing. `x005F_` is read as '', `_x005F_` as `_`, `a_x005F_b` as `a_b`, though XlsxWriter 3.3.1 wrote these rightly
#   and calamine reads them as they were. Texts within the cells (t="inlineStr") are left as they are.
# Matters: keys and codes change without a word, and two that differ become equal.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install \
    openpyxl==3.1.5 xlsxwriter==3.3.1 python-calamine==0.9.1

"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
import importlib.metadata
import io

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

for package in ("openpyxl", "xlsxwriter", "python-calamine"):
    print(package, importlib.metadata.version(package))
file = io.BytesIO()
with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
    sheet = book.add_worksheet()
    for line, text in enumerate(("_x005F_", "x005F_", "a_x005F_b", "_x0041_")):
        sheet.write_string(line, 0, text)
file.seek(0)
print("calamine", [row[0] for row in CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()])
for read_only in (False, True):
    file.seek(0)
    rows = openpyxl.load_workbook(file, read_only=read_only).active.rows
    print("openpyxl", f"read_only={read_only}", [row[0].value for row in rows])
inline = io.BytesIO()
with xlsxwriter.Workbook(inline, {"constant_memory": True}) as book:
    book.add_worksheet().write_string(0, 0, "x005F_")
inline.seek(0)
print("in the cell", [row[0].value for row in openpyxl.load_workbook(inline).active.rows])
PYTHON

diff "$folder/seen" - <<'SEEN' && echo "as seen before"
openpyxl 3.1.5
xlsxwriter 3.3.1
python-calamine 0.9.1
calamine ['_x005F_', 'x005F_', 'a_x005F_b', '_x0041_']
openpyxl read_only=False ['_', '', 'a_b', '_x0041_']
openpyxl read_only=True ['_', '', 'a_b', '_x0041_']
in the cell ['x005F_']
SEEN
