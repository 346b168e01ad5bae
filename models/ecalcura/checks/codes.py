"""The codes of the checks, and how much each weighs. A code is stable: people quote it at the telephone."""
from enum import StrEnum
from typing import Any, NamedTuple


class Weight(StrEnum):
    """The weight of a check: refuses to save, refuses to submit, warns, or informs."""

    BLOCKS = "blocks"
    SUBMISSION = "submission"
    WARNING = "warning"
    INFORMATION = "information"


# The checks of rows that are saved already. Those that refuse to save are refusals (models/ecalcura/errors.py); V08,
# V10, V15, V17 and V18 are both, for what a row rests on may change after it was saved.
WEIGHTS = {
    "V01a": Weight.WARNING,
    "V02": Weight.SUBMISSION,
    "V03": Weight.SUBMISSION,
    "V04": Weight.SUBMISSION,
    "V05": Weight.SUBMISSION,
    "V06": Weight.SUBMISSION,
    "V08": Weight.SUBMISSION,
    "V10": Weight.SUBMISSION,
    "V11": Weight.SUBMISSION,
    "V12": Weight.SUBMISSION,
    "V14": Weight.SUBMISSION,
    "V15": Weight.SUBMISSION,
    "V16": Weight.SUBMISSION,
    "V17": Weight.SUBMISSION,
    "V18": Weight.SUBMISSION,
    "V19": Weight.SUBMISSION,
    "V20": Weight.INFORMATION,
    "V21": Weight.SUBMISSION,
    "V23": Weight.WARNING,
    "V26": Weight.WARNING,
    "V29": Weight.SUBMISSION,
    "V30": Weight.WARNING,
}


class Check(NamedTuple):
    """A check that found something, about an employee and perhaps one contract, replacement or choice.

    `values` are those of its sentence (views/ecalcura/check_words.py): days, hours, ages, codes; never a name.
    """

    code: str
    employee_id: int | None = None
    contract_id: int | None = None
    replacement_id: int | None = None
    values: dict[str, Any] = {}
    choice_id: int | None = None

    @property
    def weight(self) -> Weight:
        """How much it weighs."""
        return WEIGHTS[self.code]

    @property
    def blocks_submission(self) -> bool:
        """Whether the trimester cannot be submitted as long as it is found."""
        return self.weight == Weight.SUBMISSION
