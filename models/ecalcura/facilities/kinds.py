"""The kinds of facilities, from kinds.toml."""
import functools
import tomllib
from pathlib import Path
from typing import NamedTuple

import peewee

from models.database import BaseModel, transaction
from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused

FILE = Path(__file__).parent / "kinds.toml"


class Kind(NamedTuple):
    """A kind. `under` is the code of the kind under which it falls, '' for one that has a dossier of its own."""

    code: str
    soort: str
    type: str = ""
    under: str = ""
    agreements: bool = False

    @property
    def label(self) -> str:
        """The kind in words."""
        words = self.soort[0].upper() + self.soort[1:]
        return f"{words} (type {self.type})" if self.type else words


class FacilityKind(BaseModel):
    """A kind, as the database knows it."""

    code = peewee.TextField(primary_key=True)
    under = peewee.TextField(default="")
    agreements = peewee.BooleanField(default=False)

    class Meta:
        table_name = "facility_kind"


@functools.cache
def kinds() -> dict[str, Kind]:
    """Return the kinds by their codes."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["kind"]
    return {one["code"]: Kind(**one) for one in read}


def store() -> None:
    """Write the kinds to the database. One that is there already keeps its row: the rules of a kind never change."""
    rows = [{"code": one.code, "under": one.under, "agreements": one.agreements} for one in kinds().values()]
    with transaction():
        FacilityKind.insert_many(rows).on_conflict_ignore().execute()


def kind_of(soort: str, type_: str) -> Kind:
    """Return the kind of these words in the desk's file; raises `Refused` if there is no such kind.

    A kind without type accepts any: the desk may write a type that Loket does not need.
    """
    words = " ".join(soort.split()).casefold()
    found = [one for one in kinds().values() if words in (one.soort.casefold(), one.code.casefold())]
    for one in found:
        if one.type in ("", type_.casefold().removeprefix("type").strip()):
            return one
    raise Refused(EcalcuraCode.FACILITY_KIND)
