"""Markdown as safe HTML."""
import re

import pytest
from bs4 import BeautifulSoup

from models.site.markdown import LONGEST_TEXT, TAGS, html_of, plain


@pytest.mark.parametrize(("typed", "shown"), [
    ("Een **vet** en *schuin* woord", "<p>Een <strong>vet</strong> en <em>schuin</em> woord</p>\n"),
    ("Regel een\nregel twee", "<p>Regel een<br>\nregel twee</p>\n"),
    ("- een\n- twee", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n"),
    ("3. drie", '<ol start="3">\n<li>drie</li>\n</ol>\n'),
    ("[Meer](https://www.voorbeeld.be/a?b=1&c=2)",
     '<p><a href="https://www.voorbeeld.be/a?b=1&amp;c=2" rel="noopener">Meer</a></p>\n'),
    ("[Nieuws](/nieuws)", '<p><a href="/nieuws" rel="noopener">Nieuws</a></p>\n'),
    ("![Een *tuin*](/beelden/a.webp)", '<p><img src="/beelden/a.webp" alt="Een tuin" loading="lazy"></p>\n'),
])
def test_a_text_becomes_what_its_signs_say(typed, shown):
    assert html_of(typed) == shown


@pytest.mark.parametrize(("typed", "levels"), [
    ("1 5 1 2", "2 3 2 3"), ("2 2 2", "2 2 2"), ("2 3 2 3 3", "2 3 2 3 3"), ("3 3 4", "2 2 3"), ("2 1 2", "2 2 3"),
    ("1 3 2 3", "2 3 3 4"), ("1 2 3 4 5 6", "2 3 4 5 6 6")])
def test_headings_start_below_the_title_and_go_down_a_step_at_a_time(typed, levels):
    text = "\n\n".join("#" * int(marks) + " Kop" for marks in typed.split())
    tags = BeautifulSoup(html_of(text), "html.parser").select("h2, h3, h4, h5, h6")
    assert [tag.name for tag in tags] == [f"h{level}" for level in levels.split()]


def test_headings_in_a_preview_start_one_lower_and_an_underlined_one_counts_too():
    assert html_of("# Een", first_heading=3) == "<h3>Een</h3>\n"
    assert html_of("Een\n===\n\nTwee\n---") == "<h2>Een</h2>\n<h3>Twee</h3>\n"


HARMFUL = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<iframe src='https://x.be'></iframe>",
    "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](java&#115;cript:alert(1))", "[a](&#x6a;avascript:1)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)", "[a](vbscript:msgbox(1))", "[a](//voorbeeld.be)", "[a](/\\voorbeeld.be)",
    "[a](http://voorbeeld.be)", "[a](file:///etc/passwd)", "[a](mailto:x@voorbeeld.be)", "<javascript:alert(1)>",
    "![a](https://voorbeeld.be/a.png)", "![a](data:image/png;base64,AAAA)", "![a](//voorbeeld.be/a.png)",
    "[a]: javascript:alert(1)\n\n[a]", "[a](https://x.be 'x\" onclick=\"alert(1)')",
    '![x" onerror="alert(1)](/a.png)', "[a](https://)", "[a](https://[)", "<div style='position:fixed'>",
    "`<script>`", "    <script>", "```html\n<script>\n```", "<!-- <script> -->", "<a href='https://x.be'>",
    "a\x00b <b>", "&lt;script&gt;", "<svg/onload=alert(1)>", "<math><mi//xlink:href='data:x,<script>'>",
]


@pytest.mark.parametrize("typed", HARMFUL)
def test_nothing_harmful_or_from_elsewhere_is_in_it(typed):
    soup = BeautifulSoup(html_of(typed), "html.parser")
    for tag in soup.find_all(True):
        assert tag.name in TAGS
        assert set(tag.attrs) <= {"href", "rel", "src", "alt", "loading", "start"}
        assert re.match(r"https://\w|/[\w%]", tag.get("href", "/a"))
        assert re.match(r"/\w", tag.get("src", "/a"))


def test_html_that_was_typed_shows_as_it_was_typed():
    assert BeautifulSoup(html_of("Schrijf <b>vet</b>"), "html.parser").get_text().strip() == "Schrijf <b>vet</b>"


@pytest.mark.parametrize("piece", ["![", "*a_ ", "> ", "[](", "<a "])
def test_the_longest_text_of_any_sign_is_shown(piece):
    assert html_of((piece * LONGEST_TEXT)[:LONGEST_TEXT]) is not None


@pytest.mark.parametrize(("text", "words"), [
    ("# Kop\n\nEen **vet** woord, een [link](https://x.be).\nEn meer.", "Een vet woord, een link. En meer."),
    ("Woorden die te lang zijn", "Woorden die te lang…"),
    ("", ""), ("# Alleen een kop", ""),
])
def test_the_first_words_of_a_text_are_those_of_its_first_paragraph(text, words):
    assert plain(text, 40 if len(text) > 30 else 22) == words
