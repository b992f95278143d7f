"""What a case asks for before anything else: safety, a second failure, a word that is owed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from recoverydesk.domain.case import Status
from recoverydesk.domain.days import short_words
from recoverydesk.domain.promise import QUIET_OPEN_DAYS, PromiseState
from recoverydesk.services import promises
from recoverydesk.services.case_pages import CaseView
from ui.session import Session
from ui.widgets.banners import Banner
from ui.widgets.layouts import column
from ui.wording import counted, filled, tr


class Notices(QWidget):
    """Up to three banners above the stages, the most urgent first; gone where nothing is urgent.

    Signals:
        safe_wanted: it has been made safe; write down how.
        call_wanted: somebody turns to the customer in person.
        word_wanted: a word in between is given.
    """

    safe_wanted = Signal()
    call_wanted = Signal()
    word_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._safety, self._alarm, self._owed = Banner(), Banner(), OwedBanner(session)
        self._safety.acted.connect(self.safe_wanted)
        self._alarm.acted.connect(self.call_wanted)
        self._owed.acted.connect(self.word_wanted)
        self.setLayout(column(self._safety, self._alarm, self._owed, gap=8))

    def show_case(self, view: CaseView) -> None:
        """Show what is urgent in a case."""
        self._show_safety(view)
        self._show_alarm(view)
        self._owed.show_case(view)
        shown = (self._safety, self._alarm, self._owed)
        self.setVisible(any(not banner.isHidden() for banner in shown))

    def _show_safety(self, view: CaseView) -> None:
        if not view.safety_flag or view.safety_done_at is not None or view.closed_at is not None:
            self._safety.hide()
            return
        words = tr(
            "Do this now: see to whoever is hurt, and stop it from hurting anybody else. "
            "Keep what caused it and take a photo; then tell your insurer."
        )
        self._safety.show_message(
            words, tr("It is safe now…"), tone="danger", icon="triangle-alert", closable=False
        )

    def _show_alarm(self, view: CaseView) -> None:
        if not view.alarm or view.status is not Status.OPEN:
            self._alarm.hide()
            return
        self._alarm.show_message(view.alarm, tr("Log contact…"), icon="repeat", closable=False)


class OwedBanner(Banner):
    """Says that a customer waits for a word; `acted` asks for the way to give it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session

    def show_case(self, view: CaseView) -> None:
        """Show what is owed; nothing while it is their turn, or all is well."""
        words = self._words(view)
        if words:
            self.show_message(
                words, tr("Still on it…"), tone="danger", icon="hourglass", closable=False
            )
        else:
            self.hide()

    def _words(self, view: CaseView) -> str:
        if view.status is not Status.OPEN:
            return ""
        now = self._session.now()
        broken = [one for one in view.promises if one.state(now) is PromiseState.BROKEN]
        if broken:
            at = self._session.local(broken[0].promised_at)
            day = short_words(at.date(), self._session.today())
            hour = f" {at:%H:%M}" if broken[0].timed else ""
            return filled(
                "{name} was promised a word by {when}.", name=view.greeting, when=day + hour
            )
        if view.last_update_at is None:
            return ""  # the clock of the first word says so already
        hours = self._session.shop.hours
        days = promises.quiet_days(view.last_update_at, now=now, hours=hours)
        if days < QUIET_OPEN_DAYS:
            return ""
        long = counted(days, "{n} opening day", "{n} opening days")
        return filled("{name} has heard nothing for {long}.", name=view.greeting, long=long)
