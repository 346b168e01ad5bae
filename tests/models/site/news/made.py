"""A news item, for tests and walks that need one."""
import datetime

from models.database import now
from models.site.news.news import Details, News, add_news, publish_news
from models.site.pictures.pictures import Change, uploaded
from tests.models.site.pictures import files
from tests.models.site.pictures.made import WORDS


def moment(*parts):
    """A moment in UTC as it is stored: year, month, day, hour, minute."""
    return datetime.datetime(*parts, tzinfo=datetime.UTC).replace(tzinfo=None)


# Noon in Flanders.
NOON = moment(2026, 11, 30, 11)
NO_PICTURE = Change(removed=True)
TEXT = "We planten **sla**.\n\n# Kom kijken\n\nElke dag van 9 tot 12 uur."


def an_item(title="Een nieuwe moestuin", text=TEXT, picture=False):
    """Add a concept, by default without a picture."""
    return add_news(Details(title, text), Change(uploaded(files.JPEG, WORDS, True)) if picture else NO_PICTURE)


def published(title="Een nieuwe moestuin", **values):
    """Add a news item that everybody sees."""
    added = an_item(title, **values)
    publish_news(added, added.version)
    return News.get_by_id(added.id)


def planned(title="Een nieuwe moestuin", hours=24, **values):
    """Add a news item that everybody sees some hours from now."""
    added = an_item(title, **values)
    publish_news(added, added.version, now() + datetime.timedelta(hours=hours))
    return News.get_by_id(added.id)
