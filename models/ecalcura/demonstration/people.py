"""The people whom the simulated provider of the demonstration signs in (people.toml), and its mapping (claims.toml)."""
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
MAPPING = HERE / "claims.toml"


def people() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield (label, subject, claims) of each person."""
    for person in tomllib.loads((HERE / "people.toml").read_text(encoding="utf-8"))["person"]:
        yield person["label"], person["subject"], person["claims"]
