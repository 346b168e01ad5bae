"""The characters that the fonts of the confirmation can show, and the sign that replaces another one.

Typst refuses a PDF/UA document with a character that no font has, so the whole confirmation would fail for one name.
"""
import functools
import unicodedata

import typst

REPLACEMENT = "\N{WHITE SQUARE}"
# Latin letters with and without accents, and the signs of European texts: all are in Libertinus Serif.
_LAST_LATIN = "\N{LATIN SMALL LETTER Z WITH CARON}"
_PROBE = b'#set document(title: "x", date: none)\n#set text(font: "Libertinus Serif")\n#sys.inputs.text'


@functools.cache
def fonts() -> typst.Fonts:
    """Return the fonts that come with Typst. Those of the system differ from machine to machine."""
    return typst.Fonts(include_system_fonts=False)


def shown(text: str) -> str:
    """Return a text with REPLACEMENT in the place of each character that no font can show."""
    text = unicodedata.normalize("NFC", text)
    return "".join(character if character <= _LAST_LATIN and character.isprintable() or _is_shown(character)
                   else REPLACEMENT for character in text)


@functools.lru_cache(maxsize=4096)
def _is_shown(character: str) -> bool:
    """Whether a font has this character: tried with a document of its own, for Typst does not tell."""
    if not character.isprintable():
        return False
    try:
        typst.Compiler(_PROBE, font_paths=fonts(), ignore_system_fonts=True).compile(
            format="pdf", sys_inputs={"text": f"a{character}"}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
