"""What is being typed into forms: on disk within a second, offered again after a crash."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from recoverydesk.records import record
from recoverydesk.services.plans import utc
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, FormDraft
from recoverydesk.topics import Topic

STAYS = timedelta(days=30)
"""Typing that nobody came back for goes after so long."""


@record
class KeptTyping:
    """What somebody was typing when the program ended."""

    fields: Mapping[str, str]
    saved_at: datetime


def about_case(desk: Desk, case_id: int) -> str:
    """Return what a form about a case is kept under: its number, which is never used again."""
    with desk.reading():
        return str(Case.select(Case.number).where(Case.id == case_id).scalar() or "")


def about_customer(desk: Desk, customer_id: int) -> str:
    """Return what a form about a customer is kept under: an id alone is used again after Undo."""
    with desk.reading():
        since = Customer.select(Customer.created_at).where(Customer.id == customer_id).scalar()
    return "" if since is None else f"{customer_id} {since:%Y%m%dT%H%M%SZ}"


def keep(desk: Desk, form: str, about: str, fields: Mapping[str, str], *, now: datetime) -> None:
    """Keep what stands in a form as it is being typed. Nothing for Undo or to tell.

    Args:
        desk: the open desk.
        form: which form.
        about: what it is about; empty for something new.
        fields: the text of each field by its name.
        now: this moment (UTC).

    Raises:
        DeskFileError: it could not be kept.
    """
    values = {"fields": json.dumps(dict(fields), ensure_ascii=False), "saved_at": utc(now)}
    with desk.changing(Topic.NOTHING, "Keep what is typed", undoable=False):
        FormDraft.delete().where(FormDraft.saved_at < utc(now) - STAYS).execute()
        FormDraft.insert(form=form, about=about, **values).on_conflict(
            conflict_target=[FormDraft.form, FormDraft.about], update=values
        ).execute()


def kept(desk: Desk, form: str, about: str) -> KeptTyping | None:
    """Return what was being typed into a form when the program ended; None where nothing was."""
    with desk.reading():
        row = FormDraft.get_or_none(FormDraft.form == form, FormDraft.about == about)
    return None if row is None else KeptTyping(json.loads(row.fields), row.saved_at)


def forget(desk: Desk, form: str, about: str) -> None:
    """Let typing go: it is saved now, or not wanted."""
    with desk.changing(Topic.NOTHING, "Let typing go", undoable=False):
        FormDraft.delete().where(FormDraft.form == form, FormDraft.about == about).execute()
