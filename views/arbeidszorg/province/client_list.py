"""Prepares the values of the list of clients 'zonder naam': rows, a chip for each filter, and the form's fields."""
from typing import NamedTuple
from urllib.parse import urlencode

from flask import url_for

from models.arbeidszorg.register.questionnaire import current
from models.arbeidszorg.without_names.client import heading
from models.arbeidszorg.without_names.listing import ACTIVE, INACTIVE, SORTS, AnswerFilter
from views.shell import filters as words
from views.shell import paging

STATUSES = {ACTIVE: "Actief", INACTIVE: "Niet-actief"}
SORT_LABELS = {
    "number-asc": "volgnummer (laag naar hoog)",
    "number-desc": "volgnummer (hoog naar laag)",
    "organisation": "organisatie (a tot z)",
    "birth-asc": "geboortejaar (oudste eerst)",
    "birth-desc": "geboortejaar (jongste eerst)",
    "start": "startdatum (recentste eerst)",
}
TYPED = {"born_from": "Geboortejaar vanaf", "born_to": "Geboortejaar tot en met"}


class ClientRow(NamedTuple):
    """A client without its name, as text."""

    number: int
    organisation: str
    birth_year: str
    status: str
    incomplete: bool
    start: str
    end: str
    url: str


class Field(NamedTuple):
    """A field of the filter form; `options` are (value, label), empty for a field to type in."""

    code: str
    label: str
    value: str
    options: list


def address(listing, base=None, without=(), page=None):
    """The address of a listing, at `base` or its own page, without the filters in `without`; defaults are left out."""
    given = {code: value for code, value in listing.filters.given.items() if code not in without}
    if listing.sort != SORTS[0]:
        given["sort"] = listing.sort
    if (page or listing.page) > 1:
        given["page"] = page or listing.page
    base = base or url_for("province_clients.index")
    return f"{base}?{urlencode(given)}" if given else base


def values(listing):
    """The values of the fragment: the list with its chips and links."""
    given = listing.filters.given
    first = address(listing, page=1)
    return {
        "rows": [_row(row) for row in listing.rows],
        "fields": _fields(listing),
        "chips": [(label, address(listing, without={code}, page=1)) for code, label in _chips(listing.filters)],
        "all_url": address(listing, without=set(given), page=1),
        "shown": paging.shown(listing, "cliënt", "cliënten"),
        "nothing": _empty_message(given),
        "csv_url": address(listing, url_for("province_clients.as_csv"), page=1),
        "xlsx_url": address(listing, url_for("province_clients.as_xlsx"), page=1),
        **paging.links(first, listing.page, listing.pages),
    }


def form(listing, organisations):
    """The values of the filter form above the list; `organisations` are (id, name)."""
    given = listing.filters.given
    more = {}
    for choice in AnswerFilter.all():
        fields = more.setdefault(choice.question.chapter, [])
        if choice.question.code == "birth_date":
            fields += [Field(code, label, given.get(code, ""), []) for code, label in TYPED.items()]
        label = heading(choice.question)
        fields.append(Field(choice.code, label, given.get(choice.code, ""), choice.options))
    names = [(str(organisation_id), name) for organisation_id, name in organisations]
    return {
        "q": given.get("q", ""),
        "organisation": Field("organisation", "Organisatie", given.get("organisation", ""), names),
        "state": Field("status", "Status", given.get("status", ""), STATUSES.items()),
        "incomplete": "incomplete" in given,
        "sort": listing.sort,
        "sorts": SORT_LABELS.items(),
        "more": more.items(),
        "more_open": any(field.value for fields in more.values() for field in fields),
    }


def _row(row):
    client = row.client
    return ClientRow(
        client.number, client.organisation, current()["birth_date"].label_of(client.birth_year),
        STATUSES[ACTIVE if row.active else INACTIVE], client.incomplete, words.day(row.start), words.day(row.end),
        url_for("province_clients.show", number=client.number))


def _fields(listing):
    """(code, value) of each field of the form: the fragment sends them along, so that the form follows the list."""
    codes = ["q", "organisation", "status", "incomplete", *TYPED, *(choice.code for choice in AnswerFilter.all())]
    return [("sort", listing.sort), *((code, listing.filters.given.get(code, "")) for code in codes)]


def _chips(filters):
    """(code, text) of each filter that is set."""
    choices = {choice.code: choice for choice in AnswerFilter.all()}
    for code, value in filters.given.items():
        if code in choices:
            yield code, f"{heading(choices[code].question)}: {dict(choices[code].options)[value]}"
        elif code == "organisation":
            yield code, f"Organisatie: {filters.organisation.name}"
        else:
            yield code, {"q": f"Volgnummer: {value}", "status": f"Status: {STATUSES.get(value)}",
                         "incomplete": "Te vervolledigen"}.get(code) or f"{TYPED[code]}: {value}"


def _empty_message(given):
    if "q" in given:
        others = " met deze filters" if len(given) > 1 else ""
        return f"Geen cliënt met volgnummer ‘{given['q']}’{others}."
    return "Geen cliënt met deze filters." if given else "Er staan nog geen cliënten in deze provincie."
