"""The docs cover everything that can be set, run or made; something added without its docs fails a test."""
import re
import unicodedata
from pathlib import Path

import click
import pytest

import commands
import config
from app import WINGS, records
from models.arbeidszorg.register.places import LABELS, place_of
from models.arbeidszorg.report.counting import variables
from models.database import today
from models.organisations import SECTORS

ROOT = Path(__file__).parents[2]
OPERATOR = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
EDITORCONFIG = (ROOT / ".editorconfig").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NAME_OF_FILE = r"(?<![\w/.:-])((?:[\w.-]+/)*[\w-]+\.(?:py|toml|html|css|js|sql|md|svg|png))\b"
FOLDERS = ("bench", "commands", "disclosure", "docs", "migrations", "models", "static", "templates", "tests", "views",
           "wings")
DECISIONS = ROOT / "docs" / "decisions"
FILES = {str(path.relative_to(ROOT))
         for path in [*ROOT.glob("*.*"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.*"))]}
MADE = (".br", ".gz")  # by `flask init`
VENDORED = sorted(path for path in ROOT.glob("*/vendor/*") if "LICENSE" not in path.name and path.suffix not in MADE)


def read_all(*places):
    """The text of these files, and of all in these folders."""
    files = (file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*.*"))))
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.suffix in (".py", ".html", ".toml"))


def is_there(name):
    """Whether a file has this name, or this end of its path."""
    return any(file == name or file.endswith(f"/{name}") for file in FILES)


def every_command():
    """(words, command) of each command that the operator has."""
    class Cli:
        found = []

        def add_command(self, command):
            self.found.append(command)

    application = type("Application", (), {"cli": Cli()})()
    commands.init_app(application, records(WINGS))
    for command in application.cli.found:
        if isinstance(command, click.Group):
            yield from ((f"{command.name} {name}", part) for name, part in command.commands.items())
        else:
            yield command.name, command


@pytest.mark.parametrize(("words", "command"), list(every_command()), ids=str)
def test_each_command_and_its_options_are_documented(words, command):
    assert f"flask --app app {words}" in OPERATOR
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in OPERATOR, parameter.opts


def test_no_absent_command_is_documented():
    there = {words for words, _ in every_command()}
    for path in PAGES:
        documented = re.findall(r"flask --app app ((?:[a-z]+(?:-[a-z]+)* ?)+)", path.read_text(encoding="utf-8"))
        wrong = [words for words in documented
                 if not any(words.strip() == one or words.startswith(f"{one} ") for one in there)]
        assert wrong == [], path


def test_each_setting_is_documented_with_its_default():
    documented = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", OPERATOR, re.MULTILINE))
    assert set(documented) == {setting.name for setting in config.SETTINGS}
    for setting in config.SETTINGS:
        default = setting.default.removeprefix(f"{ROOT}/")
        assert not default or documented[setting.name] == f"`{default}`", setting.name


def test_each_make_target_is_documented():
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1].split()
    assert {"run", "test"} <= set(targets)
    assert [target for target in targets if not re.search(rf"`?make {target}\b(?!-)", README)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_names_no_file_and_links_to_no_page_that_is_gone(path):
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)", text):
        if "://" not in link:
            assert (path.parent / link).exists(), link
    without_links = re.sub(r"\]\([^)]*\)", "]", text)
    for name in re.findall(NAME_OF_FILE, without_links):
        assert is_there(name), name
    for folder in re.findall(rf"\b((?:{'|'.join(FOLDERS)})/[\w/-]*)(?![\w./-])", without_links):
        assert (ROOT / folder).exists(), folder


def test_the_domain_page_has_the_postcodes_the_sectors_and_the_bands_of_the_code():
    domain = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    lies_in = {"2070": "Oost-Vlaanderen"}
    for ranges, province in re.findall(r"^\| ([\d–, ]+) \| (.+) \|$", domain, re.MULTILINE):
        for first, last in re.findall(r"(\d+)–(\d+)", ranges):
            lies_in = dict.fromkeys(map(str, range(int(first), int(last) + 1)), province) | lies_in
    assert lies_in == {postcode: LABELS[place_of(postcode, today())] for postcode in map(str, range(1000, 10000))}
    assert f"The sectors: {', '.join(SECTORS.values())}." in " ".join(domain.split())
    for start, bands in (("age", variables._AGES), ("hours", variables._HOURS), ("length", variables._LENGTHS)):
        row = re.search(rf"^\| {start}.*", domain, re.MULTILINE)[0]
        assert re.findall(r"\d+", row) == re.findall(r"\d+", " ".join(label for _, label, _ in bands)), row


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_line_is_longer_than_editorconfig_says(path):
    """But for tables, code, and what cannot be broken: an address, a path."""
    width = int(re.search(r"^\[\*\]\n(?:.+\n)*?max_line_length = (\d+)$", EDITORCONFIG, re.MULTILINE)[1])
    prose = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    assert [line for line in prose.splitlines()
            if len(line) > width and not line.startswith(("|", "    ")) and " " in line.strip(" -")] == []


def test_the_page_for_newcomers_is_one_page():
    assert len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 90
    assert "[CONTRIBUTING.md](CONTRIBUTING.md)" in README


def test_every_decision_is_in_the_index_under_its_title():
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\d{4}) \| \[(.+)\]\((.+)\) \| .{20,} \|$", index, re.MULTILINE)
    there = [(path.name[:4], path.read_text(encoding="utf-8").split("\n")[0], path.name)
             for path in sorted(DECISIONS.glob("[0-9]*.md"))]
    assert sorted((number, f"# {number} {title}", name) for number, title, name in listed) == there
    assert len(listed) == index.count("\n| 0")


def test_the_index_of_decisions_is_in_order_within_each_section():
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    sections = [re.findall(r"^\| (\d{4}) \|", section, re.MULTILINE) for section in index.split("\n## ")]
    assert sections == [sorted(numbers) for numbers in sections]


def test_every_page_that_code_cites_is_there():
    there = {path.name[:4] for path in DECISIONS.glob("[0-9]*.md")}
    code = read_all(ROOT / "app.py", ROOT / "config.py", *(ROOT / folder for folder in FOLDERS))
    assert {number for number in re.findall(r"docs/decisions/(\d{4})", code) if number not in there} == set()
    assert [name for name in re.findall(r"\b[\w/-]+\.md\b", code) if not is_there(name)] == []


def plain(text):
    """Letters and spaces alone, without accents and capitals: as words are put in order."""
    text = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in text if sign.isalpha() or sign == " ").strip()


def test_the_glossary_is_in_order_and_its_words_are_on_the_screens_and_in_the_code():
    screens = read_all(*(ROOT / folder for folder in ("templates", "views", "models"))).casefold()
    rows = re.findall(r"^\| (.+?) \| (`.+`) \| (.+?) \| .+ \|$", GLOSSARY, re.MULTILINE)
    assert len(rows) == GLOSSARY.count("\n| ") - 1
    assert [plain(words) for words, *_ in rows] == sorted(plain(words) for words, *_ in rows)
    for words, names, where in rows:
        assert [word for word in words.split(" · ") if word.casefold() not in screens] == []
        owners = [place if place.startswith(FOLDERS) else f"models/{place}" for place in where.split(", ")]
        code = read_all(*(ROOT / owner for owner in owners))
        assert [name for name in re.findall(r"`(\w+)`", names) if not re.search(rf"\b{name}\b", code)] == [], where


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
