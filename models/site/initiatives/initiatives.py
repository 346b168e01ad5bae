"""The words that an organisation publishes about itself, and the decisions of its province about that."""
import datetime
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import peewee

from models.accounts.accounts import Account
from models.audit import Actor, record
from models.compiled import Statement, parameter
from models.database import BaseModel, as_day, now, today, transaction
from models.errors import Refused, Stale
from models.organisations import Organisation
from models.site.errors import SiteCode
from models.site.events import SiteEvent

# All that the form of 'Onze pagina' has.
FIELDS = ("doeners", "sentence", "forms", "postcode", "municipality", "address", "opening_hours", "telephone",
          "shows_telephone", "email", "shows_email", "website", "contact_role", "description", "unwilling")
POSTCODE = re.compile(r"[1-9][0-9]{3}")
HTTPS = "https://"
DOENERS = ("doeners.be", "www.doeners.be")
# After this time the dashboard asks whether the page is still right: a year, also if one of them is a leap year.
CHECKED_FOR = datetime.timedelta(days=366)


class Initiative(BaseModel):
    """The row of an organisation that has published something; see 0002 and 0007 of migrations/site."""

    organisation_id = peewee.IntegerField(primary_key=True)
    sentence = peewee.TextField(default="")
    description = peewee.TextField(default="")
    forms = peewee.TextField(default="")
    postcode = peewee.TextField(default="")
    municipality = peewee.TextField(default="")
    address = peewee.TextField(default="")
    opening_hours = peewee.TextField(default="")
    telephone = peewee.TextField(default="")
    email = peewee.TextField(default="")
    website = peewee.TextField(default="")
    doeners = peewee.TextField(default="")
    contact_role = peewee.TextField(default="")
    shows_telephone = peewee.BooleanField(default=False)
    shows_email = peewee.BooleanField(default=False)
    unwilling = peewee.BooleanField(default=False)
    ticked = peewee.BooleanField(default=False)
    hidden_because = peewee.TextField(default="")
    checked_on = peewee.DateField(null=True)
    picture_id = peewee.IntegerField(null=True)
    version = peewee.IntegerField(default=1)
    changed_at = peewee.DateTimeField(default=now)

    @classmethod
    def of(cls, organisation: Organisation) -> "Initiative":
        """Return the row of an organisation; without one an empty one of version 1, which is not stored."""
        return (cls.get_or_none(cls.organisation_id == organisation.id)
                or cls(organisation_id=organisation.id))

    @classmethod
    def store(cls, organisation: Organisation, values: Mapping[str, Any], event: SiteEvent, by: Actor,
              version: int | None = None, **detail: Any) -> None:
        """Store these values in the row, made if it is not there, and record the event.

        Raises `Stale` if the row has another version than `version`, by default whatever its version is.
        """
        with transaction():
            # Of two who make the row at once, the second one waits here and is refused by the version.
            cls.insert(organisation_id=organisation.id).on_conflict_ignore().execute()
            row = cls.organisation_id == organisation.id
            saved = cls.update(values, version=cls.version + 1, changed_at=now()).where(
                row if version is None else row & (cls.version == version)).execute()
            if not saved:
                raise Stale(current=cls.of(organisation))
            record(event, by=by, organisation=organisation, **detail)

    @property
    def values(self) -> dict[str, Any]:
        """All that the form has."""
        return {name: getattr(self, name) for name in FIELDS}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in yet."""
        return self.values == Initiative().values


def proposed(organisation: Organisation) -> dict[str, Any]:
    """Return the values with which an organisation without a row begins: its contact data, which are not published."""
    website = organisation.website if organisation.website.startswith(HTTPS) else ""
    return Initiative().values | {"address": " ".join(organisation.address.split()),
                                  "telephone": organisation.telephone, "website": website}


def change(organisation: Organisation, values: Mapping[str, Any], version: int, by: Actor) -> None:
    """Publish these values, and record which of them changed.

    The organisation thereby says that all of it is right; its province does not. Raises `Stale` with the row as it is
    now for an older version, and `Refused` for an address that is not https or not of doeners, a wrong postcode, and
    a mail address with which somebody signs in.
    """
    check(values)
    current = Initiative.of(organisation)
    changed = sorted(name for name, value in values.items() if getattr(current, name) != value)
    checked = {"checked_on": today()} if by.organisation else {}
    Initiative.store(organisation, {**values, **checked}, SiteEvent.INITIATIVE_CHANGED, by, version, fields=changed)


def confirm(organisation: Organisation, by: Actor) -> None:
    """Note that the organisation looked at its page today, and that all of it is right."""
    _decide(organisation, "checked_on", today(), SiteEvent.INITIATIVE_CHECKED, by)


def tick(organisation: Organisation, ticked: bool, by: Actor) -> None:
    """Let an organisation whose login was never accepted appear, or no longer."""
    _decide(organisation, "ticked", ticked,
            SiteEvent.INITIATIVE_TICKED if ticked else SiteEvent.INITIATIVE_UNTICKED, by)


def hide(organisation: Organisation, because: str, by: Actor) -> None:
    """Hide an organisation, with a word that it reads; raises `Refused` without one."""
    if not because:
        raise Refused(SiteCode.NO_REASON)
    _decide(organisation, "hidden_because", because, SiteEvent.INITIATIVE_HIDDEN, by)


def show(organisation: Organisation, by: Actor) -> None:
    """Hide an organisation no longer."""
    _decide(organisation, "hidden_because", "", SiteEvent.INITIATIVE_SHOWN, by)


def _decide(organisation: Organisation, name: str, value: object, event: SiteEvent, by: Actor) -> None:
    """Store one decision and record it; a second click changes nothing."""
    if getattr(Initiative.of(organisation), name) != value:
        Initiative.store(organisation, {name: value}, event, by)


def asks_to_check(organisation_id: int) -> bool:
    """Say whether the organisation looked at its page longer than a year ago."""
    rows = _CHECKED_ON.rows(organisation=organisation_id)
    checked_on = as_day(rows[0][0]) if rows else None
    return checked_on is not None and today() - checked_on > CHECKED_FOR


# Asked on each dashboard, so compiled once.
_CHECKED_ON = Statement(lambda: Initiative.select(Initiative.checked_on).where(
    Initiative.organisation_id == parameter("organisation")))


def check(values: Mapping[str, Any]) -> None:
    """Raise `Refused` as `change` does, for values that cannot be published."""
    if values["postcode"] and not POSTCODE.fullmatch(values["postcode"]):
        raise Refused(SiteCode.WRONG_POSTCODE)
    if values["website"] and not is_https(values["website"]):
        raise Refused(SiteCode.NOT_HTTPS)
    if values["doeners"] and not is_of_doeners(values["doeners"]):
        raise Refused(SiteCode.NOT_DOENERS)
    if values["email"] and is_of_login(values["email"]):
        raise Refused(SiteCode.EMAIL_OF_LOGIN)


def is_of_login(email: str) -> bool:
    """Say whether somebody signs in with this mail address, which no public page shows."""
    return Account.select(Account.id).where(Account.email == email).exists()


def is_https(address: str) -> bool:
    """Say whether this is a complete address of a site over https, without a name and password in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    is_complete = address.startswith(HTTPS) and "." in (parts.hostname or "") and "@" not in parts.netloc
    return is_complete and address.isascii() and not re.search(r"[\s\\<>\"']", address)


def is_of_doeners(address: str) -> bool:
    """Say whether this is an address of doeners.be."""
    return is_https(address) and address.startswith(tuple(f"{HTTPS}{host}/" for host in DOENERS))
