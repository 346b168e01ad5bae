"""Search texts: cleaning them, and comparing them without case and accents."""
import unicodedata

LENGTH = 60
# The highest number by which a row can be searched for.
BIGGEST_NUMBER = 2**31 - 1


def clean_search(text: str) -> str:
    """Return a search text with single spaces, without characters that cannot be printed, at most 60 characters."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:LENGTH]


def fold(text: str) -> str:
    """Return the text without case and accents, to compare it with another."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
