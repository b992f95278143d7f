"""What the vouchers' register shows, and where its rows come from."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from recoverydesk.domain.days import day_words
from recoverydesk.domain.remedy import RemedyKind
from recoverydesk.domain.voucher import VoucherStatus
from recoverydesk.services import voucher_register
from recoverydesk.services.voucher_register import VoucherRow
from ui.session import Session
from ui.tables import Cell, Column, icon_text, number, text, two_lines
from ui.wording import label, tr

SPENT = frozenset(
    {
        VoucherStatus.USED_UP,
        VoucherStatus.EXPIRED,
        VoucherStatus.VOID,
        VoucherStatus.REPLACED,
    }
)


class RegisterSource:
    """The vouchers of one filter in one order."""

    def __init__(self, session: Session, which: str, sort: str, *, descending: bool) -> None:
        self._session = session
        self._which = which
        self._sort = sort
        self._descending = descending

    def ids(self) -> Sequence[int]:
        """Return the ids of all rows in order."""
        return voucher_register.ids(
            self._session.desk,
            now=self._session.now(),
            which=self._which,
            sort=self._sort,
            descending=self._descending,
        )

    def rows(self, ids: Sequence[int], /) -> Mapping[int, VoucherRow]:
        """Return the rows with these ids."""
        return voucher_register.rows(self._session.desk, ids, now=self._session.now())


def columns(session: Session) -> list[Column[VoucherRow]]:
    """Return the columns, left to right."""
    return [
        Column(tr("Code"), lambda row: text(row.code), sort="code", width=164),
        Column(tr("For whom, and what"), _whom, sort="customer"),
        Column(tr("Worth"), _worth(session), sort="worth", width=80, right=True),
        Column(tr("Left"), _left(session), sort="left", width=80, right=True),
        Column(tr("Use by"), _use_by, sort="use_by", width=106, right=True),
        Column(tr("State"), _state, width=138),
    ]


def _whom(row: VoucherRow) -> Cell:
    # A voucher shows what sort it is; anything else that was given with a code, what it is.
    plain = row.remedy_kind is RemedyKind.VOUCHER
    icon = label(row.kind).icon if plain else label(row.remedy_kind).icon
    return two_lines(row.customer, row.words, lead=icon)


def _worth(session: Session) -> Callable[[VoucherRow], Cell]:
    return lambda row: number(session.money(row.initial_cents), faint=True)


def _left(session: Session) -> Callable[[VoucherRow], Cell]:
    def cell(row: VoucherRow) -> Cell:
        spent = row.status in SPENT
        return number(session.money(row.balance_cents), strong=not spent, faint=spent)

    return cell


def _use_by(row: VoucherRow) -> Cell:
    if row.valid_to is None:
        return number(tr("no end"), faint=True)
    if row.expires_soon:
        return number(few_words(row.valid_to), tone="danger")
    return number(few_words(row.valid_to), faint=True)


def _state(row: VoucherRow) -> Cell:
    if row.expires_soon:
        return icon_text(tr("Expires soon"), "alarm-clock", tone="danger")
    standing = label(row.status)
    # Only what still has to be done about it speaks in colour.
    tone = "neutral" if row.status in SPENT else standing.tone
    return icon_text(standing.text, standing.icon, tone=tone)


def few_words(day: date) -> str:
    """Return a day in few words with its year: "2 Nov 2026"."""
    number_, month, year = day_words(day).split(" ")
    return f"{number_} {month[:3]} {year}"
