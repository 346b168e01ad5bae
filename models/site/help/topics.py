"""The topics of the help, read from the files of each wing; and finding some by words."""
import functools
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from models.searching import clean_search, fold

HERE = Path(__file__).parent
PICTURES = HERE / "pictures.toml"
# The parts of the help, in the order of the page.
PARTS = {"organisation": "Voor organisaties", "administrator": "Voor beheerders"}
# A word of the screens is written between these.
ON_SCREEN = re.compile("‘([^’]+)’")
# Words of a question that tell topics apart nowhere.
SMALL = frozenset({
    "aan", "al", "alle", "alles", "als", "dan", "dat", "de", "die", "dit", "doe", "een", "en", "er", "het", "hij",
    "hoe", "ik", "in", "is", "kan", "kun", "me", "mij", "mijn", "moet", "na", "naar", "niet", "nu", "of", "om",
    "onze", "op", "te", "uit", "van", "voor", "waar", "waarom", "wanneer", "wat", "we", "welke", "wie", "wil", "ze",
    "zijn",
})
ENDINGS = re.compile(r"(?<=\w{4})(?:en|n|s|t)$")


class Picture(NamedTuple):
    """A picture of a screen: which scene, the part of its page, how high at most, and the words instead of it."""

    scene: str
    alt: str
    show: str = "main"
    height: int = 640


class Size(NamedTuple):
    """The size of a picture's file, and the words on the screen then (tests/journeys/tools/help_pictures.py)."""

    width: int
    height: int
    words: tuple[str, ...]


class Topic(NamedTuple):
    """A question and its answer. `pages` are the pages on which the words of the screen are: endpoints with a query."""

    slug: str
    part: str
    group: str
    question: str
    steps: tuple[str, ...]
    pages: tuple[str, ...]
    intro: str = ""
    note: str = ""
    words: str = ""
    picture: Picture | None = None
    related: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All sentences of the answer."""
        return tuple(text for text in (self.intro, *self.steps, self.note) if text)

    @property
    def on_screen(self) -> list[str]:
        """The words of the screen that the answer names."""
        return [word for text in self.texts for word in ON_SCREEN.findall(text)]


@functools.cache
def topics(folders: tuple[Path, ...]) -> dict[str, Topic]:
    """Return the topics of these folders by their slugs, in the order of the names of the files."""
    files = sorted((path for folder in folders for path in folder.glob("[0-9]*.toml")), key=lambda path: path.name)
    return {topic.slug: topic for path in files for topic in _read(path)}


@functools.cache
def sizes() -> dict[str, Size]:
    """Return the size of the picture of each topic that has one, as the last pictures were taken."""
    return {slug: Size(one["width"], one["height"], tuple(one["words"]))
            for slug, one in tomllib.loads(PICTURES.read_text(encoding="utf-8")).items()}


def find(typed: str, among: Iterable[Topic]) -> list[Topic]:
    """Return the topics that hold most of the words that were typed; first those with the words in their question."""
    words = [ENDINGS.sub("", word) for word in re.findall(r"\w+", fold(clean_search(typed)))
             if len(word) > 1 and word not in SMALL]
    found = []
    for topic in among if words else ():
        question, all_texts = fold(topic.question), fold(" ".join((topic.question, topic.words, *topic.texts)))
        if count := sum(word in all_texts for word in words):
            found.append((count, sum(word in question for word in words), topic))
    most = max((count for count, _, _ in found), default=0)
    found.sort(key=lambda one: -one[1])
    return [topic for count, _, topic in found if count == most]


def _read(path: Path) -> Iterable[Topic]:
    """The topics of one file, which are one group of a part."""
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    for one in read["topic"]:
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in one.items()}
        if "picture" in one:
            fields["picture"] = Picture(**one["picture"])
        yield Topic(part=read["part"], group=read["group"], **fields)
