"""docs/checks.md: each promise names its tests, and they are there."""
import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([\d., ]+|–) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
NUMBERS = re.findall(r"\d+(?:\.\d+)+", re.search(r"^Numbers: (.+?)\n\n", PAGE, re.MULTILINE | re.DOTALL)[1])


@cache
def names_in(path):
    """The names of the tests of a module."""
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_number_has_its_row_and_no_other():
    found = [number for numbers, _, _ in ROWS for number in numbers.split(", ") if number != "–"]
    assert sorted(found) == sorted(NUMBERS)
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| number")]
    assert len(lines) == len(ROWS)


@pytest.mark.parametrize(("what", "held_by"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_each_promise_names_tests_that_are_there_or_says_with_what_it_comes(what, held_by):
    named = re.findall(r"([\w/]+\.py)::(test_\w+)", held_by)
    assert ", ".join(f"{path}::{name}" for path, name in named) == held_by or re.fullmatch(r"\*later\*: .+", held_by)
    for path, name in named:
        assert name in names_in(path), path


# number → tests, of the statements of the letters about ecalcura.
STATEMENTS = re.findall(
    r"^\| (\d+) \| [^|]+ \| [^|]+ \| (.+) \|$",
    (ROOT / "docs" / "ecalcura.md").read_text(encoding="utf-8").split("## The letters' statements")[1], re.MULTILINE)


def test_each_statement_of_the_letters_has_a_row():
    assert [int(number) for number, _ in STATEMENTS] == list(range(1, 34))


@pytest.mark.parametrize(("number", "held_by"), STATEMENTS, ids=[number for number, _ in STATEMENTS])
def test_each_statement_names_tests_that_are_there_or_says_with_what_it_comes(number, held_by):
    test_each_promise_names_tests_that_are_there_or_says_with_what_it_comes(number, held_by)
