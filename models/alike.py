"""Organisations that may be registered twice: names that differ only in how they are written, and shared addresses.

Nothing is refused here: somebody is asked, or reads it in a report (docs/decisions/0096).
"""
import difflib
import unicodedata
from typing import Any, NamedTuple

from models.organisations import Organisation

_APOSTROPHES = str.maketrans(dict.fromkeys("‘’`´ʼ′", "'"))
# From this ratio of difflib on, two plain names are near.
NEAR = 0.85


class Alike(NamedTuple):
    """An organisation that may be the same one: by its name, else by its mail address."""

    organisation: Organisation
    by_name: bool


def plain(name: str) -> str:
    """Return a name without what people write differently: case, accents' form, apostrophe, spaces, a final point."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return "".join(text.translate(_APOSTROPHES).split()).rstrip(".")


def alike(name: str, province: str, email: str = "", but: int | None = None) -> list[Alike]:
    """Return the organisations of the province with nearly this name, and those of any with this mail address.

    `but` is the id of the organisation itself; one with exactly this name in the province is left out: it is refused.
    """
    wanted, address = plain(name), email.strip().lower()
    found = []
    for there in _all():
        in_province = there.province == province
        if there.id == but or (in_province and there.name == " ".join(name.split())):
            continue
        if in_province and plain(there.name) == wanted:
            found.append(Alike(there, by_name=True))
        elif address and there.email.lower() == address:
            found.append(Alike(there, by_name=False))
    return found


def _all() -> "list[Organisation]":
    fields: Any = (Organisation.id, Organisation.name, Organisation.province, Organisation.email)
    return list(Organisation.select(*fields).order_by(Organisation.id))


class Nearest:
    """Finds the organisation that is nearest to a new one, in any province; `but` is the id of the first new one."""

    def __init__(self, but: int) -> None:
        self.plain_names: dict[str, Organisation] = {}
        self.addresses: dict[str, Organisation] = {}
        for organisation in _all():
            if organisation.id != but:
                self.add(organisation)

    def add(self, organisation: Organisation) -> None:
        """Compare with this organisation from now on."""
        self.plain_names.setdefault(plain(organisation.name), organisation)
        if organisation.email:
            self.addresses.setdefault(organisation.email.lower(), organisation)

    def to(self, name: str, email: str) -> Alike | None:
        """Return the organisation with the same plain name, else the same address, else the nearest name, or None."""
        if same := self.plain_names.get(plain(name)):
            return Alike(same, by_name=True)
        if email and (sharing := self.addresses.get(email.lower())):
            return Alike(sharing, by_name=False)
        # 'Atelier 42' and 'Atelier 62' are two: a number is no slip of the pen.
        candidates = [one for one in self.plain_names if _digits(one) == _digits(name)]
        near = difflib.get_close_matches(plain(name), candidates, 1, NEAR)
        return Alike(self.plain_names[near[0]], by_name=True) if near else None


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))
