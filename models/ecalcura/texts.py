"""Free text that somebody types in ecalcura."""
import re
import unicodedata

from stdnum.be import ssn

from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused

# Digits with anything but letters between them.
_DIGITS = re.compile(r"\d(?:[\W_]*\d){10,}")


def holds_number(text: str) -> bool:
    """Say whether a text holds a valid rijksregisternummer or bisnummer, however its digits are separated."""
    for run in _DIGITS.findall(unicodedata.normalize("NFKC", text)):
        digits = "".join(str(int(character)) for character in run if character.isdecimal())
        if any(ssn.is_valid(digits[start:start + 11]) for start in range(len(digits) - 10)):
            return True
    return False


def clean_text(text: str, longest: int, code: EcalcuraCode) -> str:
    """Return a text on one line; raises `Refused` with `code` for an empty or long one, and if a number is in it."""
    text = " ".join(text.split())
    if not 1 <= len(text) <= longest or not text.isprintable():
        raise Refused(code)
    if holds_number(text):
        raise Refused(EcalcuraCode.TEXT_NUMBER)
    return text


def clean_lines(text: str, longest: int, code: EcalcuraCode) -> str:
    """Return a text of several lines, without empty lines around it; raises `Refused` as `clean_text` does."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    text = "\n".join(lines)
    if not 1 <= len(text) <= longest or not all(line.isprintable() for line in lines):
        raise Refused(code)
    if holds_number(text):
        raise Refused(EcalcuraCode.TEXT_NUMBER)
    return text
