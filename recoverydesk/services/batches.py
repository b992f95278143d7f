"""Letters to many customers at once: one PDF or one each, who got it, and who must wait."""

from collections.abc import Sequence
from datetime import datetime

from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.file_name import safe_name
from recoverydesk.errors import InvalidEntryError, RecoveryDeskError
from recoverydesk.progress import Progress
from recoverydesk.records import record
from recoverydesk.services import letters, papers, shop
from recoverydesk.services.letters import LetterDraft
from recoverydesk.services.papers import GONE, Paper
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Case, Customer, Document
from recoverydesk.topics import Topic

HAD = "They have had this letter already."
AGREED = "You have agreed with them already what they get; this letter asks what would help."
ALONE = "They asked not to be contacted."
BEFORE_AGREED = frozenset({"apology"})
"""Letters that would take back what was agreed since."""


@record
class Left:
    """A case that gets no letter this time."""

    case_id: int
    number: str
    customer: str
    why: str


@record
class Batch:
    """Letters, ready to go out."""

    papers: tuple[Paper, ...]
    """One for each customer, as each is kept."""
    drafts: tuple[LetterDraft, ...]
    """Of the same letters, in the same order."""
    left: tuple[Left, ...]


def prepare(
    desk: Desk,
    case_ids: Sequence[int],
    *,
    template: str,
    now: datetime,
    progress: Progress,
    tone: str = "",
    language: str = "",
    again: bool = False,
) -> Batch:
    """Write the same letter for many cases, each from its own; nothing is kept yet.

    Args:
        desk: the open desk.
        case_ids: whose letters, in the order to print; one that comes twice counts once.
        template: a letter's key.
        now: this moment (UTC).
        progress: told after each letter; stops between two.
        tone: see `letters.compose`.
        language: of all; empty takes each customer's own.
        again: whether those who have had this letter get it once more.

    Raises:
        Cancelled: the owner stopped it.
    """
    with desk.reading():
        merged = Case.merged_into.is_null(is_null=False)
        query = Case.select(Case.id, Case.merged_into).where(Case.id.in_(list(case_ids)), merged)
        become = dict(query.tuples())
        case_ids = tuple(dict.fromkeys(become.get(case_id, case_id) for case_id in case_ids))
    with desk.reading():
        had = frozenset() if again else _had(template)
        about = _about(case_ids)
        agreed = _agreed(case_ids) if template in BEFORE_AGREED else frozenset()
        alone = _left_alone(case_ids)
    ready: list[tuple[Paper, LetterDraft]] = []
    left: list[Left] = []
    for place, case_id in enumerate(case_ids):
        progress.step(place, len(case_ids))
        number, customer = about.get(case_id, ("", ""))
        why = HAD if case_id in had else AGREED if case_id in agreed else ""
        why = ALONE if case_id in alone else why
        if why:
            left.append(Left(case_id, number, customer, why))
            continue
        try:
            draft = letters.compose(
                desk, case_id, now=now, template=template, tone=tone, language=language
            )
            ready.append((letters.paper(desk, draft, now=now), draft))
        except RecoveryDeskError as error:
            why = f"{error} {error.advice}".strip()
            left.append(Left(case_id, number, customer, why))
    progress.step(len(case_ids), len(case_ids))
    return Batch(
        tuple(paper for paper, _ in ready), tuple(draft for _, draft in ready), tuple(left)
    )


def _had(template: str) -> frozenset[int]:
    gone = [status.value for status in GONE]
    query = Document.select(Document.case).where(
        Document.kind.in_([DocumentKind.LETTER.value, DocumentKind.EMAIL.value]),
        Document.template == template,
        Document.status.in_(gone),
        Document.case.is_null(is_null=False),
    )
    return frozenset(values[0] for values in query.tuples())


def _agreed(case_ids: Sequence[int]) -> frozenset[int]:
    agreed = Case.agreed_at.is_null(is_null=False)
    query = Case.select(Case.id).where(Case.id.in_(list(case_ids)), agreed)
    return frozenset(values[0] for values in query.tuples())


def _left_alone(case_ids: Sequence[int]) -> frozenset[int]:
    query = (
        Case.select(Case.id)
        .join(Customer)
        .where(Case.id.in_(list(case_ids)), Customer.do_not_contact)
    )
    return frozenset(values[0] for values in query.tuples())


def suggested(desk: Desk, case_ids: Sequence[int]) -> str:
    """Return the key of the letter that most of these cases need now."""
    with desk.reading():
        agreed = len(_agreed(case_ids))
    return "apology_and_remedy" if 2 * agreed > len(set(case_ids)) else "apology"


def without(batch: Batch, place: int) -> Batch:
    """Return a batch without one of its letters, counted from 0."""
    draft = batch.drafts[place]
    left = Left(draft.case_id, draft.case_number, draft.customer, "You left it out.")
    return Batch(
        batch.papers[:place] + batch.papers[place + 1 :],
        batch.drafts[:place] + batch.drafts[place + 1 :],
        (*batch.left, left),
    )


def _about(case_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    query = (
        Case.select(Case.id, Case.number, Customer.name)
        .join(Customer, on=Case.customer == Customer.id)
        .where(Case.id.in_(list(case_ids)))
    )
    return {case_id: (number, name) for case_id, number, name in query.tuples()}


def one_pdf(desk: Desk, batch: Batch, *, now: datetime, progress: Progress) -> Paper:
    """Return all letters of a batch behind one another, each with a bookmark of its own.

    Args:
        desk: the open desk.
        batch: what `prepare` returned.
        now: this moment (UTC).
        progress: told before each letter; stops between two.

    Raises:
        Cancelled: the owner stopped it.
        InvalidEntryError: there is no letter in it, or one of them would be another by now.
    """
    if not batch.papers:
        raise InvalidEntryError("cases", "There is no letter to print.")
    count = len(batch.papers)
    for place, (paper, draft) in enumerate(zip(batch.papers, batch.drafts, strict=True)):
        progress.step(place, 2 * count)
        if letters.paper(desk, draft, now=now).content != paper.content:
            raise InvalidEntryError(
                "cases",
                f"Something has changed since the letters were written: {paper.title}.",
                advice="Nothing was printed. Choose the letter once more to write them anew.",
            )
    content = letters.draw_all(
        desk, batch.drafts, before_each=lambda place: progress.step(count + place, 2 * count)
    )
    with desk.reading():
        day = shop.hours_of_shop().day_of(now)
    name = batch.drafts[0].name
    return Paper(
        kind=DocumentKind.LETTER,
        title=f"{name}, {count} letters",
        file_name=safe_name(f"{day.isoformat()} {name} {count} letters"),
        content=content,
        pages=sum(paper.pages for paper in batch.papers),
    )


def keep(desk: Desk, batch: Batch, status: DocumentStatus, *, now: datetime) -> tuple[int, ...]:
    """Keep every letter of a batch with its own case, all of them or none.

    Returns:
        The documents' ids, in the order of the letters.
    """
    words = f"{papers.WORDS.get(status, 'Keep')} {len(batch.papers)} letters"
    topics = Topic.DOCUMENTS | Topic.CASES
    with desk.changing(topics, words, undoable=status not in papers.OUT):
        return tuple(papers.keep(desk, paper, status, now=now) for paper in batch.papers)
