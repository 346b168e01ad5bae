"""Read what people type: hours, postcodes, names and remarks. Forms and the import use the same functions."""
import re
import unicodedata
from decimal import Decimal

from stdnum.be import ssn

from models.arbeidszorg.errors import ArbeidszorgCode
from models.errors import Refused

MOST_HOURS = 60
NAME_LENGTH = 60
REMARK_LENGTH = 500
CONCLUSIONS_LENGTH = 10_000

_HOURS = re.compile(r"-?[0-9]+([.,]([0-9]+))?")
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
# Unicode's control characters, surrogates, private use and unassigned characters; the invisible marks that change the
# direction of a text; and U+FFFD, which replaces a character that could not be decoded.
_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn"}
_REFUSED_CHARACTERS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd")


def parse_hours(text: str) -> Decimal:
    """Read hours a week, typed with a comma or a point: more than 0, at most 60, with at most two decimals."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise Refused(ArbeidszorgCode.HOURS, value=text)
    if len(match[2] or "") > 2:
        raise Refused(ArbeidszorgCode.HOURS_PRECISE, value=text)
    hours = Decimal(match[0].replace(",", "."))
    if not 0 < hours <= MOST_HOURS:
        raise Refused(ArbeidszorgCode.HOURS_RANGE, value=text)
    return hours


def parse_postcode(text: str) -> str:
    """Read a Belgian postcode: four digits, 1000 to 9999."""
    if not _POSTCODE.fullmatch(text.strip()):
        raise Refused(ArbeidszorgCode.POSTCODE, value=text)
    return text.strip()


def reads_as_name(text: str) -> bool:
    """Say whether a text that should be a number reads as somebody's name: a word with a capital, and no digit."""
    return not any(map(str.isdigit, text)) and any(
        len(word) > 2 and word[0].isupper() and word[1:].islower() for word in re.split(r"[\W_]+", text))


def holds_national_number(text: str) -> bool:
    """Whether the text contains a valid national number (rijksregisternummer) or BIS number.

    Its digits may be separated by anything but letters, and may be in any script.
    """
    for piece in re.split(r"[^\W\d_]+", unicodedata.normalize("NFKC", text)):
        digits = "".join(str(int(character)) for character in piece if character.isdecimal())
        if any(ssn.is_valid(digits[start:start + 11]) for start in range(len(digits) - 10)):
            return True
    return False


def clean_name(text: str) -> str:
    """Return a client's name as it is stored: composed accents (NFC), single spaces; '' for an empty name.

    Raises Refused for more than 60 characters, a character that is not allowed or a national number.
    """
    return _clean(" ".join(text.split()), NAME_LENGTH, ArbeidszorgCode.NAME_LONG, ArbeidszorgCode.NAME_CHARACTERS)


def clean_remark(text: str) -> str:
    """Return a remark as it is stored: as a name, but with its line breaks and at most 500 characters."""
    return _clean_lines(text, REMARK_LENGTH, ArbeidszorgCode.REMARK_LONG)


def clean_conclusions(text: str) -> str:
    """Return the conclusions of a report as they are stored: as a remark, with at most 10,000 characters."""
    return _clean_lines(text, CONCLUSIONS_LENGTH, ArbeidszorgCode.CONCLUSIONS_LONG)


def _clean_lines(text: str, length: int, long: ArbeidszorgCode) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _clean("\n".join(lines).strip(), length, long, ArbeidszorgCode.REMARK_CHARACTERS, allowed="\n")


def _clean(text: str, length: int, long: ArbeidszorgCode, characters: ArbeidszorgCode, allowed: str = "") -> str:
    """Return the text in composed form; `long` and `characters` are the codes to refuse it with."""
    text = unicodedata.normalize("NFC", text)
    if any(_is_refused(character) for character in text if character not in allowed):
        raise Refused(characters, value=text)
    if len(text) > length:
        raise Refused(long, value=text)
    if holds_national_number(text):
        raise Refused(ArbeidszorgCode.NATIONAL_NUMBER, value=text)
    return text


def _is_refused(character: str) -> bool:
    return character in _REFUSED_CHARACTERS or unicodedata.category(character) in _REFUSED_CATEGORIES
