"""What people type, understood or refused: hours, postcodes, names. Forms and import read it alike."""
import re
import unicodedata
from decimal import Decimal

from stdnum.be import ssn

from models.arbeidszorg.errors import ArbeidszorgCode
from models.errors import Refused

MOST_HOURS = 60
NAME_LENGTH = 60
REMARK_LENGTH = 500

_HOURS = re.compile(r"-?[0-9]+([.,]([0-9]+))?")
_POSTCODE = re.compile(r"[1-9][0-9]{3}")
# Control characters, halves of characters, private and unassigned ones; and the marks that turn a text around unseen.
_REFUSED_CATEGORIES = {"Cc", "Cs", "Co", "Cn"}
_TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def parse_hours(text):
    """Hours a week, typed with a comma or a point: an exact Decimal of at most two decimals."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        raise Refused(ArbeidszorgCode.HOURS, value=text)
    if len(match[2] or "") > 2:
        raise Refused(ArbeidszorgCode.HOURS_PRECISE, value=text)
    hours = Decimal(match[0].replace(",", "."))
    if not 0 < hours <= MOST_HOURS:
        raise Refused(ArbeidszorgCode.HOURS_RANGE, value=text)
    return hours


def parse_postcode(text):
    """A Belgian postcode: four digits, 1000 to 9999."""
    if not _POSTCODE.fullmatch(text.strip()):
        raise Refused(ArbeidszorgCode.POSTCODE, value=text)
    return text.strip()


def holds_national_number(text):
    """Whether a valid rijksregisternummer or BIS number stands anywhere in the text, however its digits are parted."""
    for piece in re.split(r"[^\W\d_]+", unicodedata.normalize("NFKC", text)):
        digits = "".join(str(int(character)) for character in piece if character.isdecimal())
        if any(ssn.is_valid(digits[start:start + 11]) for start in range(len(digits) - 10)):
            return True
    return False


def clean_name(text):
    """A client's name as it is kept: one form of each accent, single spaces; '' where there is none."""
    return _clean(" ".join(text.split()), NAME_LENGTH, ArbeidszorgCode.NAME_LONG, ArbeidszorgCode.NAME_CHARACTERS)


def clean_remark(text):
    """A remark as it is kept, its lines included."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _clean("\n".join(lines).strip(), REMARK_LENGTH, ArbeidszorgCode.REMARK_LONG,
                  ArbeidszorgCode.REMARK_CHARACTERS, allowed="\n")


def _clean(text, length, long, characters, allowed=""):
    text = unicodedata.normalize("NFC", text)
    if any(_is_refused(character) for character in text if character not in allowed):
        raise Refused(characters, value=text)
    if len(text) > length:
        raise Refused(long, value=text)
    if holds_national_number(text):
        raise Refused(ArbeidszorgCode.NATIONAL_NUMBER, value=text)
    return text


def _is_refused(character):
    # U+FFFD stands for a character that got lost on the way.
    return character in _TURNING or character == "\ufffd" or unicodedata.category(character) in _REFUSED_CATEGORIES
