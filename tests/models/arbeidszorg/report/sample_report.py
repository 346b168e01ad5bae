"""A report made by hand: small enough to read, with something hidden, a change, and a label that means harm."""
import datetime
from dataclasses import replace
from decimal import Decimal

from models.arbeidszorg.report.report import ALWAYS_SO, Pair, Report
from models.arbeidszorg.report.shape import LINE, OF_ROW, STACKED, Cell, Column, Row, Table

HIDDEN = Cell(None, hidden=True)


def shown(count, share=None):
    return Cell(count, share=None if share is None else Decimal(share))


COUNT = (Column("count", "Aantal"),)
GENDER = Table("2-gender", 2, "Geslacht", COUNT, (
    Row("female", "Vrouw", (shown(704, "70.4"),)),
    Row("male", "Man", (HIDDEN,)),
    Row("x", "=X()", (HIDDEN,)),
    Row("total", "Totaal", (shown(1000, "100.0"),), total=True)))
BY_SITUATION = Table("3-gender-by-situation", 3, "Geslacht naar situatie",
                     (Column("active", "Nog actief"), Column("total", "Totaal")), (
    Row("female", "Vrouw", (shown(600, "85.2"), shown(704, "100.0"))),
    Row("total", "Totaal", (shown(900, "90.0"), shown(1000, "100.0")), total=True)), STACKED, OF_ROW)
CHANGED = Table("4-gender", 4, "Geslacht", (Column("2024", "2024"), Column("2025", "2025")), (
    Row("female", "Vrouw", (shown(600, "66.7"), shown(704, "70.4")), points=Decimal("3.7"), larger=True),
    Row("male", "Man", (shown(290, "32.2"), HIDDEN)),
    Row("total", "Totaal", (shown(900, "100.0"), shown(1000, "100.0")), total=True)), None, changes=True)
COUNTED = (Column("clients", "Medewerkers"), Column("closings", "Stopzettingen"))
SERIES = Table("4-series", 4, "Door de jaren", COUNTED, (
    Row("2024", "2024", (shown(900), HIDDEN)), Row("2025", "2025", (shown(1000), shown(0)))), LINE, None)


def sample(**values):
    """The report, with other values where the test says so."""
    return replace(Report(
        2025, "limburg", datetime.date(2025, 12, 31),
        datetime.datetime(2026, 6, 15, 23, 30),  # noqa: DTZ001 - UTC, as it is kept
        (GENDER, BY_SITUATION, CHANGED, SERIES), Pair(shown(1000), shown(900)), Pair(shown(0), HIDDEN),
        Pair(Decimal("43.0"), None), shown(12, "1.2"), ALWAYS_SO), **values)
