"""A till's file, however it was written, and whatever was meant to harm."""

import io
import zipfile

import pytest

from recoverydesk.domain.sales_columns import DayOrder
from recoverydesk.errors import FileTroubleError
from recoverydesk.progress import Cancelled, Progress
from recoverydesk.services import sales_files, sales_plans

GERMAN = "Belegdatum;Kunde;Betrag;Telefon\n31.12.2025;Jörg Müller;1.234,50;0170 1234567\n"


def read(tmp_path, content, name="till.csv"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return sales_files.read(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_usual_encoding_is_read(tmp_path, encoding):
    file = read(tmp_path, GERMAN.encode(encoding))

    assert file.headings == ("Belegdatum", "Kunde", "Betrag", "Telefon")
    assert file.rows == (("31.12.2025", "Jörg Müller", "1.234,50", "0170 1234567"),)


@pytest.mark.parametrize("mark", ["\ufeff"])
def test_big_endian_files_that_say_so_are_read(tmp_path, mark):
    assert read(tmp_path, (mark + GERMAN).encode("utf-16-be")).rows[0][1] == "Jörg Müller"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found(tmp_path, separator):
    lines = [["Date", "Name", "Total"], ["2026-01-02", '"Obi, Ada; | x"', "2.50"]]
    file = read(tmp_path, "\r\n".join(separator.join(one) for one in lines))

    assert file.rows == (("2026-01-02", "Obi, Ada; | x", "2.50"),)


def test_a_file_may_name_its_separator(tmp_path):
    file = read(tmp_path, "sep=^\nDate^Total\n2026-01-02^2\n")

    assert (file.headings, file.rows, file.lines) == (
        ("Date", "Total"),
        (("2026-01-02", "2"),),
        (3,),
    )


def test_what_a_till_writes_above_the_headings_is_passed_over(tmp_path):
    file = read(tmp_path, "My Shop\n\nExport 4711;\nDate;Total\n\n2026-01-02;2\n;\n2026-01-03;4\n")

    assert file.headings == ("Date", "Total")
    assert file.lines == (6, 8)


def test_a_file_without_headings_starts_with_a_sale(tmp_path):
    file = read(tmp_path, "2026-01-02;2;a@b.example\n")

    assert (file.headings, len(file.rows)) == ((), 1)


def test_columns_are_guessed_from_german_headings(shop, tmp_path):
    columns = sales_plans.columns_for(shop.desk, read(tmp_path, GERMAN))

    assert (columns.day, columns.name, columns.amount, columns.phone) == (0, 1, 2, 3)
    assert columns.order is DayOrder.DAY_FIRST


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"%PDF-1.7 hello",
        b"\xd0\xcf\x11\xe0" + bytes(600),
        bytes(range(256)) * 20,
        b"PK\x03\x04 no zip at all",
    ],
)
def test_a_picture_that_is_called_csv_is_refused_in_words(tmp_path, content):
    with pytest.raises(FileTroubleError, match="isn't a list of sales"):
        read(tmp_path, content)


@pytest.mark.parametrize("content", [b"", b" \r\n\r\n"])
def test_an_empty_file_says_so(tmp_path, content):
    with pytest.raises(FileTroubleError, match="is empty"):
        read(tmp_path, content)


def test_a_cell_that_never_ends_in_a_small_file_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(sales_files, "_LOOKED_AT", 1 << 20)

    with pytest.raises(FileTroubleError, match="Line 2 "):
        read(tmp_path, "Date;Total\n2026-01-02;" + "x" * 200_000)


def test_headings_alone_are_no_sales(tmp_path):
    with pytest.raises(FileTroubleError, match="no sales"):
        read(tmp_path, "Date;Total\n")


