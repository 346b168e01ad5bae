"""A picture that comes in: looked at before it is opened, then made again in two widths, without metadata.

Its content decides the format, never its name. Nothing of it is written to disk. See docs/decisions/0151.
"""
import io
import struct
import threading
from typing import NamedTuple

from PIL import Image, ImageCms, ImageOps

from models.errors import Refused
from models.site.errors import SiteCode

LARGEST = 8 * 2**20
FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 30_000_000
# Pixels of the shortest side, and how many times longer the longest one may be.
SMALLEST, MOST_TIMES = 200, 4
WIDTHS = (640, 1280)
QUALITY = 80
# A picture of a camera has 10 or so; thousands would take minutes.
MOST_SCANS, SCAN = 100, b"\xff\xda"
# The errors of Pillow for a file that is not in order.
BROKEN = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError, EOFError,
          RuntimeError, MemoryError, struct.error)
SIXTEEN_BITS = ("I;16", "I;16B", "I;16L", "I;16N", "I")
WHITE = "#fff"
# `_opened` bounds the pixels, before anything is decoded: of these formats Pillow reads the head first.
Image.MAX_IMAGE_PIXELS = None
# One at a time: the largest picture takes 300 MB for a moment.
_ONE = threading.Lock()


class Drawn(NamedTuple):
    """A picture in one width, as WebP."""

    width: int
    height: int
    content: bytes


def decoded(content: bytes) -> tuple[Drawn, ...]:
    """Return a picture in each of `WIDTHS` that is not wider than it, the narrowest first.

    Raises `Refused` for a file that is no picture, or too large in any way.
    """
    if not content:
        raise Refused(SiteCode.PICTURE_EMPTY)
    if len(content) > LARGEST:
        raise Refused(SiteCode.PICTURE_LARGE)
    if content.count(SCAN) > MOST_SCANS:
        raise Refused(SiteCode.PICTURE_BROKEN)
    with _ONE:
        image = _opened(content)
        try:
            widest = _flat(image)
            return tuple(_drawn(widest, width) for width in sorted({min(width, widest.width) for width in WIDTHS}))
        except BROKEN as error:
            raise Refused(SiteCode.PICTURE_BROKEN) from error


def _opened(content: bytes) -> Image.Image:
    """Return the picture of which only the head was read."""
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except BROKEN as error:
        raise Refused(SiteCode.PICTURE_FORMAT) from error
    if image.width * image.height > MOST_PIXELS:
        raise Refused(SiteCode.PICTURE_PIXELS)
    if min(image.size) < SMALLEST:
        raise Refused(SiteCode.PICTURE_SMALL)
    if max(image.size) > MOST_TIMES * min(image.size):
        raise Refused(SiteCode.PICTURE_SHAPE)
    # A telephone may keep more than one picture in a JPEG: the first is the one that people see.
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise Refused(SiteCode.PICTURE_MOVES)
    return image


def _flat(image: Image.Image) -> Image.Image:
    """Decode a picture: turned as it was held, in sRGB on white, and no wider than the widest of `WIDTHS`."""
    profile = image.info.get("icc_profile")
    # A JPEG of a camera is decoded at the half or a quarter of its size; other formats know no draft.
    image.draft(None, (2 * WIDTHS[-1],) * 2)
    image.load()
    image = _in_eight_bits(ImageOps.exif_transpose(image))
    width = min(image.width, WIDTHS[-1])
    image = image.resize((width, _height(image, width)), Image.Resampling.LANCZOS, reducing_gap=3)
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    coloured = _in_srgb(image.convert("RGB") if alpha else image, profile)
    if alpha is None:
        return coloured
    below = Image.new("RGB", image.size, WHITE)
    below.paste(coloured, mask=alpha)
    return below


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of 8 bits a channel that can be resized, with its transparency as a channel."""
    if image.mode in SIXTEEN_BITS:
        # Pillow's own conversion makes all but the darkest of 65,536 greys white.
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in the colours of the web: without its profile others would be seen."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted or image.convert("RGB")
        except (ImageCms.PyCMSError, *BROKEN):
            # A profile that is broken, or of another kind of colours, says nothing: browsers skip it too.
            pass
    return image.convert("RGB")


def _height(image: Image.Image, width: int) -> int:
    return max(1, round(image.height * width / image.width))


def _drawn(image: Image.Image, width: int) -> Drawn:
    """Write a picture in this width; a new one, so that nothing else of the file is left."""
    size = (width, _height(image, width))
    fresh = Image.new("RGB", size)
    fresh.paste(image if image.size == size else image.resize(size, Image.Resampling.LANCZOS))
    written = io.BytesIO()
    fresh.save(written, "WEBP", quality=QUALITY)
    return Drawn(*size, written.getvalue())
