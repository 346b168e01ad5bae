"""Every page, in light and dark, wide and narrow: axe-core finds nothing, and nothing has to be scrolled sideways."""
from pathlib import Path

import pytest

from tests.journeys.scenes import NOT_PAGES, SCENES, new_login, world_of
from tests.journeys.window import Window

AXE = (Path(__file__).parents[1] / "vendor" / "axe-4.14.1.min.js").read_text(encoding="utf-8")
RUN = """async () => {
    const found = await axe.run(document, {rules: {'target-size': {enabled: true}}});
    return found.violations.map(fault => [fault.id, ...fault.nodes.map(node => node.html.slice(0, 200))]);
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth
    ? [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
        .map(one => one.outerHTML.slice(0, 120)) : []"""
# 320 is the narrowest that must work, 640 is 1280 at 200 %.
WIDTHS = (1280, 640, 375, 320)
# What axe-core looks at; a long page in each width and in each scheme once.
LOOKS = {1280: ("light", "dark"), 375: ("light", "dark")}
LONG = {1280: ("light",), 375: ("dark",)}


@pytest.fixture(scope="module")
def world(site):
    """One register for all scenes."""
    site.connect()
    return world_of(new_login("De Kring", "kring@voorbeeld.be"))


@pytest.fixture(scope="module")
def window(browser, site):
    """One window for all scenes, for opening one takes longer than most pages."""
    window = Window(browser, site, reduced_motion="reduce")
    yield window
    window.close()


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_a_page_is_accessible_and_fits_a_narrow_screen(window, world, scene):
    window.begin_anew()
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
        for scheme in (LONG if scene.long else LOOKS).get(width, ()):
            page.emulate_media(color_scheme=scheme)
            found[width, scheme] = page.evaluate(RUN)
    assert {where: faults for where, faults in found.items() if faults} == {}
    window.check()


def test_every_page_has_a_scene_and_every_form_one_in_which_it_is_wrong(site):
    rules = {rule.rule: rule for rule in site.app.url_map.iter_rules() if "GET" in rule.methods}
    assert set(rules) - NOT_PAGES == {scene.rule for scene in SCENES}
    forms = {rule for rule in rules if "POST" in rules[rule].methods}
    # It has no field to mistype.
    assert forms - {"/email/<token>"} == {scene.rule for scene in SCENES if scene.wrong}
