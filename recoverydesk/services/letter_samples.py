"""A letter as it will look, filled with samples: for whoever changes its wording."""

from datetime import datetime, timedelta

from recoverydesk.domain.days import day_plain
from recoverydesk.domain.merge_fields import BLOCK_FIELDS, FIELD_WORDS, MergeField, fill
from recoverydesk.services import shop
from recoverydesk.services.letter_fields import money
from recoverydesk.services.letter_templates import TemplateText
from recoverydesk.services.letterheads import letterhead
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk

NAME, FIRST_NAME = "Ada Obi", "Ada"
CODE = "7K4M-29QX-HJNP"
WORTH_CENTS = 2_500
VALID_DAYS = 365
NEXT_CALL_DAYS = 14


def draw(desk: Desk, text: TemplateText, *, now: datetime) -> bytes:
    """Return a letter as a PDF, its fields filled with samples; it is nobody's and is not kept.

    Args:
        desk: the open desk; its letterhead is used.
        text: the letter's wording, saved or not.
        now: this moment (UTC); the letter carries its day.

    Raises:
        InvalidEntryError: it is too long.
    """
    # ReportLab would cost the start of the program 220 ms.
    from recoverydesk.documents.letter import Letter  # noqa: PLC0415 - start-up doesn't pay for it
    from recoverydesk.documents.letter import draw as draw_letter  # noqa: PLC0415 - as above

    with desk.reading():
        view = shop.view(desk)
        head = letterhead(desk, view)
    values = _values(view, text.language, now)
    return draw_letter(
        Letter(
            letterhead=head,
            recipient_lines=(NAME,),
            day_words=values[MergeField.TODAY],
            body_markdown=fill(text.body, values).text,
            signer_name=view.owner,
            reference=values[MergeField.CASE_NUMBER],
            language=text.language,
            title=text.title,
        )
    )


def _values(view: ShopView, language: str, now: datetime) -> dict[str, str]:
    """Return a sample for every field: what is known of the shop, else what would stand there."""
    locale = shop.paper_locale(language, view)
    today = view.hours.day_of(now)

    def day(ahead: int) -> str:
        return day_plain(today + timedelta(days=ahead), locale)

    samples = {field: f"[{words}]" for field, words in FIELD_WORDS.items()}
    for field in BLOCK_FIELDS:
        samples[field] = f"- \\[{FIELD_WORDS[field]}\\]"
    known = {
        MergeField.FIRST_NAME: FIRST_NAME,
        MergeField.FULL_NAME: NAME,
        MergeField.GREETING: FIRST_NAME,
        MergeField.SHOP_NAME: view.name,
        MergeField.OWNER_NAME: view.owner,
        MergeField.CONTACT_NAME: view.owner,
        MergeField.SHOP_PHONE: view.phone,
        MergeField.CONTACT_PHONE: view.phone,
        MergeField.SHOP_EMAIL: view.email,
        MergeField.TODAY: day(0),
        MergeField.HAPPENED_ON: day(0),
        MergeField.PROMISED_BY: day(NEXT_CALL_DAYS),
        MergeField.FOLLOW_UP_ON: day(NEXT_CALL_DAYS),
        MergeField.USE_BY: day(VALID_DAYS),
        MergeField.CASE_NUMBER: f"R-{today.year}-0001",
        MergeField.VOUCHER_CODE: CODE,
        MergeField.VOUCHER_VALUE: money(WORTH_CENTS, view),
    }
    return {field.value: words for field, words in (samples | known).items()}
