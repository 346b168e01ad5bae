"""Rows that lack cells: left out at the end by a spreadsheet, or lost before the end.

After a lost cell the others are in the wrong columns. The rules of the columns refuse most of those rows, and the rules
here all others (docs/decisions/0109).
"""
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from models.arbeidszorg.register.periods import END, HOURS, START
from models.arbeidszorg.register.questionnaire import CLOSING, TYPED, Questionnaire
from models.arbeidszorg.register.values import parse_hours, parse_postcode
from models.arbeidszorg.transfer.register_file.columns import FIRST_QUESTIONS
from models.days import parse_date
from models.errors import Refused


class ShortRows:
    """Tells which rows may have lost a cell; looks the questionnaire up once for a whole file."""

    def __init__(self, codes: Iterable[str], questionnaire: Questionnaire) -> None:
        """Tell it of a file with the columns that have these codes."""
        self._codes = tuple(codes)
        self._places = {code: place for place, code in enumerate(self._codes)}
        before, after = self._codes[:self._places[HOURS]], self._codes[self._places[HOURS] + 1:]
        self._last_question = before[-1] if before else ""
        self._options: Mapping[str, Mapping[str, str]] = {
            question.code: question.codes for question in questionnaire.of_client}
        self._parsers: Mapping[str, Callable[[str], Any]] = {
            HOURS: parse_hours, START: parse_date,
            **{code: parse_date if code == "birth_date" else parse_postcode for code in TYPED}}
        # As in the old register: the questions, the last of which has a list of options, then the period.
        self._questions = FIRST_QUESTIONS.keys() | self._options.keys()
        self._is_in_order = self._last_question in self._questions - {*TYPED} and {*after} == {START, END, *CLOSING}

    def may_lack(self, cells: Sequence[str], added: int) -> bool:
        """Say whether a row, completed with as many empty cells as were `added`, may have lost one before its end.

        A cell that fits only in its own column says that none before it is lost: the last question's, or hours and
        start date. Without these, the row has to end on a cell that is filled in and fits no later question. Of
        a file with its columns in another order, any short row may.
        """
        if not self._is_in_order:
            return True
        if self._fits(self._last_question, cells) or (self._fits(HOURS, cells) and self._fits(START, cells)):
            return False
        last = max((place for place, cell in enumerate(cells) if cell.strip()), default=0)
        if last + 1 != len(cells) - added:
            return True
        return any(code in self._questions and self._may_be(code, cells[last]) for code in self._codes[last + 1:])

    def _fits(self, code: str, cells: Sequence[str]) -> bool:
        return self._may_be(code, cells[self._places[code]])

    def _may_be(self, code: str, text: str) -> bool:
        """Say whether a text may be in this column; of a column without a known question, any text may."""
        text = text.strip()
        options, parse = self._options.get(code, {}), self._parsers.get(code)
        if parse is None:
            return bool(text) and (not options or text in options)
        if text in options:
            return True
        try:
            parse(text)
        except Refused:
            return False
        return True
