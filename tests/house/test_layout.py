"""The house of docs/decisions: which way imports run, and how large a room may be."""
import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("commands", "disclosure", "models", "views", "migrations", "bench", "tests")
WEB = {"flask", "flask_login", "flask_wtf", "wtforms", "werkzeug", "jinja2"}
WINGS = ("arbeidszorg",)
MODULES = sorted([*ROOT.glob("*.py"), *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))])
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))


def name_of(path):
    return str(path.relative_to(ROOT))


def imports(path):
    """(module, is at the top of the file) for each import of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = set(map(id, tree.body))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", id(node) in top) for alias in node.names)


def arrows(path):
    return {module for module, _ in imports(path)}


def in_room(path, room):
    return path.relative_to(ROOT).parts[0] == room


def points_at(modules, *rooms):
    return sorted(module for module in modules for room in rooms if module == room or module.startswith(f"{room}."))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_run_from_the_door_to_the_models_and_never_back(path):
    modules = arrows(path)
    if in_room(path, "models"):
        assert not points_at(modules, "views", "app", "commands", "config", *WEB)
    if in_room(path, "views"):
        assert not points_at(modules, "app", "commands")
    if in_room(path, "commands"):
        assert not points_at(modules, "app")
    if in_room(path, "migrations"):
        assert not points_at(modules, "views", "app", "commands", *WEB)
    if not in_room(path, "tests") and not in_room(path, "bench"):
        assert not points_at(modules, "tests", "bench")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_hall_and_the_other_wings_do_not_know_a_wing(path):
    place = path.relative_to(ROOT).parts
    for wing in WINGS:
        if place[0] == "models" and wing not in place:
            assert not points_at(arrows(path), f"models.{wing}")
        if place[0] == "views" and wing not in place and "province" not in place:
            assert not points_at(arrows(path), f"views.{wing}", f"models.{wing}")


@pytest.mark.parametrize("path", [path for path in MODULES if not in_room(path, "tests")], ids=name_of)
def test_no_import_hides_in_a_function(path):
    assert [module for module, at_top in imports(path) if not at_top] == []


def test_only_names_touches_the_names_keys():
    allowed = {"models/names.py", "models/keys.py", "models/upkeep/opening.py", "commands/refusals.py",
               "commands/rotation.py"}
    offenders = {name_of(path) for path in MODULES if not in_room(path, "tests") and not in_room(path, "bench")
                 and re.search(r"\bNameKey\b|names\.key\b|keys\.names\b", path.read_text(encoding="utf-8"))}
    assert offenders <= allowed


def test_only_models_build_queries():
    building = re.compile(r"\b[A-Z]\w+\.(select|insert|insert_many|update|delete|create)\(|execute_sql|\.where\(")
    outside = [path for path in MODULES if in_room(path, "views") or in_room(path, "commands") or path.parent == ROOT]
    offenders = [name_of(path) for path in outside if building.search(path.read_text(encoding="utf-8"))]
    assert offenders == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_and_its_functions_stay_small(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 300
    long = {node.name: node.end_lineno - node.lineno + 1 for node in ast.walk(ast.parse(source))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno - node.lineno >= 40}
    assert long == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_stays_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 100


@pytest.mark.parametrize("path", [path for path in MODULES if in_room(path, "models")], ids=name_of)
def test_public_functions_of_models_say_what_they_do(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or not tree.body
    functions = [node for parent in [tree, *(n for n in tree.body if isinstance(n, ast.ClassDef))]
                 for node in parent.body if isinstance(node, ast.FunctionDef)]
    silent = [node.name for node in functions
              if not node.name.startswith("_") and not ast.get_docstring(node) and len(node.body) > 2]
    assert silent == []


@pytest.mark.parametrize("path", [path for path in MODULES if not in_room(path, "tests")], ids=name_of)
def test_no_sql_is_made_by_formatting_text(path):
    """ASVS 1.2.4: execute_sql gets a constant, or the name of one, never a text that is put together on the spot."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        called = getattr(getattr(node, "func", None), "attr", "")
        if called in ("execute_sql", "execute", "executemany") and node.args:
            assert not isinstance(node.args[0], (ast.JoinedStr, ast.BinOp)), f"line {node.lineno}"
            assert getattr(getattr(node.args[0], "func", None), "attr", "") != "format", f"line {node.lineno}"
