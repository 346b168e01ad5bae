"""The pictures of the demonstration: drawn here, with a few shapes each."""
import io
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (960, 540)
WALL, SILL, WINDOW, LEAF, SKY, STEEL = "#4c1231", "#e9b44a", "#f6e9ef", "#4f7a4c", "#dfe9ec", "#5d6670"


def drawn(name: str) -> bytes:
    """Return the picture with this name, as a PNG."""
    image = Image.new("RGB", SIZE, SKY)
    PICTURES[name](ImageDraw.Draw(image))
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def _garden(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse((730, 50, 850, 170), fill=SILL)
    draw.rectangle((0, 270, *SIZE), fill="#8a6a4a")
    for row in range(4):
        for plant in range(9):
            left, top = 40 + plant * 105 - row * 12, 250 + row * 68
            draw.ellipse((left, top, left + 44 + row * 6, top + 40 + row * 5), fill=LEAF)


def _bicycle(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 450, *SIZE), fill="#b9b1a6")
    for left in (190, 550):
        draw.ellipse((left, 240, left + 220, 460), outline=WALL, width=16)
    draw.line((300, 350, 440, 350, 620, 200, 400, 200, 300, 350), fill=SILL, width=18, joint="curve")
    draw.line((440, 350, 380, 150), fill=STEEL, width=14)
    draw.line((660, 350, 600, 130, 540, 120), fill=STEEL, width=14, joint="curve")
    draw.rounded_rectangle((330, 130, 430, 154), 12, fill=WALL)


def _kitchen(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 440, *SIZE), fill=WALL)
    draw.rounded_rectangle((290, 230, 670, 440), 40, fill=STEEL)
    draw.rounded_rectangle((260, 210, 700, 250), 20, fill="#7c8791")
    draw.rounded_rectangle((220, 270, 290, 300), 14, fill=SILL)
    draw.rounded_rectangle((670, 270, 740, 300), 14, fill=SILL)
    for left in (370, 460, 550):
        draw.arc((left, 60, left + 60, 130), 90, 270, fill="#fff", width=12)
        draw.arc((left, 128, left + 60, 198), 270, 90, fill="#fff", width=12)


def _report(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, *SIZE), fill=WALL)
    for place, height in enumerate((330, 180, 280, 160, 300)):
        left, top = 90 + place * 160, 500 - height
        draw.ellipse((left, top, left + 130, top + 130), fill=WINDOW)
        draw.rectangle((left, top + 65, left + 130, 500), fill=WINDOW)
    draw.rectangle((0, 500, *SIZE), fill=SILL)


PICTURES: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "garden": _garden, "bicycle": _bicycle, "kitchen": _kitchen, "report": _report}
