"""Numbers that a spreadsheet changed: it takes 1E5 for 1,00E+05, 12/5 for a day and 10:30 for a time of the day.

The number 7 may have been 007, which nobody can see. Changes that show are recognised here (docs/decisions/0114).
"""
import re

_MONTH = (r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mrt|maart|mar(?:ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?"
          r"|aug(?:ustus|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?")
_MADE = re.compile(rf"""
    [-+]?[0-9]+(?:[.,][0-9]+)?e[-+][0-9]+                           # 1,00E+05
    | [0-9]{{1,2}}[-/]{_MONTH}(?:[-/][0-9]{{2,4}})?                 # 12-mei, 12/mei/2026
    | {_MONTH}[-/][0-9]{{2,4}}                                      # mei-26
    | [0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1(?:[0-9]{{4}}|[0-9]{{2}})    # 5/12/2026
    | [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}(?:[ T][0-9:.]+)?             # 2026-12-05 00:00
    | [0-9]+:[0-9]{{2}}:[0-9]{{2}}                                  # 10:30:00
    | [0-9]+:[0-9]{{2}}(?::[0-9]{{2}})?\ ?[ap]m                     # 10:30 AM
    | 0[.,][0-9]+ | [0-9]+[.,][0-9]{{4,}}                           # 0,4375
    | [1-9][0-9]{{14}}0+                                            # of more than 15 digits only 15 are kept
    """, re.VERBOSE | re.IGNORECASE)
_ERROR = re.compile(r"#[A-Z]+(?:/0)?[!?]|#N/[AB]|#{3,}|(?:Err|Fout):[0-9]+", re.IGNORECASE)
_PROTECTED = re.compile(r'="([^"]*)"')


def looks_made(number: str) -> bool:
    """Say whether a number looks made by a spreadsheet, from another one or from a day or a time."""
    return not (number.isdecimal() and len(number) <= 15) and _MADE.fullmatch(number) is not None


def is_error(text: str) -> bool:
    """Say whether a spreadsheet wrote this for a value that it could not give, such as #REF! or #N/B."""
    return _ERROR.fullmatch(text) is not None


def unprotected(text: str) -> str:
    """Return 007 for ="007", the formula in which programs wrap a number so that a spreadsheet keeps it as it is."""
    protected = _PROTECTED.fullmatch(text)
    return protected[1].strip() if protected else text
