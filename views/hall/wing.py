"""The record of a wing: all that the hall gets of it (docs/decisions/0084-a-wing-is-one-record.md)."""
import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import click
from flask import Blueprint, Response, current_app

from models.accounts.outside.arriving import OfWing
from views.hall.log_words import LogWords
from views.hall.organisation_list import Column
from views.shell.audiences import Audience, MenuItem

# Pages of the hall, for the menus of the wings.
MY_ORGANISATION = MenuItem("organisation", "organisation.show", "Mijn organisatie")
MY_LOGIN = MenuItem("account", "account.show", "Mijn login")
LOG = MenuItem("log", "log.show", "Logboek")
ADMINISTRATORS = MenuItem("administrators", "administrators.index", "Beheerders")

# By their names in config.py.
Settings = Mapping[str, Any]


class Notice(NamedTuple):
    """A question or message at the top of an organisation's first page, and the page that it leads to."""

    text: str
    link: MenuItem


class Companion(NamedTuple):
    """A program that runs beside the server of a demonstration, and the settings by which the server finds it."""

    command: Sequence[str]
    settings: Mapping[str, str]


class HelpLink(NamedTuple):
    """A link to an answer of the help: its address, and the question as its text."""

    url: str
    question: str


class Report(NamedTuple):
    """A file with figures that a wing lets everybody read. `content` reads it; None if it is public no more."""

    title: str
    sentence: str
    day: datetime.date
    # Since when it is public, in UTC.
    shown_at: datetime.datetime
    file_name: str
    format: str
    size: int
    sha256: str
    content: Callable[[], bytes | None]


@dataclass(frozen=True)
class Wing:
    """A wing; `wings/NAME.py` holds it as WING. A field is left out by a wing that has nothing to say there."""

    name: str
    blueprints: tuple[Blueprint, ...]
    # One for each role of the wing.
    audiences: tuple[Audience, ...]
    # The message on a page for each code with which a model of the wing refuses.
    messages: Mapping[StrEnum, str]
    log_words: LogWords
    # The message of a command for each code.
    refusals: Mapping[StrEnum, str] = field(default_factory=dict)
    commands: tuple[click.Command, ...] = ()
    # Commands for organisations, which join the hall's in the group `organisation`.
    organisation_commands: tuple[click.Command, ...] = ()
    # Each is called once with the settings when the application starts, before any request.
    starts: tuple[Callable[[Settings], None], ...] = ()
    # The folder of its migrations, with its name: migrations/NAME.
    migrations: Path | None = None
    # Its part in `flask init`, after the migrations.
    prepare: Callable[[], None] | None = None
    # Checks of the doctor: each yields a line for each problem in the wing's data.
    checks: tuple[Callable[[], Iterable[str]], ...] = ()
    # Fills an empty database with fictional data; returns the description, address and password of each login, and
    # recovery codes for one that has a second factor.
    demonstration: Callable[[], Sequence[tuple[str, ...]]] | None = None
    # The programs that run beside a demonstration, called with the settings.
    companions: Callable[[Settings], Iterable[Companion]] = lambda _settings: ()
    # Jobs that each worker does every few seconds beside the requests, by their names for the log.
    chores: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    # Signing in from outside: makes of the wing's table in OIDC_CLAIMS how it reads claims (a ValueError says what is
    # wrong in it); and the page for somebody who is signed in there and has no role here.
    outside: Callable[[Mapping[str, Any]], OfWing] | None = None
    without_role: Callable[[], Response] | None = None
    # The page for visitors that the sign-in page links now, called for each; None for no link.
    for_visitors: Callable[[], MenuItem | None] = lambda: None
    # The page at / for whoever is not signed in; without one that is the sign-in page. At most one wing has it.
    home: Callable[[], Response] | None = None
    # More items for the menus of other wings, by the pages of the hall that a role opens (models/accounts/roles.py).
    menus: Mapping[str, tuple[MenuItem, ...]] = field(default_factory=dict)
    # Notices for the organisation that is signed in, which a wing's first page shows; each is called for each page.
    notices: tuple[Callable[[], Notice | None], ...] = ()
    # Links on the page of an administrator's own contact details: where others see them.
    about_contact: tuple[MenuItem, ...] = ()
    # The reports that everybody may read now; and whether the wing has a public page that shows those of all.
    reports: Callable[[], Sequence[Report]] = tuple
    shows_reports: bool = False
    # The folder of its topics of the help; and the link to one by its name, None if there is no such topic. At most one
    # wing shows the help of all.
    help: Path | None = None
    help_topic: Callable[[str], HelpLink | None] = lambda _name: None
    # The numbers that the operator's list of organisations shows beside those of the hall.
    organisation_columns: tuple[Column, ...] = ()


def audiences(wings: Sequence[Wing]) -> list[Audience]:
    """Return the audiences of these wings, each with the items that other wings add to its menu."""
    return [
        replace(audience, menu=audience.menu + tuple(
            item for other in wings if other is not wing for item in other.menus.get(audience.role.opens or "", ())))
        for wing in wings for audience in wing.audiences
    ]


def home(wings: Sequence[Wing]) -> Callable[[], Response] | None:
    """Return what makes the page at / for whoever is not signed in, or None if no wing has one."""
    return next((wing.home for wing in wings if wing.home), None)


def help_topic(wings: Sequence[Wing]) -> Callable[[str], HelpLink | None]:
    """Return what gives the link to a topic of the help by its name; it gives None if no wing shows that topic."""
    return lambda name: next((link for wing in wings if (link := wing.help_topic(name))), None)


def notices() -> list[Notice]:
    """Return the notices that the wings have now for the organisation that is signed in."""
    return [notice for wing in current_app.extensions["wings"] for make in wing.notices if (notice := make())]


def reports() -> list[Report]:
    """Return the reports that the wings let everybody read now."""
    return [report for wing in current_app.extensions["wings"] for report in wing.reports()]


def shows_reports() -> bool:
    """Say whether a wing that is on has a public page with the reports of all wings."""
    return any(wing.shows_reports for wing in current_app.extensions["wings"])
