"""Reads from an address which yearly report is requested: `?year=2025&scope=vlaanderen`, for pages and downloads."""
from typing import NamedTuple
from urllib.parse import urlencode

from flask import abort

from models.arbeidszorg.report.counting import figures
from models.arbeidszorg.report.report import FLANDERS, SCOPES
from models.database import today


class ReportRequest(NamedTuple):
    """The requested year and scope, and those that can be chosen; `year` is None while the register is empty.

    `scopes` is a dict of code → label.
    """

    year: int | None
    scope: str
    years: list
    scopes: dict

    @property
    def query(self):
        """The year and scope as the query string of an address."""
        return urlencode({"year": self.year, "scope": self.scope})


def report_request(arguments, account):
    """The `ReportRequest` of an address's arguments; by default the last complete year and the account's own province.

    404 for another province, or a year that is not in `years`.
    """
    scopes = {account.province: SCOPES[account.province], FLANDERS: SCOPES[FLANDERS]}
    scope = arguments.get("scope") or account.province
    day = today()
    years = figures.years(day)
    year = arguments.get("year") or str(max((one for one in years if one < day.year), default=day.year))
    if scope not in scopes or years and year not in map(str, years):
        abort(404)
    return ReportRequest(int(year) if years else None, scope, years, scopes)
