"""The library stands alone: two doors, words of its own field, and an example that runs."""
import ast
import doctest
import re
import sys
from pathlib import Path

import pytest

import disclosure

ROOT = Path(__file__).parents[2]
INSIDE = sorted((ROOT / "disclosure").rglob("*.py"))
OUTSIDE = [path for path in sorted(ROOT.glob("[!.]*/**/*.py")) + sorted(ROOT.glob("*.py"))
           if path not in INSIDE and Path(__file__).parent not in path.parents]
OF_THE_WINGS = {"province", "flanders", "flemish", "client", "situation", "sector", "age", "birth", "postcode"}
DUTCH = {"aantal", "een", "geen", "het", "leeftijd", "met", "niet", "ook", "provincie", "totaal", "van", "voor",
         "wordt", "zijn"}
# Their terms of the field are in the glossary.
REPLACED = {"hide", "hidden", "hiding", "lane", "move", "place", "reader", "seal", "sealed", "walk", "world"}


def name_of(path):
    return str(path.relative_to(ROOT))


def imported(path):
    """(module, name) of each import; the name is None where a module is imported whole."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module, alias.name) for alias in node.names)


def test_nobody_imports_past_the_doors():
    past = {(name_of(path), module, name) for path in OUTSIDE for module, name in imported(path)
            if module.split(".")[0] == "disclosure" and (module != "disclosure" or name not in disclosure.__all__)}
    assert past == set()


@pytest.mark.parametrize("path", INSIDE, ids=name_of)
def test_the_library_imports_nothing_but_itself_and_the_standard_library(path):
    roots = {module.split(".")[0] for module, _ in imported(path)}
    assert roots - {"disclosure"} <= sys.stdlib_module_names


@pytest.mark.parametrize("path", INSIDE, ids=name_of)
def test_the_library_speaks_the_words_of_its_field_alone(path):
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", path.read_text(encoding="utf-8"))}
    words |= {word.removesuffix("s") for word in words}
    assert words & (OF_THE_WINGS | DUTCH | REPLACED) == set()


def test_the_example_runs():
    assert doctest.testmod(disclosure).failed == 0
    assert doctest.testmod(disclosure).attempted > 5


def test_each_name_that_may_be_imported_is_explained():
    assert [name for name in disclosure.__all__ if not re.search(rf"\b{name}\b", disclosure.__doc__)] == []
