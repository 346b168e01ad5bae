"""The topics of the help: their files, their pictures, and finding them by words."""
import re
import struct
from pathlib import Path

import pytest

from app import WINGS, records
from models.site.help.topics import ON_SCREEN, PARTS, find, sizes, topics
from tests.journeys.scenes.all import SCENES

TOPICS = topics(tuple(wing.help for wing in records(WINGS) if wing.help))
PICTURES = Path(__file__).parents[3] / "static" / "help"
LARGEST = 50_000


def size_in(path):
    """The width and height that a WebP file says it has."""
    content = path.read_bytes()
    assert (content[:4], content[8:15]) == (b"RIFF", b"WEBPVP8")
    if content[15:16] == b"X":  # more than one frame: the size is that of all
        return tuple(int.from_bytes(content[place:place + 3], "little") + 1 for place in (24, 27))
    return struct.unpack("<HH", content[26:30])


@pytest.mark.parametrize("topic", TOPICS.values(), ids=TOPICS)
def test_a_topic_is_a_question_with_an_answer_in_a_few_steps(topic):
    assert re.fullmatch(r"[a-z0-9-]+", topic.slug)
    assert topic.part in PARTS
    assert topic.question.endswith("?")
    assert 1 <= len(topic.steps) <= 7
    assert topic.pages
    assert set(topic.related) <= set(TOPICS) - {topic.slug}
    for text in topic.texts:
        assert text.endswith((".", "’.", "?")), text
        assert "’" not in ON_SCREEN.sub("", text), f"an apostrophe is written ': {text}"


def test_each_picture_is_there_at_its_size_and_every_file_is_a_picture_of_a_topic():
    illustrated = {slug: topic for slug, topic in TOPICS.items() if topic.picture}
    assert {path.stem for path in PICTURES.glob("*.webp")} == set(illustrated) == set(sizes())
    for slug, topic in illustrated.items():
        path = PICTURES / f"{slug}.webp"
        assert size_in(path) == (sizes()[slug].width, sizes()[slug].height)
        assert path.stat().st_size <= LARGEST, slug
        assert len(topic.picture.alt) > 20
        assert topic.picture.scene in {scene.name for scene in SCENES}


@pytest.mark.parametrize(("typed", "first"), [
    ("client toevoegen", "client-toevoegen"),
    ("hoe voeg ik een CLIËNT toe?", "client-toevoegen"),
    ("cliënten verwijderen", "client-verwijderen"),
    ("inloggen", "aanmelden"),
    ("periode stoppen", "periode-afsluiten"),
    ("wachtwoord kwijt", "wachtwoord-vergeten"),
    ("alles naar excel", "exporteren"),
    ("gsm verloren", "telefoon-kwijt"),
    ("sjablonen downloaden", "documenten-vinden"),
    ("foto op onze pagina", "foto-op-onze-pagina"),
    ("editie op de publieke site", "editie-op-de-site"),
    ("nieuwe versie van een document", "document-vervangen"),
])
def test_a_topic_is_found_by_the_words_that_people_type(typed, first):
    assert find(typed, TOPICS.values())[0].slug == first


@pytest.mark.parametrize("typed", ["", "   ", "zeppelin", "hoe", "b", "???"])
def test_words_that_no_topic_has_find_nothing(typed):
    assert find(typed, TOPICS.values()) == []


def test_a_file_that_lacks_a_field_is_refused(tmp_path):
    (tmp_path / "10-x.toml").write_text('part = "organisation"\ngroup = "x"\n[[topic]]\nslug = "x"\n')
    with pytest.raises(TypeError, match="question"):
        topics((tmp_path,))
