"""Reads a till's file into rows of text: CSV however it was written, or an Excel sheet.

A file comes from outside, so nothing in it is trusted: it may be a picture with another ending, a
sheet that unpacks to gigabytes, or a line that never ends. What is too much is refused in words.
"""

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from recoverydesk.domain.sales_columns import FIRST_ROWS, heading_row
from recoverydesk.errors import FileTroubleError
from recoverydesk.progress import Progress
from recoverydesk.records import record

MOST_BYTES = 64 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_IN_A_CELL = 10_000
MOST_UNPACKED = 512 * 1024 * 1024
MOST_RATIO = 120
"""A real sheet packs to a tenth; what packs to a hundredth was made to fill the memory."""
MOST_PARTS = 2_000

_SEPARATORS = ";\t,|"
_LOOKED_AT = 64 * 1024
_LINES_LOOKED_AT = 60
_STEP = 2_000
_PICTURES_AND_PAPERS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"BM", b"RIFF", b"\x1f\x8b", b"7z\xbc\xaf",
    b"Rar!", b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"MZ", b"\x7fELF", b"II*\x00", b"MM\x00*",
)  # fmt: skip
_ZIP = b"PK\x03\x04"
_BLOCK = 1 << 20
_LONGEST_PLACE = 24
_CELL_AT = re.compile(rb"""\sr=["']([A-Z]{0,4})(\d{1,9})["']""")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SEP_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_WHOLE_DAY = "%Y-%m-%d"
_UNUSUAL = "Save the sales as a CSV file from your till, and choose that one."


