"""What can be set, run or made is told to who has to know it: a test fails where something was added in silence."""
import re
from pathlib import Path

import click
import pytest

import commands
import config

ROOT = Path(__file__).parents[2]
OPERATOR = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
MADE = (".br", ".gz")  # by `flask init`
VENDORED = sorted(path for path in ROOT.glob("*/vendor/*") if "LICENSE" not in path.name and path.suffix not in MADE)


def every_command():
    """(words, command) of each command that the operator has."""
    class Cli:
        found = []

        def add_command(self, command):
            self.found.append(command)

    application = type("Application", (), {"cli": Cli()})()
    commands.init_app(application)
    for command in application.cli.found:
        if isinstance(command, click.Group):
            yield from ((f"{command.name} {name}", part) for name, part in command.commands.items())
        else:
            yield command.name, command


@pytest.mark.parametrize(("words", "command"), list(every_command()), ids=str)
def test_each_command_and_its_options_are_told(words, command):
    assert f"flask --app app {words}" in OPERATOR
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in OPERATOR, parameter.opts


def test_no_command_is_told_that_is_not_there():
    there = {words for words, _ in every_command()}
    for path in PAGES:
        told = re.findall(r"flask --app app ((?:[a-z]+(?:-[a-z]+)* ?)+)", path.read_text(encoding="utf-8"))
        wrong = [words for words in told
                 if not any(words.strip() == one or words.startswith(f"{one} ") for one in there)]
        assert wrong == [], path


def test_each_setting_is_told_with_its_default():
    told = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", OPERATOR, re.MULTILINE))
    assert set(told) == {setting.name for setting in config.SETTINGS}
    for setting in config.SETTINGS:
        default = setting.default.removeprefix(f"{ROOT}/")
        assert not default or told[setting.name] == f"`{default}`", setting.name


def test_each_make_target_is_told():
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1].split()
    assert {"run", "test"} <= set(targets)
    assert [target for target in targets if not re.search(rf"`?make {target}\b(?!-)", README)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_leads_to_nothing_that_is_not_there(path):
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)", text):
        if "://" not in link:
            assert (path.parent / link).exists(), link
    for name in re.findall(r"`((?:docs|models|views|tests|templates|static|bench|migrations)/[\w./-]*)`", text):
        assert (ROOT / name).exists(), name


def test_the_licence_is_there_whole_and_the_readme_names_it():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.lstrip().startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert re.findall(r"^(\d+)\. ", licence, re.MULTILINE) == [str(article) for article in range(1, 16)]
    assert "'Compatible Licences' according to Article 5 EUPL are:" in licence.split("\nAppendix\n")[1]
    assert "[EUPL-1.2](LICENSE)" in README


@pytest.mark.parametrize("path", VENDORED, ids=lambda path: path.name)
def test_a_vendored_file_has_its_licence_beside_it(path):
    name_and_version = re.match(r"[a-z]+-\d+\.\d+\.\d+(?=\.)", path.name)[0]
    assert (path.parent / f"{name_and_version}.LICENSE.txt").stat().st_size > 500
