"""Letters: a template filled from the case, edited by the owner, drawn as the PDF that prints."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from recoverydesk.domain.case import Status
from recoverydesk.domain.correction import CorrectionStatus
from recoverydesk.domain.days import day_plain
from recoverydesk.domain.document import DocumentKind
from recoverydesk.domain.file_name import safe_name
from recoverydesk.domain.follow_up import FollowUpStatus
from recoverydesk.domain.merge_fields import FIELD_WORDS, escaped, fields_in, fill, unknown_in
from recoverydesk.domain.money import format_money
from recoverydesk.domain.remedy import RemedyStatus
from recoverydesk.domain.text import tidy_text
from recoverydesk.domain.voucher import shown_code
from recoverydesk.errors import InvalidEntryError, NotFoundError
from recoverydesk.records import record
from recoverydesk.services import certificates, shop
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.papers import Paper
from recoverydesk.services.plans import case_by_id, greeting_of
from recoverydesk.services.shop import ShopView
from recoverydesk.services.voucher_register import BALANCE, is_live
from recoverydesk.storage.desk import Desk
from recoverydesk.storage.tables import (
    Case,
    CorrectiveAction,
    Customer,
    FollowUp,
    LetterTemplate,
    Remedy,
    Voucher,
)

TONES = ("warm", "formal", "brief")


@record
class TemplateView:
    """A letter that can be chosen."""

    key: str
    name: str
    hint: str
    language: str
    tones: tuple[str, ...]


@record
class Enclosure:
    """A voucher that can go into the envelope."""

    voucher_id: int
    words: str


@record
class LetterDraft:
    """A letter being written."""

    case_id: int
    template: str
    tone: str
    language: str
    title: str
    body: str
    """Markdown; a field nobody could fill stands in it as `{{field}}`."""
    recipient_lines: tuple[str, ...]
    day_words: str
    enclosures: tuple[Enclosure, ...]
    """What can be enclosed."""
    enclosed: tuple[int, ...]
    """Ids of the vouchers that are."""


def templates(desk: Desk, *, language: str = "en") -> tuple[TemplateView, ...]:
    """Return the letters there are in a language."""
    with desk.reading():
        rows = list(
            LetterTemplate.select(
                LetterTemplate.key, LetterTemplate.name, LetterTemplate.hint, LetterTemplate.tone
            )
            .where(LetterTemplate.language == language)
            .order_by(LetterTemplate.id)
            .tuples()
        )
    keys = dict.fromkeys(values[0] for values in rows)
    found = []
    for key in keys:
        mine = [values for values in rows if values[0] == key]
        tones = tuple(tone for tone in TONES if tone in {values[3] for values in mine})
        found.append(TemplateView(key, mine[0][1], mine[0][2], language, tones))
    return tuple(found)


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
    tone: str = "warm",
    language: str = "en",
) -> LetterDraft:
    """Fill a letter from its case.

    Args:
        desk: the open desk.
        case_id: the case.
        now: this moment (UTC); the letter carries its day.
        template: a template's key; empty takes the one that suits the case.
        tone: warm, formal or brief.
        language: the letter's language.

    Raises:
        NotFoundError: the case, or such a letter, is not on the desk.
    """
    key = template or suggested(desk, case_id)
    with desk.reading():
        case = case_by_id(case_id)
        customer = Customer.get_by_id(case.customer_id)
        row = _template(key, tone, language)
        view = shop.view(desk)
        vouchers = _live_vouchers(case.id, today=view.hours.day_of(now))
        # Days and amounts speak the letter's language, not the shop's.
        spoken = replace(view, locale=shop.paper_locale(language, view))
        values = _values(case, customer, spoken, vouchers, now=now)
        filled = fill(row.body, values)
        enclosures = tuple(
            Enclosure(voucher_id, _enclosed(words, _money(left, view)))
            for voucher_id, words, _code, left, _until in vouchers
        )
        return LetterDraft(
            case_id=case.id,
            template=key,
            tone=row.tone,
            language=language,
            title=row.name,
            body=filled.text,
            recipient_lines=recipient_lines(customer),
            day_words=day_plain(view.hours.day_of(now), spoken.locale),
            enclosures=enclosures,
            enclosed=tuple(one.voucher_id for one in enclosures),
        )


def _template(key: str, tone: str, language: str) -> LetterTemplate:
    rows: list[LetterTemplate] = list(
        LetterTemplate.select().where(
            LetterTemplate.key == key, LetterTemplate.language == language
        )
    )
    if not rows:
        raise NotFoundError(f"There is no letter called “{key}”.")
    return next((row for row in rows if row.tone == tone), rows[0])


def _enclosed(words: str, money: str) -> str:
    return words if money in words else f"{words}, {money}"


def _money(cents: int, view: ShopView) -> str:
    return format_money(cents, currency=view.currency, locale=view.locale, short=True)


VoucherLine = tuple[int, str, str, int, object]
"""Id, what it is, its code, what is left on it, its last day."""


def _live_vouchers(case_id: int, *, today: date) -> list[VoucherLine]:
    query = (
        Voucher.select(Voucher.id, Remedy.words, Voucher.code, BALANCE, Voucher.valid_to)
        .join(Remedy, on=Voucher.remedy == Remedy.id)
        .where(Remedy.case == case_id, is_live(today))
        .order_by(Voucher.id)
    )
    return list(query.tuples())


def recipient_lines(customer: Customer) -> tuple[str, ...]:
    """Return the lines of the address window."""
    last = " ".join(part for part in (customer.town, customer.postcode) if part)
    lines = [customer.name, *customer.address.splitlines(), last, customer.country]
    return tuple(line.strip() for line in lines if line.strip())


def _values(
    case: Case,
    customer: Customer,
    view: ShopView,
    vouchers: list[VoucherLine],
    *,
    now: datetime,
) -> Mapping[str, str]:
    remedies = _remedy_lines(case.id, vouchers, view)
    newest = vouchers[-1] if vouchers else None
    follow_up_on = _follow_up_on(case, view, now=now)
    return {
        "first_name": greeting_of(customer),
        "full_name": customer.name,
        "greeting": greeting_of(customer),
        "shop_name": view.name,
        "owner_name": view.owner,
        "shop_phone": view.phone,
        "shop_email": view.email,
        "contact_name": view.owner,
        "contact_phone": view.phone,
        "problem": case.restatement or case.summary,
        "happened_on": "" if case.occurred_on is None else _day(case.occurred_on, view),
        "our_part": case.our_part,
        "promised_by": _promised_by(case.id, view),
        "remedies": remedies,
        "remedy": remedies.splitlines()[0].removeprefix("- ") if remedies else "",
        "today": day_plain(view.hours.day_of(now), view.locale),
        "case_number": case.number,
        "follow_up_on": follow_up_on,
        "what_changed": _sentence(_what_changed(case.id)),
        "use_by": "" if newest is None or newest[4] is None else _day(newest[4], view),
        "voucher_code": "" if newest is None else shown_code(newest[2]),
        "voucher_value": "" if newest is None else _money(newest[3], view),
    }


def _what_changed(case_id: int) -> str:
    """Return the newest fix that is in place; a plan, or one that failed, has changed nothing."""
    undone = (CorrectionStatus.CAME_BACK, CorrectionStatus.DROPPED)
    fix = (
        CorrectiveAction.select(CorrectiveAction.what)
        .where(
            CorrectiveAction.case == case_id,
            CorrectiveAction.done_on.is_null(is_null=False),
            CorrectiveAction.status.not_in(undone),
        )
        .order_by(CorrectiveAction.id.desc())
        .limit(1)
        .scalar()
    )
    return str(fix or "")


def _sentence(words: str) -> str:
    """Return words that a letter can stand on: with a full stop where they end without one."""
    return words if not words or words[-1] in ".!?…" else f"{words}."


def _day(day: object, view: ShopView) -> str:
    return day_plain(day, view.locale)  # type: ignore[arg-type]


def _promised_by(case_id: int, view: ShopView) -> str:
    """Return the last day that something agreed and not yet given is promised for."""
    day = (
        Remedy.select(Remedy.promised_for)
        .where(
            Remedy.case == case_id,
            Remedy.handed_over_at.is_null(),
            Remedy.status != RemedyStatus.VOID,
            Remedy.promised_for.is_null(is_null=False),
        )
        .order_by(Remedy.promised_for.desc())
        .limit(1)
        .scalar()
    )
    return "" if day is None else _day(day, view)


def _remedy_lines(case_id: int, vouchers: list[VoucherLine], view: ShopView) -> str:
    """Return the agreed remedies as a Markdown list; never what they cost the shop.

    One whose voucher is void, replaced, expired or used up has nothing to give any more.
    """
    codes = {values[2]: values for values in vouchers}
    query = (
        Remedy.select(Remedy.words, Voucher.code, Remedy.promised_for)
        .left_outer_join(Voucher, on=Voucher.remedy == Remedy.id)
        .where(
            Remedy.case == case_id,
            Remedy.status != RemedyStatus.VOID,
            Remedy.kind != "apology_only",
        )
        .order_by(Remedy.id)
    )
    lines = []
    for words, code, promised_for in query.tuples():
        if code is not None and code not in codes:
            continue
        line = f"**{escaped(words)}**"
        if code in codes:
            line += f", enclosed; its code is {shown_code(code)}"
            if codes[code][4] is not None:
                line += f" and it is good until {_day(codes[code][4], view)}"
        elif promised_for is not None:
            line += f", by {_day(promised_for, view)}"
        lines.append(f"- {line}.")
    return "\n".join(lines)


def _follow_up_on(case: Case, view: ShopView, *, now: datetime) -> str:
    """Return the day of the next call that is planned, or two weeks from now."""
    if case.status == Status.CLOSED:
        return ""
    following = (
        FollowUp.select(FollowUp.due_on)
        .where(
            FollowUp.case == case.id,
            FollowUp.status == FollowUpStatus.PLANNED,
            FollowUp.anchor == "resolved",
            FollowUp.due_on.is_null(is_null=False),
        )
        .order_by(FollowUp.due_on)
        .limit(1)
        .scalar()
    )
    today = view.hours.day_of(now)
    return _day(following or view.hours.next_open_day(today + timedelta(days=14)), view)


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
    live = {
        values[0]: shown_code(values[2]) for values in _live_vouchers(draft.case_id, today=today)
    }
    if not live.keys() >= set(draft.enclosed):
        raise InvalidEntryError(
            "enclosed",
            "A voucher in this letter can't be used any more.",
            advice="Start the letter again: it then has only those that are still good.",
        )
    return tuple(
        voucher_id
        for voucher_id, code in live.items()
        if voucher_id in draft.enclosed or code in draft.body
    )


def draw(desk: Desk, draft: LetterDraft) -> bytes:
    """Return the letter as the PDF that prints, enclosed certificates behind it.

    Fields that stand empty are shown as they are: this is what the preview draws.
    """
    # ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.apology_letter import ApologyLetter  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.apology_letter import draw as draw_letter  # noqa: PLC0415 - start-up doesn't pay for it

    with desk.reading():
        view = shop.view(desk)
        case = case_by_id(draft.case_id)
        enclosed = tuple(
            certificates.value(desk, voucher_id, view) for voucher_id in draft.enclosed
        )
        return draw_letter(
            ApologyLetter(
                letterhead=letterhead(desk, view),
                recipient_lines=draft.recipient_lines,
                day_words=draft.day_words,
                body_markdown=draft.body,
                signer_name=view.owner,
                signer_role="",
                reference=case.number,
                language=draft.language,
                title=f"{draft.title}: {draft.recipient_lines[0]}",
                enclosures=enclosed,
            )
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
        content = draw(desk, draft)
    return Paper(
        kind=DocumentKind.LETTER,
        title=f"{draft.title} to {name}",
        file_name=safe_name(f"{day.isoformat()} {draft.title} {name}"),
        content=content,
        pages=certificates.count_pages(content),
        text=body,
        template=draft.template,
        case_id=case.id,
        customer_id=case.customer_id,
        voucher_ids=given_away,
    )
