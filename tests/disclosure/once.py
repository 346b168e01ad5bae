"""Suppression worked out once for the counts that a test and the code under test protect; or in a single trial."""
from functools import lru_cache

import disclosure.protection
from disclosure.suppression import suppress as suppress_counts
from disclosure.suppression import trial
from disclosure.tables import Tables


def suppress(counts):
    """As `suppress`, whose pattern does not depend on the order of the counts: a test of its own holds that."""
    return _suppress(frozenset(counts.items()))


@lru_cache(maxsize=16)
def _suppress(counts):
    return suppress_counts(dict(counts))


def share_suppression(monkeypatch):
    """Let `protect` give the patterns of `suppress` above."""
    monkeypatch.setattr(disclosure.protection, "suppress", suppress)


def in_one_trial(counts):
    """The cells that a single trial suppresses."""
    return trial(Tables(counts)).pattern().cells
