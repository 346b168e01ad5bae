#!/bin/bash
# pyCANON 1.3.6 measures the anonymity of a table: k-anonymity, l-diversity, t-closeness and others.
#
# Expected: the same table in another order of rows, or a part of a table, gives its own measures whatever its index is.
# Seen: k_anonymity does. The measures that look at a sensitive column group the rows by their labels and then fetch
#   those labels as positions (`iloc`). After sort_values() l_diversity reports 1 where it is 2, and (alpha, k) changes
#   too; on the second half of a table they raise IndexError. After reset_index(drop=True) all are right.
# Matters: one filters a province or sorts by answer before one measures, and then judges the wrong rows without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install pycanon==1.3.6 pandas==2.3.3 numpy==2.0.2

"$folder/venv/bin/python" -W ignore - <<'PYTHON' | tee "$folder/seen"
import pandas
from pycanon import anonymity

table = pandas.DataFrame({"gender": list("mmmvvv"), "problem": list("aabaab")})
by_problem = table.sort_values("problem", kind="stable")
second_half = pandas.concat([table, table], ignore_index=True)[6:]

def measures(rows):
    try:
        return (anonymity.k_anonymity(rows, ["gender"]), anonymity.l_diversity(rows, ["gender"], ["problem"]),
                round(float(anonymity.alpha_k_anonymity(rows, ["gender"], ["problem"])[0]), 2))
    except IndexError as error:
        return anonymity.k_anonymity(rows, ["gender"]), type(error).__name__

for name, rows in (("as it is", table), ("sorted", by_problem), ("second half", second_half)):
    print(f"{name}: {measures(rows)}, index reset: {measures(rows.reset_index(drop=True))}")
PYTHON

diff "$folder/seen" - <<'SEEN' && echo "as seen before"
as it is: (3, 2, 0.67), index reset: (3, 2, 0.67)
sorted: (3, 1, 1.0), index reset: (3, 2, 0.67)
second half: (3, 'IndexError'), index reset: (3, 2, 0.67)
SEEN
