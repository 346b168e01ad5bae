#!/bin/bash
# python-calamine 0.9.1 reads spreadsheets (XLSX) with a parser in Rust.
#
# Expected: a cell that holds an error (#N/A, #REF!) is told from an empty one, and a cell with a date and a time stays a
#   moment, also at midnight.
# Seen: an error is read as '', by to_python() and iter_rows() alike, as an empty cell is; a moment at midnight is read as
#   a date, beside the datetime of every other moment in the same column. openpyxl 3.1.5 says of the first that it is an
#   error ('e'), and gives a datetime for both moments.
# Matters: an answer that a formula lost is taken for one that was never given, and a column of moments holds two types.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install python-calamine==0.9.1 openpyxl==3.1.5

"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
import importlib.metadata
import io
from datetime import datetime

import openpyxl
from python_calamine import CalamineWorkbook

for package in ("python-calamine", "openpyxl"):
    print(package, importlib.metadata.version(package))
book = openpyxl.Workbook()
book.active.append(["#N/A", "#REF!", None, datetime(2019, 6, 3), datetime(2019, 6, 3, 10, 30), "last"])
for address in ("D1", "E1"):
    book.active[address].number_format = "dd/mm/yyyy hh:mm"
file = io.BytesIO()
book.save(file)
file.seek(0)
sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
for name, cells in (("to_python", sheet.to_python()[0]), ("iter_rows", next(iter(sheet.iter_rows())))):
    print(name, *(f"{type(cell).__name__}:{cell}" for cell in cells), sep=" | ")
file.seek(0)
[row] = openpyxl.load_workbook(file).active.rows
print("openpyxl", *(f"{type(cell.value).__name__}:{cell.data_type}" for cell in row), sep=" | ")
PYTHON

diff "$folder/seen" - <<'SEEN' && echo "as seen before"
python-calamine 0.9.1
openpyxl 3.1.5
to_python | str: | str: | str: | date:2019-06-03 | datetime:2019-06-03 10:30:00 | str:last
iter_rows | str: | str: | str: | date:2019-06-03 | datetime:2019-06-03 10:30:00 | str:last
openpyxl | str:e | str:e | NoneType:n | datetime:d | datetime:d | str:s
SEEN
