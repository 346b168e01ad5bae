"""The addresses of news items."""
import itertools

import pytest

from models.site.news.addresses import slug_of, slugs_of


@pytest.mark.parametrize(("title", "slug"), [
    ("Minder dan 12,5 uur", "minder-dan-12-5-uur"), ("Minder dan 125 uur", "minder-dan-125-uur"),
    ("Één café in ’t Oosten!", "een-cafe-in-t-oosten"), ("  --  ", "bericht"), ("日本", "bericht"),
    ("../../etc/passwd", "etc-passwd"), ("woord " * 20, "woord-" * 9 + "woord"), ("x" * 90, "x" * 60)])
def test_an_address_has_the_words_and_numbers_of_the_title(title, slug):
    assert slug_of(title) == slug


def test_titles_with_the_same_words_get_a_number():
    assert list(itertools.islice(slugs_of("Open dag!"), 3)) == ["open-dag", "open-dag-2", "open-dag-3"]
