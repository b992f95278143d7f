"""What every page and dialog works with: the open desk, its changes, the clock, the shop."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale, QObject, Signal

from recoverydesk.domain.money import amount_text, format_money, parse_amount
from recoverydesk.services import shop
from recoverydesk.services.shop import ShopView
from recoverydesk.storage.desk import Desk
from recoverydesk.topics import Topic
from ui.changes import Changes
from ui.jobs import JobRunner

Clock = Callable[[], datetime]


def computer_clock() -> datetime:
    """Return this moment in UTC, without fractions."""
    return datetime.now(UTC).replace(microsecond=0)


class Session(QObject):
    """One open desk in one window. Pages read through it and hear from it; it holds no rules.

    Signals:
        said: one line for the toast that no saved change speaks of ("Copied").
    """

    said = Signal(str)

    def __init__(
        self, desk: Desk, *, clock: Clock = computer_clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.changes = Changes(desk, self)
        self.jobs = JobRunner(self)
        self.now: Clock = clock
        self._shop: ShopView | None = None
        self.changes.saved.connect(self._forget_shop)

    @property
    def shop(self) -> ShopView:
        """The shop, read once until it changes."""
        if self._shop is None:
            self._shop = shop.view(self.desk)
            # Day fields and calendars write days as the shop does, not as the computer does.
            QLocale.setDefault(QLocale(self._shop.locale))
        return self._shop

    @property
    def zone(self) -> ZoneInfo:
        """Where the shop is."""
        return self.shop.hours.zone

    def today(self) -> date:
        """Return the shop's day."""
        return self.shop.hours.day_of(self.now())

    def local(self, stamp: datetime) -> datetime:
        """Return a stamp in the shop's own time."""
        return stamp.astimezone(self.zone)

    def money(self, cents: int, *, short: bool = False) -> str:
        """Return an amount as people here read it; `short` leaves ".00" out."""
        view = self.shop
        return format_money(cents, currency=view.currency, locale=view.locale, short=short)

    def amount(self, cents: int) -> str:
        """Return an amount for a field, without the currency."""
        return amount_text(cents, currency=self.shop.currency, locale=self.shop.locale)

    def cents(self, typed: str, *, field: str) -> int:
        """Return a typed amount in minor units.

        Raises:
            InvalidEntryError: it can't be read; `field` says where it was typed.
        """
        view = self.shop
        return parse_amount(typed, currency=view.currency, locale=view.locale, field=field)

    def stop(self) -> None:
        """Hear no more, end the jobs, close the desk."""
        self.jobs.stop()
        self.changes.stop()
        self.desk.close()

    def _forget_shop(self, topics: Topic) -> None:
        if topics & Topic.SHOP:
            self._shop = None
