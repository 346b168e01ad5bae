"""The words of the pages about calculations and parameters."""
from decimal import Decimal
from fractions import Fraction

from models.ecalcura.calculations import formula
from models.ecalcura.calculations.calculations import DISCARDED, DRAFT, FROZEN, PUBLISHED
from models.ecalcura.calculations.formula import ADVANCE, DEFINITIVE, HALF_EVEN, HALF_UP, REVISION
from models.ecalcura.calculations.parameters import CONFIRMED, PROPOSED, WITHDRAWN
from views.ecalcura.words import fraction
from views.shell import filters

KINDS = {ADVANCE: "voorschot", DEFINITIVE: "definitief", REVISION: "herziening"}
# State → its words, and the class of the shape beside them in ecalcura.css.
STATES = {DRAFT: ("concept", "busy"), FROZEN: ("vastgelegd", "todo"), PUBLISHED: ("gepubliceerd", "done"),
          DISCARDED: ("vervallen", "later")}
VERSIONS = {PROPOSED: ("te bevestigen", "todo"), CONFIRMED: ("bevestigd", "done"), WITHDRAWN: ("ingetrokken", "later")}
# The quantities of a facility, in hours a week.
QUANTITIES = {"exempt": "vrijgesteld", "replaced": "vervangen", "financed": "gefinancierd",
              "surplus": "niet in deze financiering", "premium": "premie, uren die behouden bleven"}
PARTS = {"exempt": "vrijgesteld", "exempt_fte": "vrijgesteld, VTE", "premium": "premie, uren",
         "wage_part": "premie, deel van een voltijds loon", "replaced": "vervangen", "financed": "gefinancierd",
         "financed_fte": "gefinancierd, VTE", "surplus": "niet in deze financiering"}
SETTINGS = {"birthday": "op de verjaardag", "first_of_month": "op de eerste dag van de maand van de verjaardag",
            "first_of_next_month": "op de eerste dag van de maand na de verjaardag"}
ROUNDINGS = {HALF_UP: "een halve cent naar boven", HALF_EVEN: "een halve cent naar het even getal"}
NO_AMOUNTS = "Nog geen parameters: alleen uren."


def title(calculation):
    """A calculation as 'Voorschot voor trimester 1 (jul–sep 2026)'."""
    return f"{KINDS[calculation.kind].capitalize()} voor {calculation.trimester.label}"


def exact(text):
    """An exact fraction, as the models keep it, to two decimals."""
    return fraction(Fraction(text))


def signed(value):
    """A fraction to two decimals, with its sign: +1,5."""
    return ("+" if value > 0 else "−" if value < 0 else "") + fraction(abs(value))


def euros(cents):
    """Cents as € 1.234,56; '' for None."""
    if cents is None:
        return ""
    whole, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}€\u00a0{filters.number(whole)},{rest:02}"


def value(text):
    """A value of the parameters as people write it: 50.000 or 1,02."""
    return filters.exact(Decimal(text))


def of_line(code):
    """The line of the amount with this code."""
    return next(one for one in formula.lines() if one.code == code)


def parameter(code):
    """The label of a parameter; its code if the file no longer has it."""
    known = formula.parameters().get(code)
    return known.label if known else code
