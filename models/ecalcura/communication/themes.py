"""The themes on which facilities are mailed, from themes.toml."""
import functools
import tomllib
from pathlib import Path

FILE = Path(__file__).parent / "themes.toml"
# The theme of everything in this wing.
ECALCURA = "ecalcura"


@functools.cache
def themes() -> dict[str, str]:
    """Return the label of each theme by its code."""
    return {one["code"]: one["label"] for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["theme"]}
