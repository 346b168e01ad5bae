"""Small files of each format, and files that look harmful, all made here and all harmless."""
import io
import zipfile

TYPES = "[Content_Types].xml"
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
CSV = b"Naam;Plaats\nDe Linde;Gent\n"
MEGABYTE = 2**20


def compressed(**members):
    """A compressed file; a double underscore in a name is a slash, and `mimetype` comes first and uncompressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(TYPES if name == "types" else name.replace("__", "/"), content, kind)
    return file.getvalue()


def office(extension, main=None, **members):
    """A file of an office program, with these members beside the one that names its format."""
    return compressed(types=f'<Types><Override ContentType="{main or MAIN[extension]}"/></Types>', **members)


def open_document(kind, **members):
    """A file in an open format: text or spreadsheet."""
    return compressed(mimetype=f"application/vnd.oasis.opendocument.{kind}", **members)


def claiming(size):
    """A file of some kilobytes whose member claims to be `size` bytes."""
    return office("docx", word__media=b"\0" * 1000).replace((1000).to_bytes(4, "little"), size.to_bytes(4, "little"))


def encrypted():
    """A file whose members say that a password opens them."""
    content = bytearray(office("docx"))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    return bytes(content)


GOOD = {
    "pdf": PDF,
    "docx": office("docx"), "xlsx": office("xlsx"), "pptx": office("pptx"),
    "odt": open_document("text"), "ods": open_document("spreadsheet"),
    "csv": CSV,
}
# Description of a file → (the file, the code with which it is refused).
REFUSED = {
    "empty": (b"", "document_empty"),
    "one byte too large": (PDF + b"\n" * (20 * MEGABYTE + 1 - len(PDF)), "document_large"),
    "a program for Windows": (b"MZ\x90\x00\x03" + b"\0" * 200, "document_format"),
    "a program for Linux": (b"\x7fELF\x02\x01" + b"\0" * 200, "document_format"),
    "a page": (b"<!doctype html><script>alert(1, 2)</script>", "document_format"),
    "a page after spaces": (b"  \r\n<html><body onload='a,b'>", "document_format"),
    "a picture that runs a script": (b"<svg xmlns='x'><script>a;b</script></svg>", "document_format"),
    "XML with an entity": (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c;d'>]>", "document_format"),
    "a script for a shell": (b"#!/bin/sh\nrm a;b\n", "document_format"),
    "an old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "document_format"),
    "rich text": (rb"{\rtf1 a;b}", "document_format"),
    "PostScript": (b"%!PS-Adobe-3.0\na;b", "document_format"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "document_format"),
    "a PDF behind other bytes": (b"GIF89a;" + PDF, "document_format"),
    "text without a delimiter": (b"Zomaar een zin\n", "document_format"),
    "text with a zero byte": (b"a;b\n\0;c\n", "document_format"),
    "only a compressed file": (compressed(a="b"), "document_format"),
    "a compressed file that breaks off": (office("docx")[:60], "document_format"),
    "a compressed file with bytes changed": (
        office("docx").replace(b"PK\x05\x06", b"PK\x05\x07"), "document_format"),
    "with a password": (encrypted(), "document_format"),
    "types compressed in an unknown way": (
        office("docx").replace(b"\x08\x00", b"\x61\x00"), "document_format"),
    "a drawing in an open format": (open_document("graphics"), "document_format"),
    "Word with macros": (office("docx", word__vbaProject_bin=b"x"), "document_macro"),
    "Word that says that it has macros": (
        office("docx", "application/vnd.ms-word.document.macroEnabled.main+xml"), "document_macro"),
    "Excel with macros of an older kind": (office("xlsx", xl__macrosheets__sheet1=b"x"), "document_macro"),
    "PowerPoint with a control": (office("pptx", ppt__activeX__one=b"x"), "document_macro"),
    "an open text with Basic": (open_document("text", Basic__Standard__one=b"x"), "document_macro"),
    "an open spreadsheet with scripts": (open_document("spreadsheet", Scripts__python__one=b"x"), "document_macro"),
    "a member that claims four gigabytes": (claiming(2**32 - 2), "document_claims"),
    "types of two megabytes": (compressed(types="x" * 2 * MEGABYTE), "document_claims"),
    "a format of two megabytes": (compressed(mimetype="x" * 2 * MEGABYTE), "document_claims"),
    "five thousand members": (compressed(**{f"member{number}": b"" for number in range(5_001)}), "document_claims"),
}
