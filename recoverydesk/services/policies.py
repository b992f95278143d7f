"""The recovery policy as a paper, made from the settings: what holds here, and since when."""

import json
from datetime import datetime
from itertools import groupby

from recoverydesk.domain.days import day_plain
from recoverydesk.domain.document import DocumentKind, DocumentStatus
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.opening_hours import OpeningHours, Span, clock
from recoverydesk.domain.severity import UPSET
from recoverydesk.records import record
from recoverydesk.services import catalogue, certificates, papers, playbooks, rules, shop
from recoverydesk.services.letter_fields import money
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.services.plans import utc
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import PolicyVersion
from recoverydesk.topics import Topic

PRINCIPLES = (
    "We listen before we explain, and say it back until they agree.",
    "We say sorry once, for what we did, without a “but”.",
    "We ask what would make it right, and agree on it in words both can repeat.",
    "What we promise has a name and a day. Nobody waits without news.",
    "We look for the cause in how we work, never for somebody to blame.",
    "We check that they come back glad, and that it does not happen again.",
)

PLAN = "plan"
"""The label of a plan's name, which stands over its numbered steps."""
HOURS = "Opening hours"
RULES = "Our rules"
NAME = "The shop's name"
ONCE_CALLED = {"Beyond that": "Who decides beyond that", "Afterwards": "Coming back and letters"}
"""Headings of policies that were printed before a heading said what an owner changes."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Section = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, and what stands under it: label and words."""


@record
class PolicyStanding:
    """The policy that was printed last, and whether it still says what holds."""

    version: int
    made_at: datetime
    moved_on: tuple[str, ...]
    """The sections whose settings have changed since, in the policy's order."""


def _sections(desk: Desk, view: ShopView) -> tuple[Section, ...]:
    promise = tuple(
        (UPSET[severity], f"We speak to them within {hours} opening hours.")
        for severity, hours in view.first_contact_hours.items()
    )
    steps = tuple(
        pair
        for plan in playbooks.playbooks(desk, also_retired=False)
        for pair in (
            (PLAN, plan.name),
            *(
                (str(nth), step.title_for("the customer"))
                for nth, step in enumerate(plan.steps, start=1)
            ),
        )
    )
    given = tuple(
        (
            "" if one.value_cents is None else money(one.value_cents, view),
            f"{one.name}. {one.terms}".strip() if one.terms else one.name,
        )
        for one in catalogue.catalogue(desk)
    )
    vouchers = (
        ("Good for", f"{view.voucher_months} months from the day they are given"),
        ("Terms", view.voucher_terms),
    )
    watching = (
        ("Counts as back", f"when they buy again within {view.return_window_days} days"),
        ("Letters", "say that it was our fault" if view.admits_fault else "admit no fault"),
    )
    own = tuple((day_plain(one.since, view.locale), one.rule) for one in rules.rules(desk))
    return (
        ("What we stand for", tuple(("", words) for words in PRINCIPLES)),
        ("What we promise", promise),
        (HOURS, _open_days(view.hours)),
        (RULES, own),
        ("Step by step", steps),
        ("What anybody here may give at once", given),
        (
            "Who decides beyond that",
            (("", f"{view.owner or 'The owner'} decides, the same day."),),
        ),
        ("Vouchers", tuple(pair for pair in vouchers if pair[1])),
        ("Coming back and letters", watching),
    )


def _open_days(hours: OpeningHours) -> tuple[tuple[str, str], ...]:
    """Return the opening hours, weekdays in a row with the same hours together."""
    found = []
    for spans, alike in groupby(range(len(WEEKDAYS)), hours.week.__getitem__):
        first, *more = (WEEKDAYS[day] for day in alike)
        joint = " and " if len(more) == 1 else " to "
        said = ", ".join(map(_span_words, spans)) or "closed"
        found.append((joint.join((first, *more[-1:])), said))
    return tuple(found)


def _span_words(span: Span) -> str:
    opens, closes = clock(span[0]), clock(span[1], ends=True)
    return f"{opens.removeprefix('0')} to {closes.removeprefix('0')}"


def _stored(sections: tuple[Section, ...], view: ShopView) -> str:
    said = {
        **{title: lines for title, lines in sections if lines or title != RULES},
        NAME: view.name,
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _newest() -> PolicyVersion | None:
    row: PolicyVersion | None = (
        PolicyVersion.select().order_by(PolicyVersion.version.desc()).first()
    )
    return row


def paper(desk: Desk, *, now: datetime) -> Paper:
    """Return the policy as the settings are now, with the version it is or will be.

    Args:
        desk: the open desk.
        now: this moment (UTC); a new version carries its day.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.report import Entry, Heading, Part, Report, Subheading, Words, draw  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        view = shop.view(desk)
        sections = _sections(desk, view)
        head = letterhead(desk, view)
        before = _newest()
    version, at = 1, now
    if before is not None:
        same = before.words == _stored(sections, view)
        version, at = (before.version, before.made_at) if same else (before.version + 1, now)
    day = day_plain(view.hours.day_of(at), view.locale)
    parts: list[Part] = []
    for title, lines in sections:
        if title == RULES and not lines:
            continue
        parts.append(Heading(title))
        columns = any(label for label, _words in lines)
        for label, words in lines:
            if label == PLAN:
                parts.append(Subheading(words))
            else:
                parts.append(Entry(label, words) if columns else Words(words))
    content = draw(
        Report(
            letterhead=head,
            title="When a customer is unhappy",
            subtitle=f"Our recovery policy, version {version}, {day}",
            parts=tuple(parts),
            foot=f"{view.name}, recovery policy, version {version}, {day}",
        )
    )
    return Paper(
        kind=DocumentKind.POLICY,
        title=f"Recovery policy, version {version}",
        file_name=safe_name(f"{view.hours.day_of(now).isoformat()} Recovery policy {version}"),
        content=content,
        pages=certificates.count_pages(content),
        text=_stored(sections, view),
    )


def keep(desk: Desk, policy: Paper, status: DocumentStatus, *, now: datetime) -> int:
    """Keep a policy that went out; it is a new version where its words are new.

    Args:
        desk: the open desk.
        policy: what `paper` returned. It counts even where a setting was changed meanwhile.
        status: how it went out.
        now: this moment (UTC).

    Returns:
        The document's id.
    """
    with desk.changing(Topic.SHOP | Topic.DOCUMENTS, "Print the policy", undoable=False):
        document_id = papers.keep(desk, policy, status, now=now)
        before = _newest()
        if before is None or before.words != policy.text:
            PolicyVersion.create(
                version=1 if before is None else before.version + 1,
                words=policy.text,
                made_at=utc(now),
                document=document_id,
            )
        return document_id


def standing(desk: Desk) -> PolicyStanding | None:
    """Return the policy that was printed last; None where none has been."""
    with desk.reading():
        row = _newest()
        if row is None:
            return None
        view = shop.view(desk)
        sections = _sections(desk, view)
    now = json.loads(_stored(sections, view))
    then = {ONCE_CALLED.get(title, title): lines for title, lines in json.loads(row.words).items()}
    # No rules are no heading; the first one is news, and so is the last one gone.
    now.setdefault(RULES, [])
    then.setdefault(RULES, [])
    # A heading that only one release puts into a policy isn't the owner's change.
    shared = (title for title in (NAME, *dict(sections)) if title in then)
    moved = tuple(title for title in shared if then[title] != now[title])
    return PolicyStanding(row.version, row.made_at, moved)
