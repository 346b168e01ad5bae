"""A definitive calculation in plain sqlite3: its statements and the bare arithmetic, without a model of Loket."""
import hashlib
import json
import math
from fractions import Fraction

CANDIDATES = """
    SELECT f.id, f.hco, s.id, s.number, s.sha256, c.sha256, c.sums
    FROM trimester_file t JOIN facility f ON f.id = t.facility_id
    JOIN submission s ON s.file_id = t.id JOIN counted_submission c ON c.submission_id = s.id
    WHERE t.trimester_id = ? AND t.state = 'submitted' ORDER BY f.hco"""
CALCULATION = """
    INSERT INTO calculation (kind, trimester_id, state, formula_version, parameter_version_id, settings, made_at)
    VALUES ('definitive', ?, 'draft', 1, ?, '{}', '2026-01-01 00:00:00')"""
RESULT = "INSERT INTO calculation_result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
LINES = (("replacement", "financed_fte"), ("premium", "wage_part"))
TOTALS = ("exempt", "replaced", "financed", "surplus", "premium")


def calculate(connection, trimester_id):
    """Make a draft and return its amount in cents; `connection` is in autocommit mode."""
    connection.execute("BEGIN IMMEDIATE")
    version, content = connection.execute(
        "SELECT id, content FROM parameter_version WHERE confirmed_at IS NOT NULL").fetchone()
    values = json.loads(content)
    made = connection.execute(CALCULATION, (trimester_id, version)).lastrowid
    rows, hashes, total = [], [], 0
    for facility, hco, submission, number, snapshot, counted, text in connection.execute(CANDIDATES, (trimester_id,)):
        sums = json.loads(text)
        lines = []
        for line, quantity in LINES:
            for group in sums["groups"]:
                amount = Fraction(group[quantity])
                if amount:
                    factors = [["wage_cost", values[f"wage_cost {group['qualification']}"]],
                               ["index", values["index"]], ["part_of_year", values["part_of_year"]]]
                    for _, value in factors:
                        amount *= Fraction(value)
                    lines.append({"line": line, "qualification": group["qualification"],
                                  "quantity": group[quantity], "factors": factors,
                                  "cents": math.floor(amount * 100 + Fraction(1, 2))})
        cents = sum(line["cents"] for line in lines)
        content = json.dumps(
            {"hco": hco, "agreement": None, "quantities": counted, "sums": sums, "lines": lines, "former": None,
             "submission": {"number": number, "sha256": snapshot}}, sort_keys=True, separators=(",", ":"))
        hashes.append([hco, hashlib.sha256(content.encode()).hexdigest()])
        rows.append((made, facility, 1, submission, None, *(sums["totals"][name] for name in TOTALS), cents,
                     hashes[-1][1], content))
        total += cents
    connection.executemany(RESULT, rows)
    connection.execute("UPDATE calculation SET sha256 = ? WHERE id = ?", (
        hashlib.sha256(json.dumps(hashes).encode()).hexdigest(), made))
    connection.execute("COMMIT")
    return total
