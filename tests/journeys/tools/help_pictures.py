"""The pictures of the help (models/site/help): each of a scene of the demonstration, with the words that are on it."""
import base64
import json

from app import WINGS, records
from models.site.help.topics import PICTURES, topics
from tests.journeys.tools.site import ROOT

FOLDER = ROOT / "static" / "help"
WIDTH, MARGIN, QUALITY = 1040, 12, 55
# The words of the page itself that are within a rectangle: no data, and so no digits.
WORDS = """([top, bottom, root]) => [...new Set([...document.querySelector(root).querySelectorAll(
    'h1, h2, h3, legend, label, .label, summary, button, a.button, th:not([scope=row])')].filter(one => {
    const box = one.getBoundingClientRect();
    return box.height > 0 && box.top + scrollY >= top && box.bottom + scrollY <= bottom;
}).map(one => one.innerText.split('\\n')[0].trim()).filter(text => text && !/[0-9]/.test(text)))]"""
HEAD = """# Made by `make screenshots`: the size of the picture of each topic, and the words that are on it.
# A journey compares these words with the pages as they are now.
"""


def illustrated():
    """The topics that have a picture, by the name of their scene."""
    found = {}
    for topic in topics(tuple(wing.help for wing in records(WINGS) if wing.help)).values():
        if topic.picture:
            found.setdefault(topic.picture.scene, []).append(topic)
    return found


def frame(page, picture):
    """The rectangle of a picture on its page, and the words in it."""
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.emulate_media(color_scheme="light")
    box = page.locator(picture.show).first.bounding_box()
    top = box["y"] + page.evaluate("scrollY")
    clip = {"x": max(0, box["x"] - MARGIN), "y": top, "width": min(WIDTH, box["width"] + 2 * MARGIN),
            "height": min(picture.height, box["height"]), "scale": 1}
    words = page.evaluate(WORDS, [clip["y"], clip["y"] + clip["height"], picture.show])
    return {name: round(value) for name, value in clip.items()}, words


class Album:
    """Takes the pictures, and then writes down their sizes and words."""

    def __init__(self):
        self.sizes = {}

    def take(self, page, scene):
        """Take the picture of each topic with this scene."""
        for topic in illustrated()[scene]:
            clip, words = frame(page, topic.picture)
            client = page.context.new_cdp_session(page)
            shot = client.send("Page.captureScreenshot", {
                "format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True})
            (FOLDER / f"{topic.slug}.webp").write_bytes(base64.b64decode(shot["data"]))
            self.sizes[topic.slug] = (clip["width"], clip["height"], words)

    def close(self):
        """Write the sizes and words, and remove pictures that no topic has any more."""
        for path in FOLDER.glob("*.webp"):
            if path.stem not in self.sizes:
                path.unlink()
        PICTURES.write_text(HEAD + "".join(
            f"\n[{slug}]\nwidth = {width}\nheight = {height}\nwords = [\n"
            + "".join(f"  {json.dumps(word, ensure_ascii=False)},\n" for word in words) + "]\n"
            for slug, (width, height, words) in sorted(self.sizes.items())), encoding="utf-8")
