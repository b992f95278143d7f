"""Letters: a template filled from the case, edited by the owner, drawn as the PDF that prints."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from recoverydesk.domain.days import day_plain
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.language import known_language
from recoverydesk.domain.merge_fields import (
    FIELD_WORDS,
    MergeField,
    fields_in,
    fill,
    unknown_in,
)
from recoverydesk.domain.plan import end_of_day
from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import shown_code
from recoverydesk.errors import InvalidEntryError
from recoverydesk.records import record
from recoverydesk.services import certificates, letter_fields, letter_templates, shop
from recoverydesk.services.letter_fields import (
    codes_of,
    live_vouchers,
    money,
    recipient_lines,
    typed_of,
    values_of,
)
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.services.plans import case_by_id
from recoverydesk.services.presets import letter_words
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import Customer

if TYPE_CHECKING:
    from recoverydesk.documents.letter import Letter
    from recoverydesk.documents.letterhead import Letterhead


PHRASES = ("enclosed_code", "its_code")
"""What a letter says of a voucher in the envelope, and of one that isn't."""


@record
class Enclosure:
    """A voucher that can go into the envelope."""

    voucher_id: int
    words: str
    said_inside: str
    """What the letter says of it where it lies in the envelope."""
    said_without: str
    """And where it doesn't."""


@record
class LetterDraft:
    """A letter being written."""

    case_id: int
    case_number: str
    customer: str
    """Their name."""
    template: str
    tone: str
    language: str
    name: str
    """What the owner picked it by."""
    title: str
    """What its PDF is called, in its own language."""
    body: str
    """Markdown; a field nobody could fill stands in it as `{{field}}`."""
    recipient_lines: tuple[str, ...]
    day_words: str
    enclosures: tuple[Enclosure, ...]
    """What can be enclosed."""
    enclosed: tuple[int, ...]
    """Ids of the vouchers that are."""
    promised_on: date | None = None
    """The day of our next call that was put into its words."""
    own_words: tuple[str, ...] = ()
    """What the owner typed on the case and the letter says, where it speaks another language
    than the shop."""


def suggested(desk: Desk, case_id: int) -> str:
    """Return the key of the letter that a case needs now."""
    with desk.reading():
        case = case_by_id(case_id)
        return "apology" if case.agreed_at is None else "apology_and_remedy"


def compose(
    desk: Desk,
    case_id: int,
    *,
    now: datetime,
    template: str = "",
    tone: str = "",
    language: str = "",
    enclosed: Collection[int] | None = None,
) -> LetterDraft:
    """Fill a letter from its case.

    Args:
        desk: the open desk.
        case_id: the case.
        now: this moment (UTC); the letter carries its day.
        template: a template's key; empty takes the one that suits the case.
        tone: one of `letter_templates.TONES`; empty takes a warm one, or a careful one where the
            shop admits no fault.
        language: the letter's language; empty takes the customer's where there are letters in it.
        enclosed: ids of the vouchers that go with it; None takes those whose certificates the
            customer has not had yet.

    Raises:
        NotFoundError: the case, or such a letter, is not on the desk.
    """
    key = template or suggested(desk, case_id)
    with desk.reading():
        case = case_by_id(case_id)
        customer = Customer.get_by_id(case.customer_id)
        view = shop.view(desk)
        language = language or known_language(customer.language) or view.language
        wanted = tone or ("warm" if view.admits_fault else "careful")
        letter = letter_templates.text(desk, key, language=language, tone=wanted)
        vouchers = live_vouchers(case.id, today=view.hours.day_of(now))
        # Days and amounts speak the letter's language, not the shop's.
        spoken = replace(view, locale=shop.paper_locale(language, view))
        words = letter_words(language)
        promised_on = letter_fields.next_call_on(case, view, now=now)
        inside = tuple(
            one.voucher_id
            for one in vouchers
            if (not one.given if enclosed is None else one.voucher_id in enclosed)
        )
        values = values_of(
            case,
            customer,
            spoken,
            vouchers,
            now=now,
            words=words,
            call_on=promised_on,
            enclosed=inside,
        )
        filled = fill(letter.body, values)
        enclosures = tuple(
            Enclosure(
                one.voucher_id,
                _enclosed(one.words, money(one.left_cents, view)),
                *(words[key].format(code=shown_code(one.code)) for key in PHRASES),
            )
            for one in vouchers
        )
        names_a_call = MergeField.FOLLOW_UP_ON in fields_in(letter.body)
        return LetterDraft(
            case_id=case.id,
            case_number=case.number,
            customer=customer.name,
            template=key,
            tone=letter.tone,
            language=language,
            name=letter.name,
            title=letter.title or letter.name,
            body=filled.text,
            recipient_lines=recipient_lines(customer),
            day_words=day_plain(view.hours.day_of(now), spoken.locale),
            enclosures=enclosures,
            enclosed=inside,
            promised_on=promised_on if names_a_call else None,
            own_words=() if language == view.language else typed_of(case, filled.text),
        )


def next_call_on(desk: Desk, case_id: int, *, now: datetime) -> date | None:
    """Return the day that a case's letter would name for our next call; None once it is closed."""
    with desk.reading():
        return letter_fields.next_call_on(case_by_id(case_id), shop.view(desk), now=now)


def as_written(draft: LetterDraft) -> tuple[str, ...]:
    """Return the words of the case that still stand in a letter of another language."""
    return tuple(words for words in draft.own_words if words in _plain(draft.body))


def _plain(body: str) -> str:
    return " ".join(body.replace("\\", "").split())


