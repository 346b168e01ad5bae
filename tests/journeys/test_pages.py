"""Checks every scene, light and dark, wide and narrow: axe-core finds no fault, and nothing scrolls sideways."""
import re
from pathlib import Path

import pytest

from tests.journeys.scenes.all import NOT_PAGES, PAST_ANSWER, PAST_HOURS, SCENES, new_login, world_of
from tests.journeys.scenes.ecalcura.calculations import CALCULATION_QUESTIONS
from tests.journeys.scenes.ecalcura.contacts import CONTACT_QUESTIONS
from tests.journeys.scenes.ecalcura.deliveries import DELIVERIES_QUESTIONS
from tests.journeys.scenes.ecalcura.desk import DESK_QUESTIONS
from tests.journeys.scenes.ecalcura.documents import DOCUMENT_QUESTIONS
from tests.journeys.scenes.ecalcura.staff import STAFF_QUESTIONS
from tests.journeys.scenes.importing import UNDO_IMPORT
from tests.journeys.scenes.site.documents import SITE_DOCUMENT_QUESTIONS
from tests.journeys.scenes.site.news import NEWS_QUESTIONS
from tests.journeys.scenes.withdrawal import QUESTIONS
from tests.journeys.tools.window import Window

AXE = (Path(__file__).parents[1] / "vendor" / "axe-4.14.1.min.js").read_text(encoding="utf-8")
OUR_STYLES = sorted((Path(__file__).parents[2] / "static" / "css").glob("*.css"))
# `resultTypes`: without it axe-core also lists each node that passes, which takes half of its time.
RUN = """async rules => {
    const found = await axe.run(document, {...rules, resultTypes: ['violations']});
    return found.violations.map(fault => [fault.id, ...fault.nodes.map(node => node.html.slice(0, 200))]);
}"""
ALL = {"rules": {"target-size": {"enabled": True}}}
# The only rules that look at colours. Only colours depend on the colour scheme: see the last test here.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
TOO_WIDE = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
    ? [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
        .map(one => one.outerHTML.slice(0, 120)) : []"""
# WCAG requires 320; 640 is 1280 at 200 % zoom.
WIDTHS = (1280, 640, 375, 320)
# Width → scheme → rules: all rules once in each width, the colour rules in each width and scheme; half for a long page.
LONG = {1280: {"light": ALL}, 375: {"dark": ALL}}
LOOKS = {1280: {"light": ALL, "dark": COLOURS}, 375: {"dark": ALL, "light": COLOURS}}


@pytest.fixture(scope="session")
def world(site):
    """The rows that all scenes share."""
    site.connect()
    return world_of(new_login("Het Venster", "venster@voorbeeld.be"))


@pytest.fixture(scope="session")
def window(light_browser, site):
    """One window for all scenes: opening a window takes longer than most pages."""
    window = Window(light_browser, site, reduced_motion="reduce")
    yield window
    window.close()


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_a_page_is_accessible_and_fits_a_narrow_screen(window, world, scene):
    window.reset()
    page = window.page
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    page.emulate_media(color_scheme="light")
    if scene.who:
        window.sign_in(getattr(world, scene.who).account)
    scene.open(window, world)
    page.evaluate(AXE)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width, "too wide"] = page.evaluate(TOO_WIDE)
        for scheme, rules in (LONG if scene.long else LOOKS).get(width, {}).items():
            page.emulate_media(color_scheme=scheme)
            found[width, scheme] = page.evaluate(RUN, rules)
    assert {where: faults for where, faults in found.items() if faults} == {}
    window.check()


def test_every_page_has_a_scene_and_every_form_a_scene_with_errors(site):
    rules, posts = ({rule.rule for rule in site.app.url_map.iter_rules() if method in rule.methods}
                    for method in ("GET", "POST"))
    assert rules - NOT_PAGES == {scene.rule for scene in SCENES}
    # The forms that confirm an address, remove an earlier answer or only ask a question have no field.
    without_fields = {"/email/<token>", PAST_ANSWER, PAST_HOURS, *QUESTIONS, *STAFF_QUESTIONS, *DESK_QUESTIONS,
                      *CONTACT_QUESTIONS, *DOCUMENT_QUESTIONS,
                      *CALCULATION_QUESTIONS, *DELIVERIES_QUESTIONS, *NEWS_QUESTIONS,
                      *SITE_DOCUMENT_QUESTIONS, UNDO_IMPORT}
    assert (rules & posts) - without_fields == {scene.rule for scene in SCENES if scene.wrong}


def test_the_colour_scheme_changes_only_colours(window):
    """`COLOURS` relies on this: no other rule of axe-core looks at colours, and the schemes differ only in colours."""
    window.reset()
    window.go("/login")
    window.page.evaluate(AXE)
    rules = window.page.evaluate("axe.getRules(['cat.color']).map(rule => rule.ruleId)")
    # color-contrast-enhanced asks for more than AA; axe-core has it off by default.
    assert sorted(rules) == sorted(["color-contrast-enhanced", *COLOURS["runOnly"]])
    style = "".join(path.read_text(encoding="utf-8") for path in OUR_STYLES)
    schemes = re.findall(r"@media[^{]*prefers-color-scheme[^{]*\{((?:[^{}]*\{[^{}]*\})*)", style)
    blocks = re.findall(r"\{([^{}]*)\}", " ".join(schemes))
    declared = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+);", " ".join(blocks)))
    assert {"--surface", "--chart-1"} <= declared.keys()
    for name, value in declared.items():
        assert name.startswith("--"), name
        assert re.match(r"#[0-9a-f]+$|var\(--|url\(\"data:image", value), (name, value)


def test_rows_that_are_cards_on_a_narrow_screen_stay_a_table_for_a_screen_reader(window, world):
    window.reset()
    window.page.set_viewport_size({"width": 375, "height": 800})
    window.sign_in(world.editor.account).go("/site/pages")
    tree = window.context.new_cdp_session(window.page).send("Accessibility.getFullAXTree")["nodes"]
    found = [node["role"]["value"] for node in tree]
    assert window.page.locator("tbody tr").first.evaluate("one => getComputedStyle(one).display") == "block"
    tags = {"table": "table", "row": "tr", "columnheader": "thead th", "rowheader": "tbody th", "cell": "td"}
    assert {role: found.count(role) for role in tags} == {
        role: window.page.locator(tag).count() for role, tag in tags.items()}
