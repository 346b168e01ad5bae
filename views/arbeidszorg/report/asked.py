"""Which yearly report an address asks for: `?year=2025&scope=vlaanderen`, the page and every download alike."""
from typing import NamedTuple
from urllib.parse import urlencode

from flask import abort

from models.arbeidszorg.report.counting import figures
from models.arbeidszorg.report.report import FLANDERS, SCOPES
from models.database import today


class Asked(NamedTuple):
    """`year` is None while nobody was ever guided. `years` and `scopes` are what can be chosen from."""

    year: int | None
    scope: str
    years: list
    scopes: dict

    @property
    def query(self):
        """The same, for the end of an address."""
        return urlencode({"year": self.year, "scope": self.scope})


def asked(arguments, account):
    """What these arguments ask for, the last year that is over and the own province unless they say otherwise.

    404 for what there is not to choose from: another province, a year before the register's first or one to come.
    """
    scopes = {account.province: SCOPES[account.province], FLANDERS: SCOPES[FLANDERS]}
    scope = arguments.get("scope") or account.province
    day = today()
    years = figures.years(day)
    year = arguments.get("year") or str(max((one for one in years if one < day.year), default=day.year))
    if scope not in scopes or years and year not in map(str, years):
        abort(404)
    return Asked(int(year) if years else None, scope, years, scopes)
