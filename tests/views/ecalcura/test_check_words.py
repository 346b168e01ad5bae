"""The sentences of the checks are those of docs/ecalcura.md, with days and hours as people write them."""
import datetime
import re
from fractions import Fraction
from pathlib import Path

import pytest

from models.ecalcura.checks.codes import WEIGHTS, Check, Weight
from views.ecalcura.check_words import sentence

DAY = datetime.date(2026, 11, 1)
EXAMPLES = [
    (Check("V04", values={"day": DAY}), "Volgens het rijksregister overleden op 01/11/2026. Pas de einddatum aan."),
    (Check("V05", values={"age": 45, "day": DAY}), "Wordt 45 op 01/11/2026: nog geen recht in dit trimester."),
    (Check("V10", values={"day": DAY, "total": 4560, "full_time": 3800}),
     "Samen 45,6 uren op 01/11/2026: meer dan voltijds (38)."),
    (Check("V15", values={"step": 45, "starts": DAY}), "De stap van 45 jaar begint op 01/11/2026."),
    (Check("V18", values={"first": DAY, "last": DAY}), "Vervanging loopt buiten 01/11/2026–01/11/2026."),
    (Check("V18", values={"first": DAY, "last": None}), "Vervanging loopt buiten 01/11/2026–nu."),
    (Check("V11", values={"state": "no_visa", "qualification": "VPK"}), "Geen visum als verpleegkundige."),
    (Check("V11", values={"state": "other", "qualification": "VPK", "codes": ["ZKD", "KIN"]}),
     "eCad kent: zorgkundige, kinesitherapeut."),
    (Check("V11", values={"state": "expired", "qualification": "VPK", "expired_on": DAY}), "Verlopen op 01/11/2026."),
    (Check("V20", values={"balance": "short", "hours": Fraction(3, 2)}),
     "1,50 uren niet vervangen: niet gefinancierd."),
    (Check("V20", values={"balance": "more", "hours": Fraction(2)}), "2,00 uren te veel."),
    (Check("V23", values={"most": 49943}), "Uren tussen 0 en 499,43."),
    (Check("V26", values={"number": 1}), "Trimester 1 is nog niet ingediend."),
    (Check("V29", values={"sum": 9300, "against": 9200}), "De som klopt niet: 9.300 tegenover 9.200."),
    (Check("V30", values={"first": DAY, "last": DAY}), "Geen CRA van 01/11/2026 tot 01/11/2026."),
]
TABLE = {code: (text, weight) for code, text, weight in re.findall(
    r"^\| (V\d+a?) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$",
    (Path(__file__).parents[3] / "docs" / "ecalcura.md").read_text(encoding="utf-8"), re.MULTILINE)}
LETTERS = {"S": Weight.SUBMISSION, "W": Weight.WARNING, "I": Weight.INFORMATION}


@pytest.mark.parametrize(("check", "expected"), EXAMPLES)
def test_a_check_reads_as_people_write(check, expected):
    assert sentence(check) == expected


@pytest.mark.parametrize("code", WEIGHTS)
def test_each_check_has_the_sentence_and_the_weight_of_the_manual(code):
    text, letters = TABLE[code]
    assert WEIGHTS[code] in {LETTERS.get(letter) for letter in re.findall(r"\b[SWI]\b", letters)}
    pieces = [re.sub(r"\{\w+\}", ".+", re.escape(one).replace(r"\{", "{").replace(r"\}", "}"))
              for one in text.split(" / ")]
    checks = [check for check, _ in EXAMPLES if check.code == code] or [Check(code, values={"age": 45})]
    assert all(any(re.fullmatch(piece, sentence(check)) for piece in pieces) for check in checks)