@record
class SalesFile:
    """A till's file as rows of text.

    Attributes:
        name: its name, without the folder.
        fingerprint: SHA-256 of its bytes.
        headings: the words above the columns; empty where it has none.
        rows: what stands below them; empty lines are left out.
        lines: the line of each row in the file, from 1.
    """

    name: str
    fingerprint: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read(path: Path, progress: Progress | None = None) -> SalesFile:
    """Read a till's file.

    Raises:
        FileTroubleError: it can't be read, is no table, or is too large.
        Cancelled: the owner asked to stop.
    """
    progress = progress or Progress()
    content = _content(path)
    numbered = []
    for line, row in _rows(content, path.name):
        if line % _STEP == 0:
            progress.step(0, 0)
        if any(row):
            numbered.append((line, row))
        if len(numbered) > MOST_ROWS:
            raise FileTroubleError(
                f"{path.name} has more than {MOST_ROWS:,} lines.",
                advice="Export a shorter time from your till, and read one file after the other.",
            )
    head = heading_row([row for _, row in numbered])
    below = numbered if head is None else numbered[head + 1 :]
    if not below:
        raise FileTroubleError(f"There are no sales in {path.name}.", advice="Nothing was changed.")
    return SalesFile(
        name=path.name,
        fingerprint=hashlib.sha256(content).hexdigest(),
        headings=() if head is None else numbered[head][1],
        rows=tuple(row for _, row in below),
        lines=tuple(line for line, _ in below),
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileTroubleError(
                f"{path.name} is too large to be read.",
                advice="Export a shorter time from your till, and read one file after the other.",
            )
        content = path.read_bytes()
    except OSError as error:
        raise FileTroubleError(
            f"{path.name} can't be read.", advice="Look whether it is still there, and try again."
        ) from error
    if not content.strip():
        raise FileTroubleError(f"{path.name} is empty.", advice="Nothing was changed.")
    if content.startswith(_PICTURES_AND_PAPERS):
        raise _no_table(path.name)
    return content


def _no_table(name: str) -> FileTroubleError:
    return FileTroubleError(f"{name} isn't a list of sales.", advice=_UNUSUAL)


def _rows(content: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    if content.startswith(_ZIP):
        return _of_sheet(content, name)
    return _of_text(_decoded(content, name), name)


# -- CSV -----------------------------------------------------------------------------------------


def _decoded(content: bytes, name: str) -> str:
    """Return the text: Unicode where it is marked or valid, else as Western Windows writes."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    start = content[:_LOOKED_AT]
    if start.count(0) > len(start) // 4:
        encoding = "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
        text = content.decode(encoding, errors="replace")
    else:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    strange = len(_NOT_TEXT.findall(text[:_LOOKED_AT]))
    if strange > len(text[:_LOOKED_AT]) // 50:
        raise _no_table(name)
    return text


def _of_text(text: str, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    skipped = 0
    if told := _SEP_LINE.match(text):
        separator, skipped = told[1], 1
        text = text[told.end() :]
    else:
        separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            yield reader.line_num + skipped, _checked(row, reader.line_num + skipped, name)
    except csv.Error as error:
        raise _line_trouble(name, reader.line_num + skipped) from error


def _line_trouble(name: str, line: int) -> FileTroubleError:
    return FileTroubleError(
        f"Line {line} of {name} is too long or has a quotation mark that never closes.",
        advice="Export the file from your till once more. Nothing was changed.",
    )


def _checked(row: Sequence[str], line: int, name: str) -> tuple[str, ...]:
    if len(row) > MOST_COLUMNS:
        raise FileTroubleError(
            f"Line {line} of {name} has more than {MOST_COLUMNS} columns.", advice=_UNUSUAL
        )
    if any(len(cell) > MOST_IN_A_CELL for cell in row):
        raise _line_trouble(name, line)
    return tuple(cell.strip() for cell in row)


def _separator(text: str) -> str:
    """Return what parts the columns: the sign that parts most lines into equally many."""
    start = text[:_LOOKED_AT]
    best, most = ",", (0.0, 0)
    for separator in _SEPARATORS:
        widths = _widths(start, separator)
        wide = Counter(width for width in widths if width > 1).most_common(1)
        if wide:
            merit = (round(wide[0][1] / len(widths), 1), wide[0][0])
            if merit > most:
                best, most = separator, merit
    return best


def _widths(start: str, separator: str) -> list[int]:
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(start, newline=""), delimiter=separator):
            if any(row):
                widths.append(len(row))
            if len(widths) == _LINES_LOOKED_AT:
                break
    except csv.Error:  # told when the whole file is read
        pass
    return widths or [0]


# -- Excel ---------------------------------------------------------------------------------------


def _of_sheet(content: bytes, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    _refuse_bomb(content, name)
    import python_calamine  # noqa: PLC0415 - start-up doesn't pay for it

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(at) for at in range(len(book.sheet_names))]
        # The sales are on the longest sheet; tills put a summary beside them.
        sheet = max(sheets, key=lambda one: one.total_height)
        rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + 2 * FIRST_ROWS)
    except (python_calamine.CalamineError, ValueError, OSError, OverflowError) as error:
        raise _no_table(name) from error
    for line, row in enumerate(rows, start=1):
        yield line, _checked([_cell(value) for value in row], line, name)


def _refuse_bomb(content: bytes, name: str) -> None:
    """Refuse what would fill the memory once unpacked, before it is unpacked."""
    try:
        book = zipfile.ZipFile(io.BytesIO(content))
        parts = book.infolist()
        unpacked = sum(part.file_size for part in parts)
        if (
            len(parts) > MOST_PARTS
            or unpacked > MOST_UNPACKED
            or unpacked > MOST_RATIO * max(len(content), _LOOKED_AT)
        ):
            raise FileTroubleError(f"{name} is too large to be read.", advice=_UNUSUAL)
        if not any(part.filename == "xl/workbook.xml" for part in parts):
            raise _no_table(name)
        for part in parts:
            if part.filename.startswith("xl/worksheets/"):
                _refuse_far_cells(book, part, name)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, RuntimeError) as error:
        raise _no_table(name) from error


def _refuse_far_cells(book: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    """Refuse a sheet with a cell far out: all the room up to it would be taken."""
    row_end = column_end = 0
    left = b""
    with book.open(part) as stream:
        while block := stream.read(_BLOCK):
            text = left + block
            for column, row in _CELL_AT.findall(text):
                row_end = max(row_end, int(row))
                column_end = max(column_end, _column(column))
            left = text[-_LONGEST_PLACE:]
    if row_end > MOST_ROWS + FIRST_ROWS or column_end > MOST_COLUMNS:
        raise FileTroubleError(
            f"{name} has more than {MOST_ROWS:,} lines or {MOST_COLUMNS} columns.",
            advice="Delete what stands far below or beside the sales, or read a shorter time.",
        )


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place


def _cell(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.strftime(_WHOLE_DAY)
        case bool():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() else repr(round(value, 6))
        case _:
            return str(value)
