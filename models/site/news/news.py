"""A news item: its words, the moment from which it is public, and its address, which it keeps from then on."""
import datetime
from enum import StrEnum
from typing import NamedTuple

import peewee

from models.audit import Actor, record
from models.database import BaseModel, locked, now, transaction
from models.days import local_day
from models.errors import Refused, Stale
from models.site.errors import SiteCode
from models.site.events import SiteEvent
from models.site.markdown import plain
from models.site.moment import SiteMoment
from models.site.news.addresses import slugs_of
from models.site.pictures.pictures import Change, alternative_of, changed_picture, remove_picture

# Also in migrations/site/0004_tables.sql.
LONGEST_TITLE, LONGEST_SUMMARY = 150, 200
LAST_YEAR = 9999


class State(StrEnum):
    """The readers of a news item: only editors, everybody from a moment on, everybody, or nobody any more."""

    CONCEPT = "concept"
    PLANNED = "planned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Details(NamedTuple):
    """The words of a news item; the text is Markdown."""

    title: str
    text: str


class News(BaseModel):
    id = peewee.AutoField()
    title = peewee.TextField()
    text = peewee.TextField()
    summary = peewee.TextField()
    picture_id = peewee.IntegerField(null=True)
    year = peewee.IntegerField(null=True)
    slug = peewee.TextField(null=True)
    published_at = peewee.DateTimeField(null=True)
    withdrawn_at = peewee.DateTimeField(null=True)
    form_key = peewee.TextField(null=True)
    version = peewee.IntegerField(default=1)
    created_at = peewee.DateTimeField(default=now)
    changed_at = peewee.DateTimeField(default=now)

    class Meta:
        table_name = "site_news"

    @property
    def state(self) -> State:
        """Say who sees it now."""
        if self.withdrawn_at:
            return State.WITHDRAWN
        if self.published_at is None:
            return State.CONCEPT
        return State.PLANNED if self.published_at > now() else State.PUBLISHED

    @property
    def day(self) -> datetime.date:
        """Its date, in Flanders; for a concept that of its last change."""
        return local_day(self.published_at or self.changed_at)

    @property
    def details(self) -> Details:
        """Its words."""
        return Details(self.title, self.text)


def every() -> "peewee.ModelSelect[News]":
    """Select all news items for an editor, those that were changed last first."""
    return News.select().order_by(News.changed_at.desc(), News.id.desc())


def published() -> "peewee.ModelSelect[News]":
    """Select the news items that everybody sees now, the newest first."""
    return (News.select()
            .where(News.published_at <= now(), News.withdrawn_at.is_null())
            .order_by(News.published_at.desc(), News.id.desc()))


def at_address(year: int, slug: str) -> News | None:
    """Return the news item that is or was public at this address, or None."""
    return News.get_or_none(News.year == year, News.slug == slug, News.published_at <= now())


def add_news(details: Details, picture: Change, by: Actor | None = None, form_key: str | None = None) -> News:
    """Add a concept; a form that is sent again returns the one that it added."""
    try:
        with transaction():
            if sent := _of_form(form_key):
                return sent
            added = News.create(**_columns(details), picture_id=changed_picture(None, picture, by), form_key=form_key)
            record(SiteEvent.NEWS_ADDED, by=by, subject=added.id)
        return added
    except peewee.IntegrityError:
        # The same form, sent at the same moment, was first.
        if sent := _of_form(form_key):
            return sent
        raise


def change_news(news: News, details: Details, picture: Change, version: int, by: Actor | None = None) -> None:
    """Store other words or another picture, and record which; a published item shows them at once. Raises `Stale`."""
    with transaction():
        current = _current(news, version)
        before, shown, words = current.details, current.picture_id, alternative_of(current.picture_id)
        picture_id = changed_picture(shown, picture, by)
        changed = [name for name in Details._fields if getattr(before, name) != getattr(details, name)]
        if picture_id != shown or alternative_of(picture_id) != words:
            changed.append("picture")
        _save(current, **_columns(details), picture_id=picture_id)
        if shown != picture_id:
            remove_picture(shown)
        record(SiteEvent.NEWS_CHANGED, by=by, subject=current.id, fields=changed)


def publish_news(news: News, version: int, moment: datetime.datetime | None = None, by: Actor | None = None) -> None:
    """Show a news item to everybody: now, or from a moment in UTC on. Raises `Stale`.

    A withdrawn one is shown again, at its own address and with its own date. Raises `Refused` for a moment in the past,
    and for a published one.
    """
    with transaction():
        current = _current(news, version)
        if current.state == State.PUBLISHED:
            raise Refused(SiteCode.NEWS_PUBLISHED)
        if current.state == State.WITHDRAWN:
            _save(current, withdrawn_at=None)
        else:
            _give_address(current, _checked(moment))
        planned = current.state == State.PLANNED
        record(SiteEvent.NEWS_PLANNED if planned else SiteEvent.NEWS_PUBLISHED, by=by, subject=current.id)


def withdraw_news(news: News, version: int, by: Actor | None = None) -> None:
    """Show a news item to nobody any more; a planned one is a concept again.

    Raises `Stale`, and `Refused` for one that nobody sees and that is not planned.
    """
    with transaction():
        current = _current(news, version)
        if current.state == State.PLANNED:
            _save(current, published_at=None, year=None, slug=None)
            record(SiteEvent.NEWS_UNPLANNED, by=by, subject=current.id)
        elif current.state == State.PUBLISHED:
            _save(current, withdrawn_at=now())
            record(SiteEvent.NEWS_WITHDRAWN, by=by, subject=current.id)
        else:
            raise Refused(SiteCode.NEWS_NOT_PUBLIC)


def delete_news(news: News, version: int, by: Actor | None = None) -> None:
    """Delete a concept, with its picture. Raises `Stale`, and `Refused` for an item that is planned or was public."""
    with transaction():
        current = _current(news, version)
        if current.state != State.CONCEPT:
            raise Refused(SiteCode.NEWS_NOT_CONCEPT)
        current.delete_instance()
        remove_picture(current.picture_id)
        record(SiteEvent.NEWS_DELETED, by=by, subject=current.id)


def _checked(moment: datetime.datetime | None) -> datetime.datetime:
    if moment is None:
        return now()
    if moment <= now():
        raise Refused(SiteCode.NEWS_PAST)
    return moment


def _give_address(current: News, moment: datetime.datetime) -> None:
    """Store the moment and the first address that no other item has; one at a time, or two could take the same."""
    locked(SiteMoment.select()).get()
    year = local_day(moment).year
    for slug in slugs_of(current.title):
        others = News.select().where(News.year == year, News.slug == slug, News.id != current.id)
        if not others.exists():
            _save(current, published_at=moment, year=year, slug=slug)
            return


def _of_form(form_key: str | None) -> News | None:
    return News.get_or_none(News.form_key == form_key) if form_key else None


def _columns(details: Details) -> dict[str, str]:
    return {**details._asdict(), "summary": plain(details.text, LONGEST_SUMMARY)}


def _current(news: News, version: int) -> News:
    current = locked(News.select().where(News.id == news.id)).get()
    if current.version != version:
        raise Stale(current=current)
    return current


def _save(current: News, **values: object) -> None:
    for name, value in values.items():
        setattr(current, name, value)
    current.version, current.changed_at = current.version + 1, now()
    current.save()
