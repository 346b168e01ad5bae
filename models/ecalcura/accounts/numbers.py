"""Account numbers (IBAN): checking one, and how it is written. A list of banks only ever warns: lists age."""
import functools
import re
import tomllib
import unicodedata
from pathlib import Path

from stdnum import iban
from stdnum.be import iban as belgian
from stdnum.exceptions import ValidationError

from models.ecalcura.errors import EcalcuraCode
from models.errors import Refused

FILE = Path(__file__).parent / "sepa.toml"
BELGIUM = "BE"
SHOWN, HIDDEN = 4, "•"
# Warnings: the bank of a Belgian number is in no list, or the country is not one of the SEPA area.
BANK, COUNTRY = "bank", "country"
# The begin of an IBAN, and the most signs that it has.
_BEGIN, LONGEST = re.compile(r"(?=[A-Z]{2}\d{2})"), 34


def clean(text: str) -> str:
    """Return an IBAN without spaces, dots and dashes; raises `Refused` (V27) if its length or check digits are wrong.

    A Belgian number has check digits of its own as well.
    """
    try:
        number = iban.validate(text, check_country=False)
    except ValidationError:
        raise Refused(EcalcuraCode.IBAN_INVALID) from None
    if number.startswith(BELGIUM) and int(number[-2:]) != (int(number[4:14]) % 97 or 97):
        raise Refused(EcalcuraCode.IBAN_INVALID)
    return number


def are_in(text: str) -> bool:
    """Say whether a text holds a valid IBAN, however its signs are separated."""
    signs = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).upper()
    return any(iban.is_valid(signs[begin.start():begin.start() + length], check_country=False)
               for begin in _BEGIN.finditer(signs) for length in range(15, LONGEST + 1))


def written(number: str) -> str:
    """Return an IBAN as people write it, in groups of four signs."""
    return _grouped(number)


def masked(number: str) -> str:
    """Return an IBAN with only its country and its last four signs: BE•• •••• •••• 7034."""
    return _grouped(number[:2] + HIDDEN * (len(number) - 2 - SHOWN) + number[-SHOWN:])


def _grouped(signs: str) -> str:
    return " ".join(signs[start:start + 4] for start in range(0, len(signs), 4))


def warnings(number: str) -> list[str]:
    """Return what is unusual about an IBAN, BANK or COUNTRY: a reason to look again, never to refuse it."""
    if number.startswith(BELGIUM):
        return [] if belgian.info(number) else [BANK]
    return [] if number[:2] in _sepa() else [COUNTRY]


def bic_hint(number: str) -> str:
    """Return the BIC that a list has for the bank of a Belgian IBAN, or ''. A hint, never a fact: lists age."""
    return (belgian.to_bic(number) or "") if number.startswith(BELGIUM) else ""


@functools.cache
def _sepa() -> frozenset[str]:
    return frozenset(tomllib.loads(FILE.read_text(encoding="utf-8"))["countries"].split())
