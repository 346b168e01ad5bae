"""Signs in a text that nobody sees: spaces that are not one, marks without width, control characters.

They come along when people paste from a page or a document, and make two equal texts differ.
"""
import re
import unicodedata

# Spaces of another width, those that do not break, a tab, and the ends of a line or page that only Unicode knows.
_SPACES = "\t\x0b\x0c\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# The soft hyphen, marks of direction and joining, the byte-order mark, signs that choose the form of the one before.
_NOTHING = ("\xad\u034f\u061c\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
            "\U000e0000-\U000e0fff")
# Between two letters of a script that joins them, from Arabic to Mongolian, a (non-)joiner is part of the spelling.
_JOINER = "(?<![\u0620-\u18af])[\u200c\u200d]|[\u200c\u200d](?![\u0620-\u18af])"
_SPACE, _DROPPED = re.compile(f"[{_SPACES}]"), re.compile(f"[{_NOTHING}]|{_JOINER}")

_MEANS_NOTHING = "een teken zonder betekenis"
# Unicode's control characters, surrogates, private use and unassigned characters.
_UNSEEN = {"Cc": "een stuurteken", "Cs": _MEANS_NOTHING, "Co": _MEANS_NOTHING, "Cn": _MEANS_NOTHING}
_NAMES = {"\n": "een regeleinde", "\r": "een regeleinde", "\ufffd": "een onleesbaar teken"}


def clean(text: str) -> str:
    """Return the text with a plain space for each other space or tab, and without marks that have no width.

    Line ends and control characters stay: see `first_invisible`.
    """
    if text.isascii():
        return text.replace("\t", " ").replace("\x0b", " ").replace("\x0c", " ")
    return _SPACE.sub(" ", _DROPPED.sub("", text))


def first_invisible(text: str) -> tuple[str, int] | None:
    """Return the Dutch name of the first sign that cannot be seen or read, and its place, counted from 1; or None."""
    for place, sign in enumerate(text, 1):
        if name := _NAMES.get(sign) or _UNSEEN.get(unicodedata.category(sign)):
            return f"{name} (U+{ord(sign):04X})", place
    return None


def about_invisible(text: str) -> str:
    """Return a Dutch sentence about that sign, as 'Teken 4 is een stuurteken (U+0007).'; '' without one."""
    found = first_invisible(text)
    return f"Teken {found[1]} is {found[0]}." if found else ""
