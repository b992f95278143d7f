"""What can be read of a damaged desk comes out, and the report says what did not."""

import random

import pytest
from sqlcipher3 import dbapi2 as driver

from recoverydesk.errors import DeskDamagedError
from recoverydesk.storage import salvage, swap
from recoverydesk.storage.desk import Desk

PAGE = 4096
CASES = 150


@pytest.fixture
def closed(shop):
    for number in range(CASES):
        shop.case(name=f"Customer {number}", words="The kettle leaks. " * 40)
    shop.desk.close()
    return shop.desk.path


def pages_of(path, table):
    """The leaf pages of a table: what is on them is rows, and nothing leads over them."""
    reader = driver.connect(str(path))
    root = reader.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    reader.close()
    raw = path.read_bytes()
    start = (root[0] - 1) * PAGE
    assert raw[start] == 5, "an inner page: the table has several"
    cells = int.from_bytes(raw[start + 3 : start + 5], "big")
    pointers = [
        int.from_bytes(raw[start + 12 + 2 * cell : start + 14 + 2 * cell], "big")
        for cell in range(cells)
    ]
    return [int.from_bytes(raw[start + at : start + at + 4], "big") for at in pointers]


def zero(path, pages):
    raw = bytearray(path.read_bytes())
    for page in pages:
        raw[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(raw)


def rescued(path):
    ready, report = salvage.rescue(path)
    swap.swap(path, ready, name="then")
    desk = Desk(path, create=False)
    assert desk.check() == []
    counts = desk.counts()
    desk.close()
    return counts, {one.table: one for one in report}


def test_a_whole_desk_comes_out_whole(closed):
    before = Desk(closed)
    expected = before.counts()
    before.close()
    counts, report = rescued(closed)
    assert counts == expected
    assert not any(one.refused or one.unread for one in report.values())


def test_around_damaged_pages_every_other_row_comes_out(closed):
    chosen = random.Random(4).sample(pages_of(closed, "recovery_case"), 2)
    zero(closed, chosen)
    counts, report = rescued(closed)
    assert report["recovery_case"].unread
    # A page holds four or five of these cases.
    assert CASES - 2 * 6 <= counts["recovery_case"] < CASES
    assert report["recovery_case"].rows == counts["recovery_case"]
    assert counts["customer"] == CASES


def test_rows_whose_case_is_gone_are_counted_and_not_kept_hanging(closed):
    zero(closed, pages_of(closed, "recovery_case")[:1])
    counts, report = rescued(closed)
    assert counts["recovery_case"] < CASES
    assert report["follow_up"].refused > 0 or counts["follow_up"] > 0


def test_values_that_make_no_sense_are_refused_and_counted(closed):
    writer = driver.connect(str(closed), isolation_level=None)
    writer.execute("PRAGMA ignore_check_constraints = 1")
    writer.execute("DROP TRIGGER IF EXISTS journal_customer_update")
    writer.execute("UPDATE customer SET created_at = x'00' WHERE id = 7")
    writer.close()
    counts, report = rescued(closed)
    assert report["customer"].refused >= 1
    assert counts["customer"] <= CASES - 1


@pytest.mark.parametrize("content", [b"", b"Dear desk, " * 900])
def test_where_nothing_can_be_read_that_is_said_and_nothing_changed(closed, content):
    closed.write_bytes(content)
    with pytest.raises(DeskDamagedError, match="Nothing can be read"):
        salvage.rescue(closed)
    assert closed.read_bytes() == content
    assert not list(closed.parent.glob("*.restore*"))
