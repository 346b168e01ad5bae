"""`make screenshots`: every scene on the demonstration, wide and narrow, light and dark, into instance/screenshots/.

Also the images of the README, and the pictures of the help, which alone are taken by `make help-pictures`.
"""
import os
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from models.accounts.accounts import Account
from models.arbeidszorg.register.questionnaire import DEFAULT_FILE
from tests.journeys.scenes.all import SCENES, world_of
from tests.journeys.tools.help_pictures import Album, illustrated
from tests.journeys.tools.site import ROOT, Site
from tests.journeys.tools.window import ARGUMENTS, Window

FOLDER = ROOT / "instance" / "screenshots"
# Scenes whose first screenful is also an image of the README.
IN_README = {"dashboard", "client"}
IMAGES = ROOT / "docs" / "images"
# The whole report is a long page. In milliseconds.
PATIENCE = 120_000
WIDTHS = {1280: 800, 375: 740}


def main(words=()):
    """Take all screenshots; with the word 'help' only the pictures of the help."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=ARGUMENTS)
        album = Album()
        visit(browser, [scene for scene in SCENES if scene.name in illustrated()], album.take)
        album.close()
        if "help" in words:
            return
        visit(browser, SCENES, in_every_look)
        # A new installation, which the README shows, has no term of keeping.
        visit(browser, [scene for scene in SCENES if scene.name in IN_README], for_the_readme, RETENTION_YEARS="")
    print(f"{len(SCENES)} pages, each {len(WIDTHS) * 2} times, in {FOLDER.relative_to(ROOT)}/")


def visit(browser, scenes, take, **settings):
    """Open each of these scenes on the demonstration of a site with these settings, and take its pictures."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), secure=False, options=["--demonstration"], questions=DEFAULT_FILE)
        site.environment |= settings
        with site:
            site.connect()
            account = next(account for account in Account.select().order_by(Account.id) if account.organisation)
            world = world_of(SimpleNamespace(organisation=account.organisation, account=account))
            for scene in scenes:
                window = Window(browser, site, reduced_motion="reduce")
                window.context.set_default_timeout(PATIENCE)
                if scene.who:
                    window.sign_in(getattr(world, scene.who).account)
                scene.open(window, world)
                take(window.page, scene.name)
                window.close()


def in_every_look(page, name):
    """Take the screenshots of one scene, in each width and colour scheme."""
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png", full_page=True)


def for_the_readme(page, name):
    """Take the first screenful of a scene, wide and light."""
    page.set_viewport_size({"width": 1280, "height": WIDTHS[1280]})
    page.emulate_media(color_scheme="light")
    page.screenshot(path=IMAGES / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
