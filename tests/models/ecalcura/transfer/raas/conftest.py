"""Fixtures for the import from RaaS."""
import datetime

import pytest

from tests.models.ecalcura.raas_files import BORN, BORN_1970, OTHER, taken_over


@pytest.fixture
def nurses(registers):
    """Two nurses with a visum, whom the registers know."""
    for number, birth in ((BORN_1970, BORN), (OTHER, datetime.date(1975, 6, 15))):
        registers.has(number, birth=birth, VPK=None, ZKD=None)
    return registers


@pytest.fixture
def files(register, nurses, tmp_path):
    """Imports files with these contracts; returns contract → what became of it."""
    return lambda *contracts, **others: taken_over(tmp_path, *contracts, **others)
