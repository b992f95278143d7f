"""Letters being written: kept every few seconds, so that nothing typed is ever lost."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from recoverydesk.errors import NotFoundError
from recoverydesk.records import record
from recoverydesk.services import letters
from recoverydesk.services.letters import LetterDraft
from recoverydesk.services.plans import case_by_id, utc
from recoverydesk.storage import tables
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic

WAITS_FOR_REDO = timedelta(days=30)
"""How long a letter of a case that was undone is kept for the case to come back."""


@record
class KeptDraft:
    """A letter that was not finished, and when it was left."""

    draft: LetterDraft
    saved_at: datetime


def keep(desk: Desk, draft: LetterDraft, *, now: datetime) -> None:
    """Keep a letter as it stands, one of each kind for a case. Nothing for Undo or to tell.

    Raises:
        DeskFileError: it could not be kept.
    """
    values = {
        "tone": draft.tone,
        "language": draft.language,
        "body": draft.body,
        "enclosed": json.dumps(draft.enclosed),
        "promised_on": draft.promised_on,
        "saved_at": utc(now),
    }
    table = tables.LetterDraft
    with desk.changing(Topic.NOTHING, "Keep a letter", undoable=False):
        there = tables.Case.select(tables.Case.number)
        old = utc(now) - WAITS_FOR_REDO
        table.delete().where(table.case_number.not_in(there), table.saved_at < old).execute()
        table.insert(case_number=draft.case_number, template=draft.template, **values).on_conflict(
            conflict_target=[table.case_number, table.template], update=values
        ).execute()


def find(desk: Desk, case_id: int, template: str = "", *, now: datetime) -> KeptDraft | None:
    """Return the letter that was left unfinished; None where there is none.

    Without a template's key it is the one that was written last. Vouchers that can't be used any
    more are no longer enclosed.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    with desk.reading():
        number = case_by_id(case_id).number
        drafts = tables.LetterDraft.select().where(tables.LetterDraft.case_number == number)
        if template:
            drafts = drafts.where(tables.LetterDraft.template == template)
        newest = (tables.LetterDraft.saved_at.desc(), tables.LetterDraft.id.desc())
        row = drafts.order_by(*newest).first()
    if row is None:
        return None
    try:
        fresh = letters.compose(
            desk, case_id, now=now, template=row.template, tone=row.tone, language=row.language
        )
    except NotFoundError:  # the letter it began with was removed; its words are still here
        fresh = letters.compose(desk, case_id, now=now)
    offered = {one.voucher_id for one in fresh.enclosures}
    enclosed = tuple(one for one in json.loads(row.enclosed) if one in offered)
    left = replace(fresh, body=row.body, enclosed=enclosed, promised_on=row.promised_on)
    return KeptDraft(left, row.saved_at)


def forget(desk: Desk, draft: LetterDraft) -> None:
    """Let a letter go: it is on paper now, or not wanted."""
    with desk.changing(Topic.NOTHING, "Let a letter go", undoable=False):
        tables.LetterDraft.delete().where(
            tables.LetterDraft.case_number == draft.case_number,
            tables.LetterDraft.template == draft.template,
        ).execute()
