"""'Geopende nummers', for the data protection officer: each look at the whole number of a person or an account."""
from urllib.parse import urlencode

from flask import Blueprint, request, url_for

from models.database import today
from models.days import parse_date
from models.ecalcura.desk import look_list
from models.ecalcura.desk.look_list import DESK, FACILITIES, Filters, Looks
from models.ecalcura.facilities.facilities import NUL
from models.errors import Refused
from views.hall.log_words import NO_ADDRESS
from views.shell import downloads, filters, pages, paging
from views.shell.access import open_to, signed_in
from views.shell.fields import LARGEST_INTEGER, line
from views.shell.messages import message

blueprint = Blueprint("desk_numbers", __name__, url_prefix="/ecalcura/desk/numbers")

DAYS = {"since": "Vanaf", "until": "Tot en met"}
SIDES = {"": "iedereen", DESK: "de dossierbeheerders", FACILITIES: "de voorzieningen"}


class Asked:
    """The filters in the address, as typed and as values; `wrong` holds a message for each invalid day."""

    def __init__(self, arguments):
        self.typed = {name: line(arguments.get(name, ""))[:20] for name in ("by", "facility", "login", *DAYS)}
        self.wrong = []
        login = arguments.get("login", type=int)
        hco = self.typed["facility"].upper()
        self.filters = Filters(
            self.typed["by"] if self.typed["by"] in SIDES else "", "" if NUL in hco else hco,
            login if 0 < (login or 0) <= LARGEST_INTEGER else None, *(self._day(name) for name in DAYS))
        since, until = self.filters.since, self.filters.until
        if since and until and since > until:
            self.wrong.append("De eerste dag komt na de laatste. Kijk ze na.")

    def _day(self, name):
        try:
            return parse_date(self.typed[name]) if self.typed[name] else None
        except Refused as refused:
            self.wrong.append(f"{DAYS[name]}: {message(refused)}")
            return None

    def url(self, endpoint, **changed):
        """The address of the first page with these filters; those that are empty are left out."""
        shown = {name: value for name, value in (self.typed | changed).items() if value}
        return f"{url_for(endpoint)}?{urlencode(shown)}" if shown else url_for(endpoint)


@blueprint.get("")
@open_to("ecalcura:dossier")
def index():
    """List the looks at whole numbers; the address gives the filters and the page."""
    asked = Asked(request.args)
    looks = None if asked.wrong else Looks(asked.filters, request.args.get("page", 1, type=int))
    login = asked.filters.account_id
    email = login and (look_list.email_of(login) or NO_ADDRESS)
    return pages.render(
        "ecalcura/desk/numbers.html", "ecalcura/desk/_numbers.html", status=422 if asked.wrong else 200, asked=asked,
        base=url_for("desk_numbers.index"), sides=SIDES.items(), login=email,
        is_filtered=any(asked.typed.values()), csv_url=asked.url("desk_numbers.as_csv"),
        without_login=asked.url("desk_numbers.index", login=""), **(_lines(asked, looks) if looks else {"rows": []}))


def _lines(asked, looks):
    rows = [(filters.moment(row.made_at), row.facility, *_number_of(row), row.email or NO_ADDRESS,
             asked.url("desk_numbers.index", login=row.account_id), row.reason) for row in looks.rows]
    return {"rows": rows, "shown": paging.shown(looks, "keer", "keren"),
            **paging.links(asked.url("desk_numbers.index"), looks.page, looks.pages)}


def _number_of(row):
    """In words, the employee or bank account whose number was shown, and its page."""
    if row.bank_account_id:
        return f"Bankrekening {row.bank_account_id}", url_for(
            "desk_accounts.account", facility=row.hco, bank_account_id=row.bank_account_id)
    return f"Medewerker {row.employee_id}", url_for(
        "desk_staff.show", facility=row.hco, employee_id=row.employee_id)


@blueprint.get("/export.csv")
@open_to("ecalcura:dossier")
@downloads.in_turn
def as_csv():
    """Download the looks that the filters in the address ask for."""
    asked = Asked(request.args)
    if asked.wrong:
        return index()
    return downloads.streamed(look_list.csv(asked.filters, signed_in()), downloads.CSV,
                              f"geopende-nummers-{today():%Y-%m-%d}.csv")
