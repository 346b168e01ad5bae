"""The English of the code: phrases that a reader has to read twice are not used in docstrings, comments and test names.

These twelve were the most frequent when the code was rewritten.
"""
import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "app.py", "bench", "commands", "config.py", "disclosure", "migrations", "models", "templates", "tests", "views",
    "wings")
# Phrase → what to write instead.
FORBIDDEN = {
    r"(^|[.:;] )([Ww]ho|[Ww]hom|[Ww]hose|[Ww]hat)\b": "start with a verb or with the name of the person or thing",
    r"\b(of|to|for|from|by|with|at|than) who\b": "name the person: the administrator, a visitor",
    r"\b(of|to|for|from|by|with|at|than|in) what (is|are|was|were|has|had)\b": "name the thing",
    r"\b(is|are|was|were) none\b": "is not a ..., is invalid, is missing",
    r"\b(has|have|had) none\b": "has no ...",
    r"\bnone where\b": "None if ...",
    r"\bnought\b": "zero",
    r"\bso (many|long)\b": "this number of ..., as long as",
    r"\btold\b": "shown, mailed, called with",
    r"\banew\b": "again",
    r"\bstands? (in|on|at|under|above|below|beside|there)\b(?! for\b)": "is in, is on",
    r"\bbut for\b": "except",
}


def texts(path):
    """The docstrings, comments and test names of a file, each on one line; of Markdown its paragraphs."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        found = [*_docstrings_and_test_names(source), *_comments(source)]
    elif path.suffix == ".html":
        found = re.findall(r"\{#(.*?)#\}", source, re.DOTALL)
    elif path.suffix == ".md":
        found = re.sub(r"```.*?```|`[^`]*`", "", source, flags=re.DOTALL).split("\n\n")
    else:
        found = re.findall(r"--(.*)", source) if path.suffix == ".sql" else []
    return [" ".join(text.split()) for text in found]


def _docstrings_and_test_names(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name.removeprefix("test_").replace("_", " ")


def _comments(source):
    """Each comment; comment lines that follow each other are one comment."""
    lines, last = [], None
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if last == token.start[0] - 1 and lines:
                lines[-1] += " " + token.string.strip("# ")
            else:
                lines.append(token.string.strip("# "))
            last = token.start[0]
    return lines


def hits(text):
    """The forbidden phrases in a text, as (phrase, what to write instead)."""
    return [(match[0], instead) for pattern, instead in FORBIDDEN.items()
            if (match := re.search(pattern, text))]


def files():
    """The files of FOLDERS."""
    for name in FOLDERS:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(one for one in path.rglob("*") if one.is_file())


def test_no_docstring_comment_or_test_name_has_a_forbidden_phrase():
    found = {(str(path.relative_to(ROOT)), text): hits(text) for path in files()
             if path.suffix in (".py", ".html", ".sql", ".md")
             for text in texts(path) if hits(text)}
    assert found == {}


@pytest.mark.parametrize(("name", "content"), [
    ("a.py", '"""Who signed in."""'), ("a.py", "def test_what_is_kept():\n    pass\n"),
    ("a.py", "# The list, and\n# nothing of who reads it\n"), ("a.py", "x = 1  # nought\n"),
    ("a.html", "{# It is\n  none. #}"),
    ("a.sql", "-- Made anew.\n"), ("README.md", "Everything but for\nthe name."),
    ("README.md", "one\n\nWhat holds.")])
def test_a_forbidden_phrase_is_found_in_each_kind_of_file(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert [text for text in texts(path) if hits(text)]


@pytest.mark.parametrize("text", ["A visitor who is signed in", "The box stands in for an answer", "It is None"])
def test_plain_english_is_allowed(text):
    assert hits(text) == []