def test_a_file_that_is_gone_says_so(tmp_path):
    with pytest.raises(FileTroubleError, match="can't be read"):
        sales_files.read(tmp_path / "gone.csv")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Date;Total\n2026-01-02;" + "x" * 10_001, "Line 2 "),
        ("Date;Total\n2026-01-02;" + "x" * 200_000, "Line 2 "),
        ("Date;Total\n2026-01-02" + ";" * 201, "200 columns"),
        ('Date;Total\n"2026-01-02;2\n' + "2026-01-02;2\n" * 20_000, "quotation mark"),
    ],
)
def test_a_line_that_is_too_much_is_named(tmp_path, content, words):
    with pytest.raises(FileTroubleError, match=words):
        read(tmp_path, content)


def test_too_many_lines_and_too_many_bytes_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sales_files, "MOST_ROWS", 3)
    with pytest.raises(FileTroubleError, match="more than 3 lines"):
        read(tmp_path, "2026-01-02;2\n" * 5)
    monkeypatch.setattr(sales_files, "MOST_BYTES", 10)
    with pytest.raises(FileTroubleError, match="too large"):
        read(tmp_path, "2026-01-02;2\n")


def test_reading_can_be_stopped(tmp_path):
    (tmp_path / "till.csv").write_text("2026-01-02;2\n" * 3_000)
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        sales_files.read(tmp_path / "till.csv", progress)


# -- Excel ---------------------------------------------------------------------------------------

BOOK = """<?xml version="1.0"?><workbook
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
 <sheet name="Sales" sheetId="1" r:id="rId1"/></sheets></workbook>"""
RELATIONS = """<?xml version="1.0"?><Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
 Target="worksheets/sheet1.xml"/><Relationship Id="rId2"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
 Target="styles.xml"/></Relationships>"""
ROOT = """<?xml version="1.0"?><Relationships
 xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="xl/workbook.xml"/></Relationships>"""
STYLES = """<?xml version="1.0"?><styleSheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3">
 <xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>"""
TYPES = """<?xml version="1.0"?><Types
 xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"""


def sheet_of(*rows):
    cells = "".join(f'<row r="{at}">{"".join(row)}</row>' for at, row in enumerate(rows, start=1))
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    )


def words(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def number(place, value, style=0):
    return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def book(sheet, **more):
    out = io.BytesIO()
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet,
    } | more
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_an_excel_sheet_is_read_with_its_days_and_amounts(tmp_path):
    sheet = sheet_of(
        [words("A1", "Date"), words("B1", "Total"), words("C1", "Phone"), words("D1", "Ok")],
        [
            number("A2", "46024", 1),
            number("B2", "12.5"),
            number("C2", "447700900123"),
            '<c r="D2" t="b"><v>1</v></c>',
        ],
        [number("A3", "46024.5", 2), number("B3", "-3"), words("C3", "x")],
    )

    file = read(tmp_path, book(sheet), "till.xlsx")

    assert file.headings == ("Date", "Total", "Phone", "Ok")
    assert file.rows[0] == ("2026-01-02", "12.5", "447700900123", "True")
    assert file.rows[1][:3] == ("2026-01-02 12:00", "-3", "x")


@pytest.mark.parametrize("place", ["A1048576", "XFD2"])
def test_a_cell_far_out_does_not_take_the_memory(tmp_path, place):
    sheet = sheet_of([words("A1", "Date")], [number(place, "1")])

    with pytest.raises(FileTroubleError, match="more than"):
        read(tmp_path, book(sheet), "till.xlsx")


def test_what_unpacks_to_far_more_is_refused_before_it_is_unpacked(tmp_path):
    sheet = sheet_of([words("A1", "x" * 40_000_000)])

    with pytest.raises(FileTroubleError, match="too large"):
        read(tmp_path, book(sheet), "till.xlsx")


def test_a_zip_without_a_workbook_is_no_list_of_sales(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("letter.txt", "hello")

    with pytest.raises(FileTroubleError, match="isn't a list of sales"):
        read(tmp_path, out.getvalue(), "till.xlsx")


def test_a_broken_sheet_is_no_list_of_sales(tmp_path):
    with pytest.raises(FileTroubleError, match="isn't a list of sales"):
        read(tmp_path, book("<worksheet", **{"xl/workbook.xml": "<no"}), "till.xlsx")
