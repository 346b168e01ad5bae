"""Lets Lighthouse look at the public pages of a demonstration, where `.ci/checker lighthouse` provides it."""
import json
import os
import re
import statistics
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from bench.tools import servers
from bench.tools.figures import Figure

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FULL = 100
RUNS, TRIES = 3, 3
LISTED = re.compile(rb"<loc>([^<]+)</loc>")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--no-first-run")


def run(workplace):
    """Measure, and return the figures: a line for each kind of page, and one for each audit that was not passed."""
    with tempfile.TemporaryDirectory(dir=workplace) as folder:
        environment = {"DATA_DIR": f"{folder}/data", "KEY_DIR": f"{folder}/keys", "WINGS": "arbeidszorg ecalcura site"}
        with servers.demonstration(environment, workplace / "servers.log") as loket:
            return [figure for path in _paths(loket) for figure in _measured(loket, path)]


def _paths(loket):
    """One address of each kind of page on the list of pages, and of the kinds that it has no page of."""
    _, listed = loket.get("/sitemap.xml")
    kinds = {}
    for address in LISTED.findall(listed):
        path = urlsplit(address.decode()).path
        kinds.setdefault((path.split("/")[1], path.count("/")), path)
    return kinds.values()


def _measured(loket, path):
    """The median of each category over some runs, and what keeps one of them from being full."""
    reports = [_report(f"http://127.0.0.1:{loket.port}{path}") for _ in range(RUNS)]
    scores = [[round(report["categories"][name]["score"] * FULL) for report in reports] for name in CATEGORIES]
    medians = [statistics.median(found) for found in scores]
    text = ", ".join(str(middle) if min(found) == middle else f"{middle} (lowest {min(found)})"
                     for middle, found in zip(medians, scores, strict=True))
    yield Figure(path, text, ", ".join([str(FULL)] * len(CATEGORIES)), min(medians) == FULL)
    if min(medians) < FULL:
        yield from (Figure(f"  {audit}", shown) for audit, shown in sorted(_lacking(reports[-1]).items()))


def _lacking(report):
    """Audit → what Lighthouse says of it, for each that counts and is not passed."""
    counted = {one["id"] for name in CATEGORIES for one in report["categories"][name]["auditRefs"] if one["weight"]}
    return {name: audit.get("displayValue") or audit["title"] for name, audit in report["audits"].items()
            if name in counted and audit["score"] is not None and audit["score"] < 1}


def _report(url):
    """Lighthouse's report on a page, as on a telephone. It starts again if the browser gave it no trace."""
    command = Path(os.environ["LIGHTHOUSE"]) / "node_modules" / "lighthouse" / "cli" / "index.js"
    for _ in range(TRIES):
        told = subprocess.run(
            ["node", command, url, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}",
             f"--chrome-flags={' '.join(FLAGS)}"],
            check=False, capture_output=True, text=True, env=os.environ | {"CHROME_PATH": os.environ["CHROMIUM"]})
        report = json.loads(told.stdout or "{}")
        if report and "runtimeError" not in report:
            return report
    raise AssertionError(f"no report on {url}: {told.stderr[-500:]}")
