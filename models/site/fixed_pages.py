"""The fixed pages: a text that ships with Loket until an editor saves another one; every saved text stays."""
import datetime
from pathlib import Path

import peewee

from models.audit import Actor, record
from models.database import BaseModel, now, refusing, today, transaction
from models.errors import Code, Refused, Stale
from models.site.errors import SiteCode
from models.site.events import SiteEvent

PRIVACY, ACCESSIBILITY = "privacy", "accessibility"
# Also in migrations/site/0006_contacts.sql.
PAGES = (PRIVACY, ACCESSIBILITY)
LONGEST_TEXT = 20_000
SHIPPED = {page: (Path(__file__).parent / "texts" / f"{page}.md").read_text(encoding="utf-8") for page in PAGES}


class FixedPageVersion(BaseModel):
    """A text as an editor saved it. `checked_on` is the day on which somebody last checked that it is right."""

    id = peewee.AutoField()
    page = peewee.TextField()
    number = peewee.IntegerField()
    text = peewee.TextField()
    checked_on = peewee.DateField(null=True)
    account_id = peewee.IntegerField(null=True)
    made_at = peewee.DateTimeField(default=now)


def history(page: str) -> list[FixedPageVersion]:
    """Return the saved texts of a page, the newest first."""
    return list(_saved(page))


def current(page: str) -> FixedPageVersion:
    """Return the text of a page: the newest, else the one that ships, of number 0 and never checked."""
    return _saved(page).first() or FixedPageVersion(page=page, number=0, text=SHIPPED[page], checked_on=None)


def save(page: str, text: str, checked_on: datetime.date, number: int, by: Actor) -> None:
    """Save another text, or that the same one was checked on another day.

    Raises `Stale` unless the form was made from version `number`, and `Refused` for a day that has yet to come.
    """
    if checked_on > today():
        raise Refused(SiteCode.CHECKED_LATER)
    before = current(page)
    if (text, checked_on) == (before.text, before.checked_on):
        return
    try:
        with transaction(), refusing(fixed_page_version_once=Code.STALE, fixed_page_version=Code.STALE):
            FixedPageVersion.create(page=page, number=number + 1, text=text, checked_on=checked_on, account_id=by.id)
            record(SiteEvent.FIXED_PAGE_SAVED, by=by, subject=page)
    except Refused as refused:
        raise Stale(current=current(page)) from refused


def _saved(page: str) -> "peewee.ModelSelect[FixedPageVersion]":
    return FixedPageVersion.select().where(FixedPageVersion.page == page).order_by(FixedPageVersion.number.desc())
