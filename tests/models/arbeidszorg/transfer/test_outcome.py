"""The files and lines that an import leaves for the operator."""
import csv
import stat

from tests.old_register import row


def test_refused_rows_are_written_beside_the_file_for_its_owner_alone(run, tmp_path):
    run(row(gender="=1+1"), row(old_number="2"))
    report = tmp_path / "register.geweigerd.csv"
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    with report.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [
            ["Regel", "Kolom", "Waarde", "Reden"],
            ["2", "Geslacht", "'=1+1", "Dit antwoord staat niet in de vragenlijst."]]
    run(row(), dry_run=True)
    assert not report.exists()


def test_more_refused_rows_than_are_shown_are_all_written(run, tmp_path):
    result = run(row(), *[row(old_number=str(number), hours="0") for number in range(80)])
    assert (result.refused, len(result.refusals)) == (80, 50)
    assert len((tmp_path / "register.geweigerd.csv").read_text("utf-8-sig").splitlines()) == 81