def _enclosed(words: str, money: str) -> str:
    return words if money in words else f"{words}, {money}"


def empty_fields(body: str) -> tuple[str, ...]:
    """Return the places that stand empty in a letter; it can't print until they are gone.

    Fields by their name first, then what no field fills, as it stands in the letter.
    """
    return (*fields_in(body), *unknown_in(body))


def _check_places(body: str) -> None:
    missing, unknown = fields_in(body), unknown_in(body)
    if missing:
        raise InvalidEntryError(
            "body",
            "The letter still has an empty place: "
            f"{'; '.join(FIELD_WORDS[field] for field in missing)}.",
            advice="Write the words there yourself, or fill it in on the case.",
        )
    if unknown:
        raise InvalidEntryError(
            "body",
            f"There is a place in the letter that nothing fills: {', '.join(unknown)}",
            advice="Write your own words there, or take it out.",
        )


def _checked_vouchers(draft: LetterDraft, *, today: date) -> tuple[int, ...]:
    """Return the vouchers whose codes a letter gives away: enclosed, or named in its words.

    Raises:
        InvalidEntryError: one was used up or taken back while the letter was written.
    """
    live = {one.voucher_id: one.code for one in live_vouchers(draft.case_id, today=today)}
    dead = set(codes_of(draft.case_id)) - set(live.values())
    said = draft.body.replace("-", "")
    if not live.keys() >= set(draft.enclosed) or any(code in said for code in dead):
        raise InvalidEntryError(
            "enclosed",
            "A voucher in this letter can't be used any more.",
            advice="Start the letter again: it then has only those that are still good.",
        )
    return tuple(
        voucher_id
        for voucher_id, code in live.items()
        if voucher_id in draft.enclosed or code in said
    )


def unprintable(draft: LetterDraft) -> tuple[str, ...]:
    """Return what prints in place of each sign that no font of this computer can draw.

    Such as "[fox face]", each once.
    """
    from recoverydesk.documents.pieces import missing  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.readable import stand_in  # noqa: PLC0415 - as above
    from recoverydesk.documents.typeface import Typeface  # noqa: PLC0415 - as above

    inside = (one.words for one in draft.enclosures if one.voucher_id in draft.enclosed)
    text = "\n".join((*draft.recipient_lines, draft.body, *inside))
    named = map(stand_in, missing(text, Typeface.SERIF))
    return tuple(dict.fromkeys(filter(None, named)))


def draw(desk: Desk, draft: LetterDraft) -> bytes:
    """Return the letter as the PDF that prints, enclosed certificates behind it.

    Fields that stand empty are shown as they are: this is what the preview draws.
    """
    return draw_all(desk, [draft])


def draw_all(
    desk: Desk, drafts: Sequence[LetterDraft], before_each: Callable[[int], None] | None = None
) -> bytes:
    """Return letters, at least one, behind one another in one PDF.

    Args:
        desk: the open desk.
        drafts: the letters.
        before_each: told the place of each, from 0, before it is drawn; may raise to stop.
    """
    # ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents import letter  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
        drawn = [_drawn(desk, draft, view, head) for draft in drafts]
        return letter.draw_all(drawn, before_each)


def _drawn(desk: Desk, draft: LetterDraft, view: ShopView, head: "Letterhead") -> "Letter":
    from recoverydesk.documents.letter import Letter  # noqa: PLC0415 - start-up doesn't pay for it

    return Letter(
        letterhead=head,
        recipient_lines=draft.recipient_lines,
        day_words=draft.day_words,
        body_markdown=draft.body,
        signer_name=view.owner,
        signer_role=view.phone,
        reference=draft.case_number,
        language=draft.language,
        title=f"{draft.title}: {draft.customer}",
        enclosures=tuple(
            certificates.value(desk, voucher_id, view, draft.language)
            for voucher_id in draft.enclosed
        ),
    )


def paper(desk: Desk, draft: LetterDraft, *, now: datetime) -> Paper:
    """Return a letter ready to leave the shop.

    Raises:
        InvalidEntryError: it is empty, too long, a place in it stands empty, or a voucher in it
            is no longer good.
    """
    body = tidy_text(
        draft.body, field="body", limit=20_000, required=True, message="The letter is empty."
    )
    _check_places(body)
    with desk.reading():
        case = case_by_id(draft.case_id)
        name = Customer.get_by_id(case.customer_id).name
        day = shop.hours_of_shop().day_of(now)
        given_away = _checked_vouchers(draft, today=day)
        promised_at = _promised_at(desk, draft, body)
        content = draw(desk, draft)
    return Paper(
        kind=DocumentKind.LETTER,
        title=f"{draft.name} to {name}",
        file_name=safe_name(f"{day.isoformat()} {draft.name} {name}"),
        content=content,
        pages=certificates.count_pages(content),
        text=body,
        template=draft.template,
        case_id=case.id,
        customer_id=case.customer_id,
        voucher_ids=given_away,
        enclosed_ids=draft.enclosed,
        promised_at=promised_at,
    )


def _promised_at(desk: Desk, draft: LetterDraft, body: str) -> datetime | None:
    """Return until when the letter's own words say that they hear from us; call inside `reading()`.

    The owner may have written another day, or none: only a day that still stands there counts.
    """
    if draft.promised_on is None:
        return None
    view = shop.view(desk)
    said = day_plain(draft.promised_on, shop.paper_locale(draft.language, view))
    if not re.search(rf"(?<!\w){re.escape(said)}(?!\w)", _plain(body)):
        return None
    return end_of_day(draft.promised_on, view.hours).at
