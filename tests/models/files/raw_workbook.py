"""Spreadsheets written by hand, so that a test can have in them what no program writes."""
import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Styles by number: 0 a number, then these formats.
FORMATS = ("dd/mm/yyyy", "dd/mm/yyyy hh:mm", "h:mm", "[$-x-sysdate]dddd\\, d mmmm yyyy", "DD/MM/YYYY;@", "#,##0.00")

PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>
        <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>
        <Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>
        <Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
        <Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/_rels/workbook.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships">
        <Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="{OFFICE}/styles" Target="styles.xml"/>
        <Relationship Id="rId3" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>""",
    "xl/styles.xml": f"""<styleSheet xmlns="{MAIN}"><numFmts count="{len(FORMATS)}">{"".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>' for number, code in enumerate(FORMATS, 170))}</numFmts>
        <fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>
        <cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(FORMATS) + 1}"><xf numFmtId="0"/>{"".join(
        f'<xf numFmtId="{number}"/>' for number, _ in enumerate(FORMATS, 170))}</cellXfs></styleSheet>""",
}


def workbook(rows, strings="", settings="", above="", **changed):
    """The bytes of a spreadsheet with these rows, in XML; `changed` replaces parts, None leaves one out."""
    parts = {
        **PARTS,
        "xl/workbook.xml": f"""<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{settings}
            <sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>""",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{above}<sheetData>{rows}</sheetData></worksheet>',
        **changed}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            if part is not None:
                package.writestr(name, part)
    return content.getvalue()


def sheet_row(number, *cells):
    """A row of cells in XML, each written as (attributes, what is in it); a text is a cell of text."""
    written = ((' t="inlineStr"', f"<is><t>{cell}</t></is>") if isinstance(cell, str) else cell for cell in cells)
    return f'<row r="{number}">{"".join(f"<c{attributes}>{within}</c>" for attributes, within in written)}</row>'
