"""Search texts: cleaning them, and comparing them without case and accents."""
import unicodedata
from collections.abc import Sequence

LENGTH = 60
# The highest number by which a row can be searched for.
BIGGEST_NUMBER = 2**31 - 1


def clean_search(text: str) -> str:
    """Return a search text with single spaces, without characters that cannot be seen, at most 60 characters."""
    printable = "".join(character if character.isprintable() else _instead(character) for character in text)
    return " ".join(printable.split())[:LENGTH]


def _instead(character: str) -> str:
    """Return nothing for a mark without width, such as a soft hyphen, which is within a word; else a space."""
    return "" if unicodedata.category(character) == "Cf" else " "


def fold(text: str) -> str:
    """Return the text without case and accents, to compare it with another."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    # A text holds few different accents, so this is faster than asking each character.
    for accent in filter(unicodedata.combining, set(parts)):
        parts = parts.replace(accent, "")
    return parts


def matching(typed: str, texts: Sequence[str]) -> list[int]:
    """Return the places of the texts that contain each of the words that were typed, without case and accents."""
    words = fold(typed).split()
    folded = _fold_each(texts) if words else []
    places = list(range(len(texts)))
    for word in words:
        places = [place for place in places if word in folded[place]]
    return places


def _fold_each(texts: Sequence[str]) -> list[str]:
    """Fold many texts; those that are not ASCII in one go, for that costs most."""
    others = [text for text in texts if not text.isascii()]
    together = fold("\n".join(others)).split("\n")
    if len(together) != max(1, len(others)):  # a text has a line break itself
        together = [fold(text) for text in others]
    rest = iter(together)
    return [text.lower() if text.isascii() else next(rest) for text in texts]
