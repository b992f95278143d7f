"""The shop's one-line rules: what each fix that is in place asks of everybody who works here.

A rule stands on its fix. It leaves when the fix is dropped, and the printed policy says so.
"""

from datetime import date

from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import InvalidEntryError, NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import CorrectiveAction
from recoverydesk.topics import Topic

LONGEST = 140
"""Signs of a rule: what can be said at the counter in one breath."""
IN_PLACE = (CorrectionStatus.DONE_WATCHING, CorrectionStatus.HOLDS, CorrectionStatus.CAME_BACK)


@record
class RuleView:
    """A fix that is in place, with its rule."""

    correction_id: int
    rule: str
    """Empty where it has none."""
    what: str
    """What was changed."""
    since: date


def in_place(desk: Desk) -> tuple[RuleView, ...]:
    """Return the fixes that are in place, with or without a rule, the newest first."""
    with desk.reading():
        return _views()


def rules(desk: Desk) -> tuple[RuleView, ...]:
    """Return the rules that hold, the newest first."""
    return tuple(one for one in in_place(desk) if one.rule)


def _views() -> tuple[RuleView, ...]:
    columns = (
        CorrectiveAction.id,
        CorrectiveAction.rule,
        CorrectiveAction.what,
        CorrectiveAction.done_on,
    )
    query = (
        CorrectiveAction.select(*columns)
        .where(
            CorrectiveAction.status.in_(list(IN_PLACE)),
            CorrectiveAction.done_on.is_null(is_null=False),
        )
        .order_by(CorrectiveAction.done_on.desc(), CorrectiveAction.id.desc())
    )
    return tuple(RuleView(*values) for values in query.tuples())


def checked(words: str) -> str:
    """Return a rule as it is kept: one line, without white around it.

    Raises:
        InvalidEntryError: it is more than one line, or too long.
    """
    rule = tidy_text(words, field="rule", limit=LONGEST)
    if "\n" in rule:
        raise InvalidEntryError("rule", "A rule is one line.", advice="Say it in one sentence.")
    return rule


def reword(desk: Desk, correction_id: int, words: str) -> None:
    """Write down the rule of a fix in other words; without words, the rule is retired.

    Raises:
        NotFoundError: the fix is no longer on the desk.
        NotAllowedError: it isn't in place.
        InvalidEntryError: more than one line, or too long.
    """
    rule = checked(words)
    with desk.changing(Topic.CORRECTIONS | Topic.SHOP, "Our rules") as change:
        row = CorrectiveAction.get_or_none(CorrectiveAction.id == correction_id)
        if row is None:
            raise NotFoundError("That fix is no longer on the desk.")
        if CorrectionStatus(row.status) not in IN_PLACE or row.done_on is None:
            raise NotAllowedError("That fix is not in place, so there is no rule yet.")
        change.say(f"New rule: {rule}" if rule else f"Rule retired: {row.rule or row.what}")
        row.rule = rule
        row.save(only=row.dirty_fields)
