"""'Hulp': the questions that people ask about Loket, each with its answer and a picture of the screen."""
import itertools
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, abort, current_app, request, url_for

from models.searching import clean_search
from models.site.help import topics
from models.site.help.topics import ON_SCREEN, PARTS
from views.hall.wing import HelpLink
from views.shell.access import open_to
from views.site.public import answers

blueprint = Blueprint("public_help", __name__, url_prefix="/hulp")

# The folder of the topics that every wing needs.
FOLDER = Path(topics.__file__).parent


class Words(NamedTuple):
    """A piece of an answer: plain text, or words of the screen."""

    text: str
    on_screen: bool


@blueprint.get("")
@open_to("anyone")
@answers.remembered
def index():
    """List the questions; with `q` those that hold these words."""
    q = clean_search(request.args.get("q", ""))
    found = topics.find(q, every().values()) if q else []
    return answers.render(
        "site/public/help.html", "site/public/_help_list.html", q=q, found=found, nothing=bool(q) and not found,
        parts=[] if found else _parts())


@blueprint.get("/<topic>")
@open_to("anyone")
@answers.remembered
def show(topic):
    """Show the answer to one question."""
    known = every()
    one = known.get(topic) or abort(404)
    return answers.render(
        "site/public/help_topic.html", topic=one, part=PARTS[one.part], intro=_words(one.intro), note=_words(one.note),
        steps=[_words(step) for step in one.steps], picture=topics.sizes().get(topic) if one.picture else None,
        related=[known[slug] for slug in one.related if slug in known])


def every():
    """Slug → each topic of the wings that are on."""
    return topics.topics(tuple(wing.help for wing in current_app.extensions["wings"] if wing.help))


def link(slug):
    """The link to a topic, for the page where its question arises; None if a wing that is off has it."""
    topic = every().get(slug)
    return HelpLink(url_for("public_help.show", topic=slug), topic.question) if topic else None


def _parts():
    """(label, groups) of each part; a group is its name and its topics."""
    by_part = itertools.groupby(every().values(), key=lambda topic: topic.part)
    return [(PARTS[part], part, [(name, list(group)) for name, group in itertools.groupby(
        listed, key=lambda topic: topic.group)]) for part, listed in by_part]


def _words(text):
    """The pieces of a text."""
    return [Words(piece, bool(place % 2)) for place, piece in enumerate(ON_SCREEN.split(text)) if piece]
