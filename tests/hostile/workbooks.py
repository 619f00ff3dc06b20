"""Excel files of a few kilobytes that unpack or reach to more than any machine holds."""

from __future__ import annotations

import io
import zipfile

from xlsxwriter import Workbook

HEAD = b'<row r="1"><c r="A1"><v>1</v></c></row>'
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'


def workbook(
    rows: bytes, texts: bytes = b"", place: str = "worksheets/sheet1.xml", before: bytes = b""
) -> bytes:
    """A workbook whose one sheet has these rows.

    texts : its shared strings, as XML
    place : where the sheet lies; the workbook says so
    before : what stands before the sheet's element
    """
    plain, changed = io.BytesIO(), io.BytesIO()
    with Workbook(plain, {"in_memory": True}) as book:
        book.add_worksheet("S").write(0, 0, "x")
    with (
        zipfile.ZipFile(plain) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content, at = old.read(name), name
            if name == "xl/worksheets/sheet1.xml":
                content, at = before + _SHEET % (b"<sheetData>%s</sheetData>" % rows), f"xl/{place}"
            elif name == "xl/sharedStrings.xml" and texts:
                content = texts
            elif name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"worksheets/sheet1.xml", place.encode())
                if place != "worksheets/sheet1.xml":
                    content = content.replace(b"relationships/worksheet", b"relationships/theme")
            new.writestr(at, content)
    return changed.getvalue()


def lying(book: bytes, size: int, told: int) -> bytes:
    """The same archive, which declares that its entry of so many bytes has `told`."""
    return book.replace(size.to_bytes(4, "little"), told.to_bytes(4, "little"))
