"""The categories of documents: a data file of each wing."""
import functools
import tomllib
from pathlib import Path


@functools.cache
def categories_in(file: Path) -> dict[str, str]:
    """Return the label of each category by its code, in the order in which pages list them."""
    return {one["code"]: one["label"] for one in tomllib.loads(file.read_text(encoding="utf-8"))["category"]}
