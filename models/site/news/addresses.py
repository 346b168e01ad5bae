"""The last part of the address of a news item, made of its title."""
import itertools
import re
import unicodedata
from collections.abc import Iterator

LONGEST_SLUG = 60
# For a title without a single letter or digit.
WITHOUT_WORDS = "bericht"


def slug_of(title: str, without_words: str = WITHOUT_WORDS) -> str:
    """Return the words and numbers of a title, with hyphens: '12,5 uur' is 12-5-uur, and '125 uur' is 125-uur."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    words = re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    slug = "-".join(words)
    if len(slug) > LONGEST_SLUG:
        slug = slug[:LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]
    return slug or without_words


def slugs_of(title: str) -> Iterator[str]:
    """Yield the slug of a title, then the same with a number behind it, for titles that have the same."""
    slug = slug_of(title)
    yield slug
    yield from (f"{slug}-{number}" for number in itertools.count(2))
