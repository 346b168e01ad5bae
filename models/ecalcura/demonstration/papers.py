"""Small PDF files of the demonstration, made on the spot."""
import json

import typst

from models.ecalcura.submissions.glyphs import fonts

SOURCE = """
#let paper = json(bytes(sys.inputs.data))
#set document(title: paper.title, date: none)
#set page(paper: "a4", margin: 2.5cm)
#set text(lang: "nl", size: 11pt)
= #paper.title
#for line in paper.lines [#par(line)]
"""


def paper(title: str, *lines: str) -> bytes:
    """Return a page with a title and some lines of text."""
    made = typst.Compiler(SOURCE.encode(), font_paths=fonts(), ignore_system_fonts=True).compile(
        format="pdf", sys_inputs={"data": json.dumps({"title": title, "lines": lines})})
    if not isinstance(made, bytes):
        raise TypeError("Typst made no single document")
    return made
