"""The forms of work of initiatives: forms_of_work.toml."""
import tomllib
from collections.abc import Iterable
from pathlib import Path


def _load() -> dict[str, str]:
    text = (Path(__file__).parent / "forms_of_work.toml").read_text(encoding="utf-8")
    return {form["code"]: form["label"] for form in tomllib.loads(text)["form"]}


# Code → label, in the order of the file.
FORMS = _load()


def stored(codes: Iterable[str]) -> str:
    """Return these codes as the column keeps them: with a space between two, in the order of the file."""
    chosen = set(codes)
    return " ".join(code for code in FORMS if code in chosen)


def labels(forms: str) -> list[str]:
    """Return the labels of a column's codes; one that the file has no longer is left out."""
    return [FORMS[code] for code in forms.split() if code in FORMS]
