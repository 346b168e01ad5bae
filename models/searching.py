"""What somebody looks for, and what it is compared with."""
import unicodedata

LENGTH = 60


def typed(text):
    """What was looked for, without what no number or name holds."""
    printable = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(printable.split())[:LENGTH]


def plain(text):
    """Without case and accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
