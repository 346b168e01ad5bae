"""`make screenshots`: every scene on the demonstration, wide and narrow, light and dark, into instance/screenshots/."""
import os
import tempfile
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from models.accounts.accounts import Account
from models.arbeidszorg.register.questionnaire import DEFAULT_FILE
from tests.journeys.scenes.all import SCENES, world_of
from tests.journeys.tools.site import ROOT, Site
from tests.journeys.tools.window import ARGUMENTS, Window

FOLDER = ROOT / "instance" / "screenshots"
# Scenes whose first screenful is also an image of the README.
IN_README = {"dashboard", "client"}
IMAGES = ROOT / "docs" / "images"
WIDTHS = {1280: 800, 375: 740}


def main():
    """Take all screenshots."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (tempfile.TemporaryDirectory() as folder,
          Site(Path(folder), secure=False, options=["--demonstration"], questionnaire=DEFAULT_FILE) as site):
        site.connect()
        account = next(account for account in Account.select().order_by(Account.id) if account.organisation)
        world = world_of(SimpleNamespace(organisation=account.organisation, account=account))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=ARGUMENTS)
            for scene in SCENES:
                shoot(browser, site, world, scene)
    print(f"{len(SCENES)} pages, each {len(WIDTHS) * 2} times, in {FOLDER.relative_to(ROOT)}/")


def shoot(browser, site, world, scene):
    """Take the screenshots of one scene, in each width and colour scheme."""
    window = Window(browser, site, reduced_motion="reduce")
    if scene.who:
        window.sign_in(getattr(world, scene.who).account)
    scene.open(window, world)
    page = window.page
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=FOLDER / f"{scene.name}-{width}-{scheme}.png", full_page=True)
            if scene.name in IN_README and (width, scheme) == (1280, "light"):
                page.screenshot(path=IMAGES / f"{scene.name}.png")
    window.close()


if __name__ == "__main__":
    main()
