"""Each view runs in the lane of its work: whatever hashes a password or makes a file keeps no page waiting."""
import pytest

from models.accounts import passwords
from models.ecalcura.people import registers
from tests.walks import registry
from tests.walks.filled import FILLED, fill
from views.shell.lanes import ASKING, HASHING, LONG, PAGES, accepts, hashes, lane_of

__all__ = ["fill"]
# Files that are there already, or of one client.
SMALL_FILES = {
    "editions.as_json", "records.save", "trimesters.download", "merged.download", "desk_files.download",
    "certificates.download", "certificates.desk_download", "public_site_documents.report"}


class Counted:
    """Stands in for the hasher, and counts what it does."""

    def __init__(self, hasher):
        self.hasher, self.count = hasher, 0

    def __getattr__(self, name):
        if name in ("hash", "verify"):
            self.count += 1
        return getattr(self.hasher, name)


@pytest.mark.parametrize("endpoint", sorted(FILLED))
def test_a_form_runs_in_the_lane_for_hashing_if_it_hashes(app, fill, endpoint, monkeypatch):
    form, counted = fill(endpoint), Counted(passwords._hasher)
    monkeypatch.setattr(passwords, "_hasher", counted)
    form.send()
    lane = lane_of(app.view_functions[endpoint], "POST")
    assert (lane == HASHING) == (counted.count > 0)


@pytest.mark.parametrize("endpoint", sorted(FILLED))
def test_a_form_that_asks_a_register_runs_in_the_lane_for_it(app, fill, endpoint, monkeypatch):
    form, asked = fill(endpoint), []
    client = registers._State.client
    for question in ("find_person", "find_qualifications"):
        answer = getattr(client, question)
        monkeypatch.setattr(registers, question, lambda *words, answer=answer: (asked.append(words), answer(*words))[1])
    form.send()
    lane = lane_of(app.view_functions[endpoint], "POST")
    assert lane == ASKING or not asked


def test_showing_a_form_with_a_password_is_a_page_like_any_other(app):
    assert lane_of(app.view_functions["auth.login"], "GET") == PAGES


def test_a_file_is_made_in_the_lane_for_long_work(page, people, rows):
    made = set()
    for account in registry.own(people):
        page.sign_in(account)
        with page.app.test_request_context():
            found = [(rule.endpoint, rule.build(rows)[1]) for rule in page.app.url_map.iter_rules()
                     if "GET" in rule.methods and rule.arguments <= set(rows)]
        for endpoint, address in found:
            if "attachment" in page.browser.get(address).headers.get("Content-Disposition", ""):
                made.add(endpoint)
    outside = {endpoint for endpoint in made if lane_of(page.app.view_functions[endpoint], "GET") != LONG}
    assert outside <= SMALL_FILES
    assert len(made) > 8


def test_a_view_in_another_lane_takes_no_large_body_for_a_spool_is_read_once():
    for first, then in ((hashes, accepts(1_000_000)), (accepts(1_000_000), hashes)):
        with pytest.raises(ValueError, match="handed over"):
            then(first(lambda: None))
