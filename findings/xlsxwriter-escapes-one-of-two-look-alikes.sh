#!/bin/bash
# XlsxWriter 3.3.1 writes spreadsheets (XLSX). In these a text `_x0041_` means the sign A, so a text that really reads
# like that is written `_x005F_x0041_`, in which `_x005F_` means the `_`.
#
# Expected: every text that is written is read back as it was.
# Seen: of two look-alikes that share a `_`, as in `_x0041_x0042_`, only the first is escaped, in shared strings and in
#   constant_memory mode alike: the pattern takes the shared `_` along. calamine reads `_x0041B`, as ExcelJS 4.4.0 did;
#   LibreOffice 7.4.7 took it right. Escaping each `_` that `x0041_` follows (a look-ahead) is read right by all.
# Matters: keys and codes such as `_x2020_x0001_` change without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install xlsxwriter==3.3.1 python-calamine==0.9.1

"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
import importlib.metadata
import io

import xlsxwriter
from python_calamine import CalamineWorkbook

for package in ("xlsxwriter", "python-calamine"):
    print(package, importlib.metadata.version(package))
for options in ({"in_memory": True}, {"constant_memory": True}):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        for line, text in enumerate(("_x0041_", "_x0041_x0042_", "_x0041__x0042_")):
            sheet.write_string(line, 0, text)
    file.seek(0)
    print(*options, [row[0] for row in CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()])
PYTHON

diff "$folder/seen" - <<'SEEN' && echo "as seen before"
xlsxwriter 3.3.1
python-calamine 0.9.1
in_memory ['_x0041_', '_x0041B', '_x0041__x0042_']
constant_memory ['_x0041_', '_x0041B', '_x0041__x0042_']
SEEN
