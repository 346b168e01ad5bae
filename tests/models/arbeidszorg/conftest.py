"""What the tests of importing and exporting share."""
import pytest

from models.arbeidszorg.register_import import import_register
from models.arbeidszorg.register_report import Report
from tests.old_register import write


@pytest.fixture
def run(register, tmp_path):
    """Imports a file, or these rows of one, and hands back the result; the report comes in the test's own folder."""
    def run(*rows, path=None, **options):
        path = path or write(tmp_path, *rows)
        with Report(path, tmp_path, dry_run=options.get("dry_run", False)) as report:
            return import_register(path, report, **options)

    return run
