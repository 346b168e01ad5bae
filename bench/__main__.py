"""`python -m bench [--write] [part …]`: measure, print a table, and with --write put it in docs/benchmarks.md.

BENCH_DIR keeps the registers for a next run (some 2 GB); without it they are made in a temporary folder each time.
`against` needs OLD_BUILD, the folder of a checkout of an earlier build with its .venv (`make bench-against` makes one);
`upgrade` needs the build before migration 0004 there, and `postgresql` needs DATABASE_URL. `waits` also measures the
build in OLD_BUILD if there is one. `lighthouse` needs Lighthouse and a browser: `make lighthouse` has both.
"""
import argparse
import contextlib
import os
import re
import tempfile
from pathlib import Path

from bench.measures import (
    against,
    dashboard,
    exports,
    footprint,
    locks,
    memory,
    postgresql,
    province,
    raas_import,
    register_import,
    sampling,
    upgrade,
    waits,
)
from bench.measures.ecalcura import calculation, progress, retention, staff_list, submissions
from bench.measures.report import suppression
from bench.measures.report import whole as report
from bench.measures.site import lighthouse
from bench.measures.site import pages as site
from bench.tools.figures import table

PARTS = {"dashboard": dashboard, "import": register_import, "footprint": footprint, "province": province,
         "report": report, "profile": sampling, "against": against, "upgrade": upgrade, "postgresql": postgresql,
         "waits": waits, "locks": locks, "memory": memory, "exports": exports, "raas": raas_import,
         "staff": staff_list, "submissions": submissions, "progress": progress,
         "retention": retention,
         "calculation": calculation, "site": site, "lighthouse": lighthouse, "suppression": suppression}
# These need another build, a server or a browser, so they are measured only by name.
BY_NAME = ("against", "upgrade", "postgresql", "lighthouse")
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def main():
    """Run the named parts, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("parts", nargs="*", metavar="part", help=(
        f"{', '.join(PARTS)}; when none is named, all but {', '.join(BY_NAME)}"))
    parser.add_argument("--write", action="store_true", help=f"put the figures in docs/{PAGE.name}")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    with _workplace() as folder:
        for name in asked.parts or [name for name in PARTS if name not in BY_NAME]:
            print(f"\n{name}", flush=True)
            text = table(PARTS[name].run(folder))
            print(text, flush=True)
            if asked.write:
                _write(name, text)


@contextlib.contextmanager
def _workplace():
    if kept := os.environ.get("BENCH_DIR"):
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept).absolute()
    else:
        with tempfile.TemporaryDirectory(prefix="loket-bench-") as folder:
            yield Path(folder)


def _write(name, text):
    """Replace the part's figures on the page, which are between two comments."""
    page = PAGE.read_text(encoding="utf-8")
    block = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    assert block.search(page), f"docs/{PAGE.name} has no place for {name}"
    PAGE.write_text(block.sub(lambda found: found[1] + text + "\n" + found[2], page), encoding="utf-8")


if __name__ == "__main__":
    main()
