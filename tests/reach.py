"""Finds the codes with which a model can refuse a page or a command, by reading the source without running it.

A definition reaches every definition that it names, also through imports. If the class of an object is unknown, its
method counts as every method of that name in the imported modules; so the result holds every code that can occur, and
perhaps some that cannot.
"""
import ast
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from models.accounts.bulk.errors import BulkCode
from models.arbeidszorg.errors import ArbeidszorgCode, ImportCode
from models.ecalcura.errors import EcalcuraCode
from models.errors import Code
from models.files.reading.errors import FileCode
from models.site.errors import SiteCode

ROOT = Path(__file__).parents[1]
ENUMS = {enum.__name__: enum
         for enum in (Code, ArbeidszorgCode, BulkCode, EcalcuraCode, FileCode, ImportCode, SiteCode)}


@dataclass
class Module:
    """The source of a module; a definition is named "function", "Class.method", "CONSTANT", or by its line."""

    name: str
    definitions: dict = field(default_factory=dict)  # name -> its part of the tree
    classes: set = field(default_factory=set)
    imported: dict = field(default_factory=dict)  # a name in this module -> the dotted name that it stands for
    of_class: set = field(default_factory=set)  # class methods and static methods, which are not called on an object


@cache
def refusals(*roots):
    """Each code with which these modules ("commands.log") can be refused -> the names in the context of the refusal.

    If several places refuse with a code, the names that all of them give; None if that cannot be read anywhere.
    """
    contexts = {}
    for module, name in _reached(roots):
        if module.startswith("models."):
            for code, names in _mentions(_modules()[module].definitions[name]):
                known = [one for one in (contexts.get(code), names) if one is not None]
                contexts[code] = frozenset.intersection(*known) if known else None
    return contexts


def modules_in(room, importing=""):
    """The dotted names of the modules below a folder; only of those that import the name `importing`, if given."""
    return [name for name, module in _modules().items()
            if name.startswith(f"{room}.") and (not importing or importing in module.imported)]


@cache
def _modules():
    paths = [path for room in ("models", "views", "commands") for path in sorted((ROOT / room).rglob("*.py"))]
    return {module.name: module for module in map(_read, paths)}


def _read(path):
    module = Module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            module.imported |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ClassDef):
            module.classes.add(node.name)
            for member in node.body:
                _define(module, member, f"{node.name}.")
        else:
            _define(module, node)
    return module


def _define(module, node, prefix=""):
    names = [f"line {node.lineno}"]
    if isinstance(node, ast.FunctionDef):
        names = [node.name]
        if {"classmethod", "staticmethod"} & {getattr(decorator, "id", "") for decorator in node.decorator_list}:
            module.of_class.add(f"{prefix}{node.name}")
    elif isinstance(node, ast.Assign) and not prefix:
        names = [part.id for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)]
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and not prefix:
        names = [node.target.id]
    module.definitions |= dict.fromkeys([f"{prefix}{name}" for name in names], node)


def _reached(roots):
    """Every (module, definition) that the definitions of these modules reach, including their own."""
    modules = _imported_by(roots)
    methods = defaultdict(set)
    for module in modules.values():
        for name in module.definitions.keys() - module.of_class:
            methods[name.partition(".")[2]].add((module.name, name))
    found, waiting = set(), [(root, name) for root in roots for name in modules[root].definitions]
    while waiting:
        module, name = waiting.pop()
        if (module, name) not in found:
            found.add((module, name))
            waiting += _named(modules, methods, modules[module], name)
    return found


def _imported_by(roots):
    """These modules and every module that they import, directly or indirectly."""
    found, waiting = {}, list(roots)
    while waiting:
        name = waiting.pop()
        if name in _modules() and name not in found:
            found[name] = _modules()[name]
            waiting += [one if one in _modules() else one.rpartition(".")[0] for one in found[name].imported.values()]
    return found


def _named(modules, methods, module, definition):
    own = definition.partition(".")[0]
    for part in ast.walk(module.definitions[definition]):
        if isinstance(part, ast.Name):
            yield from _meant(modules, module, part.id)
        elif isinstance(part, ast.Attribute):
            base = part.value.id if isinstance(part.value, ast.Name) else ""
            yield from _of(modules, methods, module, own if base in ("self", "cls") else base, part.attr)


def _meant(modules, module, name):
    """The definitions that a bare name refers to; for a class those that run when an object of it is made."""
    if name in module.classes:
        return [(module.name, one) for one in module.definitions
                if one.startswith((f"{name}.line ", f"{name}.__"))]
    if name in module.definitions:
        return [(module.name, name)]
    home, _, original = module.imported.get(name, "").rpartition(".")
    return _meant(modules, modules[home], original) if home in modules and f"{home}.{original}" not in modules else []


def _of(modules, methods, module, base, name):
    """The definitions that `base.name` refers to."""
    whole = module.imported.get(base, "")
    if whole in modules:
        return _meant(modules, modules[whole], name)
    home, _, original = (module.name, "", base) if base in module.classes else whole.rpartition(".")
    if home in modules and original in modules[home].classes and f"{original}.{name}" in modules[home].definitions:
        return [(home, f"{original}.{name}")]
    return methods[name]


def _mentions(node):
    """(code, names of its context) of each refusal in this part of the tree; None if the names cannot be read here."""
    if isinstance(node, ast.Compare):
        return  # a comparison with a caught code
    called = node.args[0] if isinstance(node, ast.Call) and node.args else None
    branches = [called.body, called.orelse] if isinstance(called, ast.IfExp) else [called]
    for branch in filter(_code, branches):
        yield _code(branch), frozenset(str(keyword.arg) for keyword in node.keywords)
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.Dict) and child in node.keys or child in branches:
            continue  # a table of messages, keyed by caught codes
        if _code(child):
            # `refusing(constraint=Code.X)` gives no context.
            yield _code(child), frozenset() if isinstance(node, ast.keyword) else None
        else:
            yield from _mentions(child)


def _code(node):
    if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in ENUMS:
        return ENUMS[node.value.id][node.attr]
    return None
