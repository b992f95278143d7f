"""What tells one saved change from every other, whoever looks at it."""

import hashlib

from recoverydesk.storage import tables as t
from recoverydesk.storage.desk import Desk


def mark(change_id: int) -> str:
    """The change and every row's image before and after it; call inside `reading()`."""
    head = t.Change.select().where(t.Change.id == change_id).tuples().get()
    rows = (
        t.ChangedRow.select()
        .where(t.ChangedRow.change_id == change_id)
        .order_by(t.ChangedRow.id)
        .tuples()
    )
    return hashlib.sha256(repr((head, list(rows))).encode()).hexdigest()


def mark_of_newest(desk: Desk) -> str:
    with desk.reading():
        return mark(t.Change.select(t.pw.fn.max(t.Change.id)).scalar())


def all_marks(desk: Desk) -> list[str]:
    """In the order they were saved."""
    with desk.reading():
        ids = [row.id for row in t.Change.select(t.Change.id).order_by(t.Change.id)]
        return [mark(each) for each in ids]


def uneven_tables(desk: Desk, before: dict[str, int]) -> list[str]:
    """The tables that hold other rows than their history tells.

    Args:
        desk: the open desk.
        before: how many rows each held, and how many images its history, in an earlier state.
    """
    now = leftovers(desk)
    return [name for name in now if now[name] != before[name]]


def leftovers(desk: Desk) -> dict[str, int]:
    """For each table: its rows, less those that its history made and did not take away."""
    found = {}
    with desk.reading():
        for model in t.JOURNALED:
            name = model._meta.table_name
            here = t.ChangedRow.table_name == name
            made = t.ChangedRow.select().where(here & t.ChangedRow.before.is_null()).count()
            gone = t.ChangedRow.select().where(here & t.ChangedRow.after.is_null()).count()
            found[name] = model.select().count() - made + gone
    return found
