"""The moment of the last change of anything that the public pages show, kept by triggers of the database."""
import datetime
from string import Template
from typing import NamedTuple

import peewee

from models.compiled import Statement, parameter
from models.database import BaseModel, as_moment, is_sqlite, now, run_script

# The first for PostgreSQL, the second for SQLite: a column has another value, and the trigger of a table.
DIFFERS = ("IS DISTINCT FROM", "IS NOT")
TRIGGER = (
    """DROP TRIGGER IF EXISTS $NAME ON $TABLE;
CREATE TRIGGER $NAME AFTER $ACTION ON $TABLE FOR EACH ROW $WHEN EXECUTE FUNCTION site_changed();
""",
    """DROP TRIGGER IF EXISTS $NAME;
CREATE TRIGGER $NAME AFTER $ACTION ON $TABLE $WHEN
BEGIN
  UPDATE site_moment SET number = number + 1, changed_at = datetime('now');
END;
""")


class SiteMoment(BaseModel):
    """One row: `number` goes up with each change."""

    id = peewee.IntegerField(primary_key=True)
    number = peewee.IntegerField()
    changed_at = peewee.DateTimeField()

    class Meta:
        table_name = "site_moment"


class Moment(NamedTuple):
    """The last change: its number and when it was (UTC).

    `hour` counts as a change too, for roles begin and end on the hour.
    """

    number: int
    changed_at: datetime.datetime
    hour: datetime.datetime


def _statement() -> peewee.ModelSelect:
    """Select the row, and of news that nobody had to touch to be seen: how many items, and the moment of the newest."""
    news = peewee.Table("site_news")
    seen = peewee.Select([news], [peewee.fn.COUNT(news.c.id).alias("items"),
                                  peewee.fn.MAX(news.c.published_at).alias("newest")]).where(
        news.c.published_at <= parameter("now")).alias("seen")
    return SiteMoment.select(SiteMoment.number, SiteMoment.changed_at, seen.c.items, seen.c.newest).join(
        seen, peewee.JOIN.CROSS)


STATEMENT = Statement(_statement)


def last_change() -> Moment:
    """Return the last change of what the public pages show, by one statement; a planned moment that passed is one."""
    moment = now()
    (number, changed_at, items, newest), = STATEMENT.rows(now=moment)
    hour = moment.replace(minute=0, second=0)
    return Moment(number + items, max(as_moment(one) for one in (changed_at, newest, hour) if one), hour)


def watch(db: peewee.Database, table: str, *columns: str) -> None:
    """In a migration: let each change of a table count as a change of the site; with `columns`, only a change of these.

    A migration that rebuilds the table on SQLite must call this again.
    """
    for action in ("INSERT", "UPDATE", "DELETE"):
        of_sqlite = is_sqlite(db)
        differs = " OR ".join(f"OLD.{column} {DIFFERS[of_sqlite]} NEW.{column}" for column in columns)
        words = {"NAME": f"site_moment_{table}_{action.lower()}", "ACTION": action, "TABLE": table,
                 "WHEN": f"WHEN ({differs})" if columns and action == "UPDATE" else ""}
        run_script(db, Template(TRIGGER[of_sqlite]).substitute(words))
