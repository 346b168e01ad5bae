"""The page of a log, of a province or of one organisation: its filters, which are in the address, and its lines."""
from typing import NamedTuple
from urllib.parse import urlencode

from flask import request

from models.days import parse_date
from models.errors import Refused
from models.log import PAGE_SIZE, Log
from views.hall import log_words
from views.shell import filters, pages, paging
from views.shell.access import signed_in
from views.shell.fields import line
from views.shell.messages import message

DAYS = {"since": "Vanaf", "until": "Tot en met"}


class Whole(NamedTuple):
    """The words of a log of a whole wing: the hint at the top, and the names for one and all of its tenants."""

    hint: str
    tenant: str
    all_tenants: str


class LogRequest:
    """The filters and page number in the address of a log; `wrong` holds a message for each invalid day."""

    def __init__(self, arguments, organisations):
        self.kinds = log_words.kinds(signed_in().role.partition(":")[0])
        self.kind = arguments.get("kind") if arguments.get("kind") in self.kinds else None
        self.organisation = {str(id_): id_ for id_, _ in organisations}.get(arguments.get("organisation"))
        self.page = arguments.get("page", 1, type=int)
        self.wrong = []
        self.typed = {name: line(arguments.get(name, "")) for name in DAYS}
        self.since, self.until = (self._day(name) for name in DAYS)
        if self.since and self.until and self.since > self.until:
            self.wrong.append("De eerste dag komt na de laatste. Kijk ze na.")

    def _day(self, name):
        try:
            return parse_date(self.typed[name]) if self.typed[name] else None
        except Refused as refused:
            self.wrong.append(f"{DAYS[name]}: {message(refused)}")
            return None

    def url(self, base):
        """The address of the first page with these filters; `base` is the address without filters."""
        shown = {"organisation": self.organisation, "kind": self.kind, **self.typed}
        shown = {name: value for name, value in shown.items() if value}
        return f"{base}?{urlencode(shown)}" if shown else base


def answer(entries, base, own=False, organisations=(), whole=None):
    """The log page at the address `base`, or its fragment.

    `entries` is a query of the audit, `own` is true when an organisation reads its own log, and `organisations` lists
    the (id, name) that can be filtered by. `whole` has the words of a wing's own log, whose tenants these are then.
    """
    requested = LogRequest(request.args, organisations)
    log = None if requested.wrong else Log(
        entries, log_words.events_of(requested.kind), requested.organisation, requested.since, requested.until,
        requested.page)
    return pages.render(
        "hall/log/show.html", "hall/log/_list.html", status=422 if requested.wrong else 200, base=base, own=own,
        requested=requested, kinds=[(code, kind.label) for code, kind in requested.kinds.items()],
        organisations=organisations, whole=whole, filtered=requested.url(base) != base or requested.page > 1,
        **(_lines(log, requested.url(base), own, dict(organisations)) if log else {"rows": []}))


def _lines(log, url, own, names):
    first = (log.page - 1) * PAGE_SIZE
    return {
        "rows": [(filters.moment(one.made_at), log_words.who(one, own), one.organisation or names.get(one.tenant_id),
                  log_words.line(one))
                 for one in log.lines],
        "shown": f"{filters.number(first + 1)}–{filters.number(first + len(log.lines))}, de nieuwste eerst",
        **paging.links(url, log.page, log.page + log.more),
    }
