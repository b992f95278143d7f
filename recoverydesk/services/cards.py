"""Paper in: cards for the counter, cards for customers, and a poster that asks people to tell."""

from datetime import datetime
from urllib.parse import quote

from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.language import known_language
from recoverydesk.domain.severity import UPSET
from recoverydesk.errors import InvalidEntryError
from recoverydesk.services import certificates, shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.services.plans import case_by_id
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer

MOST_CARDS = 100
COMMENT_CARDS = 4
"""On one page."""
SIZES = ("a4", "letter", "a3")


def intake(desk: Desk, *, count: int = 2, now: datetime) -> Paper:
    """Return cards for the counter: the questions of "Log an unhappy customer", in its order.

    Args:
        desk: the open desk.
        count: how many cards; two are on a page.
        now: this moment (UTC); the cards' numbers carry its day.

    Raises:
        InvalidEntryError: fewer than one, or more than a hundred.
    """
    # Papers are drawn on demand; ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.cards import Field, IntakeCard, draw_intake  # noqa: PLC0415 - start-up doesn't pay for it

    if not 1 <= count <= MOST_CARDS:
        raise InvalidEntryError("count", f"Print 1 to {MOST_CARDS} cards at once.")
    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
    day = view.hours.day_of(now)
    fields = (
        Field("Who is it?", 1),
        Field("Phone, e-mail", 1),
        Field("How did we hear?", 0, ("In person", "Phone", "E-mail", "Elsewhere")),
        Field("What happened? In their words", 4),
        Field("What would make it right?", 2),
        Field("How upset are they?", 0, tuple(UPSET.values())),
        Field("Was somebody hurt?", 0, ("Yes: tell the owner now", "No")),
        Field("We call them back by; who heard it", 1),
    )
    content = draw_intake(
        IntakeCard(
            letterhead=head,
            title="An unhappy customer",
            hint="Listen first. Write their words, not ours. Promise when somebody calls back.",
            fields=fields,
            numbers=tuple(f"{day:%y%m%d}-{nth:02}" for nth in range(1, count + 1)),
        )
    )
    return Paper(
        kind=DocumentKind.INTAKE_CARD,
        title=f"{count} intake cards" if count > 1 else "1 intake card",
        file_name=safe_name(f"{day.isoformat()} Intake cards"),
        content=content,
        pages=certificates.count_pages(content),
    )


def comment(desk: Desk, case_id: int, *, now: datetime) -> Paper:
    """Return comment cards that lead back to a case: its number stands on them, and as a code.

    Raises:
        NotFoundError: the case is no longer on the desk.
    """
    from recoverydesk.documents.cards import CommentCard, draw_comment  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        case = case_by_id(case_id)
        customer = Customer.get_by_id(case.customer_id)
        view = shop.view(desk)
        card = CommentCard(
            letterhead=letterhead(desk, view),
            number=case.number,
            language=known_language(customer.language) or view.language,
        )
    day = view.hours.day_of(now)
    return Paper(
        kind=DocumentKind.COMMENT_CARD,
        title=f"Comment card for {customer.name}",
        file_name=safe_name(f"{day.isoformat()} Comment card {customer.name}"),
        content=draw_comment(card),
        pages=1,
        case_id=case.id,
        customer_id=customer.id,
    )


def poster(desk: Desk, *, size: str = "", now: datetime) -> Paper:
    """Return the "tell us" poster: where, how and by when an unhappy customer is heard.

    Args:
        desk: the open desk.
        size: one of `SIZES`; empty takes the shop's paper.
        now: this moment (UTC); the file's name carries its day.

    Raises:
        InvalidEntryError: there is no such size.
    """
    from recoverydesk.documents.poster import A3, Poster, draw  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.sheet import PAPERS  # noqa: PLC0415 - as above
    from recoverydesk.documents.wording import wording  # noqa: PLC0415 - as above

    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
    sizes = {**PAPERS, "a3": A3}
    wanted = size or view.paper
    if wanted not in sizes:
        raise InvalidEntryError("size", f"A poster comes as {', '.join(SIZES)}.")
    promised = max(view.first_contact_hours.values())
    words = wording(view.language)
    content = draw(
        Poster(
            letterhead=head,
            promise=words.heard_within.format(hours=promised),
            link=_link(view),
            language=view.language,
        ),
        sizes[wanted],
    )
    day = view.hours.day_of(now)
    return Paper(
        kind=DocumentKind.POSTER,
        title="“Tell us” poster",
        file_name=safe_name(f"{day.isoformat()} Poster"),
        content=content,
        pages=1,
    )


def _link(view: ShopView) -> str:
    """Return what the poster's code opens: an e-mail, or a call; nothing where neither is known."""
    if view.email:
        return f"mailto:{quote(view.email, safe='@')}"
    return f"tel:{''.join(sign for sign in view.phone if sign in '+0123456789')}" * bool(view.phone)
