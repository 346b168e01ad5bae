"""A picture that comes in is refused for good reasons, or stays as people see it."""
import io

import pytest
from PIL import Image, ImageCms

from models.site.pictures import decoding
from models.site.pictures.decoding import decoded
from tests.hall import refusal
from tests.models.site.pictures import files
from tests.models.site.pictures.files import BLUE, GREY, RED, halves, image, written


def seen(content):
    """The widest picture that is made of a file, as a browser opens it."""
    made = Image.open(io.BytesIO(decoded(content)[-1].content))
    made.load()
    return made


def near(pixel, colour):
    """Whether somebody would see the same colour: the pictures are compressed."""
    return all(abs(one - other) <= 12 for one, other in zip(pixel[:3], colour, strict=True))


def sides(made):
    """The colours of the left and of the right side."""
    return made.getpixel((20, made.height // 2)), made.getpixel((made.width - 20, made.height // 2))


@pytest.mark.parametrize("name", files.GOOD)
def test_a_picture_is_decoded_and_keeps_its_colours(name):
    made = seen(files.GOOD[name])
    assert (made.format, made.mode, made.size) == ("WEBP", "RGB", (400, 300))
    assert [near(*pair) for pair in zip(sides(made), (RED, BLUE), strict=True)] == [True, True]


@pytest.mark.parametrize("name", files.REFUSED)
def test_a_wrong_or_harmful_file_is_refused(name):
    content, code = files.REFUSED[name]
    assert refusal(decoded, content) == code


def test_there_are_forty_of_them():
    assert len(files.REFUSED) >= 40


@pytest.mark.parametrize("name", [name for name, (_, code) in files.REFUSED.items() if code == "picture_pixels"])
def test_too_many_pixels_are_refused_before_anything_is_decoded(name, monkeypatch):
    monkeypatch.setattr(decoding, "_flat", lambda _image: pytest.fail("decoded"))
    assert refusal(decoded, files.REFUSED[name][0]) == "picture_pixels"


def test_a_large_picture_is_made_in_two_widths_and_a_small_one_stays_as_it_is():
    assert [drawn[:2] for drawn in decoded(written(halves((2600, 1300)), "JPEG"))] == [(640, 320), (1280, 640)]
    assert [drawn[:2] for drawn in decoded(written(halves((800, 400)), "JPEG"))] == [(640, 320), (800, 400)]
    assert [drawn[:2] for drawn in decoded(files.JPEG)] == [(400, 300)]


# The orientation in the file → the size, and the colour at the left, of the picture as a person saw it.
@pytest.mark.parametrize(("orientation", "size", "left"), [
    (1, (400, 300), RED), (2, (400, 300), BLUE), (3, (400, 300), BLUE), (6, (300, 400), None), (8, (300, 400), None)])
def test_a_picture_is_turned_as_it_was_held(orientation, size, left):
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = seen(written(halves(), "JPEG", exif=exif))
    assert made.size == size
    if left:
        assert near(sides(made)[0], left)
    else:
        assert near(made.getpixel((150, 20)), RED if orientation == 6 else BLUE)


def test_nothing_is_left_of_what_a_camera_wrote_in_it():
    exif = Image.Exif()
    exif[0x010E], exif[0x010F] = "Wie op de foto staat", "Merk"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 3.0, 0.0), 3: "E", 4: (3.0, 43.0, 0.0)})
    content = written(halves(), "JPEG", exif=exif, comment=b"Roos Claes", icc_profile=srgb())
    made = seen(content)
    assert b"Roos Claes" in content
    assert (dict(made.getexif()), made.info.get("icc_profile"), made.info.get("exif")) == ({}, None, None)
    assert not any(word in drawn.content for drawn in decoded(content)
                   for word in (b"Roos", b"Merk", b"EXIF", b"XMP", b"ICCP"))


def srgb():
    """The profile of the colours of the web."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def swapped():
    """A profile in which the curves of red and green are each other's: the tags' offsets are exchanged."""
    profile = bytearray(srgb())
    at = {bytes(profile[start:start + 4]): start for start in range(132, 132 + 12 * profile[131], 12)}
    red, green = at[b"rXYZ"] + 4, at[b"gXYZ"] + 4
    profile[red:red + 8], profile[green:green + 8] = profile[green:green + 8], profile[red:red + 8]
    return bytes(profile)


def test_the_colours_stay_as_they_were_seen_when_the_profile_goes():
    green = (40, 200, 40)
    assert near(seen(written(image(colour=RED), "JPEG", icc_profile=swapped(), quality=95)).getpixel((9, 9)), green)
    assert near(seen(written(image(colour=RED), "PNG", icc_profile=swapped())).getpixel((9, 9)), green)


def test_a_profile_that_is_broken_or_of_other_colours_is_passed_over():
    for content in (written(image(colour=RED), "JPEG", icc_profile=b"nonsense" * 30, quality=95),
                    written(image(colour=(0, 229, 229, 20), mode="CMYK"), "JPEG", icc_profile=srgb())):
        assert seen(content).getpixel((9, 9))[0] > 150


def test_sixteen_bits_of_grey_stay_the_same_grey():
    made = Image.new("I;16", (400, 300), GREY * 256)
    assert near(seen(written(made, "PNG")).getpixel((9, 9)), (GREY,) * 3)


@pytest.mark.parametrize(("mode", "colour"), [
    ("L", GREY), ("LA", (GREY, 255)), ("1", 1), ("P", 0), ("RGBA", (*RED, 255)), ("CMYK", (0, 200, 200, 30))])
def test_every_kind_of_colours_becomes_a_picture(mode, colour):
    made = image(mode="RGB").convert("P") if mode == "P" else image(colour=colour, mode=mode)
    assert seen(written(made, "JPEG" if mode == "CMYK" else "PNG")).mode == "RGB"


def test_transparent_parts_become_white_and_hide_nothing():
    made = image(colour=(*RED, 0), mode="RGBA")
    assert near(seen(written(made, "PNG")).getpixel((9, 9)), (255, 255, 255))


def test_the_first_picture_counts_in_a_jpeg_of_a_telephone_that_has_more():
    assert near(seen(written(image(colour=RED), "MPO", save_all=True, append_images=[image(colour=BLUE)])).getpixel(
        (9, 9)), RED)
