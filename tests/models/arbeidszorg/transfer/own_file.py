"""Loket's own file, written as an organisation downloads it."""
import csv
import io

from models.arbeidszorg.transfer.exporting import Export


def export(login, path, change=None):
    """The rows of the export, which is written to `path`; `change` may alter them (dicts by heading) first."""
    content = Export.of(login.organisation.id, "csv", by=login.account).csv()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    if change:
        change(rows)
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
        content = text.getvalue().encode("utf-8-sig")
    path.write_bytes(content)
    return rows
