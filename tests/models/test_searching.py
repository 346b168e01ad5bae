"""Search texts: compared without case and accents, one by one and many at once."""
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from models.searching import clean_search, fold, matching

# Letters that fold to several or to none, marks in any order, and lines, beside whatever hypothesis finds.
TEXTS = st.text() | st.text("aàÉéeßſﬁİıΣςøł가A\u0301\u0308\u0323\u0345 \n-'", max_size=12)


def folded_character_by_character(text):
    """Fold as plainly as can be, to compare with."""
    return "".join(part for character in text for part in unicodedata.normalize("NFKD", character.casefold())
                   if not unicodedata.combining(part))


def test_signs_that_cannot_be_seen_do_not_change_a_search():
    assert clean_search(" Ro\u200bsa\xa0Pee\xadters\t\x00\ufeff") == "Rosa Peeters"


@given(TEXTS)
@example("Amina Évrard")
def test_a_text_is_folded_character_by_character(text):
    assert fold(text) == folded_character_by_character(text)


@given(TEXTS, st.lists(TEXTS))
def test_a_text_matches_if_it_has_each_word_in_any_place(typed, texts):
    words = folded_character_by_character(typed).split()
    assert matching(typed, texts) == [place for place, text in enumerate(texts) if all(
        word in folded_character_by_character(text) for word in words)]


def test_words_match_across_texts_with_and_without_accents():
    texts = ["Chloé Claes", "Lieve\nClaes", "Éva De Smet", "Koen Maes", ""]
    assert matching("CLAES", texts) == [0, 1]
    assert matching("smet eva", texts) == [2]
    assert matching("é", texts) == [0, 1, 2, 3]
    assert matching("\u0301", texts) == [0, 1, 2, 3, 4]
    assert matching("zoë", texts) == []
