"""Each page is valid HTML, says the Nu Html Checker of the W3C, where .ci/checker provides it."""
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.walks.test_answers import answers, over_https

__all__ = ["answers", "over_https"]
if not os.environ.get("VNU"):
    pytest.skip("WITHOUT THE NU HTML CHECKER: .ci/checker provides it", allow_module_level=True)


def test_every_page_is_valid_html(answers, tmp_path):
    """Visitors, and each grant on the pages of its rows: pages of errors and fragments for htmx too."""
    pages, seen = {}, set()
    for where, answer in answers(pages=True):
        if answer.mimetype == "text/html" and (text := _alike(answer.text)) not in seen:
            seen.add(text)
            path = tmp_path / f"{len(pages)}.html"
            path.write_bytes(answer.data)
            # An address has the values that it does not need behind it.
            pages[path.name] = re.sub(r"\?\S*", "", where)
    assert len(pages) > 150
    assert faults(tmp_path, pages) == []


def faults(folder, pages):
    """List what the checker finds in the files of this folder; `pages` tells which address a file is of."""
    jar = Path(os.environ["VNU"]) / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    told = subprocess.run(["java", "-jar", jar, "--format", "json", "--skip-non-html", folder], check=False,
                          capture_output=True, text=True).stderr
    return sorted({f"{pages[one['url'].rpartition('/')[2]]}, line {one.get('lastLine', '?')}: {one['message']}"
                   for one in json.loads(told)["messages"]})


def _alike(text):
    """The text without what differs at each request."""
    return re.sub(r'value="[^"]*"', "", text)
