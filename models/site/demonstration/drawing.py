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


def _boxes(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 420, *SIZE), fill="#8a6a4a")
    for left, top, width in ((120, 260, 220), (370, 200, 280), (690, 290, 170), (410, 80, 180)):
        bottom = 200 if top < 100 else 420
        draw.rectangle((left, top, left + width, bottom), fill="#c99a5b")
        draw.rectangle((left + width // 2 - 14, top, left + width // 2 + 14, bottom), fill=WINDOW)
        draw.line((left, top, left + width, top), fill="#a87b41", width=10)


def _wood(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 400, *SIZE), fill="#8a6a4a")
    draw.rounded_rectangle((180, 240, 500, 350), 16, fill=SILL)
    draw.rectangle((180, 140, 300, 250), fill=WALL)
    draw.rectangle((210, 170, 270, 220), fill=WINDOW)
    draw.rectangle((430, 170, 470, 245), fill=STEEL)
    draw.rounded_rectangle((560, 250, 790, 350), 16, fill=LEAF)
    draw.line((500, 320, 560, 320), fill=STEEL, width=12)
    for left in (200, 300, 400, 580, 690):
        draw.ellipse((left, 320, left + 84, 404), fill=WALL, outline=WINDOW, width=10)


def _cup(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 400, *SIZE), fill=SILL)
    draw.ellipse((180, 390, 540, 460), fill=WINDOW)
    draw.arc((412, 240, 560, 370), 270, 90, fill=WALL, width=26)
    draw.rounded_rectangle((240, 220, 480, 420), 50, fill=WALL)
    draw.ellipse((240, 195, 480, 250), fill="#6b4a33", outline=WALL, width=8)
    draw.ellipse((580, 410, 880, 470), fill=WINDOW)
    draw.polygon((620, 440, 850, 440, 850, 330, 700, 300), fill="#b9795a")
    draw.line((700, 300, 850, 330), fill="#fff", width=18)


def _loom(draw: ImageDraw.ImageDraw) -> None:
    for left in (190, 740):
        draw.rectangle((left, 40, left + 34, 540), fill="#8a6a4a")
    for top in (70, 440):
        draw.rectangle((190, top, 774, top + 30), fill="#a8824f")
    for left in range(240, 740, 20):
        draw.line((left, 100, left, 440), fill=WINDOW, width=5)
    for row, colour in enumerate((WALL, SILL, WALL, LEAF, WALL, SILL)):
        draw.rectangle((236, 410 - row * 28, 728, 438 - row * 28), fill=colour)
    draw.rounded_rectangle((330, 225, 560, 255), 15, fill=STEEL)


def _sheep(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 300, *SIZE), fill=LEAF)
    for left, top in ((150, 190), (520, 240)):
        for leg in (60, 110, 190, 240):
            draw.rectangle((left + leg, top + 120, left + leg + 22, top + 220), fill="#2b2430")
        for part in range(4):
            draw.ellipse((left + part * 60, top, left + 120 + part * 60, top + 150), fill="#fff")
        draw.ellipse((left - 40, top + 10, left + 50, top + 110), fill="#2b2430")
        draw.ellipse((left - 12, top + 40, left + 4, top + 56), fill="#fff")


PICTURES: dict[str, Callable[[ImageDraw.ImageDraw], None]] = {
    "garden": _garden, "bicycle": _bicycle, "kitchen": _kitchen, "report": _report, "boxes": _boxes,
    "wood": _wood, "cup": _cup, "loom": _loom, "sheep": _sheep}
