"""Prepares the list of the facilities in a trimester: rows, filters, pages."""
from urllib.parse import urlencode

from models.ecalcura.facilities.kinds import kinds
from models.ecalcura.progress.listing import ALL, NAME
from models.ecalcura.progress.parts import LATE, UNSENT
from models.ecalcura.trimesters.files import CLOSED, REOPENED, SUBMITTED
from models.organisations import PROVINCES
from views.ecalcura.progress import words
from views.shell import filters, paging

SORTS = {"name": "naam", "kind": "soort", "province": "provincie", "activity": "laatste activiteit (oudste eerst)",
         "checks": "open controles (meest eerst)"}

TITLES = {"": "Wie diende nog niet in", ALL: "Alle voorzieningen", **{
    part: f"Voorzieningen met de stand ‘{label}’" for part, label in words.LABELS.items()}}
# Part → the link to the page that reopens a trimester, or changes until when.
REOPENING = {SUBMITTED: "Heropenen", LATE: "Heropenen", CLOSED: "Heropenen", REOPENED: "Dag wijzigen"}
# Of the CSV.
HEADINGS = ("Voorziening", "HCO-nummer", "Soort", "Provincie", "Stand", "Uiterste dag", "Laatste activiteit",
            "Open controles", "Rolhouder", "Contactpersoon", "Herinnerd")


def values(listing, sent, base):
    """The values that the page and its fragment need of a `Listing`.

    `sent` is facility → the moment of its last reminder, `base` the list's own address.
    """
    chosen = listing.chosen
    return {
        "base": base, "chosen": chosen, "heading": TITLES[chosen.part],
        "choices": (
            ("part", "Stand", {"": "nog niet ingediend", ALL: "alle", **words.LABELS}.items(), chosen.part),
            ("kind", "Soort", {"": "alle", **words.kind_options()}.items(), chosen.kind),
            ("province", "Provincie", {"": "alle", **words.province_options()}.items(), chosen.province),
            ("sort", "Sorteren op", SORTS.items(), chosen.sort)),
        "rows": [_row(row, sent.get(row.facility_id)) for row in listing.rows],
        "total": listing.total, "csv": address(f"{base}/facilities.csv", chosen),
        "shown": paging.shown(listing, "voorziening", "voorzieningen"),
        **paging.links(address(base, chosen), listing.page, listing.pages),
    }


def address(base, chosen):
    """The address of the list's first page; defaults are left out."""
    shown = parameters(chosen)
    return f"{base}?{urlencode(shown)}" if shown else base


def parameters(chosen):
    """The parameters of that address."""
    shown = {"part": chosen.part, "kind": chosen.kind, "province": chosen.province,
             "without_holder": "1" if chosen.without_holder else "",
             "without_contact": "1" if chosen.without_contact else "",
             "sort": chosen.sort if chosen.sort != NAME else ""}
    return {name: value for name, value in shown.items() if value}


def _row(row, sent):
    """The cells of a facility, as the template takes them apart."""
    label, shape = words.STATES[row.part]
    return {
        "hco": row.hco, "name": row.name, "state": label, "shape": shape,
        "about": ", ".join(filter(None, (f"HCO {row.hco}", kinds()[row.kind].label, PROVINCES.get(row.province)))),
        "left": words.days_left(row.deadline) if row.part in UNSENT else "",
        "activity": filters.moment(row.last_activity) or "–",
        "checks": row.open_checks if row.part in UNSENT else "", "has_holder": row.has_holder,
        "has_contact": row.has_contact,
        "waits": row.part in UNSENT, "sent": filters.moment(sent),
        "reopen": REOPENING.get(row.part),
    }


def cells(row, sent):
    """The cells of a facility in the CSV, as HEADINGS has them."""
    waits = row.part in UNSENT
    checks = row.open_checks if waits and row.open_checks is not None else ""
    return (row.name, row.hco, kinds()[row.kind].label, PROVINCES.get(row.province, ""), words.LABELS[row.part],
            row.deadline if waits else "", filters.moment(row.last_activity), checks, _yes(row.has_holder),
            _yes(row.has_contact), filters.moment(sent.get(row.facility_id)))


def _yes(there):
    return "ja" if there else "nee"
