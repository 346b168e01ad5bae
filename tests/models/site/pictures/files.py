"""Pictures as people send them, and 40 files that are wrong or look harmful; all are made here, and harm nothing."""
import gzip
import io
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw

MEGABYTE = 2**20
RED, BLUE, GREY = (200, 40, 40), (40, 40, 200), 128


def image(size=(400, 300), colour=RED, mode="RGB"):
    """A picture of one colour."""
    return Image.new(mode, size, colour)


def written(made, kind, **options):
    """The picture as a file."""
    file = io.BytesIO()
    made.save(file, kind, **options)
    return file.getvalue()


def halves(size=(400, 300), left=RED, right=BLUE):
    """A picture of which the left half has another colour than the right one."""
    made = image(size, right)
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 2 - 1, size[1]), fill=left)
    return made


def chunk(name, content):
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width, height, content=b"", kind=2, more=b""):
    """A PNG that says to be so large, with this content, which is compressed."""
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", zlib.compress(content))
            + chunk(b"IEND", b""))


def jpeg_that_says(width, height):
    """A JPEG whose head says to be so large."""
    start = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:start] + struct.pack(">HH", height, width) + JPEG[start + 4:]


def archive(name):
    """A compressed file with one member of this name."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(name, "x")
    return file.getvalue()


def with_scans(number):
    """A JPEG that comes in as many parts: each takes the time of a whole picture."""
    scan = JPEG[JPEG.index(b"\xff\xda"):-2]
    return JPEG[:-2] + scan * number + b"\xff\xd9"


JPEG = written(halves(), "JPEG", quality=90)
PNG = written(halves(), "PNG")
WEBP = written(halves(), "WEBP", lossless=True)
MOVING = {"save_all": True, "append_images": [image(colour=BLUE)]}
GOOD = {"jpeg": JPEG, "png": PNG, "webp": WEBP}

# Name of the file → (content, the code that refuses it).
REFUSED = {
    "nothing": (b"", "picture_empty"),
    "above 8 MB": (JPEG + bytes(8 * MEGABYTE), "picture_large"),
    "a gif": (written(image(), "GIF"), "picture_format"),
    "a bitmap": (written(image(), "BMP"), "picture_format"),
    "a tiff": (written(image(), "TIFF"), "picture_format"),
    "an icon": (written(image((64, 64)), "ICO"), "picture_format"),
    "an avif": (written(image(), "AVIF"), "picture_format"),
    "a jpeg 2000": (written(image(), "JPEG2000"), "picture_format"),
    "a pcx": (written(image(), "PCX"), "picture_format"),
    "a targa": (written(image(), "TGA"), "picture_format"),
    "a portable pixmap": (written(image(), "PPM"), "picture_format"),
    "an sgi": (written(image(), "SGI"), "picture_format"),
    "an x bitmap": (b"#define a_width 8\n#define a_height 8\nstatic char a_bits[] = { 0x00 };", "picture_format"),
    "a postscript": (written(image(), "EPS"), "picture_format"),
    "a pdf": (written(image(), "PDF"), "picture_format"),
    "a heic": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(500), "picture_format"),
    "a photoshop file": (b"8BPS\x00\x01" + bytes(500), "picture_format"),
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                                "picture_format"),
    "a compressed drawing": (gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "picture_format"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "picture_format"),
    "a page that begins as a gif": (b"GIF89a/*<script>alert(1)</script>*/=1;", "picture_format"),
    "a script of a shell": (b"#!/bin/sh\nexit 1\n", "picture_format"),
    "a script of php behind the start of a jpeg": (b"\xff\xd8\xff<?php phpinfo(); ?>", "picture_format"),
    "a program of windows": (b"MZ" + bytes(500), "picture_format"),
    "a program of linux": (b"\x7fELF" + bytes(500), "picture_format"),
    "a compressed file": (archive("foto.jpg"), "picture_format"),
    "a compressed file with a path": (archive("../../foto.jpg"), "picture_format"),
    "a text": (b"Dit is geen foto.", "picture_format"),
    "zeroes": (bytes(5000), "picture_format"),
    "only the start of a jpeg": (JPEG[:4], "picture_format"),
    "only the start of a png": (PNG[:8], "picture_format"),
    "only the start of a webp": (WEBP[:16], "picture_format"),
    "half a jpeg": (JPEG[:len(JPEG) // 2], "picture_broken"),
    "half a png": (PNG[:len(PNG) - 120], "picture_broken"),
    "half a webp": (WEBP[:len(WEBP) // 2], "picture_format"),
    "a png with other bytes": (PNG.replace(b"IDAT", b"IDAT\x00", 1), "picture_broken"),
    "a jpeg of a thousand parts": (with_scans(1000), "picture_broken"),
    "a png that says to be of 900 million pixels": (png(30_000, 30_000), "picture_pixels"),
    "a png that unpacks to 90 MB": (png(10_000, 3_001, bytes(90 * MEGABYTE)), "picture_pixels"),
    "a jpeg that says to be of 4,000 million pixels": (jpeg_that_says(65_000, 65_000), "picture_pixels"),
    "a webp of 38 bytes with 32 million pixels": (
        written(image((8000, 4000)), "WEBP", lossless=True, quality=0, method=0), "picture_pixels"),
    "one pixel": (written(image((1, 1)), "PNG"), "picture_small"),
    "a picture of 199 pixels": (written(image((199, 300)), "JPEG"), "picture_small"),
    "a ribbon": (written(image((2000, 210)), "JPEG"), "picture_shape"),
    "a png that moves": (written(image(), "PNG", **MOVING), "picture_moves"),
    "a webp that moves": (written(image(), "WEBP", **MOVING), "picture_moves"),
    "a png with a note that unpacks to 90 MB": (
        png(400, 300, bytes(400 * 3 * 300 + 300),
            more=chunk(b"zTXt", b"Note\0\0" + zlib.compress(bytes(90 * MEGABYTE)))), "picture_format"),
}
