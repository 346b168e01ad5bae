"""Each answer of the help names words that are on its pages, for the people of its part."""
import functools
import re

import pytest
from bs4 import BeautifulSoup, NavigableString

from app import WINGS, records
from models.site.help.topics import topics

TOPICS = topics(tuple(wing.help for wing in records(WINGS) if wing.help))
# The account that opens the pages of a part; a page for visitors is opened by nobody.
OF_PART = {"organisation": "arbeidszorg:organisation", "administrator": "arbeidszorg:administrator"}
# Endpoints of an editor's pages, and of pages that nobody signs in for.
EDITORS = ("site_office", "site_news", "site_documents", "site_pages", "site_editors")
FOR_VISITORS = ("auth.", "public_", "pages.")

# Attributes that are read or spoken.
SPOKEN = ("placeholder", "aria-label", "alt", "value")


def words_of(html):
    """Each text of a page, and each element's texts together, with single spaces."""
    soup = BeautifulSoup(html, "html.parser")
    found = {text for text in soup.find_all(string=True) if isinstance(text, NavigableString)}
    for element in soup.find_all(True):
        found |= {element.get(name) for name in SPOKEN} | {element.get_text("")}
    return {re.sub(r"\s+", " ", text).strip() for text in found if isinstance(text, str)} - {""}


def address(page, rows, where):
    """The address of an endpoint with its query."""
    endpoint, _, query = where.partition("?")
    rule = next(rule for rule in page.app.url_map.iter_rules() if rule.endpoint == endpoint and "GET" in rule.methods)
    with page.app.test_request_context():
        path = rule.build({argument: rows[argument] for argument in rule.arguments})[1]
    return f"{path}?{query}" if query else path


@pytest.fixture
def opened(page, people, rows):
    """`opened(topic)`: the words on the pages of a topic."""
    @functools.cache
    def words(role, where):
        page.forget()
        if where == "auth.set_up_factor":
            page.wait(people[role, "own"])
        elif not where.startswith(FOR_VISITORS):
            page.sign_in(people[role, "own"])
        answer = page.browser.get(address(page, rows, where))
        assert answer.status_code == 200, (where, answer.status_code)
        return words_of(answer.text)

    def opened(topic):
        return set().union(*(
            words("site:editor" if where.startswith(EDITORS) else OF_PART[topic.part], where) for where in topic.pages))

    return opened


def test_every_word_of_the_screen_in_an_answer_is_on_its_pages(opened):
    wrong = {topic.slug: missing for topic in TOPICS.values() if (missing := set(topic.on_screen) - opened(topic))}
    assert wrong == {}


def test_an_answer_that_names_a_word_of_no_page_would_be_found(opened):
    topic = TOPICS["aanmelden"]
    assert "Opslaan" in topic._replace(steps=("Klik op ‘Opslaan’.",)).on_screen
    assert "Opslaan" not in opened(topic)
    assert "Aanmelden" in opened(topic)


def test_a_page_leads_only_to_questions_that_are_there(page):
    named = {}
    for path in page.app.jinja_env.list_templates():
        source = page.app.jinja_env.loader.get_source(page.app.jinja_env, path)[0]
        for call in re.findall(r"\bhelp\(([^)]*)\)", source):
            named[path] = set(re.findall(r"'([a-z0-9-]+)'", call))
    assert set().union(*named.values()) <= set(TOPICS)
