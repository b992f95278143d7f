"""Cases that have to do with each other."""

from recoverydesk.domain.case import Status
from recoverydesk.domain.text import tidy_text
from recoverydesk.errors import NotAllowedError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services.plans import case_even_if_merged
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, CaseLink, Customer
from recoverydesk.topics import Topic


def live_case(case_id: int) -> Case:
    """Return a case that has not been merged; call inside `changing()`.

    Raises:
        NotFoundError: it is no longer on the desk.
        NotAllowedError: it has become part of another one.
    """
    case = case_even_if_merged(case_id)
    if case.merged_into_id is not None:
        raise NotAllowedError("This case has become part of another one.")
    return case


@record
class LinkView:
    """A case that has to do with this one."""

    link_id: int
    case_id: int
    number: str
    customer: str
    summary: str
    status: Status
    words: str


def link(desk: Desk, case_id: int, other_id: int, words: str = "") -> None:
    """Note that two cases have to do with each other.

    Raises:
        NotFoundError: one of them is no longer on the desk.
        NotAllowedError: they are linked already, or are the same.
        InvalidEntryError: too many words.
    """
    words = tidy_text(words, field="words", limit=200)
    with desk.changing(Topic.CASES, "Link cases") as change:
        case, other = live_case(case_id), live_case(other_id)
        change.say(f"Link {case.number} and {other.number}")
        if case.id == other.id:
            raise NotAllowedError("A case can't be linked with itself.")
        both = (case.id, other.id)
        if CaseLink.select().where(CaseLink.case.in_(both), CaseLink.other.in_(both)).exists():
            raise NotAllowedError("These two are linked already.")
        CaseLink.create(case=case.id, other=other.id, words=words)


def unlink(desk: Desk, link_id: int) -> None:
    """Take a link away.

    Raises:
        NotFoundError: it is gone already.
    """
    with desk.changing(Topic.CASES, "Take a link away"):
        if not CaseLink.delete().where(CaseLink.id == link_id).execute():
            raise NotFoundError("These two aren't linked any more.")


def links_of(case_id: int) -> tuple[LinkView, ...]:
    """Return the cases linked with one; call inside `reading()`."""
    found = []
    for mine, theirs in ((CaseLink.case, CaseLink.other), (CaseLink.other, CaseLink.case)):
        query = (
            CaseLink.select(
                CaseLink.id, Case.id, Case.number, Customer.name, Case.summary, Case.status,
                CaseLink.words,
            )
            .join(Case, on=theirs == Case.id)
            .join(Customer)
            .where(mine == case_id)
        )  # fmt: skip
        found += [
            LinkView(
                link_id=values[0],
                case_id=values[1],
                number=values[2],
                customer=values[3],
                summary=values[4],
                status=Status(values[5]),
                words=values[6],
            )
            for values in query.tuples()
        ]
    return tuple(sorted(found, key=lambda one: one.link_id))
