"""The house of docs/decisions/0083: which folder imports which, and how large a module and a folder may be."""
import ast
import re
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("wings", "commands", "disclosure", "models", "views", "migrations", "bench", "tests")
WEB = {"flask", "flask_login", "flask_wtf", "wtforms", "werkzeug", "jinja2"}
# Around the product: between these folders any import is allowed that forms no circle.
AROUND = ("bench", "tests")
# Folder → the folders that it imports from; those of a wing are in wing_imports/NAME.toml. An import that is not here
# fails, and so does a folder here that is no longer imported. `models` is the ground, `models/NAME` the ground of that
# theme. Add an entry only if it leads down: app, wings, commands, views of a theme, hall, shell, models of a theme,
# accounts, ground. No module imports a wing's record: app.py does, by the names in the setting WINGS.
IMPORTS = {
    ".": """
      commands models models/accounts models/accounts/outside models/mail models/upkeep views/hall views/hall/outside
      views/shell views/shell/front""",
    "commands": """
      models models/accounts models/accounts/bulk models/files/reading models/mail views/hall views/shell
      views/shell/front""",
    "migrations": "models",
    "views/hall": "models models/accounts models/accounts/outside views/shell",
    "views/hall/documents": "models models/documents views/shell",
    "views/hall/outside": "models models/accounts models/accounts/outside views/hall views/shell",
    "views/shell": "models models/accounts models/files models/mail models/upkeep views/shell/forms views/shell/ready",
    "views/shell/front": "models/upkeep views/shell",
    "models/accounts": "models models/mail",
    "models/accounts/outside": "models models/accounts",
    "models/files": "",
    "models/files/reading": "models models/files",
    "models/accounts/bulk": "models models/accounts models/files/reading models/mail",
    "models/mail": "models",
    "models/documents": "models",
    "models/upkeep": "models models/accounts models/mail",
}
for path in sorted((Path(__file__).parent / "wing_imports").glob("*.toml")):
    for folder, imported in tomllib.loads(path.read_text(encoding="utf-8")).items():
        # The records of all wings are in one folder.
        IMPORTS[folder] = f"{IMPORTS.get(folder, '')} {imported}"
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


def in_room(path, *rooms):
    return path.relative_to(ROOT).parts[0] in rooms


def points_at(modules, *rooms):
    return sorted(module for module in modules for room in rooms if module == room or module.startswith(f"{room}."))


def folder_of(path):
    return str(path.parent.relative_to(ROOT))


def folders():
    """Each folder → the other folders that its modules import from."""
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in MODULES}
    found = {}
    for path in MODULES:
        imported = {names.get(module) or names.get(module.rpartition(".")[0]) for module in arrows(path)} - {None}
        found.setdefault(folder_of(path), set()).update(map(folder_of, imported))
    return {folder: imported - {folder} for folder, imported in found.items()}


FOLDERS = folders()
PRODUCT = sorted(folder for folder in FOLDERS if folder.partition("/")[0] not in AROUND)


@pytest.mark.parametrize("folder", PRODUCT)
def test_a_folder_imports_exactly_the_folders_of_the_table(folder):
    assert FOLDERS[folder] == set(IMPORTS.get(folder, "").split())


def test_the_table_names_folders_that_exist():
    assert set(IMPORTS) <= set(PRODUCT)


def test_no_imports_between_folders_form_a_circle():
    TopologicalSorter(FOLDERS).prepare()  # raises CycleError with the folders of the circle


def test_no_imports_between_modules_form_a_circle():
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES}
    TopologicalSorter({
        ".".join(path.relative_to(ROOT).with_suffix("").parts):
            {module if module in names else module.rpartition(".")[0] for module in arrows(path)} & names
        for path in MODULES}).prepare()


@pytest.mark.parametrize("path", [path for path in MODULES if not in_room(path, *AROUND)], ids=name_of)
def test_the_product_does_not_import_its_tests_and_benchmarks(path):
    assert not points_at(arrows(path), *AROUND)


@pytest.mark.parametrize("path", [path for path in MODULES if in_room(path, "disclosure", "migrations", "models")],
                         ids=name_of)
def test_models_import_nothing_of_the_web(path):
    assert not points_at(arrows(path), "app", "config", *WEB)


# Migrations are numbered, never renamed, and read one by one.
@pytest.mark.parametrize("folder", sorted(folder for folder in FOLDERS if not folder.startswith("migrations")))
def test_a_python_folder_holds_fifteen_modules_at_most(folder):
    assert len([path for path in MODULES if folder_of(path) == folder and path.name != "__init__.py"]) <= 15


@pytest.mark.parametrize("folder", sorted({folder_of(path) for path in TEMPLATES}))
def test_a_folder_of_templates_holds_twenty_at_most(folder):
    assert len([path for path in TEMPLATES if folder_of(path) == folder]) <= 20


@pytest.mark.parametrize("path", [path for path in MODULES if not in_room(path, *AROUND)], ids=name_of)
def test_only_models_files_writes_csv_and_spreadsheets(path):
    if path.parent != ROOT / "models" / "files":
        assert not points_at(arrows(path), "xlsxwriter", "csv.writer", "csv.DictWriter")
        assert not re.search(r"\bcsv\.(w|DictW)riter", path.read_text(encoding="utf-8"))


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


@pytest.mark.parametrize("path", [path for path in MODULES if path.is_relative_to(ROOT / "tests" / "journeys")],
                         ids=name_of)
def test_a_fixture_of_the_journeys_is_for_the_session_or_for_one_test(path):
    """A worker that takes over tests of another one comes back to a module, and its register still has the rows."""
    assert not re.search(r"""scope=["'](module|class|package)""", path.read_text(encoding="utf-8"))
